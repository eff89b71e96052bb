"""Agreements that both sides signed, for scenes that tell of something else."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

from congvu_kit.application.ports import Eq, Transaction, UnitOfWork
from congvu_kit.domain.actor import Participant
from congvu_scoring.engine.agreement import AgreementRules
from evaluation_service.application.collections import (
    AGREEMENTS,
    EVALUATIONS,
    SCORECARDS,
    SERVANTS,
)
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import (
    AgreedElement,
    AgreementItem,
    AgreementKind,
    Party,
    items_of_elements,
    items_of_objectives,
)
from evaluation_service.domain.agreements.versions import (
    AgreementState,
    AgreementVersion,
    Signature,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod

SIDES = (Participant(subject="leader"), Participant(subject="superior"))


async def agree(
    uow: UnitOfWork, period: EvaluationPeriod, civil_servant_id: str, keys: Collection[str] = ()
) -> Agreement | None:
    """Elements of these keys, or the objectives as they stand; None where the policy that rates the
    person asks for no agreement, or one is there, or there is nothing to agree on."""
    async with uow.begin() as tx:
        servant = await tx.store(SERVANTS).get(civil_servant_id)
        main = servant.main_in(period.starts_on, period.ends_on)
        if main is None:
            return None
        compiled = await compiled_pin(tx, period.policies.of(main.role))
        rules = compiled.policy.agreement
        known = await tx.store(AGREEMENTS).select(Eq("appointment_id", main.appointment_id))
        items = await _items(period, civil_servant_id, keys, rules, tx) if rules else ()
        if rules is None or known or not items:
            return None
        at = tx.now
        version = AgreementVersion(
            number=1,
            items=items,
            proposed_by=SIDES[1],
            proposed_at=at,
            signatures=tuple(
                Signature(party=party, by=by, at=at) for party, by in zip(Party, SIDES, strict=True)
            ),
            signed_at=at,
        )
        agreement = Agreement(
            id=f"agreement_{main.appointment_id}",
            province=period.province,
            civil_servant_id=civil_servant_id,
            appointment_id=main.appointment_id,
            unit_id=main.unit_id,
            unit_path=(main.unit_id,),
            policy=compiled.ref,
            kind=AgreementKind(rules.kind),
            signing=tuple(Party(each) for each in rules.signing),
            period_id=period.id,
            starts_on=period.starts_on,
            ends_on=period.starts_on + timedelta(days=365),
            versions=(version,),
            state=AgreementState.IN_FORCE,
        )
        await tx.store(AGREEMENTS).save(agreement)
    return agreement


async def _items(
    period: EvaluationPeriod,
    civil_servant_id: str,
    keys: Collection[str],
    rules: AgreementRules,
    tx: Transaction,
) -> tuple[AgreementItem, ...]:
    theirs = (Eq("period_id", period.id), Eq("civil_servant_id", civil_servant_id))
    if rules.items == "indicators":
        cards = await tx.store(SCORECARDS).select(*theirs)
        lines = [line for card in cards for line in card.lines]
        if not lines:
            return items_of_elements(
                AgreedElement(key=key, title=key, weight=Decimal(100)) for key in keys
            )
        return items_of_objectives(lines, {line.objective_id: line.code for line in lines}, ())
    rated = [
        e.key for each in await tx.store(EVALUATIONS).select(*theirs) for e in each.given.elements
    ]
    named = sorted(set(keys) | set(rated))
    others = [key for key in named if key.upper() != "RESULTS"]
    most = Decimal(30 if len(others) > 2 else 40)  # RESULTS, that none outweighs
    shares = {key: (100 - most) / len(others) for key in others}
    return items_of_elements(
        AgreedElement(key=key, title=key, weight=shares.get(key, most)) for key in named
    )


async def agree_all(uow: UnitOfWork, period: EvaluationPeriod) -> None:
    """Everybody of whom something is set or rated."""
    now = Eq("period_id", period.id)
    reading = uow.reading()
    of_cards = {each.civil_servant_id for each in await reading.store(SCORECARDS).select(now)}
    rated = {each.civil_servant_id for each in await reading.store(EVALUATIONS).select(now)}
    for id in sorted(each for each in of_cards | rated if each is not None):
        await agree(uow, period, id)
