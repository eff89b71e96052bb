"""What a conformance file may expect, and how each entry is told that cannot be read."""

from pathlib import Path

import pytest

from congvu_scoring.documents.policy_files import shipped_policy
from scoring.commands import CASE, HEAD, run
from scoring.making import tiny_text

ENTRY = "{name: n, policy: ND335-2025-STAFF, snapshot: {general_total: 30}, expect: {}}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("cases: [5]", "cases[0]: error: cases[0]: must be a mapping"),
        ("cases: [{policy: P, snapshot: {}}]", "cases[0]: error: cases[0]: the key 'expect' is"),
        ("cases: [{name: n, policy: P, expect: {}}]", "n: error: n: the key 'snapshot'"),
        ("cases: [{name: n, snapshot: {}, expect: {}}]", "n: error: n: the key 'policy'"),
        ("cases: [{name: n, policy: P, snapshot: {}, expect: 5}]",
         "n: error: n: switches and expect are mappings"),
        ("cases: [{name: n, policy: P, switches: 5, snapshot: {}, expect: {}}]",
         "n: error: n: switches and expect are mappings"),
        ("rankings: [{name: n, policy: P, expect: {}}]", "n: error: n: the key 'people'"),
        ("rankings: [{name: n, policy: US-SES, people: 5, expect: {}}]",
         "n: error: people: a list is expected"),
        ("rankings: [{name: n, policy: US-SES, people: [{id: a}], expect: {}}]",
         "n: error: people[0]: id and total are required"),
        ("rankings: [{name: n, policy: US-SES, people: [{total: 1}], expect: {}}]",
         "n: error: people[0]: id and total are required"),
        ("rankings: [{name: n, policy: US-SES, people: [x], expect: {}}]",
         "n: error: people[0]: id and total are required"),
        ("rankings: [{name: n, policy: US-SES, people: [{id: a, total: 1, bnd: x}], expect: {}}]",
         "n: error: people[0]: unknown key 'bnd'; did you mean 'band'?"),
        ("rankings: [{name: n, policy: US-SES, people: [{id: a, total: x}], expect: {}}]",
         "n: error: people[0].total: 'x' is not exact"),
        ("rollups: [{name: n, policy: US-SES, expect: {}}]", "n: error: n: the key 'periods' is"),
        ("rollups: [{name: n, policy: US-SES, periods: [{totl: 1}], expect: {}}]",
         "n: error: periods[0].totl: unknown key 'totl'; did you mean 'total'?"),
        ("rollups: [{name: n, policy: US-SES, periods: [], expect: {raw_band: A}}]",
         "n: error: unknown key 'raw_band' in expect"),
        (f"policies: [5]\ncases: [{ENTRY}]", "policies[0]: error: "),
        (f"policies: [none.yaml]\ncases: [{ENTRY}]", "policies[0]: error: "),
        (f"policies: [{{version: 1}}]\ncases: [{ENTRY}]", "policies[0]: error: "),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_read_is_an_error_of_its_own(
    tmp_path: Path, text: str, line: str
) -> None:
    code, out, _ = run(tmp_path, f"{HEAD}{text}\n")

    assert code == 2
    assert out.startswith(line)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "cases.yaml: is no conformance file"),
        (f"{HEAD}cases: 5", "cases.yaml: cases: must be a list"),
        (f"{HEAD}cases: x", "cases.yaml: cases: must be a list"),
        (f"{HEAD}policies: {{}}\nrollups: x", "cases.yaml: rollups: must be a list"),
        ("cases: []", "cases.yaml: format is None, not congvu.conformance/1"),
    ],
)
def test_a_file_of_another_shape_is_told_apart(tmp_path: Path, text: str, message: str) -> None:
    code, out, error = run(tmp_path, f"{text}\n")

    assert (code, out) == (2, "")
    assert message in error


FULL = "{name: n, policy: PETITION-57, snapshot: {events: [UNKNOWN]}, expect: EXPECT}"


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        ("{state: NOT_EVALUABLE, total: null, band: null, total_display: null}", "n: pass"),
        ("{counted_total: null, raw_band: null, reasons: [], triggers: []}", "n: pass"),
        ("{state: SCORED}", "n: differs (state: expected SCORED, got NOT_EVALUABLE; NOT_E"),
        ("{total: 5}", "n: differs (total: expected 5, got none; NOT_EVALUABLE because rule "),
        ("{total_display: '5.00'}", "n: differs (total_display: expected 5.00, got none; "),
        ("{band: A}", "n: differs (band: expected A, got none; "),
        ("{counted_total: 5}", "n: differs (counted_total: expected 5, got none; "),
        ("{raw_band: A}", "n: differs (raw_band: expected A, got none; "),
        ("{reasons: [A]}", "n: differs (reasons: expected ['A'], got []; "),
        ("{triggers: [B, A]}", "n: differs (triggers: expected ['A', 'B'], got []; "),
        ("{triggers: A}", "n: differs (triggers: expected A, got []; "),
        ("{components: {reslt: 1}}", "n: differs (components.reslt: the policy has no such"),
        ("{components: 5}", "n: differs (components: expected a mapping; "),
        ("{refused: X}", "n: differs (expected refusal by X, got a result)"),
    ],
)  # fmt: skip
def test_every_part_of_a_result_is_compared(tmp_path: Path, expect: str, line: str) -> None:
    code, out, error = run(tmp_path, f"{HEAD}cases: [{FULL.replace('EXPECT', expect)}]\n")

    assert out.startswith(line)
    assert code == (0 if line == "n: pass" else 1)
    if code == 0:
        assert "n: note: not read: events.UNKNOWN\n" in error
        assert "n: note: NOT_EVALUABLE because rule " in error


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        ("{components: {general: 30, a: 4/7}, total: 70, total_display: '70.00'}", "seven: pass"),
        ("{components: {a: 0.5}}", "seven: differs (components.a: expected 0.5, got 4/7)"),
        ("{components: {a: null}}", "seven: differs (components.a: expected none, got 4/7)"),
        ("{total: null}", "seven: differs (total: expected none, got 70)"),
        ("{band: null}", "seven: differs (band: expected none, got HTT)"),
        ("{total: x}", "seven: differs (expected a result, but expect.total refused it: expect.to"),
        (
            "{refused: general_total}",
            "seven: differs (expected refusal by general_total, got a",
        ),
    ],
)
def test_a_number_is_compared_exactly(tmp_path: Path, expect: str, line: str) -> None:
    code, out, error = run(tmp_path, HEAD + CASE.replace("EXPECT", expect))

    assert (code, error) == (0 if line == "seven: pass" else 1, "")
    assert out.startswith(line)


@pytest.mark.parametrize(
    ("given", "refused", "line"),
    [
        ("{general_total: -1}", "general_total", "n: pass"),
        ("{general_total: 31}", "general_total", "n: pass"),
        ("{general_total: 31}", "snapshot.general_total", "n: pass"),
        ("{general_total: 31}", "general", "n: pass"),
        ("{general_total: 31}", "a", "n: differs (expected refusal by a, but general refused it: "),
        ("{general_total: -1}", "a", "n: error: general_total: must be 0 or more"),
    ],
)
def test_a_refusal_is_known_by_its_rule_or_by_where_it_stands(
    tmp_path: Path, given: str, refused: str, line: str
) -> None:
    case = (
        f"{{name: n, policy: ND335-2025-STAFF, snapshot: {given}, expect: {{refused: {refused}}}}}"
    )

    _, out, _ = run(tmp_path, f"{HEAD}cases: [{case}]\n")

    assert out.startswith(line)


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        ("{HTT: [a], KHT: [c, b], TIE_AT_CUT: []}", "n: pass"),
        ("{HTT: [b]}", "n: differs (HTT: expected ['b'], got ['a'])"),
        ("{HTTT: [a]}", "n: differs (HTTT: the policy has no such band; did you mean 'HTT'?)"),
        ("{HTT: a}", "n: differs (HTT: expected a, got ['a'])"),
    ],
)
def test_a_ranking_is_compared_band_by_band(tmp_path: Path, expect: str, line: str) -> None:
    people = "[{id: a, total: 80}, {id: b, total: 1, band: KHT}, {id: c, total: 2, unit: u}]"
    entry = f"{{name: n, policy: ND335-2025-STAFF, people: {people}, expect: {expect}}}"

    _, out, _ = run(tmp_path, f"{HEAD}rankings: [{entry}]\n")

    assert out == f"{line}\n"


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        (shipped_policy("ND335-2025-STAFF").ref, True),
        ("ND335-2025-STAFF@999", False),
        ("TINY@2", False),
        ("TINY", True),
    ],
)
def test_a_policy_is_found_by_id_and_version(tmp_path: Path, ref: str, found: bool) -> None:
    (tmp_path / "mine.yaml").write_text(tiny_text("1"), encoding="utf-8")
    case = f"{{name: n, policy: '{ref}', snapshot: {{}}, expect: {{}}}}"

    code, out, _ = run(tmp_path, f"{HEAD}policies: [./mine.yaml]\ncases: [{case}]\n")

    assert out.startswith("n: pass" if found else f"n: error: no policy '{ref}'")
    assert code == (0 if found else 2)
