"""What every list of a period asks of the graph: who is meant, and in which period."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from congvu_kit.tools.client import Gateway
from congvu_kit.tools.named import no_period
from congvu_kit.tools.speech import said

Fields = Mapping[str, Any]
Row = dict[str, Any]

PERSON = """
query PersonOfList($ref: ExternalRefInput!) { civilServantByRef(ref: $ref) { id } }"""

UNIT = """
query UnitOfList($ref: ExternalRefInput!) { orgUnitByRef(ref: $ref) { id } }"""

PERIOD = """
query PeriodOfList($id: ID!) { evaluationPeriod(id: $id) { id releaseIds } }"""

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
        """As the mutation takes it; None for what is there already. Raise `Unfit`. Those with the
        same `group` are sent together."""

    def unfit(self, lines: Sequence[tuple[Fields, Row | None]]) -> Iterator[tuple[int, Unfit]]:
        """What is wrong with lines that belong together, at each of them."""

    def send(self, rows: Sequence[Row], key: str, *, dry_run: bool) -> Sequence[Fields | None]:
        """Why each is refused."""


class Names:
    """Ids of the platform for those of other systems, each asked for once."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._known: dict[tuple[str, str, str], str | None] = {}

    def person(self, fields: Fields) -> str:
        return self._id(PERSON, "civilServantByRef", "person", fields)

    def unit(self, fields: Fields) -> str:
        """An export has a system of the unit's own."""
        system = fields.get("unitSystem", fields.get("system"))
        return self._id(UNIT, "orgUnitByRef", "unit", {**fields, "system": system})

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


def period_of(gateway: Gateway, id: str) -> Fields:
    found: Fields | None = gateway.query(PERIOD, {"id": id})["evaluationPeriod"]
    if found is None:
        raise no_period()
    return found
