"""What a policy does not know is refused where it is entered, with the nearest code it knows.

Generated over every shipped policy and every kind of code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, compile_policy
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.engine.vocabulary import TIMES_MAX
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.entries import (
    check_entries,
    check_events,
    check_work,
    require_event,
)
from evaluation_service.domain.results.inputs import ConductEntry, GivenInputs, Indicator, Rating

COMPILED = {policy.id: compile_policy(policy) for policy in shipped_policies().values()}
ROLES = {
    "STAFF": AppointmentRole.STAFF,
    "DEPUTY": AppointmentRole.DEPUTY,
    "LEADER": AppointmentRole.HEAD,
}
PERSONAL = {id: each for id, each in COMPILED.items() if set(each.policy.subjects) & set(ROLES)}
DECREE, UEB = COMPILED["ND335-2025-STAFF"], COMPILED["UEB-VNU"]
UNLIKE = "zzzzzzzz"
TARGET = Indicator(
    code="x1",
    perspective=None,
    weight=Decimal(1),
    baseline=Decimal(0),
    target=Decimal(1),
    actual=None,
    direction="UP",
    shared=False,
    parent=None,
)


def rated(key: str) -> tuple[Rating, ...]:
    return (Rating(key=key, points=Decimal(1)),)


@dataclass(frozen=True)
class Kind:
    """A place for a code, and what a policy knows for it; None: any."""

    section: str
    place: str
    known: frozenset[str] | None

    def with_code(self, code: str) -> GivenInputs:
        match self.place:
            case "general.0.key":
                return GivenInputs(general=rated(code))
            case "elements.0.key":
                return GivenInputs(elements=rated(code))
            case "conduct.0.rule":
                return GivenInputs(conduct=(ConductEntry(rule=code, count=1),))
            case "indicators.0.direction":
                return GivenInputs(indicators=(replace(TARGET, direction=code),))
            case "indicators.0.perspective":
                return GivenInputs(indicators=(replace(TARGET, perspective=code),))
            case _:
                return GivenInputs(indicators=(replace(TARGET, code=code),))


def kinds_of(policy: CompiledPolicy) -> Iterator[Kind]:
    known = policy.vocabulary
    yield Kind("general", "general.0.key", frozenset(known.criteria))
    yield Kind("elements", "elements.0.key", known.elements)
    conduct = None if known.conduct is None else frozenset(known.conduct)
    yield Kind("conduct", "conduct.0.rule", conduct)
    if known.indicators:
        yield Kind("indicators", "indicators.0.direction", frozenset({"UP", "DOWN"}))
        yield Kind("indicators", "indicators.0.perspective", known.perspectives)
    else:
        yield Kind("indicators", "indicators", frozenset())


CASES = [(id, kind) for id, policy in PERSONAL.items() for kind in kinds_of(policy)]
NAMED = [(id, kind, code) for id, kind in CASES for code in sorted(kind.known or ())]


def role_for(policy: CompiledPolicy) -> AppointmentRole:
    return ROLES[next(each for each in policy.policy.subjects if each in ROLES)]


def refusal(policy: CompiledPolicy, given: GivenInputs) -> Invalid | None:
    try:
        check_entries(given, role_for(policy), "group", policy, "input.ratings")
    except Invalid as refused:
        return refused
    return None


def test_every_section_that_people_fill_is_among_the_kinds() -> None:
    lists = {each.name for each in fields(GivenInputs)} - {"organising", "unity"}

    assert {kind.section for _, kind in CASES} == lists
    assert len(PERSONAL) >= 14


@pytest.mark.parametrize(("id", "kind", "code"), NAMED, ids=lambda value: str(value)[:40])
def test_a_misspelt_code_is_refused_with_the_one_that_was_meant(
    id: str, kind: Kind, code: str
) -> None:
    wrong = code + code[-1]
    refused = refusal(COMPILED[id], kind.with_code(wrong))

    assert refused is not None
    assert refused.field == f"input.ratings.{kind.place}"
    assert (refused.vi.endswith(f"gần nhất: {code}."), refused.en.endswith(f" is {code}")) == (
        True,
        True,
    )
    assert wrong not in refused.en
    assert wrong not in refused.vi


@pytest.mark.parametrize(("id", "kind"), CASES, ids=lambda value: str(value)[:40])
def test_a_code_like_none_is_refused_with_those_there_are(id: str, kind: Kind) -> None:
    refused = refusal(COMPILED[id], kind.with_code(UNLIKE))

    if kind.known is None:
        assert refused is None or refused.field != f"input.ratings.{kind.place}"
        return
    assert refused is not None
    assert refused.field == f"input.ratings.{kind.place}"
    assert UNLIKE not in refused.en + refused.vi
    for code in kind.known:
        assert code in refused.en
        assert code in refused.vi


@pytest.mark.parametrize(("id", "kind", "code"), NAMED, ids=lambda value: str(value)[:40])
def test_a_known_code_is_no_unknown_one(id: str, kind: Kind, code: str) -> None:
    refused = refusal(COMPILED[id], kind.with_code(code))

    others_rate_it = refused is not None and refused.rule_id == "rated_by_others"
    assert refused is None or others_rate_it or refused.field == "input.ratings"


def scaled() -> Iterator[tuple[str, str, str]]:
    for id, policy in PERSONAL.items():
        known = policy.vocabulary
        yield from ((id, "general", key) for key in known.criteria)
        yield from ((id, "elements", key) for key in known.scales)


@pytest.mark.parametrize(("id", "section", "key"), list(scaled()))
def test_points_lie_on_the_policys_scale(id: str, section: str, key: str) -> None:
    known = COMPILED[id].vocabulary
    scale = (known.criteria if section == "general" else known.scales)[key]
    assert scale.low is not None
    assert scale.high is not None
    step = scale.step or Fraction(1, 4)
    tried = {
        scale.low: True,
        scale.high: True,
        scale.low + step: True,
        scale.low - step: False,
        scale.high + step: False,
        scale.high - step / 2: scale.step is None,
    }

    for points, taken in tried.items():
        rating = Rating(key=key, points=Decimal(points.numerator) / points.denominator)
        given = GivenInputs(
            general=(rating,) if section == "general" else (),
            elements=(rating,) if section == "elements" else (),
        )
        refused = refusal(COMPILED[id], given)
        place = f"input.ratings.{section}.0.points"
        assert (refused is None or refused.field != place) is taken, points


def test_the_decree_is_rated_in_halves() -> None:
    refused = refusal(DECREE, GivenInputs(general=(Rating(key="I.1", points=Decimal("4.7")),)))

    assert refused is not None
    assert (refused.field, refused.rule_id) == ("input.ratings.general.0.points", "I.1")
    assert refused.en == f"{DECREE.ref}: must lie in 0 to 5 in steps of 0.5"
    assert refused.vi == f"Quy chế {DECREE.ref}: phải từ 0 đến 5, bước 0,5."


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ((TIMES_MAX,), None),
        ((0,), None),
        ((100_000,), "conduct.0.count"),
        ((TIMES_MAX + 1,), "conduct.0.count"),
        ((-1,), "conduct.0.count"),
        ((300, 66), None),
        ((300, 67), "conduct.1.count"),
    ],
)
def test_a_rule_is_met_at_most_once_a_day(counts: tuple[int, ...], place: str | None) -> None:
    entries = tuple(ConductEntry(rule="TRAINING_ABSENCE", count=count) for count in counts)
    refused = refusal(UEB, GivenInputs(conduct=entries))

    assert (refused and refused.field) == (place and f"input.ratings.{place}")


@pytest.mark.parametrize("section", ["general", "elements", "indicators"])
def test_what_is_given_twice_is_refused(section: str) -> None:
    rows: Mapping[str, tuple[str, GivenInputs]] = {
        "general": ("ND335-2025-STAFF", GivenInputs(general=rated("I.1") * 2)),
        "elements": ("US-SES", GivenInputs(elements=rated("results") * 2)),
        "indicators": ("CN-TARGET", GivenInputs(indicators=(TARGET, TARGET))),
    }
    id, given = rows[section]
    refused = refusal(COMPILED[id], given)

    assert refused is not None
    assert (
        refused.field == f"input.ratings.{section}.1.{'code' if section == 'indicators' else 'key'}"
    )


EVENTS = sorted({(id, event) for id, each in COMPILED.items() for event in each.vocabulary.events})
ANY_EVENT = frozenset(event for _, event in EVENTS)


@pytest.mark.parametrize(("id", "event"), EVENTS)
def test_E_I9_a_misspelt_event_never_waits_in_vain(id: str, event: str) -> None:
    wrong = event.replace("O", "", 1).replace("I", "", 1)

    with pytest.raises(Invalid, match=f"is {event}$") as by_the_policy:
        check_events([wrong], COMPILED[id], "input.correction.addEvents")
    with pytest.raises(Invalid, match=f"the nearest is {event}$") as by_any:
        require_event(wrong, ANY_EVENT, "input.event")
    check_events([event], COMPILED[id], "input.correction.addEvents")
    require_event(event, ANY_EVENT, "input.event")

    assert by_the_policy.value.field == "input.correction.addEvents.0"
    assert (by_any.value.field, by_any.value.rule_id) == ("input.event", "E-I9")
    assert wrong not in by_any.value.en + by_any.value.vi + by_the_policy.value.en


@pytest.mark.parametrize("id", COMPILED)
def test_work_that_no_rule_would_read_is_refused(id: str) -> None:
    """UEB counts work by kind alone: a product of none would be done for nothing."""
    for kind in ("HARD", "SOFT", "SPEARHEAD"):
        check_work(kind, None, COMPILED[id], "input.versionId")
    if not COMPILED[id].vocabulary.work:
        check_work(None, None, COMPILED[id], "input.versionId")
        return

    with pytest.raises(Invalid, match="HARD, SOFT, SPEARHEAD") as refused:
        check_work(None, None, COMPILED[id], "input.versionId")

    assert (id, refused.value.field) == ("UEB-VNU", "input.versionId")
