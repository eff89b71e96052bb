"""`congvu policy`: what it prints, and how it ends."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from congvu_scoring.documents.policy_files import shipped_policy
from scoring.commands import app
from scoring.making import tiny_text


def test_lint_ends_with_the_worst_of_its_files(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(tiny_text("5"), encoding="utf-8")
    bad.write_text(tiny_text("five"), encoding="utf-8")

    def code(*files: Path) -> int:
        return CliRunner().invoke(app, ["policy", "lint", *map(str, files)]).exit_code

    assert [code(good), code(bad), code(bad, good), code(tmp_path / "none.yaml", bad)] == [
        0,
        1,
        1,
        2,
    ]


def test_diff_of_what_cannot_be_read_is_an_error_of_its_own() -> None:
    result = CliRunner().invoke(app, ["policy", "diff", "US-SES", "NONE"])

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("no policy 'NONE'; shipped: ")


def test_the_shipped_policies_and_both_schemas_are_printed() -> None:
    listed = CliRunner().invoke(app, ["policy", "list"])
    schemas = [
        CliRunner().invoke(app, ["policy", "schema", of]) for of in ("policy", "conformance")
    ]

    assert f"{shipped_policy('ND335-2025-STAFF').ref}: " in listed.stdout
    assert [json.loads(found.stdout)["$id"] for found in schemas] == [
        "urn:congvu:policy:1",
        "urn:congvu:conformance:1",
    ]


def test_pages_are_written_once_and_then_current(tmp_path: Path) -> None:
    (tmp_path / "language.md").write_text("<!-- operators: texts -->\n<!-- end -->\n", "utf-8")

    def pages(*options: str) -> Result:
        return CliRunner().invoke(app, ["policy", "pages", "--folder", str(tmp_path), *options])

    stale, written, current = pages("--check"), pages(), pages("--check")

    assert stale.exit_code == 1
    assert stale.stderr.startswith("README.md: stale\n")
    assert not stale.stdout
    assert (written.exit_code, len(written.stdout.splitlines())) == (
        0,
        len(stale.stderr.splitlines()),
    )
    assert (current.exit_code, current.stdout, current.stderr) == (0, "", "")
    assert "| `{text: X}` |" in (tmp_path / "language.md").read_text("utf-8")
