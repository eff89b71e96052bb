"""What is told of agreements."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.domain.aggregate import Event
from evaluation_service.domain.agreements.content import AgreementKind


@dataclass(frozen=True, kw_only=True)
class AgreementEvent(Event):
    """`version` and `version_hash` are of the version that all signed; none of one that ended
    before it was signed."""

    agreement_id: str
    kind: AgreementKind
    province: str
    unit_id: str
    civil_servant_id: str
    policy: str
    starts_on: date
    ends_on: date
    version: int | None
    version_hash: str | None
    period_id: str | None


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(AgreementEvent):
    """All parties signed the first version."""

    TYPE: ClassVar[str] = "congvu.evaluation.agreement.signed.v1"


@dataclass(frozen=True, kw_only=True)
class AgreementAmended(AgreementEvent):
    """All parties signed a later version."""

    TYPE: ClassVar[str] = "congvu.evaluation.agreement.amended.v1"


@dataclass(frozen=True, kw_only=True)
class AgreementLocked(AgreementEvent):
    """Nothing of it changes any more, and everybody may read it."""

    TYPE: ClassVar[str] = "congvu.evaluation.agreement.locked.v1"


@dataclass(frozen=True, kw_only=True)
class AgreementAssessed(AgreementEvent):
    """A result of the period that it was the basis of is published."""

    TYPE: ClassVar[str] = "congvu.evaluation.agreement.assessed.v1"


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(AgreementEvent):
    """Its term is over, or a decision ended it."""

    TYPE: ClassVar[str] = "congvu.evaluation.agreement.ended.v1"
