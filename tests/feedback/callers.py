"""How a mutation is told to meet its callers; each room has its `cases`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from feedback import people
from feedback_service.application.needs import Needs

Named = dict[str, object]
"""The part of an input that says what the mutation is about."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """`given` brings the world so far and names what it is about; `may` are the roles that the
    rule allows, `right` one caller for each way to be allowed, with the capacity that the public
    log tells, `misplaced` callers of an allowed role who may not all the same. `shows` is what
    the answer and the store say afterwards, `entries` and `events` what was written, `tells` what
    the public reads in the entry besides province and unit."""

    mutation: str
    given: Callable[[MemoryUnitOfWork, Needs], Awaitable[Named]]
    input: Mapping[str, object]
    may: frozenset[Role]
    right: Mapping[Actor, str]
    misplaced: Sequence[Actor]
    returns: str
    shows: Mapping[str, object]
    entries: Sequence[str] = ()
    tells: Mapping[str, str] = field(default_factory=dict)
    events: Sequence[str] = ()
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.mutation


async def nothing(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    return {}


SENDING = frozenset({Role.CITIZEN, Role.SERVICE_PORTAL})
SENDERS = {people.CITIZEN: "SUBMITTER", people.PORTAL: "SUBMITTER"}
BOARD = {people.BOARD: "REVIEW_BOARD"}
NOT_THE_SENDER = [people.OTHER_CITIZEN, people.HANOI_PORTAL]
REASON = {"reason": "Lý do"}
BASIS = {"legalBasis": "Điều 16 Nghị định 13/2023/NĐ-CP"}
