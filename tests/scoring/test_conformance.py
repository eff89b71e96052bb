"""The conformance command: one line a case, exact, with the documented exit codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvu_kit.domain.labels import known
from congvu_scoring.conformance.running import CASE_KEYS, ROLLUP_KEYS
from congvu_scoring.language.schema import policy_schema
from scoring.commands import CASE, HEAD, WORK, app, run
from scoring.making import tiny_text


def test_a_case_that_holds_passes(tmp_path: Path) -> None:
    found = run(tmp_path, HEAD + CASE.replace("EXPECT", "{total: 70, components: {a: 4/7}}"))

    assert found == (0, "seven: pass\n", "")


def test_a_case_that_differs_says_what_was_expected_and_got(tmp_path: Path) -> None:
    found = run(tmp_path, HEAD + CASE.replace("EXPECT", "{total: '70.01', band: HT}"))

    assert found == (
        1,
        "seven: differs (total: expected 70.01, got 70; band: expected HT, got HTT)\n",
        "",
    )


def test_a_case_that_differs_says_so_in_vietnamese(tmp_path: Path) -> None:
    expect = "{total: '70.01', band: HT, components: {totl: 1}, raw_band: null}"
    _, out, _ = run(tmp_path, HEAD + CASE.replace("EXPECT", expect), "vi_VN.UTF-8")
    refused = run(tmp_path, HEAD + CASE.replace("EXPECT", "{refused: work}"), "vi_VN.UTF-8")
    wrong = run(tmp_path, HEAD + CASE.replace("EXPECT", "{totl: 70}"), "vi_VN.UTF-8")

    assert out == (
        "seven: differs (tổng điểm: cần «70.01», kết quả «70»; "
        "mức xếp loại: cần «HT», kết quả «HTT»; "
        "mức xếp loại theo điểm: cần không có, kết quả «HTT»; "
        "thành phần điểm, «totl»: quy chế không có đại lượng này; có phải «total»?)\n"
    )
    assert refused[1] == "seven: differs (cần bị «work» từ chối, nhưng có kết quả)\n"
    assert wrong[1].startswith(
        "seven: error: Mục «expect» không có mục con «totl»; có phải «total»?"
    )


def test_a_difference_of_policies_is_named_in_vietnamese_with_its_path(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(tiny_text("5"), encoding="utf-8")
    other.write_text(tiny_text("6"), encoding="utf-8")

    told = CliRunner(env={"LC_ALL": "vi_VN.UTF-8"}).invoke(
        app, ["policy", "diff", str(one), str(other)]
    )

    assert told.stdout == "Cách tính, tổng điểm, giá trị (measures.total.value): 5 -> 6\n"


def keys_of(schema: object) -> Iterator[str]:
    """Of the language, wherever they stand."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from keys_of(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from keys_of(each)


def test_every_key_of_policies_and_cases_has_words() -> None:
    tables = ("policy", "column", "field")
    keys = {*keys_of(policy_schema()), *CASE_KEYS, *ROLLUP_KEYS} - {"refused"}

    assert len(keys) > 150
    assert {key for key in keys if not any(known(each, key) for each in tables)} == set()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD + CASE.replace("EXPECT", "{totl: 70}"),
            "seven: error: unknown key 'totl' in expect; did you mean 'total'?",
        ),
        (
            HEAD + CASE.replace("general_total", "generl_total").replace("EXPECT", "{}"),
            "seven: error: generl_total: unknown key 'generl_total'; did you mean 'general_total'?",
        ),
        (
            HEAD + CASE.replace("completed: 4", "done: 4").replace("EXPECT", "{}"),
            "seven: error: work[0].done: unknown key 'done'",
        ),
        (
            HEAD + CASE.replace("name: seven", "name: seven, swiches: {}").replace("EXPECT", "{}"),
            "seven: error: seven: unknown key 'swiches'; did you mean 'switches'?",
        ),
        (
            HEAD + CASE.replace("ND335-2025-STAFF", "ND335-2025-STAF").replace("EXPECT", "{}"),
            "seven: error: no policy 'ND335-2025-STAF'; did you mean 'ND335-2025-STAFF'?; give it "
            "under policies: in this file, written out or as the path of its file",
        ),
    ],
)
def test_what_cannot_be_read_names_the_key_and_the_case(
    tmp_path: Path, text: str, message: str
) -> None:
    code, out, error = run(tmp_path, text)

    assert (code, error) == (2, "")
    assert out.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "caces: []", "unknown key 'caces'; did you mean 'cases'?"),
        ("format: other/1", "format is 'other/1', not congvu.conformance/1"),
        ("cases: [", "cases.yaml:1:"),
        (tiny_text("1"), "cases.yaml: is a policy: check it with congvu policy lint"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_apart(tmp_path: Path, text: str, message: str) -> None:
    code, out, error = run(tmp_path, text)

    assert (code, out) == (2, "")
    assert message in error


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["conformance", str(tmp_path / "none.yaml")])

    assert result.exit_code == 2
    assert "none.yaml: cannot be read" in result.stderr


def test_one_bad_case_hides_no_other(tmp_path: Path) -> None:
    text = (
        HEAD
        + "cases:\n"
        + "".join(
            f"  - {{name: {name}, policy: ND335-2025-STAFF, snapshot: {{general_total: 30, {key}: "
            f"{WORK}}}, expect: {{total: 70}}}}\n"
            for name, key in (("bad", "wrk"), ("good", "work"))
        )
    )

    code, out, error = run(tmp_path, text)

    assert (code, error) == (2, "")
    assert out == "bad: error: wrk: unknown key 'wrk'; did you mean 'work'?\ngood: pass\n"


def test_an_inline_policy_is_scored_without_any_code(tmp_path: Path) -> None:
    policy = tiny_text("{multiply: [2, {input: unit.subordinates}]}").strip()
    indented = policy.replace("\n", "\n    ")
    text = (
        f"{HEAD}policies:\n  - {indented}\n"
        "cases: [{name: own, policy: TINY@1, snapshot: {unit: {subordinates: 30}}, "
        "expect: {total: 60, band: A}}]\n"
    )

    assert run(tmp_path, text) == (0, "own: pass\n", "")


def test_an_inline_policy_that_is_not_sound_names_its_rule(tmp_path: Path) -> None:
    policy = tiny_text("{sqrt: 4}").strip().replace("\n", "\n    ")
    text = (
        f"{HEAD}policies:\n  - {policy}\n"
        "cases: [{name: own, policy: TINY, snapshot: {}, expect: {total: 2}}]\n"
    )

    code, out, error = run(tmp_path, text)

    problem = "policies[0] TINY: measures.total.value: rule total: unknown number op"
    assert (code, error) == (2, "")
    assert [problem in line for line in out.splitlines()] == [True, True]
    assert [line.split(":")[0] for line in out.splitlines()] == ["policies[0]", "own"]


def test_a_refusal_can_be_expected_by_its_rule(tmp_path: Path) -> None:
    text = (
        HEAD + "cases: [{name: no, policy: US-SES, switches: {RESULTS: 10}, snapshot: {}, "
        "expect: {refused: RESULTS_AT_LEAST_20}}]\n"
    )

    assert run(tmp_path, text) == (0, "no: pass\n", "")


def test_rankings_and_rollups_are_compared(tmp_path: Path) -> None:
    text = HEAD + (
        "rankings: [{name: alone, policy: ND335-2025-STAFF, people: [{id: p1, total: 95}], "
        "expect: {HTXS: [p1], TIE_AT_CUT: []}}]\n"
        "rollups: [{name: year, policy: ND335-2025-STAFF, periods: [{period: 2026-Q1, total: 80}, "
        "{period: 2026-Q2, state: NOT_RATED}], expect: {total: 80, band: HTT}}]\n"
    )

    assert run(tmp_path, text) == (
        1,
        "alone: differs (HTXS: expected ['p1'], got [])\nyear: pass\n",
        "",
    )


def test_lint_names_file_path_and_rule(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(tiny_text("5"), encoding="utf-8")
    bad.write_text(tiny_text("five"), encoding="utf-8")

    result = CliRunner().invoke(app, ["policy", "lint", str(good), str(bad)])

    assert result.exit_code == 1
    assert result.stdout == f"{good}: TINY@1 is sound (1 measures)\n"
    assert result.stderr.startswith(f"{bad}: measures.total.value: rule total: unknown measure")


def test_diff_shows_each_place_and_ends_with_1(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(tiny_text("5"), encoding="utf-8")
    other.write_text(tiny_text("6"), encoding="utf-8")

    result = CliRunner().invoke(app, ["policy", "diff", str(one), str(other)])
    same = CliRunner().invoke(app, ["policy", "diff", "US-SES", "US-SES"])

    assert (result.exit_code, result.stdout) == (1, "measures.total.value: 5 -> 6\n")
    assert (same.exit_code, same.stdout) == (0, "")


SNAPSHOT_CASE = (
    "cases: [{name: own, policy: TINY, snapshot: SNAPSHOT, expect: EXPECT}]\n"
    "policies: [./mine.yaml]\n"
)


def own(tmp_path: Path, total: str, snapshot: str, expect: str) -> tuple[int, str, str]:
    sections = (
        "inputs: {elements.skill: {unit: points, min: 0, max: 9, text: {vi: s, en: s}}}\n"
        "rules: [{id: R, kind: CAP, when: {event: UPHELD}, then: {band_at_most: B}, clause: s, "
        "text: {vi: r, en: r}}]"
    )
    (tmp_path / "mine.yaml").write_text(tiny_text(total, sections), encoding="utf-8")
    return run(
        tmp_path, HEAD + SNAPSHOT_CASE.replace("SNAPSHOT", snapshot).replace("EXPECT", expect)
    )


SKILL = "{input: elements.skill}"


def test_a_policy_can_be_named_by_its_path(tmp_path: Path) -> None:
    assert own(tmp_path, SKILL, "{elements: {skill: 5}}", "{total: 5}") == (0, "own: pass\n", "")


def test_a_policy_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, HEAD + "policies: [./none.yaml]\n")

    assert code == 2
    assert out.startswith("policies[0]: error: ")
    assert "none.yaml: cannot be read" in out


@pytest.mark.parametrize("place", ["elements.skill", "snapshot.elements.skill"])
def test_a_range_refuses_by_the_name_of_its_input(tmp_path: Path, place: str) -> None:
    found = own(tmp_path, SKILL, "{elements: {skill: 10}}", f"{{refused: {place}}}")

    assert found == (0, "own: pass\n", "")


def test_a_wrong_row_can_be_expected_by_its_place(tmp_path: Path) -> None:
    row = "{item: a, coefficient: 1, assigned: 1, completed: -1}"
    found = own(tmp_path, SKILL, f"{{work: [{row}]}}", "{refused: 'work[0].completed'}")

    assert found == (0, "own: pass\n", "")


def test_a_refusal_nobody_expected_names_the_rule(tmp_path: Path) -> None:
    code, out, _ = own(tmp_path, SKILL, "{elements: {skill: 10}}", "{total: 10}")

    assert (code, out) == (
        1,
        "own: differs (expected a result, but elements.skill refused it: "
        "snapshot.elements.skill: must lie in 0 to 9)\n",
    )


def test_a_case_without_a_score_says_what_is_missing_and_what_nobody_read(tmp_path: Path) -> None:
    found = own(tmp_path, SKILL, "{elements: {skil: 5}, events: [UPHOLD]}", "{total: 5}")

    assert found == (
        1,
        "own: differs (total: expected 5, got none; "
        "NOT_EVALUABLE because rule total: the input elements.skill is missing)\n",
        "own: note: not read: events.UPHOLD; did you mean 'UPHELD'?\n"
        "own: note: not read: elements.skil; did you mean 'elements.skill'?\n",
    )


def test_an_unknown_component_is_told(tmp_path: Path) -> None:
    code, out, _ = own(tmp_path, SKILL, "{elements: {skill: 5}}", "{components: {totl: 5}}")

    assert (code, out) == (
        1,
        "own: differs (components.totl: the policy has no such measure; did you mean 'total'?)\n",
    )


def test_the_shipped_policies_can_be_listed() -> None:
    result = CliRunner().invoke(app, ["policy", "list"])

    assert result.exit_code == 0
    assert "US-SES@3: " in result.stdout
    assert len(result.stdout.splitlines()) == 16
