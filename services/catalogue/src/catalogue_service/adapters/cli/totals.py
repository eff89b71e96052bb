"""What an import came to, row by row, in the words of whoever sits there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from catalogue_service.adapters.cli.words import in_words
from catalogue_service.domain.imports.rows import Row
from catalogue_service.domain.products.content import snake
from congvu_kit.adapters.marking import Remark
from congvu_kit.adapters.tabular import Layout
from congvu_kit.tools.import_reports import ImportReport, Problem
from congvu_kit.tools.speech import said


class ImportTotals:
    """What happened to all rows together."""

    def __init__(self) -> None:
        self.outcomes = Counter[str]()
        self.report = ImportReport()
        self.refusals: list[tuple[Row, Mapping[str, Any]]] = []
        self.incomplete: list[tuple[Row, Sequence[str]]] = []

    @property
    def refused(self) -> int:
        return self.outcomes["REFUSED"]

    @property
    def problems(self) -> list[str]:
        return [_in_words(row, why) for row, why in self.refusals]

    @property
    def warnings(self) -> list[str]:
        """What a submission will ask for, row by row."""
        return [f"{_place(row)}: {_lacks(names)}" for row, names in self.incomplete]

    def add(
        self,
        row: Row,
        outcome: str,
        problems: Sequence[Mapping[str, Any]],
        missing: Sequence[str] = (),
    ) -> None:
        self.outcomes[outcome] += 1
        told = [Problem(column=_heading(row, why) or None, message=_why(why)) for why in problems]
        if missing:
            told.append(Problem(column=None, message=_lacks(missing), refuses=False))
        self.report.add(row.sheet, row.number, outcome, *told)
        self.refusals += [(row, why) for why in problems]
        if missing:
            self.incomplete.append((row, missing))

    def end(self) -> None:
        """Exit code 1 where something was refused."""
        if self.refused:
            raise typer.Exit(1)

    def remarks(self, layouts: Sequence[Layout]) -> list[Remark]:
        """For a copy of the sheet."""
        columns = {each.sheet: each.columns for each in layouts}
        only = layouts[0].sheet if len(layouts) == 1 else ""
        return [
            Remark(
                sheet=row.sheet or only,
                line=row.number,
                column=columns[row.sheet or only].get(snake(why["column"] or "")),
                title=_heading(row, why),
                text=_why(why),
            )
            for row, why in self.refusals
        ]


def _lacks(names: Sequence[str]) -> str:
    return f"{said(vi='khi trình còn thiếu', en='a submission will ask for')} {in_words(names)}"


def _in_words(row: Row, why: Mapping[str, Any]) -> str:
    return f"{_place(row)} {_heading(row, why)}".strip() + f": {_why(why)}"


def _place(row: Row) -> str:
    line = said(vi=f"dòng {row.number}", en=f"row {row.number}")
    return f"{row.sheet}, {line}" if row.sheet else line


def _heading(row: Row, why: Mapping[str, Any]) -> str:
    return row.heading(snake(why["column"] or "")) or ""


def _why(why: Mapping[str, Any]) -> str:
    rule = f" [{why['ruleId']}]" if why["ruleId"] else ""
    return said(vi=why["messageVi"], en=why["messageEn"]) + rule
