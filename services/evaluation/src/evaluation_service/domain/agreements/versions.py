"""Versions of an agreement, their signatures, and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from evaluation_service.domain.agreements.content import RULE, AgreementItem, Party

VERSIONS_MAX = 20
ASSESSMENTS_MAX = 24


class AgreementState(StrEnum):
    DRAFT = "DRAFT"
    NEGOTIATING = "NEGOTIATING"
    SIGNED = "SIGNED"
    IN_FORCE = "IN_FORCE"
    AMENDED = "AMENDED"
    LOCKED = "LOCKED"
    PUBLISHED = "PUBLISHED"
    ASSESSED = "ASSESSED"
    ENDED = "ENDED"
    TERMINATED = "TERMINATED"


UNSIGNED = (AgreementState.DRAFT, AgreementState.NEGOTIATING)
FIXED = (AgreementState.LOCKED, AgreementState.PUBLISHED)
OVER = (AgreementState.ENDED, AgreementState.TERMINATED)
SIGNED = tuple(
    each for each in AgreementState if each not in (*UNSIGNED, AgreementState.TERMINATED)
)


@dataclass(frozen=True, kw_only=True)
class Signature:
    party: Party
    by: Participant
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreementVersion:
    """`signed_at` is when the last party signed."""

    number: int
    items: tuple[AgreementItem, ...]
    proposed_by: Participant
    proposed_at: datetime
    reason: str | None = None
    signatures: tuple[Signature, ...] = ()
    signed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A published result of which the version was the basis."""

    period_id: str
    period_label: str
    evaluation_id: str
    version_hash: str
    total: str | None
    band: str | None
    result_hash: str


def locked() -> Conflict:
    return conflict(
        "the plan is locked: nobody changes or reopens it",
        "Kế hoạch đã khóa: không ai sửa hoặc mở lại được.",
    )


def conflict(en: str, vi: str, field: str | None = None) -> Conflict:
    return Conflict(en=en, vi=vi, field=field, rule_id=RULE)
