"""A misspelt code is refused with what was meant, never silently different from everything."""

from collections.abc import Mapping

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import Snapshot, compile_policy, roll_up, score
from congvu_scoring.documents.policy_files import load_policy
from congvu_scoring.documents.yaml_documents import parse_yaml
from scoring.making import item, tiny, tiny_score, tiny_text

NAMED = """
switches:
  mode:
    default: AA
    values: {AA: {vi: a, en: a}, BB: {vi: b, en: b}}
    clause: s
    text: {vi: Cách, en: Mode}
inputs:
  elements.grade: {values: [GOLD, SILVER], text: {vi: Hạng, en: Grade}}
  elements.rank: {text: {vi: Bậc, en: Rank}}
"""


def rule(when: str) -> str:
    text = "clause: s, text: {vi: r, en: r}"
    return f"rules: [{{id: R, kind: CAP, when: {when}, then: {{band_at_most: B}}, {text}}}]\n"


def roll_up_rule(when: str) -> str:
    return (
        "roll_up: {methods: {YEAR: {clause: s, text: {vi: n, en: y}, otherwise: B, "
        f"bands: [{{when: {{some: {{over: periods, meets: {when}}}}}, band: A}}]}}}}}}\n"
    )


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        (rule("{equals: [{result: band}, AA]}"), "unknown band 'AA'"),
        (rule("{equals: [AA, {result: raw_band}]}"), "unknown band 'AA'"),
        (rule("{equals: [{result: state}, SCORD]}"), "state 'SCORD'; did you mean 'SCORED'"),
        (
            rule("{consecutive: {periods: 2, meets: {equals: [{field: band}, AA]}}}"),
            "unknown band 'AA'",
        ),
        (
            rule("{some: {over: history, meets: {not_equals: [{field: band}, AA]}}}"),
            "unknown band 'AA'",
        ),
        (
            rule("{equals: [{input: subject.kind}, LEADR]}"),
            "unknown value of subject.kind 'LEADR'; did you mean 'LEADER'",
        ),
        (rule("{one_of: {of: {input: unit.unity}, values: [FUL]}}"), "did you mean 'FULL'"),
        (
            rule("{some: {over: work, meets: {equals: [{field: orientation}, PUBLIC_SERVIC]}}}"),
            "unknown orientation of work 'PUBLIC_SERVIC'; did you mean 'PUBLIC_SERVICE'",
        ),
        (
            rule("{some: {over: work, by: kind, meets: {equals: [{field: kind}, HRD]}}}"),
            "unknown kind of work 'HRD'; did you mean 'HARD'",
        ),
        (
            NAMED + rule("{equals: [{switch: mode}, CC]}"),
            "unknown value of switch mode 'CC'; known: AA, BB",
        ),
        (
            NAMED + rule("{equals: [{input: elements.grade}, GOLDD]}"),
            "unknown value of elements.grade 'GOLDD'; did you mean 'GOLD'",
        ),
        (
            NAMED + rule("{equals: [{input: elements.rank}, GOLD]}"),
            "elements.rank is declared as a number; declare its values to compare it with 'GOLD'",
        ),
        (roll_up_rule("{equals: [{field: band}, AA]}"), "unknown band 'AA'"),
        (roll_up_rule("{equals: [{field: state}, RATED]}"), "unknown state of periods 'RATED'"),
        (
            "inputs: {elements.x: {unit: lvl, text: {vi: x, en: x}}}\n",
            "unknown unit 'lvl'",
        ),
    ],
)
def test_a_code_that_can_never_be_equal_is_refused(sections: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        tiny("1", sections)


def test_a_lookup_knows_the_codes_it_is_asked_for() -> None:
    with pytest.raises(Invalid, match=r"unknown value of subject.kind 'STAF'"):
        tiny("{lookup: {of: {input: subject.kind}, table: {STAF: 1}}}")


@pytest.mark.parametrize("name", ["HEAD", "OTHER"])
def test_nothing_is_suggested_for_a_word_unlike_all_others(name: str) -> None:
    with pytest.raises(Invalid, match=f"'{name}'; known: DEPUTY, LEADER, STAFF, UNIT"):
        tiny(f"{{lookup: {{of: {{input: subject.kind}}, table: {{{name}: 1}}}}}}")


LEDGER = """
      ledger:
        start: 10
        entries:
          - {id: ABSENCE, each: -1, clause: s, text: {vi: Vắng, en: Absent}}
"""


def test_a_ledger_row_of_no_rule_is_refused() -> None:
    with pytest.raises(Invalid, match="no rule 'ABSENSE'; did you mean 'ABSENCE'") as refusal:
        tiny_score(LEDGER, {"conduct": [{"rule": "ABSENCE"}, {"rule": "ABSENSE"}]})

    assert refusal.value.field == "snapshot.conduct[1].rule"


def test_a_list_of_any_conduct_takes_any_rule() -> None:
    total = "{sum: {over: conduct, of: {field: count}}}"

    assert tiny_score(total, {"conduct": [{"rule": "ANY", "count": 3}]}).total == 3


RUN = (
    rule("{consecutive: {periods: 2, meets: {equals: [{field: band}, B]}}}")
    .replace("rules: [{id: R, kind: CAP,", "triggers: [{id: R, case: {vi: c, en: c},")
    .replace(" then: {band_at_most: B},", "")
)


@pytest.mark.parametrize(
    ("snapshot", "message"),
    [
        ({"history": [{"period": "2025", "band": "BB"}]}, r"history\[0\].band: TINY@1 has no band"),
        (
            {"period": "FY2027-2", "history": []},
            "period: 'FY2027-2' is no period; write 2026, 2026-H1, 2026-Q1 or 2026-06",
        ),
        ({"history": [{"period": "2025-2026"}]}, r"history\[0\].period: '2025-2026' is no period"),
        (
            {"period": "2026", "history": [{"period": "2025-Q4"}]},
            "must be of one kind",
        ),
        ({"history": [{"period": "2025"}, {"period": "2025"}]}, "'2025' is given twice"),
    ],
)
def test_a_run_is_not_judged_on_periods_that_cannot_be_told(
    snapshot: Mapping[str, object], message: str
) -> None:
    with pytest.raises(Invalid, match=message):
        tiny_score("1", snapshot, RUN)


@pytest.mark.parametrize(
    ("before", "now"),
    [("2025", "2026"), ("2025-H2", "2026-H1"), ("2025-Q4", "2026-Q1"), ("2026-05", "2026-06")],
)
def test_every_kind_of_period_makes_a_run(before: str, now: str) -> None:
    history = [{"period": before, "band": "B"}]

    assert tiny_score("1", {"period": now, "history": history}, RUN).triggers == ("R",)


def test_a_policy_that_does_not_look_back_takes_any_history() -> None:
    history = [{"period": "FY25", "band": "OTHER"}]

    assert tiny_score("1", {"history": history}).band == "B"


def test_bands_of_earlier_rules_are_declared() -> None:
    sections = RUN.replace("{equals: [{field: band}, B]}", "{equals: [{field: band}, OLD]}")

    with pytest.raises(Invalid, match="unknown band 'OLD'"):
        tiny("1", sections)

    text = tiny_text("1", sections).replace("  table:", "  former: [OLD]\n  table:")
    compiled = compile_policy(load_policy(parse_yaml(text, "tiny"), "tiny.yaml"))
    facts = {"history": [{"period": "2025", "band": "OLD"}]}
    assert score(compiled, Snapshot.from_document(facts)).triggers == ()


def test_an_event_of_another_policy_is_told_as_not_read() -> None:
    result = tiny_score("1", {"events": ["UPHOLD"]}, rule("{event: UPHELD}"))

    assert result.not_read == ("events.UPHOLD; did you mean 'UPHELD'?",)
    assert [given.value for given in result.explanation().inputs] == list(result.not_read)


def test_a_misspelt_element_is_told_with_the_input_that_is_missing() -> None:
    inputs = "inputs: {elements.teamwork: {unit: points, text: {vi: x, en: x}}}\n"
    result = tiny_score("{input: elements.teamwork}", {"elements": {"teamwrok": 5}}, inputs)

    assert (result.state, result.why_not and result.why_not[1].en) == (
        "NOT_EVALUABLE",
        "the input elements.teamwork is missing",
    )
    assert result.not_read == ("elements.teamwrok; did you mean 'elements.teamwork'?",)


def test_lists_that_nothing_reads_are_told() -> None:
    assert tiny_score("1", {"work": [item()]}).not_read == ("work",)


def test_every_element_can_be_given_one_range() -> None:
    inputs = "inputs: {'elements.*': {unit: level, min: 1, max: 5, text: {vi: x, en: x}}}\n"
    total = "{sum: {over: elements, of: {field: value}}}"

    assert tiny_score(total, {"elements": {"a": 5, "b": 1}}, inputs).total == 6
    with pytest.raises(Invalid, match=r"elements.b: must lie in 1 to 5") as refusal:
        tiny_score(total, {"elements": {"a": 5, "b": 7}}, inputs)
    assert refusal.value.rule_id == "elements.*"


@pytest.mark.parametrize(
    ("periods", "message"),
    [
        ([{"period": "2026-01", "total": 1}] * 2, r"periods\[1\].period: '2026-01' is given twice"),
        ([{"period": "2026-01", "band": "KHTT"}], r"periods\[0\].band: TINY@1 has no band 'KHTT'"),
    ],
)
def test_a_year_is_not_made_of_wrong_periods(periods: list[object], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        roll_up(compile_policy(tiny("1")), periods)


@pytest.mark.parametrize(
    ("states", "year"),
    [
        (["NOT_EVALUABLE", "NOT_RATED"], "NOT_EVALUABLE"),
        (["NOT_RATED", "NOT_RATED"], "NOT_RATED"),
        ([], "NOT_RATED"),
    ],
)
def test_a_year_of_periods_that_could_not_be_scored_is_not_evaluable(
    states: list[str], year: str
) -> None:
    periods = [{"period": str(number), "state": state} for number, state in enumerate(states)]

    assert roll_up(compile_policy(tiny("1")), periods).state == year
