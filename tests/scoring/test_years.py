"""A year as a result of its own: from its periods, with the vetoes of the year (E-I2, E-I9)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, Explanation, Snapshot, compile_policy, score
from congvu_scoring.documents.policy_files import shipped_policies

Row = dict[str, object]
BANDS = ((90, "HTXS"), (70, "HTT"), (50, "HT"))


def decree(method: str = "AVERAGE", kind: str = "STAFF") -> CompiledPolicy:
    return compile_policy(shipped_policies()[f"ND335-2025-{kind}"], {"roll_up": method})


def quarter(number: int, total: object = None, **facts: object) -> Row:
    known: Row = {} if total is None else {"total": total}
    return {"period": f"2026-Q{number}", **known, **facts}


def year(*periods: Row, **facts: object) -> Snapshot:
    subject = {"kind": "STAFF", "duty_group": "g", "unit": "u", "position": "p"}
    return Snapshot.from_document(
        {"period": "2026", "made_of": "QUARTER", "subject": subject, "periods": periods, **facts}
    )


def band(total: Fraction) -> str:
    return next((code for least, code in BANDS if total >= least), "KHT")


def all_of(node: Explanation) -> list[Explanation]:
    return [node, *(each for child in node.children for each in all_of(child))]


@given(
    st.lists(st.fractions(0, 100, max_denominator=97), min_size=1, max_size=4),
    st.lists(st.sampled_from(["NOT_RATED", "NOT_EVALUABLE"]), max_size=3),
)
def test_the_average_is_of_the_rated_periods_and_its_leaves_sum_to_it(
    totals: list[Fraction], others: list[str]
) -> None:
    rows = [quarter(n, str(total)) for n, total in enumerate(totals)]
    rows += [quarter(9 + n, state=state) for n, state in enumerate(others)]

    found = score(decree(), year(*rows))

    expected = sum(totals, Fraction(0)) / len(totals)
    assert (found.state, found.total, found.band) == ("SCORED", expected, band(expected))
    assert sum(leaf.points for leaf in found.explanation().leaves()) == expected


def test_a_cumulated_year_weighs_each_period_by_what_was_assigned() -> None:
    rows = [
        quarter(1, 100, general=30, result=1, numerator=10, denominator=10),
        quarter(2, 65, general=30, result="1/2", numerator=45, denominator=90),
    ]

    found = score(decree("CUMULATIVE"), year(*rows))

    assert found.total == 30 + 70 * Fraction(55, 100)
    assert found.components == {"general": 30, "result": Fraction(55, 100)}
    assert sum(leaf.points for leaf in found.explanation().leaves()) == found.total


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("HTXS HTXS HTT HT", "HTXS"),
        ("HTXS HTXS HTT KHT", "HTT"),
        ("HTT HTT HT HT", "HTT"),
        ("HTT HT HT HT", "HT"),
        ("HTXS HTXS KHT KHT", "KHT"),
    ],
)
def test_bands_are_counted_and_the_average_is_shown(bands: str, expected: str) -> None:
    known = [quarter(n, 80, band=code) for n, code in enumerate(bands.split())]
    known.append(quarter(9, state="NOT_RATED"))
    by_band = [quarter(n, band=code) for n, code in enumerate(bands.split())]

    with_totals = score(decree("BAND_COUNT"), year(*known))
    by_band_alone = score(decree("BAND_COUNT"), year(*by_band))

    assert (with_totals.total, with_totals.band) == (Fraction(80), expected)
    assert (by_band_alone.state, by_band_alone.total) == ("SCORED", None)
    assert by_band_alone.band == expected
    assert sum(leaf.points for leaf in with_totals.explanation().leaves()) == 80
    above = with_totals.next_band()
    assert above is None or (above.threshold, above.missing) == (None, None)


@pytest.mark.parametrize(
    ("rows", "state", "said"),
    [
        ((), "NOT_RATED", "No month or quarter of the year is rated"),
        ((quarter(1, state="NOT_RATED"),), "NOT_RATED", "No month or quarter of the year is rated"),
        (
            (quarter(1, state="NOT_RATED"), quarter(2, state="NOT_EVALUABLE")),
            "NOT_EVALUABLE",
            "The months or quarters of the year have no score: each says why",
        ),
    ],
)
@pytest.mark.parametrize("method", ["AVERAGE", "CUMULATIVE", "BAND_COUNT"])
def test_E_I7_a_year_without_a_rated_period_has_no_score(
    rows: tuple[Row, ...], state: str, said: str, method: str
) -> None:
    found = score(decree(method), year(*rows))

    assert (found.state, found.total, found.band) == (state, None, None)
    assert found.explanation().text_en == said
    assert {leaf.points for leaf in found.explanation().leaves()} == {0}


@pytest.mark.parametrize("method", ["AVERAGE", "BAND_COUNT"])
def test_E_I9_a_veto_of_the_year_takes_the_band_and_leaves_the_total(method: str) -> None:
    rows = [quarter(n, 95) for n in (1, 2, 3, 4)]

    found = score(decree(method), year(*rows, events=["DISCIPLINED"]))

    assert (found.total, found.raw_band, found.band) == (Fraction(95), "HTXS", "KHT")
    assert found.reasons == ("DISCIPLINED",)


def test_a_period_without_working_time_is_no_year_without_it() -> None:
    """The decision of one quarter stands in that quarter alone."""
    rows = [quarter(1, state="NOT_RATED"), quarter(2, 90)]

    found = score(decree(), year(*rows, events=["NO_WORKING_TIME"], working_days=120))

    assert (found.state, found.total) == ("SCORED", Fraction(90))


def test_nothing_of_the_year_counts_but_its_periods() -> None:
    row = quarter(1, 60)
    facts: Row = {"general": {"I.1": 5}, "unit": {"subordinates": 3, "not_completed": 3}}

    found = score(decree(kind="STAFF"), year(row, **facts))

    assert (found.total, found.band) == (Fraction(60), "HT")


def test_every_period_is_told_down_to_its_sheet_and_seal() -> None:
    proof = [{"ref": "eval_1", "hash": "a" * 64}]
    told = quarter(
        1, 80, origin="period_1", origin_name="Quý I", origin_hash="b" * 64, evidence=proof
    )
    snapshot = year(told, quarter(2, state="NOT_EVALUABLE"))

    found = score(decree(), snapshot)
    nodes = {node.text_vi: node for node in all_of(found.explanation())}
    shown = {each.name: each for each in nodes["2026-Q1 (Quý I)"].inputs}

    assert (shown["origin"].value, shown["origin_hash"].value) == ("period_1", "b" * 64)
    assert [(each.ref, each.hash) for each in shown["evidence"].evidence] == [("eval_1", "a" * 64)]
    assert ("state", "NOT_EVALUABLE") in [each[:2] for each in nodes["2026-Q2"].inputs]
    again = Snapshot.from_document(snapshot.to_document())
    assert (again.hash, score(decree(), again).hash()) == (snapshot.hash, found.hash())


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"made_of": "YEAR"}, "made_of"),
        ({"periods": [quarter(1, 80), quarter(1, 80)]}, "periods[1].period"),
        ({"periods": [quarter(1, band="EXCELLENT")]}, "periods[0].band"),
        ({"subject": {"kind": "LEADER"}}, "snapshot.subject.kind"),
    ],
)
def test_a_year_that_cannot_be_is_refused(facts: Row, field: str) -> None:
    document = year(quarter(1, 80)).to_document()

    with pytest.raises(Invalid) as refused:
        score(decree(), Snapshot.from_document({**document, **facts}))

    assert refused.value.field == field
