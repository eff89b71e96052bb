"""Short ways to a draft, a published version, and so on, through the real use cases."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from catalogue.people import APPRAISER, COMMITTEE, EDITOR, HEAD
from catalogue_service.application.collections import ALL, PRODUCTS, VERSIONS
from catalogue_service.application.products import commands as drafting
from catalogue_service.application.releases import commands as releasing
from catalogue_service.application.releases.commands import RetireWorkProduct
from catalogue_service.application.review import commands as review
from catalogue_service.application.review.commands import Opinion
from catalogue_service.domain.common.kinds import Complexity, Group, KpiKind, Orientation
from catalogue_service.domain.products.content import Draft
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.products.work_products import WorkProduct
from catalogue_service.domain.releases.releases import CatalogueRelease
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor

NOW = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
JULY = date(2026, 7, 1)
AUGUST = date(2026, 8, 1)
BIRTH = "C.56.22363.1.001193"
PLAN = "B.56.KH-001"

_keys = itertools.count()


def key() -> str:
    return f"key-{next(_keys)}"


FULL = Draft(
    name_vi="Đăng ký khai sinh",
    name_en="Birth registration",
    description="Tiếp nhận, kiểm tra và đăng ký khai sinh.",
    field="Hộ tịch",
    unit_of_measure="hồ sơ",
    complexity=Complexity.N1,
    points=Decimal("12.5"),
    standard_hours=Decimal("0.5"),
    lead_days=1,
    quality_criteria=("Đúng thẩm quyền", "Không phải cấp lại"),
    evidence_required=("Mã hồ sơ một cửa",),
    orientation=Orientation.PUBLIC_SERVICE,
    kpi_kind=KpiKind.HARD,
    job_positions=("ho-tich",),
    legal_basis="Luật Hộ tịch 2014",
    procedure_code="1.001193",
)


def named(name_vi: str, **changes: object) -> Draft:
    return replace(FULL, name_vi=name_vi, **changes)  # type: ignore[arg-type] # any field


async def draft(
    uow: UnitOfWork, code: str = BIRTH, content: Draft = FULL, actor: Actor = EDITOR
) -> WorkProductVersion:
    command = drafting.DraftWorkProduct(
        actor=actor,
        idempotency_key=key(),
        group=Group(code[0]),
        province=code.split(".")[1],
        unit_id=None,
        code=code,
        content=content,
    )
    return await perform(drafting.draft_work_product, command, uow)


async def revise(
    uow: UnitOfWork,
    last: WorkProductVersion,
    content: Draft,
    actor: Actor = EDITOR,
    reason: str | None = None,
) -> WorkProductVersion:
    command = drafting.ReviseWorkProduct(
        actor=actor,
        idempotency_key=key(),
        code=last.code,
        expected_revision=last.revision,
        content=content,
        reason=reason,
    )
    return await perform(drafting.revise_work_product, command, uow)


async def submit(
    uow: UnitOfWork, version: WorkProductVersion, actor: Actor = EDITOR
) -> WorkProductVersion:
    command = review.SubmitVersion(
        actor=actor,
        idempotency_key=key(),
        version_id=version.id,
        expected_revision=version.revision,
    )
    return await perform(review.submit_version, command, uow)


async def appraise(
    uow: UnitOfWork,
    version: WorkProductVersion,
    actor: Actor = APPRAISER,
    opinion: Opinion = Opinion.FAVOURABLE,
    note: str | None = None,
) -> WorkProductVersion:
    command = review.AppraiseVersion(
        actor=actor,
        idempotency_key=key(),
        version_id=version.id,
        expected_revision=version.revision,
        opinion=opinion,
        note=note,
    )
    return await perform(review.appraise_version, command, uow)


def authority(code: str) -> Actor:
    return HEAD if code.startswith("C.") else COMMITTEE


async def approve(
    uow: UnitOfWork,
    version: WorkProductVersion,
    actor: Actor | None = None,
    note: str | None = None,
) -> WorkProductVersion:
    command = review.ApproveVersion(
        actor=actor or authority(version.code),
        idempotency_key=key(),
        version_id=version.id,
        expected_revision=version.revision,
        note=note,
    )
    return await perform(review.approve_version, command, uow)


async def withdraw(
    uow: UnitOfWork, version: WorkProductVersion, actor: Actor = EDITOR
) -> WorkProductVersion:
    command = review.WithdrawVersion(
        actor=actor,
        idempotency_key=key(),
        version_id=version.id,
        expected_revision=version.revision,
        reason="Bổ sung thêm",
    )
    return await perform(review.withdraw_version, command, uow)


async def request_changes(
    uow: UnitOfWork, version: WorkProductVersion, actor: Actor = APPRAISER
) -> WorkProductVersion:
    command = review.RequestChanges(
        actor=actor,
        idempotency_key=key(),
        version_id=version.id,
        expected_revision=version.revision,
        reason="Chưa rõ",
    )
    return await perform(review.request_changes, command, uow)


async def reject(
    uow: UnitOfWork, version: WorkProductVersion, actor: Actor | None = None
) -> WorkProductVersion:
    command = review.RejectVersion(
        actor=actor or authority(version.code),
        idempotency_key=key(),
        version_id=version.id,
        expected_revision=version.revision,
        reason="Chưa phù hợp",
    )
    return await perform(review.reject_version, command, uow)


async def appraised(
    uow: UnitOfWork, code: str = BIRTH, content: Draft = FULL
) -> WorkProductVersion:
    """A new code, all the way to IN_REVIEW."""
    return await appraise(uow, await submit(uow, await draft(uow, code, content)))


async def approved(uow: UnitOfWork, code: str = BIRTH, content: Draft = FULL) -> WorkProductVersion:
    """A new code, all the way to APPROVED."""
    return await approve(uow, await appraised(uow, code, content))


async def publish(
    uow: UnitOfWork,
    versions: Sequence[WorkProductVersion],
    effective_from: date = JULY,
    actor: Actor | None = None,
    decision_number: str = "283/QĐ-UBND",
) -> CatalogueRelease:
    command = releasing.PublishRelease(
        actor=actor or authority(versions[0].code),
        idempotency_key=key(),
        decision_number=decision_number,
        effective_from=effective_from,
        version_ids=tuple(each.id for each in versions),
        province=None,
        unit_id=None,
    )
    return await perform(releasing.publish_release, command, uow)


async def published(
    uow: UnitOfWork,
    code: str = BIRTH,
    content: Draft = FULL,
    effective_from: date = JULY,
) -> WorkProductVersion:
    """A new code, all the way to PUBLISHED."""
    version = await approved(uow, code, content)
    await publish(uow, [version], effective_from)
    return await stored(uow, version.id)


async def stored(uow: UnitOfWork, id: str) -> WorkProductVersion:
    return await uow.reading().store(VERSIONS).get(id)


async def product(uow: UnitOfWork, code: str = BIRTH) -> WorkProduct:
    return await uow.reading().store(PRODUCTS).get(code)


def retirement(
    code: str,
    product: WorkProduct,
    *,
    effective_to: date = JULY,
    replacement: str | None = None,
    actor: Actor | None = None,
) -> RetireWorkProduct:
    return RetireWorkProduct(
        actor=actor or authority(code),
        idempotency_key=key(),
        code=code,
        expected_revision=product.revision,
        effective_to=effective_to,
        decision_number="300/QĐ-UBND",
        reason="Không còn thực hiện",
        replacement_code=replacement,
    )


async def retire(
    uow: UnitOfWork,
    code: str = BIRTH,
    *,
    effective_to: date = AUGUST,
    replacement: str | None = None,
    actor: Actor | None = None,
) -> WorkProduct:
    command = retirement(
        code,
        await product(uow, code),
        effective_to=effective_to,
        replacement=replacement,
        actor=actor,
    )
    return await perform(releasing.retire_work_product, command, uow)


async def approved_again(
    uow: UnitOfWork, first: WorkProductVersion, name: str = "Khai sinh mới"
) -> WorkProductVersion:
    """The next version of a published code, all the way to APPROVED."""
    version = await revise(uow, first, named(name))
    return await approve(uow, await appraise(uow, await submit(uow, version)))


async def successor(
    uow: UnitOfWork,
    first: WorkProductVersion,
    effective_from: date = AUGUST,
    name: str = "Khai sinh mới",
) -> WorkProductVersion:
    """The next version of a published code, all the way to PUBLISHED."""
    version = await approved_again(uow, first, name)
    await publish(uow, [version], effective_from)
    return await stored(uow, version.id)


async def everything(uow: MemoryUnitOfWork) -> tuple[object, ...]:
    """All that is kept and all that was told: equal before and after what changed nothing."""
    tx = uow.reading()
    kept = [await tx.store(each).select() for each in ALL]
    return (*kept, list(uow.outbox))
