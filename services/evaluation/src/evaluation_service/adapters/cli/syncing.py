"""A file of personnel sent call by call, and what became of each row."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer

from congvu_kit.adapters.marking import Remark
from congvu_kit.domain.labels import label
from congvu_kit.tools.client import Gateway, batches
from congvu_kit.tools.import_reports import REFUSED, ImportReport, Problem
from congvu_kit.tools.named import unit_ref
from congvu_kit.tools.speech import said
from evaluation_service.adapters.files.personnel import KINDS
from evaluation_service.adapters.files.places import (
    columns_missing,
    in_words,
    lines_of,
    named,
    remarks_of,
)

BATCH_ROWS = 200
"""Rows of one call: well inside the limits of the gateway and of one transaction."""

TOGETHER_ROWS = 500
LISTED_REFS = 2_000

SYNC = """
mutation Sync($input: SyncPersonnelInput!) {
  syncPersonnel(input: $input) {
    ... on SyncReport {
      changed unchanged refused remaining
      results {
        row outcome changedFields
        warnings { ruleId field message }
        problem { code message field ruleId }
      }
      ended { kind id ref }
    }
    ... on Problem { code message field ruleId }
  }
}"""

LIST = """
mutation List($input: ListPersonnelInput!) {
  listPersonnel(input: $input) {
    ... on PersonnelListing { id }
    ... on Problem { code message field ruleId }
  }
}"""

Sent = Mapping[str, Sequence[dict[str, Any]]]
"""Any: rows as `read_personnel` gives them."""


class SyncRun:
    """One import: its calls, and what they came to."""

    def __init__(self, *, dry_run: bool, max_removed_share: str | None, as_json: bool) -> None:
        self._name = f"import-{secrets.token_hex(8)}"
        self._unread: set[str] = set()
        self._called = 0
        self._dry_run = dry_run
        self._share = max_removed_share
        self.counts = {"changed": 0, "unchanged": 0, "refused": 0}
        self.remarks: list[Remark] = []
        self.report = ImportReport()
        self._as_json = as_json

    def calls(self, rows: Sent) -> Iterator[Sent]:
        """All at once where it fits, so that a dry run sees what rests on what."""
        if self._dry_run and 0 < sum(len(each) for each in rows.values()) <= TOGETHER_ROWS:
            yield {kind: rows[kind] for kind in KINDS if rows.get(kind)}
            return
        for kind in KINDS:
            for batch in batches(rows.get(kind, []), BATCH_ROWS):
                yield {kind: batch}

    def input(self, sent: Sent, **more: object) -> dict[str, object]:
        self._called += 1
        rows = {kind: [each["row"] for each in batch] for kind, batch in sent.items()}
        given: dict[str, object] = {
            "idempotencyKey": f"{self._name}-{self._called}",
            "dryRun": self._dry_run,
            "form": "PATCH",
            **rows,
            **more,
        }
        return given if self._share is None else {**given, "maxRemovedShare": self._share}

    def tell(self, report: Mapping[str, Any], sent: Sent) -> None:
        for name in self.counts:
            self.counts[name] += report[name]
        places = {
            f"{kind}[{at}]": row for kind, batch in sent.items() for at, row in enumerate(batch)
        }
        for result in report["results"]:
            row = places[result["row"]]
            problem = result["problem"]
            if problem is not None:
                problem["message"] += _lacks(result["row"].partition("[")[0], problem, row)
                self.remarks += remarks_of(row, problem["field"], _why(problem))
            self._keep(result, row)
            if not self._as_json:
                self._show(result, row)

    def _show(self, result: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        for each in (result["problem"], *result["warnings"]):
            if each is not None:
                typer.echo(_line(each, row), err=True)
        if self._dry_run and result["outcome"] in ("CREATED", "CHANGED", "STALE"):
            fields = ", ".join(result["changedFields"])
            outcome = said(vi=label("RowOutcome", result["outcome"], "vi"), en=result["outcome"])
            typer.echo(f"{outcome} {in_words(row['place'])} {fields}".rstrip())

    def unread(self, fault: Mapping[str, Any]) -> None:
        """A line of the file that cannot be read."""
        self._unread.add(in_words(fault["place"]))
        cell = fault["cell"]
        lines = [cell] if cell else []
        told = Problem(column=cell.get("title"), message=said(vi=fault["vi"], en=fault["en"]))
        for sheet, line in lines_of({"lines": lines, "place": fault["place"]}):
            self.report.add(sheet, line, REFUSED, told)

    @property
    def unread_lines(self) -> int:
        return len(self._unread)

    @property
    def refused(self) -> int:
        """Lines, those that cannot be read among them."""
        return self.counts["refused"] + self.unread_lines

    def _keep(self, result: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        told = [
            Problem(column=_heading(each, row), message=_why(each), refuses=refuses)
            for refuses, problems in ((True, [result["problem"]]), (False, result["warnings"]))
            for each in problems
            if each is not None
        ]
        for sheet, line in lines_of(row):
            self.report.add(sheet, line, result["outcome"], *told)

    def end_missing(self, gateway: Gateway, rows: Sent, province: str, agency: str | None) -> None:
        for listed in _listed(rows):
            self._called += 1
            key = f"{self._name}-{self._called}"
            given = {"idempotencyKey": key, "name": self._name, "province": province, **listed}
            gateway.mutate(LIST, "listPersonnel", given)
        scope = {
            "province": province,
            "listName": self._name,
            "agencyRef": unit_ref(gateway, agency, province) if agency else None,
        }
        remaining = True
        while remaining:
            asked = self.input({}, mode="SNAPSHOT", form="WHOLE", scope=scope)
            report = gateway.mutate(SYNC, "syncPersonnel", asked)
            self.report.ended += report["ended"]
            for each in report["ended"] if not self._as_json else ():
                ended = said(vi="kết thúc", en=f"ENDED {each['kind']}")
                typer.echo(f"{ended} {each['ref']} ({each['id']})")
            remaining = report["remaining"] and not self._dry_run
            if report["remaining"] and self._dry_run and not self._as_json:
                more = report["remaining"]
                typer.echo(
                    said(vi=f"và {more} mục nữa sẽ kết thúc", en=f"and {more} more would end")
                )


def _line(each: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """A refusal or a warning, with the place and the heading it is about."""
    return f"{in_words(row['place'])} {_heading(each, row) or ''}".strip() + f": {_why(each)}"


def _heading(each: Mapping[str, Any], row: Mapping[str, Any]) -> str | None:
    field: str | None = each["field"]
    return named(field, row["headings"]) or field


def _lacks(kind: str, problem: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    missing = columns_missing(kind, problem["field"], row["headings"])
    if not missing:
        return ""
    vi = ", ".join(each.heading for each in missing)
    en = ", ".join(each.name for each in missing)
    return said(vi=f" Bảng chưa có các cột: {vi}.", en=f": the sheet has no columns {en}")


def _why(each: Mapping[str, Any]) -> str:
    rule = f" [{each['ruleId']}]" if each["ruleId"] else ""
    return f"{each['message']}{rule}"


def _listed(rows: Sent) -> Iterator[dict[str, object]]:
    for kind in ("units", "people"):
        for batch in batches(rows.get(kind, []), LISTED_REFS):
            yield {kind: [each["row"]["externalRef"] for each in batch]}
    for batch in batches(rows.get("positions", []), LISTED_REFS):
        yield {"positionCodes": [each["row"]["code"] for each in batch]}
