"""What the lists of a period ask of the graph: who is meant, what is there already, and the call
that takes the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final, Protocol

from congvu_kit.tools.client import Gateway
from congvu_kit.tools.named import no_period
from congvu_kit.tools.speech import said
from evaluation_service.adapters.cli.known_readings import KnownReadings

Fields = Mapping[str, Any]
Row = dict[str, Any]

PERSON = """
query PersonOfList($ref: ExternalRefInput!) { civilServantByRef(ref: $ref) { id } }"""

UNIT = """
query UnitOfList($ref: ExternalRefInput!) { orgUnitByRef(ref: $ref) { id } }"""

PERIOD = """
query PeriodOfList($id: ID!) { evaluationPeriod(id: $id) { id releaseIds } }"""

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

ASSIGN = """
mutation AssignOfList($input: AssignWorkBulkInput!) {
  assignWorkBulk(input: $input) {
    ... on AssignedReport { results { problem { code message field ruleId } } }
    ... on Problem { code message field ruleId }
  }
}"""

RECORD = """
mutation RecordOfList($input: RecordReadingsInput!) {
  recordReadings(input: $input) {
    ... on ReadingReport { results { problem { code message field ruleId } } }
    ... on Problem { code message field ruleId }
  }
}"""

GONE: Final = frozenset({"REFUSED", "CANCELLED", "TRANSFERRED", "CARRIED_OVER"})


class Unfit(Exception):
    """A line that says something that is not there, by its column; in both languages."""

    def __init__(self, column: str, *, vi: str, en: str) -> None:
        super().__init__(said(vi=vi, en=en))
        self.column = column


class Calls(Protocol):
    """Of one kind of list. `columns` are those that a field of a refusal is about."""

    @property
    def columns(self) -> Mapping[str, str]: ...

    def row(self, fields: Fields) -> Row | None:
        """As the mutation takes it; None for what is there already. Raise `Unfit`."""

    def send(self, rows: Sequence[Row], key: str, *, dry_run: bool) -> Sequence[Fields | None]:
        """Why each is refused."""


class _Names:
    """Ids of the platform for those of other systems, each asked for once."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._known: dict[tuple[str, str, str], str | None] = {}

    def person(self, fields: Fields) -> str:
        return self._id(PERSON, "civilServantByRef", "person", fields)

    def unit(self, fields: Fields) -> str:
        return self._id(UNIT, "orgUnitByRef", "unit", fields)

    def _id(self, query: str, field: str, column: str, fields: Fields) -> str:
        id, system = str(fields[column]), fields.get("system")
        if system is None:
            return id
        key = (field, system, id)
        if key not in self._known:
            found = self._gateway.query(query, {"ref": {"system": system, "id": id}})[field]
            self._known[key] = found["id"] if found else None
        known = self._known[key]
        if known is None:
            raise Unfit(
                column,
                vi="Hệ thống nhân sự này không có mã đã ghi.",
                en="the personnel system has nobody under this id",
            )
        return known


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
        self._names = _Names(gateway)
        self._releases = _period_of(gateway, period)["releaseIds"]
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


class ReadingCalls:
    """Figures of the objectives of a period."""

    columns: ClassVar[Mapping[str, str]] = {
        "objectiveId": "objective",
        "measuredOn": "measuredOn",
        "value": "value",
        "evidence": "evidence",
        "uri": "evidence",
    }

    def __init__(self, gateway: Gateway, period: str, advance: Callable[[int], None]) -> None:
        self._gateway = gateway
        self._names = _Names(gateway)
        self._ids: dict[tuple[str, str], str] = {}
        self._there: dict[str, KnownReadings] = {}
        _period_of(gateway, period)
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
        objective = self._ids.get((self._owner(fields), fields["objective"]))
        if objective is None:
            raise Unfit(
                "objective",
                vi="Không tìm thấy mục tiêu đang hiệu lực có mã này.",
                en="there is no objective in force with this code",
            )
        row = {name: fields[name] for name in ("measuredOn", "value")}
        if self._there[objective].has(row["measuredOn"], Decimal(row["value"])):
            return None
        evidence = [{"uri": fields["evidence"]}] if "evidence" in fields else []
        return {"objectiveId": objective, **row, "evidence": evidence}

    def _owner(self, fields: Fields) -> str:
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


def _period_of(gateway: Gateway, id: str) -> Fields:
    found: Fields | None = gateway.query(PERIOD, {"id": id})["evaluationPeriod"]
    if found is None:
        raise no_period()
    return found
