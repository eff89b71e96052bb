"""`congvu conformance` and `congvu policy`: the scoring engine on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from congvu_kit.errors import DomainError

conformance = typer.Typer(add_completion=False)
DIFFERS = 1
UNREADABLE = 2


@conformance.command()
def run_conformance(
    files: Annotated[list[Path], typer.Argument(help="Conformance files (YAML).")],
) -> None:
    """Run every case of the files against the scoring engine; one line a case.

    Ends with 0 when all pass, 1 when a case differs, 2 when a file or case cannot be read.
    """
    from .conformance import run_file

    worst = 0
    for file in files:
        try:
            for outcome in run_file(file):
                failed = outcome.verdict == "error"
                typer.echo(outcome.text, err=failed)
                worst = max(
                    worst, {"pass": 0, "differs": DIFFERS, "error": UNREADABLE}[outcome.verdict]
                )
        except DomainError as error:
            typer.echo(error.en, err=True)
            worst = UNREADABLE
    raise typer.Exit(worst)
