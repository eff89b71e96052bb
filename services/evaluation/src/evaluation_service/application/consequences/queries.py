"""What follows from the results of a published period; each row with its rule and its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, In, Not, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_scoring import CompiledPolicy, pay_rates, proposals
from congvu_scoring.engine.consequences import Proposal
from congvu_scoring.engine.following import HeadcountEvidence, PayRate, evidence_of
from evaluation_service.application.access import reach
from evaluation_service.application.collections import EVALUATIONS, PERIODS, UNITS, equal
from evaluation_service.application.periods.commands import own_period
from evaluation_service.application.policies.pins import compiled_pins
from evaluation_service.application.results.bands import require_known_band
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.consequences.training import TrainingNeed, training_needs
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import score_again
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.states import UNRATED


@dataclass(frozen=True, kw_only=True)
class PersonConsequences:
    """Of one result: `sheet` is the scoring in force, `seal` that of the closed period."""

    evaluation: Evaluation
    sheet: Sheet
    seal: str | None
    headcount: tuple[HeadcountEvidence, ...]
    pay: tuple[PayRate, ...]
    proposals: tuple[Proposal, ...]

    @property
    def civil_servant_id(self) -> str:
        return self.evaluation.civil_servant_id

    @property
    def province(self) -> str:
        return self.evaluation.province


@dataclass(frozen=True, kw_only=True)
class UnitTraining:
    """Of the people who are in the unit itself."""

    unit_id: str
    people: int
    seal: str | None
    needs: tuple[TrainingNeed, ...]


async def list_consequences(
    reader: Actor,
    tx: Transaction,
    period_id: str,
    unit_id: str | None = None,
    band: str | None = None,
    *,
    first: int,
    after: str | None,
) -> Page[PersonConsequences]:
    """By unit, then person; raise `Conflict` before the publication."""
    period, conditions = await _published(reader, tx, period_id, unit_id)
    if band is not None:
        await require_known_band(band, period, "band", tx)
    page = await tx.store(EVALUATIONS).page(
        *conditions,
        *equal(band=band),
        order=["period_id", "unit_id", "civil_servant_id"],
        first=first,
        after=after,
    )
    policies = await _policies(page.items, tx)
    items = [
        _followed(each, sheet, compiled, period)
        for each, compiled in zip(page.items, policies, strict=True)
        if (sheet := each.sheet) and compiled
    ]
    return Page(items=items, has_next=page.has_next, cursors=page.cursors, end=page.end)


async def list_training_needs(
    reader: Actor,
    tx: Transaction,
    period_id: str,
    unit_id: str | None = None,
    *,
    first: int,
    after: str | None,
) -> Page[UnitTraining]:
    """By the units' ids; raise `Conflict` before the publication."""
    period, conditions = await _published(reader, tx, period_id, unit_id)
    people = await tx.store(EVALUATIONS).count_by("unit_id", *conditions)
    rest = [id for id in sorted(people) if after is None or id > after]
    shown = rest[:first]
    found = [await _trained(id, period, conditions, tx) for id in shown]
    return Page(items=found, has_next=len(rest) > first, cursors=shown)


async def _published(
    reader: Actor, tx: Transaction, period_id: str, unit_id: str | None
) -> tuple[EvaluationPeriod, list[Condition]]:
    """The period, and which of its results are the reader's to see."""
    reached = await reach(reader, "unit_path", tx)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    await require_there(tx.store(PERIODS), period_id, "periodId")
    period = await own_period(reader, period_id, tx)
    period.require_public("periodId")
    rated = Not(In("state", sorted(UNRATED)))
    return period, [*reached, Eq("period_id", period.id), rated, *equal(unit_path=unit_id)]


async def _policies(
    evaluations: Sequence[Evaluation], tx: Transaction
) -> list[CompiledPolicy | None]:
    pins = [each.sheets[-1].policy for each in evaluations if each.sheets]
    compiled = iter(await compiled_pins(tx, pins))
    return [next(compiled) if each.sheets else None for each in evaluations]


def _followed(
    evaluation: Evaluation, sheet: Sheet, compiled: CompiledPolicy, period: EvaluationPeriod
) -> PersonConsequences:
    asked = compiled.policy.consequences.proposals
    result = score_again(sheet, compiled) if asked else None
    return PersonConsequences(
        evaluation=evaluation,
        sheet=sheet,
        seal=period.seal.hash if period.seal else None,
        headcount=evidence_of(compiled, sheet.components),
        pay=pay_rates(compiled, evaluation.band, period.kind),
        proposals=proposals(result, evaluation.band, period.kind) if result else (),
    )


async def _trained(
    unit_id: str, period: EvaluationPeriod, conditions: Sequence[Condition], tx: Transaction
) -> UnitTraining:
    people = await tx.store(EVALUATIONS).select(
        *conditions, Eq("unit_id", unit_id), limit=PEOPLE_MAX
    )
    policies = await _policies(people, tx)
    pairs = [(each, one) for each, one in zip(people, policies, strict=True) if one]
    return UnitTraining(
        unit_id=unit_id,
        people=len(people),
        seal=period.seal.hash if period.seal else None,
        needs=training_needs(pairs),
    )
