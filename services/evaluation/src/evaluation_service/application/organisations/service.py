"""What a unit did for citizens and businesses up to the cut-off, with all below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict

from congvu_kit.application.ports import Condition, Eq, Gte, Lt, Not, Transaction
from congvu_kit.domain.clock import business_date
from evaluation_service.application.collections import DOSSIERS, UNITS
from evaluation_service.application.results.material import Agency
from evaluation_service.domain.copies.unit_indexes import ComplaintCounts, PromiseCounts, UnitIndex
from evaluation_service.domain.dossiers.dossiers import DossierStanding
from evaluation_service.domain.results.annexes import AnswerCounts, DossierCounts, ServiceAnnex


class _Told(TypedDict):
    answers: AnswerCounts | None
    complaints: ComplaintCounts | None


_SEEN = Not(Eq("standing", DossierStanding.WITHDRAWN))


@dataclass(frozen=True, kw_only=True)
class Service:
    """Of each unit of an agency, by its id."""

    units: Mapping[str, ServiceAnnex]
    indexes: Sequence[UnitIndex]

    def of_leader(self, unit_id: str, leader_id: str) -> ServiceAnnex | None:
        """That of the unit, with the leader's own promises."""
        here = self.units.get(unit_id)
        if here is None or here.commitments is None:
            return here
        made = [promises for index in self.indexes for promises in index.promises]
        own = [promises for promises in made if promises.leader_id == leader_id]
        return replace(here, commitments=PromiseCounts.sum_of(own))


async def service_of(agency: Agency, tx: Transaction) -> Service:
    """Feedback counts answers and complaints of a unit with those below it, and promises by the
    unit whose leader made them."""
    found = await tx.store(UNITS).find_many(list(agency.run.unit_ids))
    units = [unit for unit in found if unit is not None]
    indexes = {each.id: agency.indexes[each.id] for each in units if each.id in agency.indexes}
    paths = {unit.id: unit.path for unit in units}
    return Service(
        units={
            unit.id: ServiceAnnex(
                unit_id=unit.id,
                dossiers=await dossiers_of(unit.id, *_days(agency), tx),
                **_told(indexes.get(unit.id)),
                commitments=_promised(
                    [index for id, index in indexes.items() if unit.id in paths[id]]
                ),
            )
            for unit in units
        },
        indexes=list(indexes.values()),
    )


def _days(agency: Agency) -> tuple[date, date]:
    """Everything up to the cut-off, nothing of after it."""
    cut = business_date(agency.run.frozen_at) + timedelta(days=1)
    return agency.period.starts_on, min(agency.period.ends_on, cut)


def _told(index: UnitIndex | None) -> _Told:
    if index is None:
        return {"answers": None, "complaints": None}
    answers = AnswerCounts(
        satisfied=index.satisfied,
        answers=index.answers,
        minimum_answers=index.minimum_answers,
    )
    return {"answers": answers, "complaints": index.complaints}


def _promised(indexes: Sequence[UnitIndex]) -> PromiseCounts | None:
    """None where no index came."""
    made = [promises for index in indexes for promises in index.promises]
    return PromiseCounts.sum_of(made) if indexes else None


async def dossiers_of(unit_id: str, since: date, until: date, tx: Transaction) -> DossierCounts:
    """Of the unit's dossiers completed in these days, or due in them and not completed by their
    end. A dossier that waits too long is late without being completed; of one that was stored
    before its day was kept nothing is known until it is told of again."""
    store, here = tx.store(DOSSIERS), Eq("unit_path", unit_id)
    first, end = since.isoformat(), until.isoformat()
    done = (here, _SEEN, Gte("extra.done_on", first), Lt("extra.done_on", end))
    due: tuple[Condition, ...] = (
        here,
        _SEEN,
        Gte("extra.due_on", first),
        Lt("extra.due_on", end),
    )
    waiting = await store.count(*due, Eq("extra.done_on", ""))
    return DossierCounts(
        in_time=await store.count(*done, Eq("extra.late", False)),
        late=await store.count(*done, Eq("extra.late", True)),
        waiting=waiting + await store.count(*due, Gte("extra.done_on", end)),
    )
