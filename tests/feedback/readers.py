"""Every kind of caller: near to a citizen's words, or far from them."""

from dataclasses import replace

from congvu_kit.domain.actor import ANONYMOUS, Role
from feedback import people
from feedback.people import person

COUNTER_AUDITOR = person("thanh-tra-quay", Role.AUDITOR, unit=people.COUNTER)
HANOI_AUDITOR = person("thanh-tra-01", Role.AUDITOR, province="01")
NATIONAL_PORTAL = person("portal", Role.SERVICE_PORTAL, province=None)
HANOI_CHAIR = replace(people.CHAIR, province="01")
HANOI_HEAD = replace(people.COUNTER_HEAD, province="01")
HOMELESS_HEAD = replace(people.COUNTER_HEAD, unit=None)
LAN_AS_BOARD = person("lan", Role.REVIEW_BOARD, officer=people.LAN_ID)

EVERYBODY = {
    "anonymous": ANONYMOUS,
    "sender": people.CITIZEN,
    "other citizen": people.OTHER_CITIZEN,
    "sender without the role": replace(people.CITIZEN, roles=frozenset()),
    "portal": people.PORTAL,
    "national portal": NATIONAL_PORTAL,
    "portal elsewhere": people.HANOI_PORTAL,
    "officer complained of": people.LAN,
    "manager complained of": people.LAN_AS_MANAGER,
    "board member complained of": LAN_AS_BOARD,
    "officer of the unit": people.MINH,
    "officer of another unit": replace(people.MINH, unit=people.OTHER_WARD),
    "manager": people.COUNTER_MANAGER,
    "head": people.COUNTER_HEAD,
    "head of no unit": HOMELESS_HEAD,
    "head in another province": HANOI_HEAD,
    "head above": people.CHAIR,
    "head above in another province": HANOI_CHAIR,
    "head elsewhere": people.OTHER_CHAIR,
    "board": people.BOARD,
    "board elsewhere": people.HANOI_BOARD,
    "auditor": people.AUDITOR,
    "auditor of the unit": COUNTER_AUDITOR,
    "auditor elsewhere": HANOI_AUDITOR,
    "period admin": people.PERIOD_ADMIN,
    "editor of the unit": replace(people.MINH, roles=frozenset({Role.CATALOGUE_EDITOR})),
}
