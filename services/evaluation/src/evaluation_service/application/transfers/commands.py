"""Results from before the platform: one person enters them, another confirms them."""

from dataclasses import dataclass
from typing import ClassVar, Self

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring.engine.vocabulary import not_known
from evaluation_service.application.access import NATIONAL
from evaluation_service.application.collections import (
    EVALUATIONS,
    PERIODS,
    PRIOR_RESULTS,
    SERVANTS,
    UNITS,
)
from evaluation_service.application.policies.pins import compiled_policy, usable
from evaluation_service.application.results.outdated import tell_years
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_own_case, refuse_participant
from evaluation_service.domain.periods.bounds import period_label
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.transfers.prior_results import (
    PriorFacts,
    PriorResult,
    PriorState,
    prior_result_id,
)

ROWS_MAX = 200


@dataclass(frozen=True, kw_only=True)
class PriorRow:
    civil_servant_id: str
    facts: PriorFacts


@dataclass(frozen=True, kw_only=True)
class ImportPriorResults(Command):
    operation: ClassVar[str] = "import_prior_results"

    rows: Rows[PriorRow]


@dataclass(frozen=True, kw_only=True)
class DecidePriorResult(RevisedCommand):
    """`confirmed` false refuses one that was entered, or withdraws one that was confirmed."""

    operation: ClassVar[str] = "decide_prior_result"

    prior_result_id: str
    confirmed: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class PriorRowResult:
    row: str
    id: str | None
    changed: bool
    refusal: Refusal | None = None

    @classmethod
    def of(cls, row: str, result: tuple[PriorResult, bool] | Refusal) -> Self:
        if isinstance(result, Refusal):
            return cls(row=row, id=None, changed=False, refusal=result)
        prior, changed = result
        return cls(row=row, id=prior.id, changed=changed)


@dataclass(frozen=True, kw_only=True)
class PriorReport:
    results: tuple[PriorRowResult, ...]


async def import_prior_results(command: ImportPriorResults, tx: Transaction) -> PriorReport:
    command.actor.require(Role.PERSONNEL_SYNC, Role.PERIOD_ADMIN)
    if not 0 < len(command.rows) <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} rows in one call, not {len(command.rows)}",
            vi=f"Mỗi lần gửi từ 1 đến {ROWS_MAX} dòng; đang gửi {len(command.rows)} dòng.",
            field="input.rows",
        )
    results = await each_row(command.rows, lambda row: _enter(row, command.actor, tx), now=tx.now)
    return PriorReport(
        results=tuple(
            PriorRowResult.of(f"rows[{number}]", each) for number, each in enumerate(results)
        )
    )


async def _enter(row: PriorRow, actor: Actor, tx: Transaction) -> tuple[PriorResult, bool]:
    servant = await tx.store(SERVANTS).find(row.civil_servant_id)
    national = NATIONAL in actor.scopes and actor.has(Role.PERSONNEL_SYNC)
    if servant is None or not (national or actor.province in servant.provinces):
        raise Forbidden(
            en="nobody of your province has this id",
            vi="Không có công chức này trong tỉnh được phân quyền.",
        )
    facts, by = row.facts, Participant.of(actor)
    facts.check()
    if facts.unit_id is not None:
        await tx.store(UNITS).get(facts.unit_id)
    label = period_label(facts.kind, facts.starts_on, facts.ends_on)
    id = prior_result_id(servant.id, facts.kind, label, facts.starts_on)
    await _refuse_rated_twice(servant, facts, label, id, tx)
    entered_in = servant.province if national else actor.province or servant.province
    family = await _family(facts, entered_in, tx)
    prior = await tx.store(PRIOR_RESULTS).find(id) or PriorResult(
        id=id,
        civil_servant_id=servant.id,
        province=servant.province,
        period_label=label,
        family=family,
        facts=facts,
        entered_by=by,
    )
    changed = prior.enter(facts, family, by)
    if changed:
        await tx.store(PRIOR_RESULTS).save(prior)
    return prior, changed


async def _refuse_rated_twice(
    servant: CivilServant, facts: PriorFacts, label: str, id: str, tx: Transaction
) -> None:
    """A day has one result, and the platform's own is the better one (E-I10)."""
    ours = (Eq("civil_servant_id", servant.id), Eq("period_label", label))
    found = await tx.store(EVALUATIONS).select(*ours, Eq("period_kind", facts.kind))
    rated = {each.period_id for each in found if each.sheets and each.handed_over is None}
    for period in await tx.store(PERIODS).find_many(sorted(rated)):
        if period is not None:
            first = max(facts.starts_on, period.starts_on)
            after = min(facts.ends_on, period.ends_on)
            if servant.during(first, after, period.unit_ids):
                raise _rated_twice(
                    f"{label} was rated on this platform for some of these days",
                    f"Kỳ {vi_text(label)} đã được đánh giá trên hệ thống này cho một số ngày đó.",
                )
    for other in await tx.store(PRIOR_RESULTS).select(*ours, Eq("facts.kind", facts.kind)):
        counts = other.id != id and other.state is not PriorState.REFUSED
        if counts and other.facts.overlaps(facts):
            raise _rated_twice(
                f"another result of {label} was entered for some of these days",
                f"Đã có kết quả khác của kỳ {vi_text(label)} cho một số ngày đó.",
            )


def _rated_twice(en: str, vi: str) -> Conflict:
    return Conflict(en=en, vi=vi, field="facts.startsOn", rule_id="E-I10")


async def _family(facts: PriorFacts, province: str, tx: Transaction) -> str:
    """Of a policy that is here, else the name that was given. A band that the family never gave
    would count nowhere."""
    name = facts.policy.partition("@")[0]
    policies = [compiled_policy(each.document, ()).policy for each in await usable(province, tx)]
    known = [each for each in policies if name in (each.id, each.family)]
    if not known:
        return facts.policy
    bands = sorted({band for each in known for band in each.bands.known})
    if facts.band is not None and facts.band not in bands:
        hint = not_known(facts.band, bands)
        raise Invalid(
            en=f"the policy has no such band{hint.en}",
            vi=f"Quy chế không có mức xếp loại này{hint.vi}.",
            field="facts.band",
        )
    return known[0].family


async def follow_person(servant: CivilServant, tx: Transaction) -> None:
    """The person's province decides on results from before the platform, whoever entered them."""
    known = await tx.store(PRIOR_RESULTS).select(Eq("civil_servant_id", servant.id))
    for prior in known:
        prior.province = servant.province
    await tx.store(PRIOR_RESULTS).save_many(known)


async def decide_prior_result(command: DecidePriorResult, tx: Transaction) -> PriorResult:
    """Who entered it never confirms it, nor does the person."""
    command.actor.require(Role.REVIEW_BOARD)
    prior = await tx.store(PRIOR_RESULTS).get(command.prior_result_id)
    command.actor.require_province(prior.province)
    refuse_own_case(command.actor, prior.civil_servant_id)
    refuse_participant(command.actor, prior.involved, "E-I4")
    prior.expect_revision(command.expected_revision)
    require_reason(command.reason)
    by = Participant.of(command.actor)
    prior.decide(confirmed=command.confirmed, reason=command.reason, by=by, now=tx.now)
    if command.confirmed:
        servant = await tx.store(SERVANTS).get(prior.civil_servant_id)
        await _refuse_rated_twice(servant, prior.facts, prior.period_label, prior.id, tx)
    await tx.store(PRIOR_RESULTS).save(prior)
    await tell_years([prior], prior.id, tx)
    return prior
