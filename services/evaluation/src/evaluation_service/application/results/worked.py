"""The work of people in a period, as the rows that the engine reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from congvu_kit.application.ports import Condition, Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.canonical import Json
from evaluation_service.application.collections import TALLIES
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.results.snapshots import stored_work_row


class _OfServant(Protocol):
    @property
    def civil_servant_id(self) -> str | None: ...


S = TypeVar("S", bound=_OfServant)


def by_servant(rows: Iterable[S]) -> Mapping[str, list[S]]:
    grouped: dict[str, list[S]] = {}
    for row in rows:
        grouped.setdefault(row.civil_servant_id or "", []).append(row)
    return grouped


@dataclass(frozen=True, kw_only=True)
class Worked:
    """The tally of one appointment, as rows of the snapshot."""

    civil_servant_id: str
    rows: Sequence[Json]
    involved: Sequence[Participant]


async def work_of(now: Condition, everybody: Condition, tx: Transaction) -> list[Worked]:
    found = await tx.store(TALLIES).documents(
        now, everybody, order=["appointment_id"], limit=PEOPLE_MAX
    )
    return [_worked(cast("Mapping[str, Any]", each)) for each in found]


def _worked(tally: Mapping[str, Any]) -> Worked:
    return Worked(
        civil_servant_id=tally["civil_servant_id"],
        rows=[stored_work_row(id, line) for id, line in sorted(tally["lines"].items())],
        involved=[Participant(**each) for each in tally["involved"]],
    )
