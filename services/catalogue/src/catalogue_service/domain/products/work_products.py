"""A product through time: its editions one after the other, never two on one day (C-I2)."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from catalogue_service.domain.common.kinds import Catalogue, version_id
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.products.search import FoundBy
from catalogue_service.domain.products.versions import OfVersion, WorkProductVersion
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text


@dataclass(frozen=True, kw_only=True)
class ProductRetired(OfVersion):
    """Nothing is assigned of it from `effective_to` on (bãi bỏ); its last version is named."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.retired.v1"

    effective_to: date
    replacement_code: str | None
    decision_number: str


class ProductState(StrEnum):
    """`DRAFT` was never published."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days `[starts_on, ends_on)` of one version; open at the end while `ends_on` is None."""

    number: int
    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(kw_only=True)
class WorkProduct(Aggregate):
    """Id is the code, used once in the whole country and for ever. Names and field are those of
    the newest published version, of the first draft until there is one."""

    catalogue: Catalogue
    name_vi: str
    name_en: str | None = None
    field: str | None = None
    state: ProductState = ProductState.DRAFT
    last_number: int = 1
    timeline: tuple[Span, ...] = ()
    replacement_code: str | None = None
    found_by: FoundBy = dataclasses.field(default_factory=FoundBy)

    @property
    def last_version_id(self) -> str:
        return version_id(self.id, self.last_number)

    def number_on(self, day: date) -> int | None:
        """The version in force on `day`, None in a gap."""
        return next((span.number for span in self.timeline if span.covers(day)), None)

    def version_id_on(self, day: date) -> str | None:
        number = self.number_on(day)
        return None if number is None else version_id(self.id, number)

    def next_number(self) -> int:
        """Reserve the number of a new version; raise `Conflict` when retired."""
        self.require_not_retired()
        self.last_number += 1
        return self.last_number

    def issue(self, version: WorkProductVersion, effective_from: date) -> str | None:
        """Put `version` on the timeline; return the id of the one it follows, if that is open."""
        self.require_not_retired()
        last = self.timeline[-1] if self.timeline else None
        if last is not None and effective_from <= last.starts_on:
            raise Conflict(
                en=f"{self.id!r} has version {last.number} from {last.starts_on} on; "
                f"the next must start later than that, not on {effective_from}",
                vi=f"{vi_text(self.id)} đã có phiên bản {last.number} từ ngày "
                f"{vi_text(last.starts_on)}. Vui lòng chọn ngày hiệu lực muộn hơn.",
                field="input.effectiveFrom",
                rule_id="C-I2",
            )
        self._end_last(effective_from)
        self.timeline = (*self.timeline, Span(number=version.number, starts_on=effective_from))
        self.state = ProductState.ACTIVE
        self.name_vi = version.content.name_vi
        self.name_en = version.content.name_en
        self.field = version.content.field
        self.found_by = self.found_by.also(self.id, version.content)
        return version_id(self.id, last.number) if last is not None else None

    def retire(self, effective_to: date, replacement_code: str | None, act: Act) -> str:
        """End the last version; return its id."""
        self.require_not_retired()
        if not self.timeline:
            raise Conflict(
                en=f"{self.id!r} was never published; reject its draft instead",
                vi=f"{vi_text(self.id)} chưa từng ban hành. Vui lòng từ chối dự thảo.",
                field="input.code",
            )
        last = self.timeline[-1]
        if effective_to < last.starts_on:
            raise Conflict(
                en=f"version {last.number} of {self.id!r} only starts on {last.starts_on}",
                vi=f"Phiên bản {last.number} của {vi_text(self.id)} đến ngày "
                f"{vi_text(last.starts_on)} mới có hiệu lực.",
                field="input.effectiveTo",
                rule_id="C-I2",
            )
        self._end_last(effective_to)
        self.state = ProductState.RETIRED
        self.replacement_code = replacement_code
        self.record(
            ProductRetired(
                version_id=version_id(self.id, last.number),
                code=self.id,
                number=last.number,
                group=self.catalogue.group,
                province=self.catalogue.province,
                unit_id=self.catalogue.unit_id,
                effective_to=effective_to,
                replacement_code=replacement_code,
                decision_number=act.require_decision(),
            )
        )
        return version_id(self.id, last.number)

    def require_not_retired(self) -> None:
        if self.state is ProductState.RETIRED:
            raise Conflict(
                en=f"{self.id!r} is retired",
                vi=f"Sản phẩm/công việc {vi_text(self.id)} đã bãi bỏ.",
                field="input.code",
                rule_id="C-I9",
            )

    def _end_last(self, on: date) -> None:
        if self.timeline:
            last = self.timeline[-1]
            ended = Span(number=last.number, starts_on=last.starts_on, ends_on=on)
            self.timeline = (*self.timeline[:-1], ended)
