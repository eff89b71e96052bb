"""One edition of a product (phiên bản): drafted, judged, published, never changed after."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, TypedDict

from catalogue_service.domain.common.kinds import (
    Catalogue,
    Complexity,
    Group,
    KpiKind,
    Orientation,
    version_id,
)
from catalogue_service.domain.common.steps import Act, Step
from catalogue_service.domain.products.completeness import require_complete
from catalogue_service.domain.products.content import Content
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text


class VersionState(StrEnum):
    """`IN_REVIEW` was appraised and waits for the authority; `SUPERSEDED` has a successor, and
    stays in force until `effective_to`."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    IN_REVIEW = "IN_REVIEW"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    REJECTED = "REJECTED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"
    RETIRED = "RETIRED"


EDITABLE = frozenset({VersionState.DRAFT, VersionState.CHANGES_REQUESTED})

UNDECIDED = frozenset({VersionState.SUBMITTED, VersionState.IN_REVIEW, VersionState.APPROVED})

ISSUED = frozenset({VersionState.PUBLISHED, VersionState.SUPERSEDED, VersionState.RETIRED})

AUTHORING = ("DRAFTED", "EDITED", "SUBMITTED")
"""The steps that make whoever takes them an author (C-I3)."""


@dataclass(frozen=True, kw_only=True)
class OfVersion(Event):
    """What every event about a version carries; `unit_id` only in group C."""

    version_id: str
    code: str
    number: int
    group: Group
    province: str
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class VersionSubmitted(OfVersion):
    """A draft asks to be appraised (trình)."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.submitted.v1"


@dataclass(frozen=True, kw_only=True)
class VersionApproved(OfVersion):
    """The competent authority agreed (phê duyệt); not in force before a release."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.approved.v1"


@dataclass(frozen=True, kw_only=True)
class VersionRejected(OfVersion):
    """The draft was refused (từ chối); the version in force stays."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.rejected.v1"

    reason: str


@dataclass(frozen=True, kw_only=True)
class VersionPublished(OfVersion):
    """A version was issued (ban hành) and takes effect on `effective_from`."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.published.v1"

    name_vi: str
    name_en: str | None
    field: str | None
    unit_of_measure: str
    points: Decimal
    coefficient: Decimal
    complexity: Complexity
    standard_hours: Decimal | None
    lead_days: int | None
    orientation: Orientation | None
    kpi_kind: KpiKind | None
    procedure_code: str | None
    job_positions: tuple[str, ...]
    release_id: str
    effective_from: date
    effective_to: date | None
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class VersionSuperseded(OfVersion):
    """A newer version takes over on `effective_to` (thay thế)."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.superseded.v1"

    effective_to: date
    replaced_by: str


class Names(TypedDict):
    """The fields that every event about a version begins with."""

    version_id: str
    code: str
    number: int
    group: Group
    province: str
    unit_id: str | None


@dataclass(kw_only=True)
class WorkProductVersion(Aggregate):
    """Id is `code@number`. In force on the days of `[effective_from, effective_to)`."""

    code: str
    number: int
    catalogue: Catalogue
    content: Content
    state: VersionState = VersionState.DRAFT
    steps: tuple[Step, ...] = ()
    release_id: str | None = None
    decision_number: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    content_hash: str = ""

    @classmethod
    def drafted(
        cls, *, code: str, number: int, catalogue: Catalogue, content: Content, act: Act
    ) -> "WorkProductVersion":
        return cls(
            id=version_id(code, number),
            code=code,
            number=number,
            catalogue=catalogue,
            content=content,
            content_hash=content.hash,
            steps=(act.step("DRAFTED"),),
        )

    @property
    def authors(self) -> tuple[str, ...]:
        """Everybody's account that wrote or submitted it, the first first."""
        return tuple(dict.fromkeys(step.by for step in self._steps(*AUTHORING)))

    @property
    def is_issued(self) -> bool:
        return self.state in ISSUED

    def in_force_on(self, day: date) -> bool:
        """Half-open: the day it ends is the first day without it."""
        return (
            self.effective_from is not None
            and self.effective_from <= day
            and (self.effective_to is None or day < self.effective_to)
        )

    def edit(self, content: Content, act: Act) -> None:
        """Raise `Conflict` once it is submitted; a published version never changes (C-I1)."""
        self._require(EDITABLE)
        act.require_room(self.steps)
        self.content = content
        self.content_hash = content.hash
        self.steps = (*self.steps, act.step("EDITED"))

    def submit(self, act: Act) -> None:
        self._require(EDITABLE)
        act.require_room(self.steps)
        require_complete(self.content)
        self._move(VersionState.SUBMITTED, act.step("SUBMITTED"))
        self.record(VersionSubmitted(**self._names()))

    def withdraw(self, act: Act) -> None:
        """The proposer takes it back, before or after appraisal; it can be edited again."""
        self._require({VersionState.SUBMITTED, VersionState.IN_REVIEW})
        self._move(VersionState.DRAFT, act.step("WITHDRAWN"))

    def appraise(self, act: Act) -> None:
        self._require({VersionState.SUBMITTED})
        act.require_other_than(self._steps(*AUTHORING))
        self._move(VersionState.IN_REVIEW, act.step("APPRAISED"))

    def request_changes(self, act: Act) -> None:
        self._require({VersionState.SUBMITTED, VersionState.IN_REVIEW})
        act.require_other_than(self._steps(*AUTHORING))
        act.require_reason()
        self._move(VersionState.CHANGES_REQUESTED, act.step("CHANGES_REQUESTED"))

    def approve(self, act: Act) -> None:
        self._require({VersionState.IN_REVIEW})
        act.require_other_than(self._steps(*AUTHORING, "APPRAISED"))
        self._move(VersionState.APPROVED, act.step("APPROVED"))
        self.record(VersionApproved(**self._names()))

    def reject(self, act: Act) -> None:
        self._require(UNDECIDED)
        act.require_other_than(self._steps(*AUTHORING))
        reason = act.require_reason()
        self._move(VersionState.REJECTED, act.step("REJECTED"))
        self.record(VersionRejected(**self._names(), reason=reason))

    def publish(self, release_id: str, effective_from: date, act: Act) -> None:
        self._require({VersionState.APPROVED})
        act.require_other_than(self._steps(*AUTHORING))
        self.release_id = release_id
        self.decision_number = act.require_decision()
        self.effective_from = effective_from
        self._move(VersionState.PUBLISHED, act.step("PUBLISHED"))
        self.record(self._published(release_id, effective_from))

    def supersede(self, successor: str, effective_to: date, act: Act) -> None:
        """The content stays; only its end becomes known."""
        self._require({VersionState.PUBLISHED})
        self.effective_to = effective_to
        self._move(VersionState.SUPERSEDED, act.step("SUPERSEDED"))
        self.record(
            VersionSuperseded(**self._names(), effective_to=effective_to, replaced_by=successor)
        )

    def retire(self, effective_to: date, act: Act) -> None:
        self._require({VersionState.PUBLISHED})
        act.require_other_than(self._steps(*AUTHORING))
        self.effective_to = effective_to
        self._move(VersionState.RETIRED, act.step("RETIRED"))

    def _published(self, release_id: str, effective_from: date) -> VersionPublished:
        # Any: what the event says of the content has the same names there.
        told = {each.name for each in fields(VersionPublished)}
        content: dict[str, Any] = {
            each.name: getattr(self.content, each.name)
            for each in fields(Content)
            if each.name in told
        }
        return VersionPublished(
            **self._names(),
            **content,
            release_id=release_id,
            effective_from=effective_from,
            effective_to=None,
            content_hash=self.content_hash,
        )

    def _names(self) -> Names:
        return {
            "version_id": self.id,
            "code": self.code,
            "number": self.number,
            "group": self.catalogue.group,
            "province": self.catalogue.province,
            "unit_id": self.catalogue.unit_id,
        }

    def _steps(self, *actions: str) -> list[Step]:
        return [step for step in self.steps if step.action in actions]

    def _require(self, states: AbstractSet[VersionState]) -> None:
        if self.state not in states:
            wanted = ", ".join(sorted(states))
            raise Conflict(
                en=f"{self.id!r} is {self.state}; this needs {wanted}",
                vi=f"Phiên bản {vi_text(self.id)} {vi_text(self.state)}; thao tác này chỉ "
                f"thực hiện khi phiên bản {vi_text(sorted(states))}.",
                field="input.versionId",
                rule_id="C-I1" if self.is_issued else None,
            )

    def _move(self, state: VersionState, step: Step) -> None:
        self.state = state
        self.steps = (*self.steps, step)
