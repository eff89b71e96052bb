"""Work of a period from a sheet: what is assigned already, and the call that takes the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from congvu_kit.tools.client import Gateway
from evaluation_service.adapters.cli.list_calls import (
    GONE,
    Fields,
    Names,
    Row,
    Unfit,
    period_of,
)

RELEASE = """
query ReleaseOfList($id: ID!) { catalogueRelease(id: $id) { versionIds } }"""

ASSIGNED = """
query AssignedOfList($period: ID!, $after: String) {
  assignments(filter: {periodId: $period}, first: 50, after: $after) {
    edges { node {
      state source assigned quantityFrom dueOn civilServant { id } version { id }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

ASSIGN = """
mutation AssignOfList($input: AssignWorkBulkInput!) {
  assignWorkBulk(input: $input) {
    ... on AssignedReport { results { problem { code message field ruleId } } }
    ... on Problem { code message field ruleId }
  }
}"""


@dataclass
class _Assigned:
    """A piece of work that is there, for one line of a sheet to find."""

    person: str
    version: str
    quantity: Decimal | None
    source: str
    due_on: str

    def is_that(self, row: Row) -> bool:
        quantity = row.get("quantity")
        return (
            (self.person, self.version, self.source)
            == (row["civilServantId"], row["versionId"], row.get("source", "PLAN"))
            and self.quantity == (None if quantity is None else Decimal(quantity))
            and row.get("dueOn") in (None, self.due_on)
        )


class AssignmentCalls:
    """Work of a period."""

    columns: ClassVar[Mapping[str, str]] = {
        "civilServantId": "person",
        "appointmentId": "person",
        "versionId": "product",
        "quantity": "quantity",
        "quantityFrom": "quantityFrom",
        "dueOn": "dueOn",
        "source": "source",
    }

    def __init__(self, gateway: Gateway, period: str, advance: Callable[[int], None]) -> None:
        self._gateway, self._period = gateway, period
        self._names = Names(gateway)
        self._releases = period_of(gateway, period)["releaseIds"]
        self._newest: dict[str, int] | None = None
        self._there = []
        for each in gateway.pages(ASSIGNED, "assignments", {"period": period}):
            advance(1)
            if each["state"] not in GONE and each["civilServant"] is not None:
                self._there.append(_assigned(each))

    def row(self, fields: Fields) -> Row | None:
        if fields.get("state") in GONE:
            return None
        row = {
            "civilServantId": self._names.person(fields),
            "versionId": self._version(fields),
            **{name: fields[name] for name in _GIVEN if name in fields},
        }
        if row.get("quantityFrom", "GIVEN") != "GIVEN":
            # An export says what the dossiers came to.
            row.pop("quantity", None)
        same = next((each for each in self._there if each.is_that(row)), None)
        if same is None:
            return row
        # A line that stands twice means two pieces of work.
        self._there.remove(same)
        return None

    def _version(self, fields: Fields) -> str:
        code, at, _ = str(fields["product"]).partition("@")
        if at:
            return str(fields["product"])
        if "version" in fields:
            return f"{code}@{fields['version']}"
        newest = self._newest_of_period().get(code)
        if newest is None:
            raise Unfit(
                "product",
                vi="Danh mục của kỳ không có mã này.",
                en="no release of the period has this code",
            )
        return f"{code}@{newest}"

    def _newest_of_period(self) -> Mapping[str, int]:
        if self._newest is None:
            self._newest = {}
            for id in self._releases:
                release = self._gateway.query(RELEASE, {"id": id})["catalogueRelease"]
                for version in release["versionIds"]:
                    code, _, number = version.rpartition("@")
                    self._newest[code] = max(int(number), self._newest.get(code, 0))
        return self._newest

    def send(self, rows: Sequence[Row], key: str, *, dry_run: bool) -> Sequence[Fields | None]:
        given = {"idempotencyKey": key, "periodId": self._period, "rows": rows, "dryRun": dry_run}
        report = self._gateway.mutate(ASSIGN, "assignWorkBulk", given)
        return [each["problem"] for each in report["results"]]


_GIVEN: Final = ("quantity", "quantityFrom", "dueOn", "source")


def _assigned(node: Fields) -> _Assigned:
    given = node["quantityFrom"] == "GIVEN"
    return _Assigned(
        person=node["civilServant"]["id"],
        version=node["version"]["id"],
        quantity=Decimal(node["assigned"]) if given else None,
        source=node["source"],
        due_on=node["dueOn"],
    )
