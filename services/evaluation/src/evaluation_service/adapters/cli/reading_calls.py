"""Figures of the objectives of a period from a sheet: what is entered already, and the call that
takes the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, Final

from congvu_kit.tools.client import Gateway
from evaluation_service.adapters.cli.known_readings import KnownReadings
from evaluation_service.adapters.cli.list_calls import (
    GONE,
    Fields,
    Names,
    Row,
    Unfit,
    period_of,
)

OBJECTIVES = """
query ObjectivesOfList($period: ID!, $after: String) {
  objectives(filter: {periodId: $period}, first: 20, after: $after) {
    edges { node {
      id code state civilServant { id } unit { id }
      readings(first: 20) {
        edges { node { measuredOn value state } }
        pageInfo { hasNextPage endCursor }
      }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

RECORD = """
mutation RecordOfList($input: RecordReadingsInput!) {
  recordReadings(input: $input) {
    ... on ReadingReport { results { problem { code message field ruleId } } }
    ... on Problem { code message field ruleId }
  }
}"""


class ReadingCalls:
    """Figures of the objectives of a period."""

    columns: ClassVar[Mapping[str, str]] = {
        "objectiveId": "objective",
        "measuredOn": "measuredOn",
        "value": "value",
        "evidence": "evidence",
        "uri": "evidence",
        "hash": "hashes",
        "correctsId": "correctsId",
        "reason": "reason",
    }

    def __init__(self, gateway: Gateway, period: str, advance: Callable[[int], None]) -> None:
        self._gateway = gateway
        self._names = Names(gateway)
        self._ids: dict[tuple[str, str], str] = {}
        self._there: dict[str, KnownReadings] = {}
        period_of(gateway, period)
        for each in gateway.pages(OBJECTIVES, "objectives", {"period": period}):
            advance(1)
            if each["state"] == "IN_FORCE":
                self._keep(each)

    def _keep(self, objective: Fields) -> None:
        owner = objective["civilServant"] or objective["unit"]
        self._ids[owner["id"], objective["code"]] = objective["id"]
        known = self._there[objective["id"]] = KnownReadings(self._gateway, objective["id"])
        known.take(objective["readings"])

    def row(self, fields: Fields) -> Row | None:
        if fields.get("state") in GONE:
            return None
        objective = self._ids.get((self._owner(fields), fields["objective"]))
        if objective is None:
            raise Unfit(
                "objective",
                vi="Không tìm thấy mục tiêu đang hiệu lực có mã này.",
                en="there is no objective in force with this code",
            )
        if self._there[objective].has(fields["measuredOn"], Decimal(fields["value"])):
            return None
        given = ("measuredOn", "value", "correctsId", "reason")
        row = {name: fields[name] for name in given if name in fields}
        return {"objectiveId": objective, **row, "evidence": evidence_of(fields)}

    def unfit(self, lines: Sequence[tuple[Fields, Row | None]]) -> Iterator[tuple[int, Unfit]]:
        """Each figure stands for itself."""
        yield from ()

    def _owner(self, fields: Fields) -> str:
        if "level" in fields:
            # An export tells of a person the unit too.
            other = "unit" if fields["level"] == "PERSON" else "person"
            fields = {name: each for name, each in fields.items() if name != other}
        if ("person" in fields) == ("unit" in fields):
            raise Unfit(
                "person",
                vi="Ghi mã công chức hoặc mã đơn vị, một trong hai.",
                en="name a person or a unit, one of them",
            )
        return self._names.person(fields) if "person" in fields else self._names.unit(fields)

    def send(self, rows: Sequence[Row], key: str, *, dry_run: bool) -> Sequence[Fields | None]:
        given = {"idempotencyKey": key, "rows": rows, "dryRun": dry_run}
        report = self._gateway.mutate(RECORD, "recordReadings", given)
        return [each["problem"] for each in report["results"]]


_BESIDE_EVIDENCE: Final = {"hashes": "hash", "sources": "source", "capturedAt": "capturedAt"}


def evidence_of(fields: Fields) -> list[dict[str, str]]:
    """Each address with what stands in the same line of the cells beside it. Raise `Unfit` where
    that is not one for each."""
    found = [{"uri": each} for each in fields.get("evidence", ())]
    for field, name in _BESIDE_EVIDENCE.items():
        values = fields.get(field, ())
        if values and len(values) != len(found):
            raise Unfit(
                field,
                vi="Số dòng trong ô khác số đường dẫn minh chứng.",
                en="has another number of lines than there are addresses of evidence",
            )
        for each, value in zip(found, values, strict=False):
            each.update({name: value} if value else {})
    return found
