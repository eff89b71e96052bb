"""Former results of people: rated on this platform, or confirmed from before it (E-I10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from congvu_kit.application.ports import Condition, Eq, In, Lt, Transaction
from congvu_kit.domain.working_days import WorkingDays
from congvu_scoring import CompiledPolicy
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    EVALUATIONS,
    PERIODS,
    POLICIES,
    PRIOR_RESULTS,
)
from evaluation_service.application.policies.pins import compiled_pin, compiled_policy, families_of
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.results.members import label_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.past import PastResult, rated_before, rated_here
from evaluation_service.domain.transfers.prior_results import PriorResult, PriorState

PAST_MAX = 100_000
"""Former results of some hundred people."""


async def past_results(
    civil_servant_ids: Sequence[str], period: EvaluationPeriod, days: WorkingDays, tx: Transaction
) -> Mapping[str, Sequence[PastResult]]:
    """Of periods of this kind that began before it, by civil servant. Another result of the same
    time is no former one."""
    before, label = period.starts_on, label_of(period)
    evaluations = await _evaluations(civil_servant_ids, period.kind, tx, before=before)
    priors = await _confirmed(civil_servant_ids, period.kind, tx, before=before)
    found = await _results(evaluations, priors, days, tx)
    return {id: [each for each in results if each.label != label] for id, results in found.items()}


async def results_of_year(
    civil_servant_id: str, year: int, kind: PeriodKind, tx: Transaction
) -> tuple[Sequence[PastResult], CompiledPolicy | None]:
    """Published or confirmed, with the policy that rated the person last; of results from before
    the platform alone, the one they name, if it is one of ours."""
    mine = [civil_servant_id]
    evaluations = [
        each
        for each in await _public(await _evaluations(mine, kind, tx), tx)
        if each.period_label.startswith(f"{year}-")
    ]
    priors = [
        each
        for each in await _confirmed(mine, kind, tx)
        if each.period_label.startswith(f"{year}-")
    ]
    compiled: CompiledPolicy | None
    if evaluations:
        compiled = await compiled_pin(tx, evaluations[-1].sheets[-1].policy)
    elif priors:
        compiled = await _named(priors[-1], tx)
    else:
        return [], None
    days = await working_days(priors[-1].province, tx) if priors else WorkingDays()
    found = await _results(evaluations, priors, days, tx)
    return found[civil_servant_id], compiled


async def _evaluations(
    civil_servant_ids: Sequence[str],
    kind: PeriodKind,
    tx: Transaction,
    *,
    before: date | None = None,
) -> list[Evaluation]:
    """Of each person and period the one that counts, in order of time."""
    found = await tx.store(EVALUATIONS).select(
        In("civil_servant_id", list(civil_servant_ids)),
        Eq("period_kind", kind),
        *_earlier("period_starts_on", before),
        order=["period_starts_on"],
        limit=PAST_MAX,
    )
    groups: dict[tuple[str, str], list[Evaluation]] = {}
    for each in found:
        if each.sheets and each.handed_over is None:
            groups.setdefault((each.civil_servant_id, each.period_id), []).append(each)
    counting = [chosen(group) for group in groups.values()]
    return [each for each in counting if each is not None]


async def _confirmed(
    civil_servant_ids: Sequence[str],
    kind: PeriodKind,
    tx: Transaction,
    *,
    before: date | None = None,
) -> list[PriorResult]:
    return await tx.store(PRIOR_RESULTS).select(
        In("civil_servant_id", list(civil_servant_ids)),
        Eq("facts.kind", kind),
        Eq("state", PriorState.CONFIRMED),
        *_earlier("facts.starts_on", before),
        order=["facts.starts_on"],
        limit=PAST_MAX,
    )


def _earlier(field: str, before: date | None) -> list[Condition]:
    return [] if before is None else [Lt(field, before.isoformat())]


async def _public(evaluations: Sequence[Evaluation], tx: Transaction) -> list[Evaluation]:
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    return [
        each
        for each, period in zip(evaluations, periods, strict=True)
        if period is not None and period.is_public
    ]


async def _named(prior: PriorResult, tx: Transaction) -> CompiledPolicy | None:
    policy_id = prior.facts.policy.partition("@")[0]
    stored = await tx.store(POLICIES).select(
        Eq("policy_id", policy_id), Eq("state", PolicyState.PUBLISHED)
    )
    newest = max(stored, key=lambda each: each.version, default=None)
    return None if newest is None else compiled_policy(newest.document, ())


async def _results(
    evaluations: Iterable[Evaluation],
    priors: Iterable[PriorResult],
    days: WorkingDays,
    tx: Transaction,
) -> Mapping[str, list[PastResult]]:
    evaluations = list(evaluations)
    families = await families_of(evaluations, tx)
    found: dict[str, list[PastResult]] = {}
    for each in evaluations:
        family = families[each.sheets[-1].policy.reference]
        found.setdefault(each.civil_servant_id, []).append(rated_here(each, family))
    for prior in priors:
        facts = prior.facts
        worked = sum(1 for _ in days.days(facts.starts_on, facts.ends_on))
        found.setdefault(prior.civil_servant_id, []).append(rated_before(prior, worked))
    return found
