"""What lint says: every error at once, in words that tell the remedy; warnings beside."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from congvu_kit.domain.errors import Invalid
from congvu_scoring import cli, compile_policy
from congvu_scoring.documents.policy_files import load_policy, shipped_policies
from congvu_scoring.documents.yaml_documents import parse_yaml
from congvu_scoring.language.checking.warnings import policy_warnings
from congvu_scoring.language.invalid_policy import InvalidPolicy
from scoring.making import tiny, tiny_text

app = typer.Typer()
app.add_typer(cli.policy, name="policy")
WORDS = "clause: s, text: {vi: r, en: r}"
BELOW = "  low:\n    clause: s\n    text: {vi: l, en: l}\n    unit: points\n    value: total\n"


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidPolicy) as refusal:
        load_policy(parse_yaml(text, "tiny"), "tiny.yaml")
    return [fault.en.removeprefix("tiny.yaml: ") for fault in refusal.value.faults]


def test_every_independent_error_is_told() -> None:
    sections = (
        f"switches: {{bonus: {{default: 3, max: 2, {WORDS}}}}}\n"
        f"rules: [{{id: R, knd: CAP, when: {{event: E}}, then: {{band: B}}, {WORDS}}},\n"
        f"  {{id: Q, kind: CAP, when: {{evnt: E}}, then: {{band: C}}, {WORDS}}}]\n"
    )
    text = tiny_text("{add: [{switch: bonus}, pionts]}", sections).replace("DEFAULT", "RULE")

    assert faults(text) == [
        "sources[0].kind: rule policy: unknown kind of source 'RULE'; known: DEFAULT, LAW, READ",
        "switches.bonus.default: rule bonus: 3 lies outside None to 2",
        "measures.total.value.add[1]: rule total: unknown measure (defined above) 'pionts'; "
        "known: none",
        "rules[0].knd: rule R: unknown key 'knd'; did you mean 'kind'?",
        "rules[1].when: rule Q: unknown condition 'evnt'; did you mean 'event'?",
    ]


def test_every_error_that_needs_the_whole_policy_is_told() -> None:
    sections = (
        f"switches: {{bonus: {{default: 1, max: 2, {WORDS}}}}}\n"
        f"rules: [{{id: R, kind: CAP, when: false, then: {{band_at_most: A}}, {WORDS}}}]\n"
    )

    assert faults(tiny_text("1", sections)) == [
        "rules: rule R: it can never apply",
        "switches.bonus: rule bonus: nothing uses it",
        "rules: rule R: it changes nothing",
    ]


@pytest.mark.parametrize(
    ("total", "message"),
    [
        ("total", "a measure cannot use itself"),
        ("later", "measure 'later' stands below; one uses only those above it"),
        ('"0.2 * (a + b)"', r"is a formula in words; write operators: \{multiply"),
        ("{times: [2, 3]}", "unknown number operator 'times'; did you mean 'multiply'"),
        ("{if: {when: {and: [true]}, then: 1, else: 2}}", "'and'; did you mean 'all'"),
        (
            "{sum: {over: indicators, by: perspective, of: {field: perspective}}}",
            "'perspective' of groups of indicators is a text, and a number is expected",
        ),
    ],
)
def test_a_message_tells_the_remedy(total: str, message: str) -> None:
    text = tiny_text(total).replace(
        "total: total\n", BELOW.replace("low:", "later:") + "total: total\n"
    )

    with pytest.raises(Invalid, match=message):
        load_policy(parse_yaml(text, "tiny"), "tiny.yaml")


def test_a_band_with_an_upper_limit_is_told_that_it_has_none() -> None:
    text = tiny_text("1").replace("at_least: 50", "at_least: 50, at_most: 80")

    assert faults(text) == ["bands.table[0]: rule bands: a band has no upper limit: the first "
                            "band that is reached counts, best first"]  # fmt: skip


@pytest.mark.parametrize("when", ["{greater: [total, 100]}", "{at_most: [101, total]}"])
def test_a_condition_outside_the_range_of_a_measure_never_applies(when: str) -> None:
    sections = f"rules: [{{id: R, kind: CAP, when: {when}, then: {{band: B}}, {WORDS}}}]"
    text = tiny_text("1", sections).replace("unit: points", "unit: points\n    max: 100")

    assert faults(text) == ["rules: rule R: it can never apply"]


def test_a_rule_that_repeats_another_is_refused() -> None:
    row = f"{{id: R, kind: CAP, when: {{event: E}}, then: {{band: B}}, {WORDS}}}"
    sections = f"rules: [{row}, {row.replace('id: R', 'id: Q')}]"

    assert faults(tiny_text("1", sections)) == ["rules[1]: rule Q: it does what R does already"]


QUOTA = "quota: {top: A, otherwise: B, base: [A, B], rate: RATE, clause: s, text: {vi: q, en: q}}\n"


def test_a_quota_rate_is_a_share() -> None:
    with pytest.raises(Invalid, match=r"a rate lies in 0 to 1: 20 % is 0.2"):
        tiny("1", QUOTA.replace("RATE", "20"))


def test_a_quota_rate_from_a_switch_is_checked_when_it_is_set() -> None:
    switch = f"switches: {{share: {{default: '0.2', max: 20, {WORDS}}}}}\n"
    policy = tiny("1", switch + QUOTA.replace("RATE", "{switch: share}"))

    with pytest.raises(Invalid, match="rule quota: the rate is 20, outside 0 to 1"):
        compile_policy(policy, {"share": "20"})


@pytest.mark.parametrize("day", ["02-31", "02-29", "04-31"])
def test_a_last_day_is_in_every_year(day: str) -> None:
    stage = f"{{id: S, actor: RATEE, last_day: '{day}', {WORDS}}}"

    with pytest.raises(Invalid, match=f"rule S: '{day}' is not a day of every year"):
        tiny("1", f"workflow: {{stages: [{stage}]}}\n")


@pytest.mark.parametrize(
    "when",
    ["{at_most: [total, 85]}", "{greater: [85, total]}", "{not: {greater: [total, 85]}}"],
)
def test_a_band_limited_from_above_is_warned_of(when: str) -> None:
    text = tiny_text("1").replace("at_least: 50", f"at_least: 50, when: {when}")

    warnings = policy_warnings(load_policy(parse_yaml(text, "tiny"), "tiny.yaml"))

    assert tuple(each.en for each in warnings) == (
        "bands.table[0].when: it limits A from above, so a higher total can get a lower band",
    )


def test_a_clause_of_a_document_that_is_no_source_is_warned_of() -> None:
    text = tiny_text("1").replace("    clause: s\n", "    clause: QĐ 99/1900\n", 1)

    warnings = policy_warnings(load_policy(parse_yaml(text, "tiny"), "tiny.yaml"))

    assert tuple(each.en for each in warnings) == (
        "measures.total.clause: 'QĐ 99/1900' names none of the sources: s",
    )


@pytest.mark.parametrize("policy", shipped_policies())
def test_a_shipped_policy_has_no_warning(policy: str) -> None:
    assert policy_warnings(shipped_policies()[policy]) == ()


def test_lint_tells_a_conformance_file_and_a_warning(tmp_path: Path) -> None:
    cases, warned = tmp_path / "cases.yaml", tmp_path / "warned.yaml"
    cases.write_text("format: congvu.conformance/1\n", encoding="utf-8")
    text = tiny_text("1").replace("at_least: 50", "at_least: 50, when: {less: [total, 85]}")
    warned.write_text(text, encoding="utf-8")

    wrong = CliRunner().invoke(app, ["policy", "lint", str(cases)])
    right = CliRunner().invoke(app, ["policy", "lint", str(warned)])

    assert (wrong.exit_code, wrong.stderr) == (
        2,
        f"{cases}: is a conformance file: run it with congvu conformance\n",
    )
    assert (right.exit_code, right.stdout) == (0, f"{warned}: TINY@1 is sound (1 measures)\n")
    assert right.stderr.startswith(f"{warned}: warning: bands.table[0].when: ")
