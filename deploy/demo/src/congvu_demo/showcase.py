"""Who a newcomer can be, and what to ask first; as `congvu_local.showcase` reads it."""

from typing import Any

from congvu_demo.dataset import Dataset, dataset
from congvu_kit.domain.actor import Role

Shown = dict[str, Any]
"""Any: JSON for the playground's page."""

OFFICER = "CB037"
"""A reception officer with late dossiers, one confirmed cause and one piece of rework."""

BOARD = "Hội đồng đánh giá, xếp loại"


def callers() -> list[Shown]:
    """One for each role."""
    data = dataset()
    commune, office = data.unit_id(data.commune), data.unit_id(data.people[OFFICER].unit)
    head, officer = data.superior_of(OFFICER), data.people[OFFICER]
    return [
        _caller(data, Role.PERSONNEL_SYNC, "Hệ thống nhân sự", subject="hrm.khanhhoa"),
        _caller(data, Role.PERIOD_ADMIN, "Quản trị kỳ đánh giá", subject="periods.h32"),
        _caller(
            data,
            Role.UNIT_HEAD,
            f"{data.people['CB001'].full_name}, Chủ tịch Ủy ban nhân dân xã",
            unit=commune,
            officer=data.civil_servant_id("CB001"),
        ),
        _caller(
            data,
            Role.MANAGER,
            f"{head.full_name}, Giám đốc Trung tâm",
            unit=office,
            officer=data.civil_servant_id(head.number),
        ),
        _caller(
            data,
            Role.OFFICER,
            f"{officer.full_name}, chuyên viên",
            unit=office,
            officer=data.civil_servant_id(OFFICER),
        ),
        _caller(data, Role.CATALOGUE_EDITOR, "Soạn danh mục xã", unit=commune, subject="editor"),
        _caller(data, Role.CATALOGUE_APPRAISER, "Sở Nội vụ thẩm định", subject="appraiser.h32"),
        _caller(data, Role.STEERING_COMMITTEE, "Ban chỉ đạo vị trí việc làm", subject="steering"),
        _caller(data, Role.SERVICE_PORTAL, "Cổng dịch vụ công", subject="portal.h32"),
        _caller(data, Role.REVIEW_BOARD, BOARD, subject="board.h32", officer="cs_board_h32"),
        _caller(data, Role.AUDITOR, "Người kiểm tra, giám sát", subject="auditor.h32"),
        _caller(data, Role.COUNCIL, "Hội đồng nhân dân, Mặt trận", subject="council.h32"),
        _caller(data, Role.CITIZEN, "Người dân", subject="vneid-demo-citizen"),
    ]


def people() -> list[Shown]:
    """Everybody of the commune and above it, by name and number of the personnel system."""
    data = dataset()
    roles = {"HEAD": Role.UNIT_HEAD, "DEPUTY": Role.MANAGER}
    return [
        _caller(
            data,
            roles.get(person.role, Role.OFFICER),
            person.full_name,
            unit=data.unit_id(person.unit),
            officer=data.civil_servant_id(person.number),
        )
        | {"names": [person.number]}
        for person in data.people.values()
    ]


def _caller(data: Dataset, role: Role, label: str, **claims: str) -> Shown:
    return {"role": str(role), "label": label, "claims": {"province": data.province, **claims}}
