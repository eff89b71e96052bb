"""Bulk sync from personnel systems: each row succeeds or is refused on its own."""

from collections.abc import Sequence
from dataclasses import replace

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.unset import Unset
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.application.imports.checks import require_reach
from evaluation_service.application.imports.directory import Directory
from evaluation_service.application.imports.people import sync_people
from evaluation_service.application.imports.positions import sync_position
from evaluation_service.application.imports.rows import (
    Ended,
    PersonnelKind,
    RowResult,
    SnapshotScope,
    Synced,
    SyncForm,
    SyncMode,
    SyncPersonnel,
    SyncReport,
    fit,
)
from evaluation_service.application.imports.snapshots import (
    end_missing,
    list_personnel,
    require_share,
)
from evaluation_service.application.imports.units import sync_unit
from evaluation_service.domain.personnel.lives import ExternalRef, canonical

__all__ = ["ROWS_MAX", "list_personnel", "sync_personnel"]

ROWS_MAX = 500
"""Rows of one call: about a second of work for a small database."""


async def sync_personnel(command: SyncPersonnel, tx: Transaction) -> SyncReport:
    """Units first, in the order given (a parent before its children), then positions, people; in
    the end what a snapshot does not hold."""
    command.actor.require(Role.PERSONNEL_SYNC)
    scope = _checked(command)
    said = replace(
        command,
        units=canonical(command.units),
        positions=canonical(command.positions),
        people=canonical(command.people),
        scope=canonical(command.scope),
    )
    form, actor, here = said.form, said.actor, Directory(tx)
    await _load(said, here)
    units = await each_row(said.units, lambda row: sync_unit(row, form, actor, here), now=tx.now)
    positions = await each_row(
        said.positions, lambda row: sync_position(row, form, actor, here), now=tx.now
    )
    people = await sync_people(said.people, form, actor, here)
    ended: list[Ended] = []
    remaining = 0
    if scope is not None:
        ended, remaining = await end_missing(said, scope, here)
    elif said.max_removed_share is not None:
        await _require_few(said, units, people, tx)
    return SyncReport(
        results=(*_told("units", units), *_told("positions", positions), *_told("people", people)),
        ended=tuple(ended),
        remaining=remaining,
        dry_run=said.dry_run,
    )


def _checked(command: SyncPersonnel) -> SnapshotScope | None:
    kinds = (command.units, command.positions, command.people)
    rows = sum(map(len, kinds))
    listed = command.scope is not None and command.scope.list_name is not None
    if not (0 < rows <= ROWS_MAX or (rows == 0 and listed)):
        raise Invalid(
            en=f"1 to {ROWS_MAX} rows in one call, not {rows}",
            vi=f"Mỗi lần gửi từ 1 đến {ROWS_MAX} dòng; đang gửi {vi_text(rows)} dòng.",
            field="input",
        )
    if (command.mode is SyncMode.SNAPSHOT) is (command.scope is None):
        raise _no_snapshot(
            "input.scope",
            "a snapshot names its scope, and nothing else has one",
            "Gửi toàn bộ danh sách phải nêu phạm vi; gửi phần thay đổi thì không.",
        )
    if command.scope is not None:
        require_reach(command.actor, command.scope.province)
        if command.form is SyncForm.PATCH:
            raise _no_snapshot(
                "input.form",
                "a snapshot is in the form WHOLE",
                "Gửi toàn bộ danh sách thì mỗi dòng phải đủ các mục bắt buộc.",
            )
        if rows != sum(len(fit(each)) for each in kinds):
            raise _no_snapshot(
                "input",
                "some rows do not fit their type: whom they name would end",
                (
                    "Có dòng không đúng kiểu dữ liệu nên đối tượng trong dòng đó sẽ bị kết "
                    "thúc. Vui lòng sửa rồi gửi lại."
                ),
            )
    return command.scope


def _no_snapshot(field: str, en: str, vi: str) -> Invalid:
    return Invalid(en=en, vi=vi, field=field, rule_id="SNAPSHOT-SCOPE")


async def _load(said: SyncPersonnel, here: Directory) -> None:
    """What the rows name, in a few reads."""
    units: list[ExternalRef] = []
    for row in fit(said.units):
        units.append(row.external_ref)
        units += [] if isinstance(row.parent_ref, Unset) or not row.parent_ref else [row.parent_ref]
    for person in fit(said.people):
        posts = () if isinstance(person.appointments, Unset) else person.appointments or ()
        units += [post.unit_ref for post in posts]
    await here.units.load({each.key: each.ours("unit") for each in units})
    people = [each.external_ref for each in fit(said.people)]
    await here.people.load({each.key: each.ours("cs") for each in people})


async def _require_few(
    said: SyncPersonnel,
    units: Sequence[Synced | Refusal],
    people: Sequence[Synced | Refusal],
    tx: Transaction,
) -> None:
    """Of the caller's province, or of the country for who serves it."""
    share = said.max_removed_share
    province = said.actor.province
    for kind, results, store, field in (
        (PersonnelKind.UNIT, units, tx.store(UNITS), "facts.province"),
        (PersonnelKind.PERSON, people, tx.store(SERVANTS), "province"),
    ):
        removed = sum(isinstance(each, Synced) and each.removes for each in results)
        if removed and share is not None:
            living = await store.count(*([Eq(field, province)] if province else []))
            require_share(kind, removed, living, share)


def _told(name: str, results: Sequence[Synced | Refusal]) -> list[RowResult]:
    return [RowResult.of(f"{name}[{number}]", each) for number, each in enumerate(results)]
