"""The two commands, and a file of cases to run them on."""

from pathlib import Path

import typer
from typer.testing import CliRunner

from congvu_scoring import cli

app = typer.Typer()
app.command("conformance")(cli.conformance)
app.add_typer(cli.policy, name="policy")

WORK = "[{item: x@1, coefficient: 1, assigned: 7, completed: 4}]"
HEAD = "format: congvu.conformance/1\n"
CASE = (
    "cases: [{name: seven, policy: ND335-2025-STAFF, snapshot: {general_total: 30, work: "
    + WORK
    + "}, expect: EXPECT}]\n"
)


def run(tmp_path: Path, text: str, locale: str = "C.UTF-8") -> tuple[int, str, str]:
    file = tmp_path / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    result = CliRunner(env={"LC_ALL": locale}).invoke(app, ["conformance", str(file)])
    return result.exit_code, result.stdout, result.stderr
