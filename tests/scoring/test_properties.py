"""What must hold for every input, tried on generated ones."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_scoring import (
    RankEntry,
    Snapshot,
    compile_policy,
    display,
    exact,
    exact_text,
    rank,
    score,
)
from congvu_scoring.documents.policy_files import shipped_policy
from scoring.making import STAFF, compiled, scored

Work = dict[str, object]


@st.composite
def work_items(draw: st.DrawFn) -> Work:
    """One assignment; more may be completed than assigned, and exempted than failed."""
    coefficient = Fraction(draw(st.integers(1, 60)), draw(st.sampled_from([1, 2, 3, 5, 8])))
    counts = st.integers(0, 6)
    return {
        "item": draw(st.sampled_from(["C.56.1@1", "C.56.2@3", "B.7@1"])),
        "orientation": draw(st.sampled_from(["ADMIN_PROCEDURE", "PUBLIC_SERVICE"])),
        "kind": draw(st.sampled_from(["SPEARHEAD", "HARD", "SOFT"])),
        "coefficient": exact_text(coefficient),
        "assigned": str(draw(st.integers(0, 6))),
        "completed": str(draw(counts)),
        "quality_failures": str(draw(counts)),
        "quality_exempt": str(draw(counts)),
        "late": str(draw(counts)),
        "late_exempt": str(draw(counts)),
    }


works = st.lists(work_items(), max_size=5)
generals = st.integers(0, 300).map(lambda tenths: exact_text(Fraction(tenths, 10)))


def total_of(work: list[Work], general: str = "25") -> Fraction | None:
    return scored(STAFF, {"general_total": general, "work": work}).total


@given(works, generals)
def test_totals_lie_between_0_and_100(work: list[Work], general: str) -> None:
    total = total_of(work, general)

    assert total is None or 0 <= total <= 100


def number(row: Work, name: str) -> Fraction:
    return Fraction(str(row[name]))


@given(works)
def test_the_hand_written_formula_agrees(work: list[Work]) -> None:
    def credited(faults: str, exempt: str) -> Fraction:
        return sum(
            (
                number(row, "coefficient")
                * max(
                    Fraction(0),
                    number(row, "completed")
                    - max(Fraction(0), number(row, faults) - number(row, exempt)) / 4,
                )
                for row in work
            ),
            Fraction(0),
        )

    def converted(quantity: str) -> Fraction:
        return sum(
            (number(row, "coefficient") * number(row, quantity) for row in work), Fraction(0)
        )

    assigned, done = converted("assigned"), converted("completed")
    good, prompt = credited("quality_failures", "quality_exempt"), credited("late", "late_exempt")

    total = total_of(work)

    if assigned == 0:
        assert total is None
        return
    ratios = [min(Fraction(1), part / assigned) for part in (done, good, prompt)]
    assert total == 25 + sum(ratios, Fraction(0)) / 3 * 70


@given(works.filter(bool), st.integers(0, 4))
def test_completing_more_never_lowers_the_score(work: list[Work], index: int) -> None:
    row = work[index % len(work)]
    more = {**row, "completed": str(int(str(row["completed"])) + 1)}

    raised = [more if other is row else other for other in work]

    before, after = total_of(work), total_of(raised)
    assert (before is None and after is None) or (
        before is not None and after is not None and after >= before
    )


@pytest.mark.parametrize("fault", ["quality_failures", "late"])
@given(works.filter(bool), st.integers(0, 4))
def test_a_failure_or_delay_never_raises_the_score(
    fault: str, work: list[Work], index: int
) -> None:
    row = work[index % len(work)]
    worse = {**row, fault: str(int(str(row[fault])) + 1)}

    before = total_of(work)
    after = total_of([worse if other is row else other for other in work])

    assert before is None or (after is not None and after <= before)


@pytest.mark.parametrize("exemption", ["quality_exempt", "late_exempt"])
@given(works.filter(bool), st.integers(0, 4))
def test_an_exemption_never_lowers_the_score(exemption: str, work: list[Work], index: int) -> None:
    row = work[index % len(work)]
    spared = {**row, exemption: str(int(str(row[exemption])) + 1)}

    before = total_of(work)
    after = total_of([spared if other is row else other for other in work])

    assert before is None or (after is not None and after >= before)


@given(works.flatmap(lambda work: st.tuples(st.just(work), st.permutations(work))))
def test_the_order_of_items_is_irrelevant(works: tuple[list[Work], list[Work]]) -> None:
    written, shuffled = works

    assert total_of(shuffled) == total_of(written)


@given(st.integers(1, 40), st.integers(0, 40), generals)
def test_bands_are_read_on_the_exact_value(assigned: int, done: int, general: str) -> None:
    done = min(done, assigned)
    result = scored(
        STAFF,
        {
            "general_total": general,
            "work": [{"item": "x", "coefficient": 1, "assigned": assigned, "completed": done}],
        },
    )

    exact_total = Fraction(general) + Fraction(done, assigned) * 70
    expected = next(
        band
        for least, band in ((90, "HTXS"), (70, "HTT"), (50, "HT"), (0, "KHT"))
        if exact_total >= least
    )
    assert (result.total, result.band) == (exact_total, expected)


@pytest.mark.parametrize(
    ("done", "assigned", "general", "band"),
    [(4, 7, "30", "HTT"), (2, 3, "70/3", "HTT"), (5, 11, "200/11", "HT"), (6, 7, "30", "HTXS")],
)
def test_thresholds_met_exactly_belong_to_the_better_band(
    done: int, assigned: int, general: str, band: str
) -> None:
    facts = {
        "general_total": general,
        "work": [{"item": "x", "coefficient": 1, "assigned": assigned, "completed": done}],
    }

    assert scored(STAFF, facts).band == band


@given(works)
def test_a_snapshot_survives_its_document(work: list[Work]) -> None:
    snapshot = Snapshot.from_document({"general_total": 30, "work": work})

    again = Snapshot.from_document(snapshot.to_document())

    assert again == snapshot
    assert again.hash == snapshot.hash


people = st.lists(
    st.tuples(st.integers(40, 100), st.sampled_from("xyz"), st.integers(0, 2)), max_size=30
)


@given(
    people,
    st.sampled_from(["HTT_ONLY", "HTT_OR_BETTER"]),
    st.integers(0, 25).map(lambda percent: exact_text(Fraction(percent, 100))),
)
def test_the_quota_is_kept_on_final_counts_and_nobody_fits_besides(
    given_people: list[tuple[int, str, int]], base: str, rate: str
) -> None:
    entries = [
        RankEntry(id=f"p{i}", total=Fraction(total), general=Fraction(general), duty_group=group)
        for i, (total, group, general) in enumerate(given_people)
    ]
    switches = (("quota_base", base), ("quota_rate", rate))

    ranking = rank(compiled(STAFF, *switches), entries)

    assert overfull(ranking.bands, entries, base, Fraction(rate)) == []
    for entry in entries:
        if entry.id in ranking.moved_down and not blocked_by_tie(
            entry, ranking.tie_at_cut, entries
        ):
            lifted = {**ranking.bands, entry.id: "HTXS"}
            assert overfull(lifted, entries, base, Fraction(rate)) != []


def overfull(
    final: Mapping[str, str], entries: list[RankEntry], base: str, rate: Fraction
) -> list[str]:
    """The scopes whose final counts break the rule."""
    scopes = {"unit": entries}
    for entry in entries:
        scopes.setdefault(f"group {entry.duty_group}", [])
        scopes[f"group {entry.duty_group}"].append(entry)
    broken = []
    for name, members in scopes.items():
        top = sum(final[member.id] == "HTXS" for member in members)
        good = sum(final[member.id] == "HTT" for member in members)
        allowed = rate * (good if base == "HTT_ONLY" else good + top)
        if top > allowed:
            broken.append(name)
    return broken


def blocked_by_tie(entry: RankEntry, tied: tuple[str, ...], entries: list[RankEntry]) -> bool:
    """Tied people and everyone below them wait for the board."""
    blockers = [other for other in entries if other.id in tied]
    return any(
        (entry.total, entry.result, entry.general) <= (other.total, other.result, other.general)
        for other in blockers
    )


@given(people)
def test_the_ranking_does_not_depend_on_the_order_of_people(
    given_people: list[tuple[int, str, int]],
) -> None:
    entries = [
        RankEntry(id=f"p{i}", total=Fraction(total), general=Fraction(general), duty_group=group)
        for i, (total, group, general) in enumerate(given_people)
    ]

    assert rank(compiled(STAFF), entries) == rank(compiled(STAFF), entries[::-1])


@given(st.fractions(-(10**30), 10**30, max_denominator=10**30))
def test_numbers_survive_their_spelling(value: Fraction) -> None:
    assert exact(exact_text(value), "x") == value


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10**5))
def test_display_is_half_up_to_two_decimals(value: Fraction) -> None:
    shown = Fraction(display(value))

    assert abs(shown - value) <= Fraction(1, 200)
    if abs(shown - value) == Fraction(1, 200):
        assert abs(shown) > abs(value)


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10), st.integers(1, 10))))
def test_faults_of_others_never_lower_the_person_rated(late: list[tuple[int, int, int]]) -> None:
    facts: dict[str, object] = {
        "elements": {"work_output": 7, "attributes": 8, "competency": 9},
        "faults": [{"step": "REVIEWING", "working_days_late": days[0]} for days in late],
    }

    assert scored("IN-SPARROW", facts).total == 79


@given(st.sampled_from([10, 10, 11, 15]), st.integers(15, 20))
def test_chosen_weights_leave_the_rest_to_the_decree(crisis: int, transparency: int) -> None:
    found = compile_policy(
        shipped_policy("PETITION-57"),
        {"CRISIS": str(crisis), "TRANSPARENCY": str(transparency)},
    )

    weights = {key: value for key, value in found.constants.items() if key.isupper()}
    assert sum(value for value in weights.values() if isinstance(value, Fraction)) == 100
    assert score(found, Snapshot.from_document({})).state == "NOT_EVALUABLE"
