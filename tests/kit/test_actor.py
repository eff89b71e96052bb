"""What a caller may, asked of the caller."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.actor import (
    ANONYMOUS,
    Actor,
    Role,
    account_id,
    is_subject,
    one_spelling,
)
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


@given(st.text(max_size=210))
def test_a_subject_has_one_spelling(text: str) -> None:
    """What is taken is what every reader of text makes of it; the rest is no subject."""
    read = unicodedata.normalize("NFKC", text).strip()

    if is_subject(text):
        assert read == text
        assert one_spelling(one_spelling(text)) == one_spelling(text.upper()) == text.lower()
    else:
        assert not text or len(text) > 200 or any(not "!" <= each <= "~" for each in text)


def test_an_account_is_told_by_an_id_whatever_its_capitals() -> None:
    assert account_id("Portal.H32") == account_id("portal.h32")
    assert account_id("portal.h32") != account_id("portal.h57")
    assert "portal" not in account_id("portal.h32")
