"""Which version of the catalogue a piece of work is given on (E-I1)."""

from collections.abc import Iterable
from datetime import date

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import ADJUSTMENTS, VERSIONS
from evaluation_service.domain.copies.adjustments import LocalAdjustment
from evaluation_service.domain.copies.versions import WorkProductVersion
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.reports import PinnedVersion


async def pinned(
    version_id: str, period: EvaluationPeriod, path: tuple[str, ...], tx: Transaction
) -> PinnedVersion:
    version = await tx.store(VERSIONS).find(version_id)
    adjustments = await tx.store(ADJUSTMENTS).select(
        Eq("version_id", version_id), In("unit_id", list(path))
    )
    return pin(version, period, path, adjustments, business_date(tx.now))


def pin(
    version: WorkProductVersion | None,
    period: EvaluationPeriod,
    path: tuple[str, ...],
    adjustments: Iterable[LocalAdjustment],
    today: date,
) -> PinnedVersion:
    """As it is now, with the adjustment in force for the nearest unit of `path` upwards."""
    if version is None:
        raise Invalid(
            en="no such catalogue version",
            vi="Không có phiên bản danh mục này.",
            field="input.versionId",
            rule_id="C-I8",
        )
    if version.release_id not in period.release_ids:
        raise Invalid(
            en=f"{version.id!r} is not in the releases this period opened on",
            vi=f"Phiên bản {vi_text(version.id)} không thuộc các bản phát hành của kỳ này.",
            field="input.versionId",
            rule_id="E-I1",
        )
    if version.unit_id is not None and version.unit_id not in path:
        raise Invalid(
            en=f"{version.id!r} belongs to another unit's list",
            vi=f"Phiên bản {vi_text(version.id)} thuộc danh mục của đơn vị khác.",
            field="input.versionId",
            rule_id="C-I6",
        )
    ours = [
        each
        for each in adjustments
        if each.version_id == version.id and each.unit_id in path and each.in_force(today)
    ]
    return version.pinned(max(ours, key=lambda each: path.index(each.unit_id), default=None))
