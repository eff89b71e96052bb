"""The main story through the gateway on the whole platform, told once and looked at closely."""

from fractions import Fraction

import pytest

from congvu_demo.story import STEPS
from congvu_demo.story.words import entry_of, words
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]


def test_every_step_holds(told: Told) -> None:
    assert told.record.titles == [step.title for step in STEPS]


def test_each_refusal_names_its_code_and_rule(told: Told) -> None:
    refusals = [(each.what, each.code, each.rule_id) for each in told.record.refusals]

    assert refusals == [
        ("a forged token", "UNAUTHENTICATED", None),
        ("an expired token", "UNAUTHENTICATED", None),
        ("a token for another audience", "UNAUTHENTICATED", None),
        ("a visitor sends personnel", "UNAUTHENTICATED", None),
        ("a row with a 12-digit personal id", "INVALID", "PERSONAL-ID"),
        ("the same key with another body", "IDEMPOTENCY_MISMATCH", None),
        ("a release that would have taken effect yesterday", "INVALID", "C-I5"),
        ("the head approves B.56.VB.01@1, an entry of group B", "FORBIDDEN", None),
        ("the head approves what the head drafted", "FORBIDDEN", "C-I3"),
        ("somebody decides on a revision that has changed since", "CONFLICT", None),
        ("work on a version that the catalogue does not have", "INVALID", "C-I8"),
        ("the head of another department assigns it", "FORBIDDEN", None),
        ("an officer accepts own work", "FORBIDDEN", None),
        ("an officer who is a manager too accepts own work", "FORBIDDEN", "E-I4"),
        ("the claimant confirms the own claim", "FORBIDDEN", "E-I12"),
        ("the same person with another answer", "CONFLICT", "F-I4"),
        ("the portal rates a dossier as somebody invented", "FORBIDDEN", "F-I10"),
        ("a citizen rates somebody else's dossier", "FORBIDDEN", "F-I10"),
        ("a portal of another province passes it on", "FORBIDDEN", None),
        ("the officer complained of takes it up", "FORBIDDEN", "F-I3"),
        ("the unit closes it as resolved against the dispute", "CONFLICT", "F-I6"),
        ("the unit's own head decides it", "FORBIDDEN", "F-I6"),
        ("more work assigned once the inputs are fixed", "CONFLICT", "E-I3"),
        ("more work assigned once the inputs are fixed", "CONFLICT", "E-I3"),
        ("the closed period is frozen again", "CONFLICT", "E-I3"),
    ]


def test_every_word_of_it_is_vietnamese_on_a_vietnamese_terminal(told: Told) -> None:
    record = told.record
    told_of = [*record.titles, *record.met, *(each.what for each in record.refusals)]
    values = [str(each) for each in record.met.values()]

    assert [text for text in told_of if entry_of(text) is None] == []
    found = {entry_of(text) for text in (*told_of, *record.lines, *values)}
    by_others = {"a visitor", "a citizen", "a colleague", "an auditor of another province"}
    left_out = {"nobody here may read the broker: left out"}
    assert set(words()) - found == by_others | left_out


def test_refusals_speak_vietnamese_when_asked_to(told: Told) -> None:
    of_head = next(each for each in told.record.refusals if "group B" in each.what)

    assert of_head.message == "Chỉ Ban chỉ đạo vị trí việc làm được thực hiện thao tác này."


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("catalogue's own port called directly", 401),
        ("evaluation's own port called directly", 401),
        ("feedback's own port called directly", 401),
        ("rows changed, unchanged, refused", (65, 0, 0)),
        ("versions of the release", 59),
        ("versions of the province's release", 18),
        ("assignments", 205),
        ("dossiers that counted for somebody's work", 1202),
        ("delays exempt after another person confirmed", "2"),
        ("the next version doubles the coefficient", "1"),
        ("C.56.3107.2.000815, revised meanwhile, counts as version, coefficient", (1, "0.5")),
        ("satisfied, answers, state", (307, 329, "PENDING")),
        ("verdict", {"verdict": "UPHELD", "remedied": True}),
        ("people with a sheet", 41),
        ("staff whose score is not what the decree says", {}),
        ("total", "20000/223"),
        ("leaves of the explanation add up to", Fraction(20000, 223)),
        ("band before the quota", "HTT"),
        ("citizens' index beside it", "MEASURED"),
        ("congvu verify-log exits with", 0),
        ("events out of order in their aggregate", []),
        ("dead letters", []),
    ],
)
def test_what_came_back_is_exactly_this(told: Told, what: str, value: object) -> None:
    assert told.record.met[what] == value


def test_the_seal_recomputes_to_the_same_hash(told: Told) -> None:
    (told_seal,) = [line for line in told.record.lines if line.startswith("seal ")]

    assert told_seal.split()[1] == told.record.met["seal recomputed from the results"]
