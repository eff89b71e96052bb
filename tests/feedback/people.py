"""The people of these tests: a ward of Khánh Hòa (56) with its counter, and strangers."""

from congvu_kit.domain.actor import Actor, Role

WARD = "unit_ward"
COUNTER = "unit_counter"
OTHER_WARD = "unit_other_ward"
HANOI = "unit_hanoi"

CHAIR_ID = "cs_chair"
LAN_ID = "cs_lan"
MINH_ID = "cs_minh"


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


CITIZEN = person("dan-1", Role.CITIZEN, province=None)
OTHER_CITIZEN = person("dan-2", Role.CITIZEN, province=None)
PORTAL = person("portal-56", Role.SERVICE_PORTAL)
HANOI_PORTAL = person("portal-01", Role.SERVICE_PORTAL, province="01")

COUNTER_HEAD = person("truong-quay", Role.UNIT_HEAD, unit=COUNTER, officer="cs_counter_head")
COUNTER_MANAGER = person("quan-ly", Role.MANAGER, unit=COUNTER, officer="cs_manager")
LAN = person("lan", Role.OFFICER, unit=COUNTER, officer=LAN_ID)
LAN_AS_MANAGER = person("lan", Role.MANAGER, unit=COUNTER, officer=LAN_ID)
MINH = person("minh", Role.OFFICER, unit=COUNTER, officer=MINH_ID)
HOA = person("hoa", Role.OFFICER, unit=COUNTER, officer="cs_hoa")
CHAIR = person("chu-tich", Role.UNIT_HEAD, unit=WARD, officer=CHAIR_ID)
OTHER_CHAIR = person("chu-tich-khac", Role.UNIT_HEAD, unit=OTHER_WARD, officer="cs_other_chair")

BOARD = person("hoi-dong", Role.REVIEW_BOARD, officer="cs_board")
COUNTER_BOARD = person("hoi-dong-quay", Role.REVIEW_BOARD, unit=COUNTER, officer="cs_counter_board")
HANOI_BOARD = person("hoi-dong-01", Role.REVIEW_BOARD, province="01", officer="cs_board_01")
AUDITOR = person("thanh-tra", Role.AUDITOR)
PERIOD_ADMIN = person("quan-tri-ky", Role.PERIOD_ADMIN)
EVERY_ROLE = person("moi-vai", *Role, unit=COUNTER, officer=LAN_ID)
"""Somebody with every role there is, who did the work: no role stands above the rules."""
