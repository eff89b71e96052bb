"""A release (bản phát hành): the versions that one decision puts in force."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.copies.periods import Period
from catalogue_service.domain.products.versions import WorkProductVersion
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text


@dataclass(frozen=True, kw_only=True)
class ReleasePublished(Event):
    """A set of versions was issued by one decision."""

    TYPE: ClassVar[str] = "congvu.catalogue.release.published.v1"

    release_id: str
    province: str
    unit_id: str | None
    groups: tuple[Group, ...]
    decision_number: str
    effective_from: date
    version_count: int
    content_hash: str


RELEASE_MAX_VERSIONS = 500
"""Versions of one release: what one database transaction writes well within its time limit. A
longer decision is published as several releases under the same number."""


@dataclass(kw_only=True)
class CatalogueRelease(Aggregate):
    """Never changes once it is there."""

    province: str
    unit_id: str | None
    groups: tuple[Group, ...]
    decision_number: str
    effective_from: date
    version_ids: tuple[str, ...]
    content_hash: str
    published_by: str
    published_at: datetime

    @classmethod
    def published(
        cls,
        *,
        id: str,
        versions: Sequence[WorkProductVersion],
        effective_from: date,
        act: Act,
    ) -> "CatalogueRelease":
        """`versions` in their order; all of one list, and each code once."""
        first = _check_versions(versions).catalogue
        release = cls(
            id=id,
            province=first.province,
            unit_id=first.unit_id,
            groups=tuple(sorted({each.catalogue.group for each in versions})),
            decision_number=act.require_decision(),
            effective_from=effective_from,
            version_ids=tuple(each.id for each in versions),
            content_hash=hash_of(versions),
            published_by=act.by,
            published_at=act.at,
        )
        release.record(
            ReleasePublished(
                release_id=id,
                province=release.province,
                unit_id=release.unit_id,
                groups=release.groups,
                decision_number=release.decision_number,
                effective_from=effective_from,
                version_count=len(versions),
                content_hash=release.content_hash,
            )
        )
        return release


def hash_of(versions: Sequence[WorkProductVersion]) -> str:
    """SHA-256 over `id content-hash` lines in the order of the release."""
    lines = "".join(f"{each.id} {each.content_hash}\n" for each in versions)
    return hashlib.sha256(lines.encode()).hexdigest()


def _check_versions(versions: Sequence[WorkProductVersion]) -> WorkProductVersion:
    if not 0 < len(versions) <= RELEASE_MAX_VERSIONS:
        raise Invalid(
            en=f"a release has 1 to {RELEASE_MAX_VERSIONS} versions, not {len(versions)}",
            vi=f"Mỗi bản phát hành có từ 1 đến {RELEASE_MAX_VERSIONS} phiên bản; đang gửi "
            f"{len(versions)}.",
            field="input.versionIds",
        )
    if len({each.code for each in versions}) != len(versions):
        raise Invalid(
            en="a release holds each code once",
            vi="Mỗi mã chỉ xuất hiện một lần trong bản phát hành.",
            field="input.versionIds",
            rule_id="C-I2",
        )
    lists = {(each.catalogue.province, each.catalogue.unit_id) for each in versions}
    if len(lists) > 1:
        raise Invalid(
            en="a release is for one province or one unit: these versions are from several",
            vi="Một bản phát hành chỉ cho một tỉnh hoặc một đơn vị.",
            field="input.versionIds",
            rule_id="C-I6",
        )
    return versions[0]


def check_effective(
    day: date, today: date, closed: Sequence[Period], *, field: str = "input.effectiveFrom"
) -> None:
    """C-I5: not before the day it is published, never inside a closed period."""
    if day < today:
        raise Invalid(
            en=f"{day} is before today, {today}",
            vi=f"Ngày hiệu lực {vi_text(day)} đã qua. Vui lòng chọn từ ngày {vi_text(today)}.",
            field=field,
            rule_id="C-I5",
        )
    for period in closed:
        if period.covers(day):
            raise Conflict(
                en=f"{day} lies in the closed period {period.name!r}",
                vi=f"Ngày {vi_text(day)} nằm trong kỳ đã khóa {vi_text(period.name)}. Vui "
                "lòng chọn ngày sau kỳ này.",
                field=field,
                rule_id="C-I5",
            )
