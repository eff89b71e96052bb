"""What a caller may, asked of the caller."""

import pytest

from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Forbidden, Unauthenticated

LAN = Actor(
    subject="lan", roles=frozenset({Role.MANAGER, Role.OFFICER}), province="56", unit="unit_1"
)


def test_one_of_the_roles_is_enough() -> None:
    assert LAN.require(Role.AUDITOR, Role.MANAGER) == "lan"
    assert LAN.has(Role.OFFICER)
    assert not LAN.has(Role.AUDITOR, Role.CITIZEN)


def test_another_role_is_refused_and_named() -> None:
    with pytest.raises(Forbidden, match="this needs the role auditor, citizen"):
        LAN.require(Role.AUDITOR, Role.CITIZEN)


def test_nobody_logged_in_has_no_role() -> None:
    nobody = Actor(subject=None, roles=frozenset(Role))

    for actor in (nobody, ANONYMOUS):
        with pytest.raises(Unauthenticated, match="a valid token is needed"):
            actor.require(Role.MANAGER)
        with pytest.raises(Unauthenticated):
            actor.require_login()


def test_a_province_is_ones_own_or_refused() -> None:
    LAN.require_province("56")

    for actor in (LAN, ANONYMOUS):
        with pytest.raises(Forbidden, match="province '01' is not yours"):
            actor.require_province("01")


def test_a_unit_is_one_of_those_asked_for_or_refused() -> None:
    LAN.require_unit(["unit_0", "unit_1"])

    for actor, units in ((LAN, ["unit_0"]), (LAN, []), (ANONYMOUS, ["unit_1"])):
        with pytest.raises(Forbidden, match="this unit is not yours"):
            actor.require_unit(units)
