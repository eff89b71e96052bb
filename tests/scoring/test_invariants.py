"""The invariants of the domain model that the engine answers for, by number."""

from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    RankEntry,
    Snapshot,
    SubordinateBand,
    compile_policy,
    count_subordinates,
    rank,
    score,
)
from congvu_scoring.documents.policy_files import shipped_policy
from scoring.making import LEADER, STAFF, compiled, item, scored, tiny_score

FACTS = {"general_total": 27, "work": [item("2.5", 7, 5, quality_failures=1, late=2)]}


def test_E_I2_recomputing_from_the_stored_snapshot_gives_the_identical_document_and_hash() -> None:
    first = scored(STAFF, FACTS)
    stored = first.snapshot.to_document()

    again = score(compiled(STAFF), Snapshot.from_document(stored))

    assert again.document() == first.document()
    assert again.hash() == first.hash()
    assert again.explanation() == first.explanation()


def test_E_I2_a_result_is_written_to_the_last_character_for_ever() -> None:
    """Sealed periods hold such hashes: whoever changes one has broken every seal."""
    rule = "{id: R, kind: CAP, when: {event: E}, then: {band_at_most: B}, clause: s, text: "
    facts = {"period": "2026-Q1", "general_total": "61.5", "work": [item()], "events": ["E"]}

    result = tiny_score("{input: general_total}", facts, f"rules: [{rule}{{vi: l, en: l}}}}]\n")

    assert result.document() == {
        "format": "congvu.result/1",
        "policy": {"id": "TINY", "version": 1, "hash": result.compiled.policy.hash},
        "settings": {},
        "snapshot_hash": result.snapshot.hash,
        "state": "SCORED",
        "components": {"total": "61.5"},
        "total": "61.5",
        "total_display": "61.50",
        "counted_total": "61.5",
        "raw_band": "A",
        "band": "B",
        "reasons": ["R"],
        "rules_in_force": ["R"],
        "triggers": [],
        "not_scored_because": None,
    }
    assert (
        result.compiled.policy.hash
        == "6cac621bd7e9c38f833fb9cc813dd6243a93263e19a1b5dcf3c0055e3a1b5882"
    )
    assert (
        result.snapshot.hash == "0e575a71cfdaae167c64395626e622f68f3dbdb6cd7f584a26aace8cc69dfc00"
    )
    assert result.hash() == "ede1c5e87dcd39d5e471ee6c879901ccdf36ac67b7ff1d22d046f497036a4f32"


def test_E_I2_one_changed_quantity_changes_the_hash() -> None:
    changed = {**FACTS, "work": [item("2.5", 7, 5, quality_failures=1, late=1)]}

    assert scored(STAFF, changed).hash() != scored(STAFF, FACTS).hash()


def test_E_I2_another_switch_changes_the_hash() -> None:
    rounded = scored(STAFF, FACTS, ("band_on", "ROUNDED_2"))

    assert rounded.total == scored(STAFF, FACTS).total
    assert rounded.hash() != scored(STAFF, FACTS).hash()


def test_E_I5_ratios_stay_within_0_and_100_percent() -> None:
    many = scored(STAFF, {"general_total": 30, "work": [item(1, 2, 9)]})
    none = scored(STAFF, {"general_total": 30, "work": [item(1, 2, 1, late=40)]})

    assert many.components["a"] == 1
    assert none.components["c"] == 0


def test_E_I6_weights_that_do_not_sum_to_100_are_refused() -> None:
    policy = shipped_policy("LEADER-CONTRACT-BSC")

    with pytest.raises(Invalid, match=r"the weights sum to 110, not 100 \(E-I6\)") as refusal:
        compile_policy(policy, {"OPERATIONS": "50"})

    assert refusal.value.rule_id == "perspectives"


def test_E_I6_weights_that_still_sum_to_100_are_taken() -> None:
    policy = shipped_policy("LEADER-CONTRACT-BSC")

    found = compile_policy(policy, {"OPERATIONS": "50", "SOCIAL": "20"})

    assert found.settings()["OPERATIONS"] == "50"


def test_E_I7_zero_assigned_is_not_evaluable() -> None:
    result = scored(STAFF, {"general_total": 30})

    assert (result.state, result.total, result.band) == ("NOT_EVALUABLE", None, None)
    assert result.components == {"general": 30}
    assert result.explanation().rule_id == "a"


def test_E_I7_zero_assigned_is_zero_only_when_the_switch_says_so() -> None:
    result = scored(STAFF, {"general_total": 30}, ("on_zero_assigned", "ZERO"))

    assert (result.state, result.total) == ("SCORED", Fraction(30))


def test_E_I8_the_quota_holds_in_the_unit_and_in_each_duty_group() -> None:
    people = [
        RankEntry(id=f"{group}{i}", total=Fraction(99 - i), duty_group=group)
        for group in ("x", "y")
        for i in range(6)
    ]

    ranking = rank(compiled(STAFF), people)

    assert ranking.of_band("HTXS") == ("x0", "y0")
    assert {(row.scope, row.name, row.counted, row.allowed) for row in ranking.quota} == {
        ("unit", "", 12, 2),
        ("duty_group", "x", 6, 1),
        ("duty_group", "y", 6, 1),
    }


def test_E_I8_a_small_duty_group_has_no_place_even_when_the_unit_has() -> None:
    alone = [RankEntry(id="solo", total=Fraction(100), duty_group="y")]
    others = [RankEntry(id=f"p{i}", total=Fraction(80), duty_group="x") for i in range(11)]

    ranking = rank(compiled(STAFF), alone + others)

    assert ranking.of_band("HTXS") == ()
    assert ranking.moved_down == ("solo",)


def test_E_I9_a_hard_fail_changes_the_band_and_keeps_the_score() -> None:
    facts = {"general_total": 26, "work": [item()], "events": ["DISCIPLINED"]}

    result = scored(STAFF, facts)

    assert (result.total, result.raw_band, result.band) == (Fraction(96), "HTXS", "KHT")
    assert result.reasons == ("DISCIPLINED",)


def test_E_I9_a_rule_that_changes_nothing_is_in_force_but_no_reason() -> None:
    facts = {"general_total": 0, "work": [item(1, 4, 1)], "events": ["DISCIPLINED"]}

    result = scored(STAFF, facts)

    assert (result.raw_band, result.band, result.reasons) == ("KHT", "KHT", ())
    assert [found.rule.rule.id for found in result.in_force] == ["DISCIPLINED"]


def test_E_I9_an_annulled_result_still_shows_what_was_computed() -> None:
    facts = {
        "indicators": [{"code": "gdp", "target": 5, "actual": 5}],
        "events": ["INTERNAL_CONFLICT"],
    }

    result = scored("CN-TARGET", facts)

    assert (result.total, result.counted_total, result.band) == (Fraction(100), Fraction(0), "KHT")


def test_E_I11_a_leaders_d_recomputes_when_a_subordinates_band_changes() -> None:
    people = [SubordinateBand("s1", "HT"), SubordinateBand("s2", "HTT")]
    failed = [SubordinateBand("s1", "KHT"), SubordinateBand("s2", "HTT")]

    before, after = (
        scored(
            LEADER,
            {
                "general_total": 30,
                "work": [item()],
                "unit": {
                    **count_subordinates(compiled(LEADER), bands).unit_inputs(),
                    "organising": "FULL",
                    "unity": "FULL",
                },
            },
        )
        for bands in (people, failed)
    )

    assert (before.components["d"], before.total) == (Fraction(1), Fraction(100))
    assert (after.components["d"], after.total) == (Fraction(1, 2), Fraction(565, 6))


def test_a_deputys_d_covers_the_fields_in_charge_and_only_rated_people() -> None:
    people = [
        SubordinateBand("s1", "KHT", "land"),
        SubordinateBand("s2", "HTT", "records"),
        SubordinateBand("s3", None, "records"),
    ]

    found = count_subordinates(compiled(LEADER), people, fields=["records"])

    assert found.unit_inputs() == {"subordinates": "1", "not_completed": "0"}


def test_the_average_total_of_subordinates_is_known_when_every_one_has_a_total() -> None:
    known = [
        SubordinateBand("s1", "HT", total=Fraction(50)),
        SubordinateBand("s2", "HTT", total=Fraction(75)),
        SubordinateBand("s3", None),
    ]

    full = count_subordinates(compiled(LEADER), known)
    partial = count_subordinates(compiled(LEADER), [*known, SubordinateBand("s4", "HT")])

    assert full.unit_inputs()["average_total"] == "62.5"
    assert partial.average_total is None


def test_F_I5_too_few_answers_neither_raise_nor_lower_the_score() -> None:
    facts = {"general_total": 30, "work": [item(1, 10, 9)]}

    without = scored("PUBLIC-COMMITMENT", facts)
    few = [
        scored("PUBLIC-COMMITMENT", {**facts, "satisfaction": {"index": index, "n": 29}})
        for index in ("0", "1")
    ]

    assert {result.total for result in few} == {without.total}


ORPHAN = {
    "indicators": [
        {"code": "f", "perspective": "FINANCE", "target": 1, "actual": 1},
        {"code": "c", "perspective": "CUSTOMER", "target": 1, "actual": 1, "parent": "u1"},
        {"code": "p", "perspective": "PROCESS", "target": 1, "actual": 1, "parent": "u2"},
        {"code": "l", "perspective": "LEARNING", "target": 2, "actual": 1, "parent": "u3"},
    ]
}


def test_E_I13_an_indicator_without_a_parent_objective_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        scored("BSC-CASCADE", ORPHAN)

    assert refusal.value.rule_id == "ALIGNMENT"


def test_E_I13_a_policy_may_choose_to_warn_instead() -> None:
    warned = scored("BSC-CASCADE", ORPHAN, ("alignment", "WARN"))

    assert warned.total == Fraction("87.5")
    assert warned.triggers == ("ALIGNMENT_WARNING",)
