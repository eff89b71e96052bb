"""Positions of a sync."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.unset import Unset, given
from evaluation_service.application.imports.checks import check_texts, needed, require_reach
from evaluation_service.application.imports.directory import Directory
from evaluation_service.application.imports.rows import PositionRow, RowOutcome, Synced, SyncForm
from evaluation_service.domain.personnel.lives import EVER, Identity, Life, meant, require_apart
from evaluation_service.domain.personnel.positions import (
    JobPosition,
    PositionFacts,
    new_position,
)


async def sync_position(row: PositionRow, form: SyncForm, actor: Actor, here: Directory) -> Synced:
    require_reach(actor, row.province)
    check_texts(province=row.province, code=row.code)
    lives = await here.positions_of(row.province, row.code)
    known = _meant(row, lives)
    if known is not None and row.mark and row.mark.older_than(known.source):
        return Synced(id=known.id, outcome=RowOutcome.STALE)
    facts = _facts(row, form, known)
    facts.life.require_order("validTo", "POSITION-LIFE")
    if known is None and row.identity is Identity.NEW:
        await _end_the_one_before(lives, facts.life.starts_on, here)
    require_apart(lives, known.id if known else "", facts.life)
    if known is None:
        made = new_position(row.province, row.code, facts, lives)
        made.source = row.mark
        await here.positions.save(made)
        return Synced(id=made.id, outcome=RowOutcome.CREATED)
    ended = known.valid_to is None and facts.valid_to is not None
    changed = known.sync(facts)
    source = row.mark or known.source
    if changed or source != known.source:
        known.source = source
        await here.positions.save(known)
    outcome = RowOutcome.CHANGED if changed else RowOutcome.UNCHANGED
    return Synced(id=known.id, outcome=outcome, changed_fields=changed, removes=ended)


def _meant(row: PositionRow, lives: Sequence[JobPosition]) -> JobPosition | None:
    if isinstance(row.valid_from, Unset):
        return lives[-1] if lives and row.identity is not Identity.NEW else None
    ends_on = None if isinstance(row.valid_to, Unset) else row.valid_to
    return meant(lives, Life(row.valid_from or EVER, ends_on), row.identity)


async def _end_the_one_before(lives: Sequence[JobPosition], on: date, here: Directory) -> None:
    for each in lives:
        if each.life.holds(on) and each.life.starts_on < on:
            each.sync(replace(each.facts, valid_to=on))
            await here.positions.save(each)


def _facts(row: PositionRow, form: SyncForm, known: JobPosition | None) -> PositionFacts:
    base = known if form is SyncForm.PATCH else None
    facts = PositionFacts(
        title=needed(row.title, base.title if base else None, "title"),
        family=given(row.family, known.family if known else None, None),
        duty_group=needed(row.duty_group, base.duty_group if base else None, "dutyGroup"),
        leadership=given(row.leadership, known.leadership if known else False, False),
        valid_from=given(row.valid_from, known.valid_from if known else None, None),
        valid_to=given(row.valid_to, known.valid_to if known else None, None),
    )
    check_texts(title=facts.title, dutyGroup=facts.duty_group, family=facts.family)
    return facts
