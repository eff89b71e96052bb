"""Public commitments: everybody reads them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.shares import Share
from feedback_service.application.collections import COMMITMENTS, UNITS
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.values import CommitmentKind, CommitmentState

NEWEST = 100
"""Commitments that an overview looks at."""


async def find_commitments(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[Commitment | None]:
    """One per id, for everybody."""
    del reader
    return await tx.store(COMMITMENTS).find_many(ids)


async def list_commitments(
    tx: Transaction,
    *,
    unit_id: str | None,
    province: str | None,
    leader_id: str | None,
    state: CommitmentState | None,
    kind: CommitmentKind | None = None,
    first: int,
    after: str | None,
) -> Page[Commitment]:
    """By their date."""
    await require_there(tx.store(UNITS), unit_id, "filter.unitId")
    wanted = {
        "unit_id": unit_id,
        "province": province,
        "leader_id": leader_id,
        "state": state,
        "kind": kind,
    }
    conditions = [Eq(path, value) for path, value in wanted.items() if value is not None]
    return await tx.store(COMMITMENTS).page(*conditions, order=["due"], first=first, after=after)


@dataclass(frozen=True, kw_only=True)
class LeaderOverview:
    """What a leader promised in a unit and where it stands, of the newest."""

    leader_id: str
    unit_id: str
    promises: int
    key_tasks: int
    states: Counter[CommitmentState]
    milestones: Share

    @property
    def kept(self) -> Share:
        """Of those that were assessed."""
        done = (CommitmentState.VERIFIED_MET, CommitmentState.PARTLY, CommitmentState.MISSED)
        met = self.states[CommitmentState.VERIFIED_MET]
        return Share(met, sum(self.states[each] for each in done))


async def overview(
    tx: Transaction, *, unit_id: str | None, leader_id: str | None
) -> list[LeaderOverview]:
    """A row for each leader of the unit, or each unit of the leader."""
    await require_there(tx.store(UNITS), unit_id, "unitId")
    if (unit_id is None) == (leader_id is None):
        raise Invalid(
            en="name either a unit or a leader",
            vi="Vui lòng nêu đơn vị hoặc người lãnh đạo, một trong hai.",
            field="unitId",
        )
    about = Eq("unit_id", unit_id) if unit_id else Eq("leader_id", leader_id)
    newest = await tx.store(COMMITMENTS).page(about, order=["-due"], first=NEWEST, after=None)
    of: dict[tuple[str, str], list[Commitment]] = {}
    for each in newest.items:
        of.setdefault((each.leader_id, each.unit_id), []).append(each)
    return [_overview(*key, of[key]) for key in sorted(of)]


def _overview(leader_id: str, unit_id: str, made: Sequence[Commitment]) -> LeaderOverview:
    milestones = [each for commitment in made for each in commitment.milestones]
    tasks = sum(each.kind is CommitmentKind.KEY_TASK for each in made)
    return LeaderOverview(
        leader_id=leader_id,
        unit_id=unit_id,
        promises=len(made) - tasks,
        key_tasks=tasks,
        states=Counter(each.state for each in made),
        milestones=Share(sum(each.reached is not None for each in milestones), len(milestones)),
    )
