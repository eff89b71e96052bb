"""The playground's examples: each asks as one role, and works on the demo data as often as it is
asked, since every mutation carries a fixed key."""

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
    return [*_read(dataset()), *_done(dataset())]


def _read(data: Dataset) -> list[Shown]:
    officer, closed = data.civil_servant_id(OFFICER), data.period_id
    commune, unit = data.unit_id(data.commune), data.unit_id(data.people[OFFICER].unit)
    running = live.next_period_id()
    hrm, head = Role.PERSONNEL_SYNC, Role.UNIT_HEAD
    return [
        _example(
            "Vì sao có điểm này?", "Why this score?", q.WHY, hrm, officer=officer, period=closed
        ),
        _example("Tôi là ai?", "Who am I?", q.ME, Role.OFFICER),
        _example(
            "Việc của tôi trong quý",
            "My work of the quarter",
            q.MY_WORK,
            Role.OFFICER,
            officer=officer,
            period=closed,
        ),
        _example(
            "Xếp loại của xã", "The commune's ranking", q.RANKING, Role.AUDITOR, period=closed
        ),
        _example(
            "Kết quả bằng con số", "The results in figures", q.FIGURES, Role.COUNCIL, period=closed
        ),
        _example("Việc đang chờ tôi", "What waits for me", q.INBOX, head),
        _example(
            "Quý IV còn thiếu gì?",
            "What the fourth quarter lacks",
            q.READINESS,
            Role.PERIOD_ADMIN,
            period=running,
        ),
        _example(
            "Vụ việc phải xem xét", "Cases to look at", q.CASES, Role.REVIEW_BOARD, period=closed
        ),
        _example("Cơ cấu tổ chức", "The units", q.TREE, Role.AUDITOR, commune=commune),
        _example("Thay đổi mới nhất", "The feed of changes", q.CHANGES, hrm),
        _example("Tìm trong danh mục", "Search the catalogue", q.CATALOGUE, VISITOR),
        _example(
            "Chỉ số hài lòng",
            "Citizens' satisfaction",
            q.SATISFACTION,
            VISITOR,
            unit=unit,
            period=closed,
        ),
        _example("Nhật ký công khai", "The public log", q.PUBLIC_LOG, VISITOR),
    ]


def _done(data: Dataset) -> list[Shown]:
    officer, running = data.civil_servant_id(OFFICER), live.next_period_id()
    commune, unit = data.unit_id(data.commune), data.unit_id(data.people[OFFICER].unit)
    work = {"periodId": running, "versionId": PRODUCT, "dueOn": SOON}
    return [
        _change(
            "Thêm một công chức",
            "Add a civil servant",
            q.SYNC,
            Role.PERSONNEL_SYNC,
            **_person(data),
        ),
        _change(
            "Soạn một sản phẩm",
            "Draft a product",
            q.DRAFT,
            Role.CATALOGUE_EDITOR,
            **_draft(data, commune),
        ),
        _change(
            "Thẩm định", "Appraise", q.APPRAISE, Role.CATALOGUE_APPRAISER, **_step(live.TO_APPRAISE)
        ),
        _change(
            "Phê duyệt nhóm C",
            "Approve group C",
            q.APPROVE,
            Role.UNIT_HEAD,
            **_step(live.TO_APPROVE_HERE),
        ),
        _change(
            "Phê duyệt nhóm B",
            "Approve group B",
            q.APPROVE,
            Role.STEERING_COMMITTEE,
            **_step(live.TO_APPROVE_ABOVE),
        ),
        _change(
            "Giao việc",
            "Assign work",
            q.ASSIGN,
            Role.MANAGER,
            **work,
            civilServantId=officer,
            quantity="40",
        ),
        _change(
            "Đề xuất việc",
            "Propose work",
            q.PROPOSE,
            Role.OFFICER,
            **work,
            quantity="5",
            reason="Tăng cường cho điểm tiếp nhận lưu động",
        ),
        _change(
            "Báo hồ sơ một cửa",
            "Tell of a dossier",
            q.DOSSIERS,
            Role.SERVICE_PORTAL,
            events=[_dossier(data, unit)],
        ),
        _change(
            "Yêu cầu hậu kiểm",
            "Ask for a post-audit",
            q.POST_AUDIT,
            Role.COUNCIL,
            periodId=data.period_id,
            unitId=commune,
            reason="Cử tri đề nghị xem lại kết quả quý III",
        ),
        _change(
            "Gửi phản ánh",
            "File a complaint",
            q.COMPLAIN,
            Role.CITIZEN,
            unitId=unit,
            text="Quầy số 2 mở cửa muộn ba lần trong tuần qua.",
        ),
    ]


def _example(name: str, en: str, query: str, role: str, **variables: object) -> Shown:
    return {"name": name, "en": en, "query": query, "variables": variables, "role": str(role)}


def _change(name: str, en: str, query: str, role: Role, **asked: object) -> Shown:
    """Asked again it gives the first answer again."""
    key = query.removeprefix("mutation ").partition("(")[0].lower()
    return _example(
        name, en, query, role, input={"idempotencyKey": f"playground/{key}/{role}", **asked}
    )


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
    code = "H56.31.07-261201-0001"
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
