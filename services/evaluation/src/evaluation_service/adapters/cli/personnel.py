"""`congvu import personnel`, `congvu export personnel`, `congvu template personnel`."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.adapters.boxes import OWN_FILES, Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, batches, progress
from congvu_kit.tools.speech import said
from evaluation_service.adapters.files.personnel import KINDS, Personnel, read_in_box
from evaluation_service.adapters.files.writing import write_personnel

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

_FILE = typer.Argument(help="XLSX, CSV or JSON.", exists=True, dir_okay=False)
_STRICT = typer.Option(help="Send nothing when a line of the file cannot be read.")
_DRY = typer.Option(help="Tell what would happen, row by row, and change nothing.")
_SNAPSHOT = typer.Option(
    metavar="PROVINCE", help="The file is all there is of this province: who is not in it ends."
)
_AGENCY = typer.Option(metavar="SYSTEM|ID", help="With --snapshot: only of this unit and below.")
_ENCODING = typer.Option(help="Of text from before Unicode, which is converted.")
_SHARE = typer.Option(help="0 to 1: refuse when a larger share would end or be detached.")


def import_personnel(
    file: Annotated[Path, _FILE],
    *,
    strict: Annotated[bool, _STRICT] = False,
    dry_run: Annotated[bool, _DRY] = False,
    snapshot: Annotated[str | None, _SNAPSHOT] = None,
    agency: Annotated[str | None, _AGENCY] = None,
    max_removed_share: Annotated[str | None, _SHARE] = None,
    encoding: Annotated[Encoding | None, _ENCODING] = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Send units, positions and people of a file. Running it again changes nothing. A column that
    is not there leaves what is known; a line that is wrong is told, the others are taken."""
    found = read_in_box(Boxes(limits=OWN_FILES), file, encoding)
    _tell_reading(found)
    if found["faults"] and (strict or snapshot):
        count = len(found["faults"])
        raise Failure(
            said(
                vi=f"Không đọc được {count} ô; chưa gửi dòng nào.",
                en=f"{count} cells cannot be read; nothing was sent",
            )
        )
    run = _Run(dry_run=dry_run, max_removed_share=max_removed_share)
    with Gateway(url, token) as gateway, progress(said(vi="đang nhập", en="importing")) as advance:
        for sent in run.calls(found["rows"]):
            run.tell(gateway.mutate(SYNC, "syncPersonnel", run.input(sent)), sent)
            advance(sum(len(each) for each in sent.values()))
        if snapshot:
            run.end_missing(gateway, found["rows"], snapshot, agency)
    language = language_of(os.environ)
    counts = [
        f"{count} {label('RowOutcome', name.upper(), language)}"
        for name, count in run.counts.items()
    ]
    typer.echo(", ".join(counts))
    if run.counts["refused"] or found["faults"]:
        raise typer.Exit(1)


def _tell_reading(found: Personnel) -> None:
    for name in found["unread"]:
        unread = said(
            vi=f"Trang tính «{name}» không phải dữ liệu nhân sự và chưa được đọc.",
            en=f"sheet {name!r} is none of personnel and was not read",
        )
        typer.echo(unread, err=True)
    for each in (*found["notes"], *found["faults"]):
        typer.echo(f"{each['place']}: {said(vi=each['vi'], en=each['en'])}", err=True)


Sent = Mapping[str, Sequence[dict[str, Any]]]
"""Any: rows as `read_personnel` gives them."""


class _Run:
    """One import: its calls, and what they came to."""

    def __init__(self, *, dry_run: bool, max_removed_share: str | None) -> None:
        self._name = f"import-{secrets.token_hex(8)}"
        self._called = 0
        self._dry_run = dry_run
        self._share = max_removed_share
        self.counts = {"changed": 0, "unchanged": 0, "refused": 0}

    def calls(self, rows: Sent) -> Iterator[Sent]:
        """All at once where it fits, so that a dry run sees what rests on what."""
        if sum(len(each) for each in rows.values()) <= TOGETHER_ROWS and self._dry_run:
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
            for each in (result["problem"], *result["warnings"]):
                if each is not None:
                    typer.echo(_line(each, row), err=True)
            if self._dry_run and result["outcome"] in ("CREATED", "CHANGED", "STALE"):
                fields = ", ".join(result["changedFields"])
                typer.echo(f"{result['outcome']} {row['place']} {fields}".rstrip())

    def end_missing(self, gateway: Gateway, rows: Sent, province: str, agency: str | None) -> None:
        for listed in _listed(rows):
            self._called += 1
            key = f"{self._name}-{self._called}"
            given = {"idempotencyKey": key, "name": self._name, "province": province, **listed}
            gateway.mutate(LIST, "listPersonnel", given)
        system, _, id = (agency or "").partition("|")
        scope = {
            "province": province,
            "listName": self._name,
            "agencyRef": {"system": system, "id": id} if agency else None,
        }
        remaining = True
        while remaining:
            asked = self.input({}, mode="SNAPSHOT", form="WHOLE", scope=scope)
            report = gateway.mutate(SYNC, "syncPersonnel", asked)
            for each in report["ended"]:
                typer.echo(f"ENDED {each['kind']} {each['ref']} ({each['id']})")
            remaining = report["remaining"] and not self._dry_run
            if report["remaining"] and self._dry_run:
                more = report["remaining"]
                typer.echo(
                    said(vi=f"và {more} mục nữa sẽ kết thúc", en=f"and {more} more would end")
                )


def _line(each: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """A refusal or a warning, with the place and the heading it is about."""
    field = each["field"] or ""
    heading = row["headings"].get(field.rpartition(".")[2], field)
    rule = f" [{each['ruleId']}]" if each["ruleId"] else ""
    return f"{row['place']} {heading}".strip() + f": {each['message']}{rule}"


def _listed(rows: Sent) -> Iterator[dict[str, object]]:
    for kind in ("units", "people"):
        for batch in batches(rows.get(kind, []), LISTED_REFS):
            yield {kind: [each["row"]["externalRef"] for each in batch]}
    for batch in batches(rows.get("positions", []), LISTED_REFS):
        yield {"positionCodes": [each["row"]["code"] for each in batch]}


UNITS = """
query Units($province: String!, $after: String) {
  orgUnits(province: $province, first: 50, after: $after) {
    edges { node {
      externalRef { system id } code name level province localityType validFrom validTo
      parent { externalRef { system id } }
      successorRefs { system id }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

POSITIONS = """
query Positions($province: String!, $after: String) {
  jobPositions(province: $province, first: 100, after: $after) {
    edges { node { province code title dutyGroup family leadership validFrom validTo } }
    pageInfo { hasNextPage endCursor }
  }
}"""

PEOPLE = """
query People($province: String!, $after: String) {
  civilServantRows(province: $province, first: 100, after: $after) {
    edges { node { row } }
    pageInfo { hasNextPage endCursor }
  }
}"""

_KIND = typer.Option(help="Of a CSV: units, positions, people, appointments or leaves.")


def export_personnel(
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx .csv or .json.")],
    *,
    province: Annotated[str, typer.Option(help="Two digits.")],
    kind: Annotated[str | None, _KIND] = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Write the personnel of a province as an import reads it back unchanged. Needs a token of a
    personnel system."""
    where = {"province": province}
    with Gateway(url, token) as gateway, progress("exporting") as advance:
        units = _parents_first(
            [_unit_row(each) for each in gateway.pages(UNITS, "orgUnits", where)]
        )
        positions = sorted(
            gateway.pages(POSITIONS, "jobPositions", where),
            key=lambda each: (each["code"], each["validFrom"] or ""),
        )
        people = []
        for each in gateway.pages(PEOPLE, "civilServantRows", where):
            people.append(json.loads(each["row"]))
            advance(1)
    write_personnel(file, {"units": units, "positions": positions, "people": people}, kind)
    typer.echo(
        f"{len(units)} units, {len(positions)} positions, {len(people)} people written to {file}"
    )


def _unit_row(unit: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in unit.items() if name != "parent"}
    parent = unit["parent"]
    return {**row, "parentRef": parent["externalRef"] if parent else None}


def _parents_first(units: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """An older unit may have come under a younger one since."""
    above = {_key(unit["externalRef"]): unit["parentRef"] for unit in units}

    def depth(unit: dict[str, Any]) -> int:
        seen = {_key(unit["externalRef"])}
        parent = unit["parentRef"]
        while parent is not None and _key(parent) not in seen:
            seen.add(_key(parent))
            parent = above.get(_key(parent))
        return len(seen)

    return sorted(units, key=lambda unit: (depth(unit), unit["validFrom"]))


def _key(ref: Mapping[str, str]) -> tuple[str, str]:
    return ref["system"], ref["id"]


def write_template(
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx, or .csv with --kind.")],
    *,
    kind: Annotated[str | None, _KIND] = None,
) -> None:
    """Write empty sheets with every heading that an import knows, and what they mean."""
    write_personnel(file, {}, kind)
