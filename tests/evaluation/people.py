"""The people of these tests: a commune of Khánh Hòa (56), its province, and strangers."""

from congvu_kit.domain.actor import Actor, Role
from evaluation_service.domain.personnel.lives import ExternalRef

SYSTEM = "hrm.khanhhoa"


def ref(id: str) -> ExternalRef:
    return ExternalRef(system=SYSTEM, id=id)


PROVINCE_UNIT = ref("H32").ours("unit")
COMMUNE = ref("H32.31.07").ours("unit")
OFFICE = ref("H32.31.07.1").ours("unit")
OTHER_COMMUNE = ref("H32.31.08").ours("unit")
ELSEWHERE = ref("H26.5").ours("unit")

CHAIR_ID = ref("cb-001").ours("cs")
DEPUTY_ID = ref("cb-002").ours("cs")
OFFICE_HEAD_ID = ref("cb-003").ours("cs")
LAN_ID = ref("cb-011").ours("cs")
MINH_ID = ref("cb-012").ours("cs")
HOA_ID = ref("cb-013").ours("cs")
NEIGHBOUR_ID = ref("cb-021").ours("cs")
STRANGER_ID = ref("cb-901").ours("cs")


def person(
    subject: str,
    *roles: Role,
    province: str | None = "56",
    unit: str | None = None,
    officer: str | None = None,
) -> Actor:
    return Actor(
        subject=subject, roles=frozenset(roles), province=province, unit=unit, officer=officer
    )


HRM = person("hrm", Role.PERSONNEL_SYNC)
OTHER_HRM = person("other-hrm", Role.PERSONNEL_SYNC, province="01")
NATIONAL_HRM = Actor(
    subject="national-hrm",
    roles=frozenset({Role.PERSONNEL_SYNC}),
    scopes=frozenset({"personnel:national"}),
)
PORTAL = person("portal", Role.SERVICE_PORTAL)
OTHER_PORTAL = person("other-portal", Role.SERVICE_PORTAL, province="01")
ADMIN = person("admin", Role.PERIOD_ADMIN)
NATIONAL_ADMIN = person("national-admin", Role.PERIOD_ADMIN, province="00")
OTHER_ADMIN = person("other-admin", Role.PERIOD_ADMIN, province="01")
BOARD = person("board", Role.REVIEW_BOARD, officer="cs_board")
OTHER_BOARD = person("other-board", Role.REVIEW_BOARD, province="01", officer="cs_other_board")
AUDITOR = person("auditor", Role.AUDITOR)
OTHER_AUDITOR = person("other-auditor", Role.AUDITOR, province="01")
COUNCIL = person("council", Role.COUNCIL)
OTHER_COUNCIL = person("other-council", Role.COUNCIL, province="01")
COMMITTEE = person("committee", Role.STEERING_COMMITTEE)
OTHER_COMMITTEE = person("other-committee", Role.STEERING_COMMITTEE, province="01")

CHAIR = person("chair", Role.UNIT_HEAD, unit=COMMUNE, officer=CHAIR_ID)
DEPUTY = person("deputy", Role.MANAGER, unit=COMMUNE, officer=DEPUTY_ID)
OFFICE_HEAD = person("office-head", Role.MANAGER, unit=OFFICE, officer=OFFICE_HEAD_ID)
PROVINCE_HEAD = person(
    "province-head", Role.UNIT_HEAD, unit=PROVINCE_UNIT, officer=ref("cb-100").ours("cs")
)
LAN = person("lan", Role.OFFICER, unit=OFFICE, officer=LAN_ID)
MINH = person("minh", Role.OFFICER, unit=OFFICE, officer=MINH_ID)
NEIGHBOUR_HEAD = person(
    "neighbour-head", Role.UNIT_HEAD, unit=OTHER_COMMUNE, officer=ref("cb-020").ours("cs")
)
STRANGER_HEAD = person(
    "stranger-head", Role.UNIT_HEAD, province="01", unit=ELSEWHERE, officer=STRANGER_ID
)
CITIZEN = person("citizen", Role.CITIZEN, province=None)

EVERY_ROLE = person("everything", *Role, unit=COMMUNE, officer=LAN_ID)
"""Officer Lan with every role there is: E-I4 binds her like anybody else."""
