"""The playground's examples: each asks as one role, and works on the demo data as often as it is
asked, since every mutation carries a fixed key."""

from collections.abc import Mapping

from congvu_demo import questions as q
from congvu_demo.acts import catalogue, live
from congvu_demo.acts.ballots import applicant_hash
from congvu_demo.acts.live import Entry
from congvu_demo.acts.personnel import person_row
from congvu_demo.dataset import Dataset, Person, dataset
from congvu_demo.showcase import OFFICER, Shown
from congvu_kit.domain.actor import Role

VISITOR = ""

SOON = "2026-12-15"
"""In the quarter that runs."""

PRODUCT = "C.56.3107.2.000815@1"
"""Certified copies: what the officer of the story does most."""


def examples() -> list[Shown]:
    """The question that everything here exists to answer comes first."""
    data = dataset()
    return [*_results(data), *_daily(data), *_public(data), *_catalogue(data), *_work(data)]


def _results(data: Dataset) -> list[Shown]:
    officer, period = data.civil_servant_id(OFFICER), data.period_id
    hrm, board = Role.PERSONNEL_SYNC, Role.REVIEW_BOARD
    return [
        _example(
            "Vì sao có điểm này?", "Why this score?", q.WHY, hrm, officer=officer, period=period
        ),
        _example("Xếp loại của xã", "The ranking", q.RANKING, Role.AUDITOR, period=period),
        _example(
            "Kết quả bằng con số", "Results in figures", q.FIGURES, Role.COUNCIL, period=period
        ),
        _example("Vụ việc phải xem xét", "Cases to look at", q.CASES, board, period=period),
        _example("Thay đổi mới nhất", "The feed of changes", q.CHANGES, hrm),
    ]


def _daily(data: Dataset) -> list[Shown]:
    officer, closed, running = data.civil_servant_id(OFFICER), data.period_id, live.next_period_id()
    commune, admin = data.unit_id(data.commune), Role.PERIOD_ADMIN
    mine = {"officer": officer, "period": closed}
    return [
        _example("Tôi là ai?", "Who am I?", q.ME, Role.OFFICER),
        _example(
            "Việc của tôi trong quý", "My work of the quarter", q.MY_WORK, Role.OFFICER, **mine
        ),
        _example("Việc đang chờ tôi", "What waits for me", q.INBOX, Role.UNIT_HEAD),
        _example("Quý IV còn thiếu gì?", "What is missing", q.READINESS, admin, period=running),
        _example("Cơ cấu tổ chức", "The units", q.TREE, Role.AUDITOR, commune=commune),
    ]


def _public(data: Dataset) -> list[Shown]:
    of = {"unit": data.unit_id(data.people[OFFICER].unit), "period": data.period_id}
    return [
        _example("Tìm trong danh mục", "Search the catalogue", q.CATALOGUE, VISITOR),
        _example("Chỉ số hài lòng", "Citizens' satisfaction", q.SATISFACTION, VISITOR, **of),
        _example("Nhật ký công khai", "The public log", q.PUBLIC_LOG, VISITOR),
    ]


def _catalogue(data: Dataset) -> list[Shown]:
    draft = _draft(data, data.unit_id(data.commune))
    appraise, here = _step(live.TO_APPRAISE), _step(live.TO_APPROVE_HERE)
    above, committee = _step(live.TO_APPROVE_ABOVE), Role.STEERING_COMMITTEE
    return [
        _change("Soạn một sản phẩm", "Draft a product", q.DRAFT, Role.CATALOGUE_EDITOR, draft),
        _change("Thẩm định", "Appraise", q.APPRAISE, Role.CATALOGUE_APPRAISER, appraise),
        _change("Phê duyệt nhóm C", "Approve group C", q.APPROVE, Role.UNIT_HEAD, here),
        _change("Phê duyệt nhóm B", "Approve group B", q.APPROVE, committee, above),
    ]


def _work(data: Dataset) -> list[Shown]:
    officer, unit = data.civil_servant_id(OFFICER), data.unit_id(data.people[OFFICER].unit)
    work = {"periodId": live.next_period_id(), "versionId": PRODUCT, "dueOn": SOON}
    given = {**work, "civilServantId": officer, "quantity": "40"}
    proposed = {**work, "quantity": "5", "reason": "Tăng cường cho điểm tiếp nhận lưu động"}
    audited = {
        "periodId": data.period_id,
        "unitId": data.unit_id(data.commune),
        "reason": "Cử tri đề nghị xem lại kết quả quý III",
    }
    complaint = {"unitId": unit, "text": "Quầy số 2 mở cửa muộn ba lần trong tuần qua."}
    told, hrm = {"events": [_dossier(data, unit)]}, Role.PERSONNEL_SYNC
    return [
        _change("Thêm một công chức", "Add a civil servant", q.SYNC, hrm, _person(data)),
        _change("Giao việc", "Assign work", q.ASSIGN, Role.MANAGER, given),
        _change("Đề xuất việc", "Propose work", q.PROPOSE, Role.OFFICER, proposed),
        _change("Báo hồ sơ một cửa", "Tell of a dossier", q.DOSSIERS, Role.SERVICE_PORTAL, told),
        _change("Yêu cầu hậu kiểm", "Ask for a post-audit", q.POST_AUDIT, Role.COUNCIL, audited),
        _change("Gửi phản ánh", "File a complaint", q.COMPLAIN, Role.CITIZEN, complaint),
    ]


def _example(name: str, en: str, query: str, role: str, **variables: object) -> Shown:
    return {"name": name, "en": en, "query": query, "variables": variables, "role": str(role)}


def _change(name: str, en: str, query: str, role: Role, asked: Mapping[str, object]) -> Shown:
    """Asked again it gives the first answer again."""
    operation = query.removeprefix("mutation ").partition("(")[0].lower()
    input_ = {"idempotencyKey": f"playground/{operation}/{role}", **asked}
    return _example(name, en, query, role, input=input_)


def _person(data: Dataset) -> dict[str, object]:
    like = data.people[OFFICER]
    person = Person("CB042", "Trần Thị Mai Lan", like.unit, like.position, like.role, ())
    return {"people": [person_row(data, person)]}


def _draft(data: Dataset, commune: str) -> dict[str, object]:
    product = live.product(data, live.TO_DRAFT)
    content = catalogue.content(product)
    return {
        "group": product["group"],
        "code": product["code"],
        "unitId": commune,
        "content": content,
    }


def _step(entry: Entry) -> dict[str, object]:
    return {"versionId": f"{entry.code}@1", "expectedRevision": entry.waits}


def _dossier(data: Dataset, unit: str) -> dict[str, object]:
    code = "H32.31.07-261201-0001"
    return {
        "dossierCode": code,
        "procedureCode": "2.000815",
        "unitId": unit,
        "civilServantId": data.civil_servant_id(OFFICER),
        "receivedAt": "2026-10-05T08:00:00+07:00",
        "dueAt": "2026-10-06T17:00:00+07:00",
        "completedAt": "2026-10-05T09:30:00+07:00",
        "applicantHash": applicant_hash(code, "vneid-demo-citizen"),
    }
