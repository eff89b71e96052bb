"""Units of a sync, in the order given: a parent before its children."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.unset import Unset, given
from evaluation_service.application.imports.checks import (
    check_ref,
    check_texts,
    needed,
    require_reach,
)
from evaluation_service.application.imports.directory import Directory
from evaluation_service.application.imports.inheritance import (
    link_predecessors,
    move_below,
    people_past_end,
    settle,
    successor_ids,
    units_past_end,
)
from evaluation_service.application.imports.rows import RowOutcome, Synced, SyncForm, UnitRow
from evaluation_service.domain.personnel.lives import (
    ExternalRef,
    Identity,
    Life,
    Remark,
    differing,
    meant,
    require_apart,
)
from evaluation_service.domain.personnel.units import (
    LocalityType,
    OrgUnit,
    UnitFacts,
    check_unit_life,
    new_unit,
)

SHOWN_AS = {"parent_id": "parent_ref", "successor_ids": "successor_refs"}


@dataclass(frozen=True, kw_only=True)
class _Said:
    """A row, completed by what is known."""

    facts: UnitFacts
    parent: OrgUnit | None
    successors: tuple[ExternalRef, ...]
    remarks: tuple[Remark, ...]


async def sync_unit(row: UnitRow, form: SyncForm, actor: Actor, here: Directory) -> Synced:
    if isinstance(row.province, str):
        require_reach(actor, row.province)
    check_ref(row.external_ref)
    lives = await here.units_of(row.external_ref)
    known = _meant(row, lives)
    if known is not None:
        require_reach(actor, known.province)
        if row.mark and row.mark.older_than(known.source):
            return Synced(id=known.id, outcome=RowOutcome.STALE)
    said = await _said(row, form, known, here)
    await _make_room(row, said.facts, lives, known, here)
    if known is None:
        unit = new_unit(row.external_ref, said.facts, said.parent, lives)
        remarks = await _keep(unit, row, said, None, here)
        await link_predecessors(unit, here)
        return Synced(id=unit.id, outcome=RowOutcome.CREATED, remarks=remarks)
    was, moved_from = known.facts, known.path
    changed = known.sync(said.facts, said.parent)
    source = row.mark or known.source
    kept = (known.successor_refs, known.source) == (said.successors, source)
    if not changed and kept:
        return Synced(id=known.id, outcome=RowOutcome.UNCHANGED, remarks=said.remarks)
    remarks = await _keep(known, row, said, was, here)
    if known.path != moved_from:
        await move_below(known, here)
    return Synced(
        id=known.id,
        outcome=RowOutcome.CHANGED if changed else RowOutcome.UNCHANGED,
        changed_fields=tuple(SHOWN_AS.get(name, name) for name in differing(was, said.facts)),
        remarks=remarks,
        removes=_removes(was, said.facts),
    )


def _meant(row: UnitRow, lives: Sequence[OrgUnit]) -> OrgUnit | None:
    if isinstance(row.valid_from, Unset) or row.valid_from is None:
        return lives[-1] if lives and row.identity is not Identity.NEW else None
    ends_on = row.valid_to
    if isinstance(ends_on, Unset):
        ends_on = None
    return meant(lives, Life(row.valid_from, ends_on), row.identity)


async def _said(row: UnitRow, form: SyncForm, known: OrgUnit | None, here: Directory) -> _Said:
    facts = known.facts if known else None
    base = facts if form is SyncForm.PATCH else None
    valid_from = needed(row.valid_from, base.valid_from if base else None, "validFrom")
    valid_to = given(row.valid_to, facts.valid_to if facts else None, None)
    parent = await _parent(row, facts, Life(valid_from, valid_to), here)
    successors = given(row.successor_refs, known.successor_refs if known else (), ())
    said = UnitFacts(
        code=needed(row.code, base.code if base else None, "code"),
        name=needed(row.name, base.name if base else None, "name"),
        level=needed(row.level, base.level if base else None, "level"),
        province=needed(row.province, base.province if base else None, "province"),
        parent_id=parent.id if parent else None,
        locality_type=given(row.locality_type, facts.locality_type if facts else _PLACE, _PLACE),
        valid_from=valid_from,
        valid_to=valid_to,
        successor_ids=facts.successor_ids if facts else (),
    )
    check_texts(code=said.code, name=said.name, province=said.province)
    for each in successors:
        check_ref(each, "successorRefs")
    remarks = tuple(check_unit_life(said, parent, successors))
    if isinstance(row.successor_refs, Unset) and not successors:
        return _Said(facts=said, parent=parent, successors=(), remarks=remarks)
    found = await successor_ids(known.id if known else "", said, successors, here)
    waiting = _waiting(len(successors) - len(found))
    said = replace(said, successor_ids=found)
    return _Said(facts=said, parent=parent, successors=successors, remarks=(*remarks, *waiting))


_PLACE = LocalityType.RURAL


async def _parent(
    row: UnitRow, known: UnitFacts | None, life: Life, here: Directory
) -> OrgUnit | None:
    """Of those who bore the id of the unit above: the newest that this one lives beside."""
    if isinstance(row.parent_ref, Unset):
        return await here.units.by_id(known.parent_id) if known and known.parent_id else None
    if row.parent_ref is None:
        return None
    check_ref(row.parent_ref, "parentRef")
    lives = await here.units_of(row.parent_ref)
    beside = [each for each in lives if each.life.meets(life)]
    return beside[-1] if beside else await here.unit(row.parent_ref, "parentRef", life.starts_on)


async def _make_room(
    row: UnitRow,
    facts: UnitFacts,
    lives: Sequence[OrgUnit],
    known: OrgUnit | None,
    here: Directory,
) -> None:
    """With identity NEW, the one that bore the id until now ends where this one begins."""
    if known is None and row.identity is Identity.NEW:
        for each in lives:
            if each.life.holds(facts.valid_from) and each.life.starts_on < facts.valid_from:
                parent_id = each.facts.parent_id
                parent = await here.units.by_id(parent_id) if parent_id else None
                was = each.facts
                each.sync(replace(each.facts, valid_to=facts.valid_from), parent)
                await _tell_end(each, was, here)
                await here.units.save(each)
    require_apart(lives, known.id if known else "", facts.life)


async def _keep(
    unit: OrgUnit, row: UnitRow, said: _Said, was: UnitFacts | None, here: Directory
) -> tuple[Remark, ...]:
    unit.successor_refs, unit.source = said.successors, row.mark or unit.source
    remarks = (*said.remarks, *await _tell_end(unit, was, here))
    await here.units.save(unit)
    await settle(unit, here)
    return remarks


async def _tell_end(unit: OrgUnit, was: UnitFacts | None, here: Directory) -> list[Remark]:
    """Of an end that is new: who and what is still there (E-I21)."""
    if unit.facts.valid_to is None or (was and was.valid_to == unit.facts.valid_to):
        return []
    people = await people_past_end(unit, here)
    below = await units_past_end(unit, here)
    unit.tell_dissolved([each.id for each in people])
    return [
        *([_left(len(people), "people", "người", "orgUnit.peoplePastEnd")] if people else []),
        *([_left(below, "units below", "đơn vị trực thuộc", "validTo")] if below else []),
    ]


def _left(count: int, en: str, vi: str, field: str) -> Remark:
    return Remark(
        rule_id="E-I21",
        field=field,
        en=f"{count} {en} are still there after its end: move or end them",
        vi=f"Còn {count} {vi} sau ngày kết thúc. Vui lòng điều chuyển hoặc kết thúc.",
    )


def _waiting(count: int) -> list[Remark]:
    if not count:
        return []
    return [
        Remark(
            rule_id="UNIT-SUCCESSOR",
            field="successorRefs",
            en=f"{count} successors are not here yet; they are linked when they come",
            vi=f"Chưa có {count} đơn vị kế thừa; sẽ được liên kết khi có.",
        )
    ]


def _removes(was: UnitFacts, now: UnitFacts) -> bool:
    ended = was.valid_to is None and now.valid_to is not None
    return ended or (was.parent_id is not None and now.parent_id is None)
