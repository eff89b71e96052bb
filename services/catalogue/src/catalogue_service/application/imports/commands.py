"""Drafts in bulk from a sheet (nhập danh mục): the same rules as one by one, told row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from catalogue_service.application.access import (
    catalogue_for,
    policy_of,
    require_editor,
    require_unit_in_province,
)
from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.application.needs import SheetNote
from catalogue_service.application.products.commands import code_taken, revise, start, undecided
from catalogue_service.domain.common.kinds import Catalogue
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.imports.rows import ParsedRow, Row, faults_of, parse
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.completeness import missing
from catalogue_service.domain.products.content import Content, snake
from catalogue_service.domain.products.versions import EDITABLE, UNDECIDED, WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import OWN_ROWS
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid

IMPORT_MAX_ROWS = 500
"""Rows of one call: one transaction of about a second. `congvu import` splits longer sheets."""


class OnError(StrEnum):
    """What a bad row does to the good ones."""

    ALL_OR_NOTHING = "ALL_OR_NOTHING"
    SKIP_BAD_ROWS = "SKIP_BAD_ROWS"


class ImportOutcome(StrEnum):
    """What became of a row; `HELD_BACK` was good, but another row was not."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    REVISED = "REVISED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"
    HELD_BACK = "HELD_BACK"


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """Why a row was refused: the column, its heading, what stood there, and the rule."""

    column: str | None
    heading: str | None
    value: str | None
    rule_id: str | None
    message_vi: str
    message_en: str


@dataclass(frozen=True, kw_only=True)
class RowResult:
    row: int
    code: str | None
    outcome: ImportOutcome
    version_id: str | None = None
    problem: RowProblem | None = None
    problems: tuple[RowProblem, ...] = ()
    sheet: str | None = None
    missing: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """`written` counts the rows that changed something; none in a dry run."""

    dry_run: bool
    written: int
    results: tuple[RowResult, ...]
    notes: tuple[SheetNote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnfitRow(Row):
    """A line with a cell that is not read; `more` are the others of it."""

    refusal: Refusal
    more: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportWorkProducts(Command):
    operation: ClassVar[str] = "import_work_products"

    province: str | None
    unit_id: str | None
    rows: Annotated[tuple[UnfitRow | Row, ...], OWN_ROWS]
    on_error: OnError
    dry_run: bool
    notes: tuple[SheetNote, ...] = ()


@dataclass(kw_only=True)
class _Plan:
    """A good row, and what writing it means."""

    row: Row
    parsed: ParsedRow
    catalogue: Catalogue
    content: Content
    product: WorkProduct | None
    last: WorkProductVersion | None
    outcome: ImportOutcome


async def import_work_products(command: ImportWorkProducts, tx: Transaction) -> ImportReport:
    """Check every row, then write the good ones, or none if the policy says so."""
    if not 0 < len(command.rows) <= IMPORT_MAX_ROWS:
        raise Invalid(
            en=f"1 to {IMPORT_MAX_ROWS} rows in one call, not {len(command.rows)}",
            vi=f"Mỗi lần nhập từ 1 đến {IMPORT_MAX_ROWS} dòng; đang gửi {len(command.rows)} dòng.",
            field="input.rows",
        )
    act = Act.of(command.actor, tx.now, reason="import")
    checker = await _Checker.over(command, tx)
    given = [row.refusal if isinstance(row, UnfitRow) else row for row in command.rows]
    checks = await each_row(given, checker.check, now=tx.now)
    bad = any(isinstance(each, Refusal) for each in checks)
    writes = not command.dry_run and not (bad and command.on_error is OnError.ALL_OR_NOTHING)
    results = []
    for row, check in zip(command.rows, checks, strict=True):
        if isinstance(check, Refusal):
            results.append(refused(row, check))
        elif writes:
            results.append(await _write(tx, check, act))
        else:
            results.append(_not_written(check, held_back=bad and not command.dry_run))
    changed = sum(each.outcome in _CHANGES for each in results) if writes else 0
    return ImportReport(
        dry_run=command.dry_run, written=changed, results=tuple(results), notes=command.notes
    )


_CHANGES = frozenset({ImportOutcome.CREATED, ImportOutcome.UPDATED, ImportOutcome.REVISED})


def _not_written(plan: _Plan, *, held_back: bool) -> RowResult:
    outcome = ImportOutcome.HELD_BACK if held_back and plan.outcome in _CHANGES else plan.outcome
    return _told(plan, outcome, version_id=None)


async def _write(tx: Transaction, plan: _Plan, act: Act) -> RowResult:
    if plan.outcome is ImportOutcome.UNCHANGED:
        version = plan.last
    elif plan.product is None or plan.last is None:
        version = await start(tx, plan.catalogue, plan.parsed.code, plan.content, act)
    else:
        version = await revise(tx, plan.product, plan.last, plan.content, act)
    return _told(plan, plan.outcome, version_id=version.id if version is not None else None)


def _told(plan: _Plan, outcome: ImportOutcome, *, version_id: str | None) -> RowResult:
    """With what will be asked for when it is submitted."""
    return RowResult(
        row=plan.row.number,
        sheet=plan.row.sheet,
        code=plan.parsed.code,
        outcome=outcome,
        version_id=version_id,
        missing=" ".join(each.rpartition(":")[2] for each in missing(plan.content)),
    )


class _Checker:
    """Checks rows against what is there; looks each thing up once."""

    def __init__(
        self,
        command: ImportWorkProducts,
        tx: Transaction,
        products: Mapping[str, WorkProduct],
        versions: Mapping[str, WorkProductVersion],
    ) -> None:
        self._command = command
        self._tx = tx
        self._products = products
        self._versions = versions
        self._policies: dict[str, CataloguePolicy] = {}
        self._open_lists: set[Catalogue] = set()
        self._codes: set[str] = set()

    @classmethod
    async def over(cls, command: ImportWorkProducts, tx: Transaction) -> "_Checker":
        codes = sorted({row.cells.get("code", "").strip() for row in command.rows})
        found = await tx.store(PRODUCTS).find_many(codes)
        products = {each.id: each for each in found if each is not None}
        ids = [each.last_version_id for each in products.values()]
        versions = await tx.store(VERSIONS).find_many(ids)
        return cls(
            command, tx, products, {each.code: each for each in versions if each is not None}
        )

    async def check(self, row: Row) -> _Plan:
        parsed = parse(row)
        command = self._command
        catalogue = catalogue_for(
            command.actor, parsed.group, command.province, self._unit_for(parsed)
        )
        await self._require_open(catalogue, command.actor)
        catalogue.check_code(parsed.code)
        self._require_once(parsed.code)
        content = checked(parsed.draft, catalogue, await self._policy(catalogue.province))
        product, last = self._products.get(parsed.code), self._versions.get(parsed.code)
        return _Plan(
            row=row,
            parsed=parsed,
            catalogue=catalogue,
            content=content,
            product=product,
            last=last,
            outcome=_outcome(catalogue, content, product, last),
        )

    def _unit_for(self, parsed: ParsedRow) -> str | None:
        """The unit of the call means its group-C rows; A, B and D rows have none."""
        return self._command.unit_id if parsed.group == "C" else None

    async def _require_open(self, catalogue: Catalogue, actor: Actor) -> None:
        if catalogue not in self._open_lists:
            require_editor(actor, catalogue)
            await require_unit_in_province(self._tx, catalogue, actor)
            self._open_lists.add(catalogue)

    def _require_once(self, code: str) -> None:
        if code in self._codes:
            raise Invalid(
                en="this code stands in an earlier row",
                vi="Mã này đã có ở dòng trước.",
                field="code",
                rule_id="C-I2",
            )
        self._codes.add(code)

    async def _policy(self, province: str) -> CataloguePolicy:
        if province not in self._policies:
            self._policies[province] = await policy_of(self._tx, province)
        return self._policies[province]


def _outcome(
    catalogue: Catalogue,
    content: Content,
    product: WorkProduct | None,
    last: WorkProductVersion | None,
) -> ImportOutcome:
    if product is None or last is None:
        return ImportOutcome.CREATED
    if product.catalogue != catalogue:
        raise code_taken(product)
    if last.content.canonical == content:
        return ImportOutcome.UNCHANGED
    product.require_not_retired()
    if last.state in UNDECIDED:
        raise undecided(last)
    return ImportOutcome.UPDATED if last.state in EDITABLE else ImportOutcome.REVISED


def refused(row: Row, refusal: Refusal) -> RowResult:
    """With everything that is wrong with its cells, not only what was found first."""
    more = row.more if isinstance(row, UnfitRow) else map(Refusal.of, faults_of(row))
    told = {(each.field, each.en): each for each in (refusal, *more)}
    problems = tuple(_problem(row, each) for each in told.values())
    return RowResult(
        row=row.number,
        sheet=row.sheet,
        code=row.cells.get("code"),
        outcome=ImportOutcome.REFUSED,
        problem=problems[0],
        problems=problems,
    )


def _problem(row: Row, refusal: Refusal) -> RowProblem:
    column = snake((refusal.field or "").removeprefix("input.").removeprefix("content."))
    return RowProblem(
        column=column or None,
        heading=row.heading(column),
        value=row.cells.get(column),
        rule_id=refusal.rule_id,
        message_vi=refusal.vi,
        message_en=refusal.en,
    )
