"""What changes tell, by their type: written from `changes.schema.json`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from congvu_client.told import Told
from congvu_client.unknown import Growing


class AdjustmentApproved(Told):
    adjustment_id: str
    code: str
    norm: str
    province: str
    revision: int = 0
    unit_id: str
    valid_from: date
    valid_to: date
    value: str
    version_id: str


class AdjustmentExpired(Told):
    adjustment_id: str
    code: str
    norm: str
    province: str
    revision: int = 0
    unit_id: str
    valid_from: date
    valid_to: date
    value: str
    version_id: str


class CommitmentAmended(Told):
    commitment_id: str
    due: date
    leader_id: str
    number: int
    province: str
    reason: str
    revision: int = 0
    target: str
    text: str
    unit_id: str


class CommitmentAssessed(Told):
    citizens: str | None = None
    commitment_id: str
    contented: int = 0
    due: date
    found: str | None = None
    leader_id: str
    number: int
    outcome: str
    province: str
    ratings: int = 0
    revision: int = 0
    unit_id: str


class CommitmentPublished(Told):
    commitment_id: str
    due: date
    kind: str = 'PROMISE'
    leader_id: str
    number: int
    on: date | None = None
    province: str
    revision: int = 0
    target: str
    text: str
    unit_id: str


class ComplaintAnswerOverdue(Told):
    complaint_id: str
    due_on: date
    on: date
    province: str
    revision: int = 0
    round: int
    since: date
    term_days: int
    unit_id: str


class ComplaintAnswered(Told):
    complaint_id: str
    dispute_until: date
    late: bool
    on: date
    province: str
    revision: int = 0
    round: int = 0
    unit_id: str


class ComplaintClassified(Told):
    category: str
    complaint_id: str
    on: date
    province: str
    revision: int = 0
    unit_id: str


class ComplaintClosed(Told):
    basis: str
    complaint_id: str
    on: date
    province: str
    revision: int = 0
    state: str
    unit_id: str


class ComplaintDisputed(Told):
    complaint_id: str
    on: date
    province: str
    revision: int = 0
    unit_id: str


class ComplaintEscalated(Told):
    complaint_id: str
    on: date
    overdue_state: str
    province: str
    revision: int = 0
    to_unit_id: str | None = None
    unit_id: str


class ComplaintFigures(Told):
    answered_in_time: int = 0
    decided: int = 0
    due: int = 0
    received: int = 0
    upheld: int = 0


class ComplaintFiled(Told):
    answer_by: date
    complaint_id: str
    on: date
    province: str
    revision: int = 0
    unit_id: str


class ComplaintForwarded(Told):
    answer_by: date
    complaint_id: str
    from_unit_id: str
    on: date
    province: str
    revision: int = 0
    unit_id: str


class ComplaintReopened(Told):
    by_complainant: bool = False
    complaint_id: str
    on: date
    province: str
    revision: int = 0
    unit_id: str


class ComplaintRescheduled(Told):
    answer_by: date
    complaint_id: str
    dispute_until: date | None
    due_on: date | None
    on: date
    province: str
    reopen_until: date | None = None
    revision: int = 0
    unit_id: str


class ComplaintUpheld(Told):
    complaint_id: str
    on: date
    province: str
    revision: int = 0
    unit_id: str
    verdict: str


class Complexity(StrEnum):
    N1 = 'N1'
    N2 = 'N2'
    N3 = 'N3'
    N4 = 'N4'
    N5 = 'N5'


class EvaluationCorrected(Told):
    band: str | None
    basis: str | None = None
    civil_servant_id: str
    evaluation_id: str
    outcome: Growing[EvaluationOutcome]
    period_code: str | None = None
    period_id: str
    policy: str
    province: str
    raw_band: str | None
    result_hash: str
    revision: int = 0
    sheet: int
    total: str | None
    total_decimal: str | None = None
    unit_id: str


class EvaluationOutcome(StrEnum):
    SCORED = 'SCORED'
    NOT_EVALUABLE = 'NOT_EVALUABLE'
    NOT_RATED = 'NOT_RATED'


class EvaluationPublished(Told):
    band: str | None
    basis: str | None = None
    civil_servant_id: str
    evaluation_id: str
    outcome: Growing[EvaluationOutcome]
    period_code: str | None = None
    period_id: str
    policy: str
    province: str
    raw_band: str | None
    result_hash: str
    revision: int = 0
    sheet: int
    total: str | None
    total_decimal: str | None = None
    unit_id: str


class Group(StrEnum):
    A = 'A'
    B = 'B'
    C = 'C'
    D = 'D'


class IndexComputed(Told):
    answers: int
    ci_high: str | None
    ci_low: str | None
    complaints: ComplaintFigures | None = None
    freeze: int = 1
    index: str | None
    index_id: str
    log_sequence: int
    minimum_answers: int
    period_code: str | None = None
    period_id: str
    procedures: list[ProcedureAnswers] = []
    province: str
    revision: int = 0
    satisfied: int
    set_aside: int = 0
    state: Growing[IndexState]
    under_review: int = 0
    under_review_satisfied: int = 0
    unit_id: str


class IndexState(StrEnum):
    PENDING = 'PENDING'
    MEASURED = 'MEASURED'
    INSUFFICIENT = 'INSUFFICIENT'


class KpiKind(StrEnum):
    SPEARHEAD = 'SPEARHEAD'
    HARD = 'HARD'
    SOFT = 'SOFT'


class OrgEvaluationCorrected(Told):
    band: str | None
    basis: str | None = None
    org_evaluation_id: str
    outcome: Growing[EvaluationOutcome]
    period_code: str | None = None
    period_id: str
    policy: str
    province: str
    raw_band: str | None
    result_hash: str
    revision: int = 0
    sheet: int
    total: str | None
    total_decimal: str | None = None
    unit_id: str


class OrgEvaluationPublished(Told):
    band: str | None
    basis: str | None = None
    org_evaluation_id: str
    outcome: Growing[EvaluationOutcome]
    period_code: str | None = None
    period_id: str
    policy: str
    province: str
    raw_band: str | None
    result_hash: str
    revision: int = 0
    sheet: int
    total: str | None
    total_decimal: str | None = None
    unit_id: str


class Orientation(StrEnum):
    ADMIN_PROCEDURE = 'ADMIN_PROCEDURE'
    PUBLIC_SERVICE = 'PUBLIC_SERVICE'


class PeriodClosed(Told):
    ends_on: date
    freeze: int = 0
    kind: Growing[PeriodKind]
    minimum_answers: int
    name: str
    period_code: str | None = None
    period_id: str
    policies: list[str]
    province: str
    release_ids: list[str]
    revision: int = 0
    scope_unit_id: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    starts_on: date
    unit_ids: list[str]


class PeriodFrozen(Told):
    ends_on: date
    freeze: int = 0
    kind: Growing[PeriodKind]
    minimum_answers: int
    name: str
    period_code: str | None = None
    period_id: str
    policies: list[str]
    province: str
    release_ids: list[str]
    revision: int = 0
    scope_unit_id: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    starts_on: date
    unit_ids: list[str]


class PeriodKind(StrEnum):
    MONTH = 'MONTH'
    QUARTER = 'QUARTER'
    YEAR = 'YEAR'


class PeriodOpened(Told):
    ends_on: date
    freeze: int = 0
    kind: Growing[PeriodKind]
    minimum_answers: int
    name: str
    period_code: str | None = None
    period_id: str
    policies: list[str]
    province: str
    release_ids: list[str]
    revision: int = 0
    scope_unit_id: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    starts_on: date
    unit_ids: list[str]


class PeriodPublished(Told):
    ends_on: date
    freeze: int = 0
    kind: Growing[PeriodKind]
    minimum_answers: int
    name: str
    period_code: str | None = None
    period_id: str
    policies: list[str]
    province: str
    release_ids: list[str]
    revision: int = 0
    scope_unit_id: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    starts_on: date
    unit_ids: list[str]


class PeriodResealed(Told):
    ends_on: date
    freeze: int = 0
    kind: Growing[PeriodKind]
    minimum_answers: int
    name: str
    period_code: str | None = None
    period_id: str
    policies: list[str]
    province: str
    release_ids: list[str]
    revision: int = 0
    scope_unit_id: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    starts_on: date
    unit_ids: list[str]


class PeriodUnfrozen(Told):
    ends_on: date
    freeze: int = 0
    kind: Growing[PeriodKind]
    minimum_answers: int
    name: str
    period_code: str | None = None
    period_id: str
    policies: list[str]
    province: str
    release_ids: list[str]
    revision: int = 0
    scope_unit_id: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None
    starts_on: date
    unit_ids: list[str]


class ProcedureAnswers(Told):
    answers: int
    procedure_code: str
    satisfied: int


class ProductRetired(Told):
    code: str
    decision_number: str
    effective_to: date
    group: Growing[Group]
    number: int
    province: str
    replacement_code: str | None
    revision: int = 0
    unit_id: str | None
    version_id: str


class ReleasePublished(Told):
    content_hash: str
    decision_number: str
    effective_from: date
    groups: list[Growing[Group]]
    province: str
    release_id: str
    revision: int = 0
    unit_id: str | None
    version_count: int


class VersionPublished(Told):
    code: str
    coefficient: str
    complexity: Growing[Complexity]
    content_hash: str
    effective_from: date
    effective_to: date | None
    field: str | None
    group: Growing[Group]
    job_positions: list[str]
    kpi_kind: Growing[KpiKind] | None
    lead_days: int | None
    name_en: str | None
    name_vi: str
    number: int
    orientation: Growing[Orientation] | None
    points: str
    procedure_code: str | None
    province: str
    release_id: str
    revision: int = 0
    standard_hours: str | None
    unit_id: str | None
    unit_of_measure: str
    version_id: str


class VersionSuperseded(Told):
    code: str
    effective_to: date
    group: Growing[Group]
    number: int
    province: str
    replaced_by: str
    revision: int = 0
    unit_id: str | None
    version_id: str


Known: TypeAlias = AdjustmentApproved | AdjustmentExpired | CommitmentAmended | CommitmentAssessed | CommitmentPublished | ComplaintAnswerOverdue | ComplaintAnswered | ComplaintClassified | ComplaintClosed | ComplaintDisputed | ComplaintEscalated | ComplaintFiled | ComplaintForwarded | ComplaintReopened | ComplaintRescheduled | ComplaintUpheld | EvaluationCorrected | EvaluationPublished | IndexComputed | OrgEvaluationCorrected | OrgEvaluationPublished | PeriodClosed | PeriodFrozen | PeriodOpened | PeriodPublished | PeriodResealed | PeriodUnfrozen | ProductRetired | ReleasePublished | VersionPublished | VersionSuperseded

KINDS: dict[str, type[Known]] = {
    'congvu.catalogue.adjustment.approved.v1': AdjustmentApproved,
    'congvu.catalogue.adjustment.expired.v1': AdjustmentExpired,
    'congvu.catalogue.release.published.v1': ReleasePublished,
    'congvu.catalogue.work_product.published.v1': VersionPublished,
    'congvu.catalogue.work_product.retired.v1': ProductRetired,
    'congvu.catalogue.work_product.superseded.v1': VersionSuperseded,
    'congvu.evaluation.evaluation.corrected.v1': EvaluationCorrected,
    'congvu.evaluation.evaluation.published.v1': EvaluationPublished,
    'congvu.evaluation.org_evaluation.corrected.v1': OrgEvaluationCorrected,
    'congvu.evaluation.org_evaluation.published.v1': OrgEvaluationPublished,
    'congvu.evaluation.period.closed.v1': PeriodClosed,
    'congvu.evaluation.period.frozen.v1': PeriodFrozen,
    'congvu.evaluation.period.opened.v1': PeriodOpened,
    'congvu.evaluation.period.published.v1': PeriodPublished,
    'congvu.evaluation.period.resealed.v1': PeriodResealed,
    'congvu.evaluation.period.unfrozen.v1': PeriodUnfrozen,
    'congvu.feedback.commitment.amended.v1': CommitmentAmended,
    'congvu.feedback.commitment.assessed.v1': CommitmentAssessed,
    'congvu.feedback.commitment.published.v1': CommitmentPublished,
    'congvu.feedback.complaint.answer_overdue.v1': ComplaintAnswerOverdue,
    'congvu.feedback.complaint.answered.v1': ComplaintAnswered,
    'congvu.feedback.complaint.classified.v1': ComplaintClassified,
    'congvu.feedback.complaint.closed.v1': ComplaintClosed,
    'congvu.feedback.complaint.disputed.v1': ComplaintDisputed,
    'congvu.feedback.complaint.escalated.v1': ComplaintEscalated,
    'congvu.feedback.complaint.filed.v1': ComplaintFiled,
    'congvu.feedback.complaint.forwarded.v1': ComplaintForwarded,
    'congvu.feedback.complaint.reopened.v1': ComplaintReopened,
    'congvu.feedback.complaint.rescheduled.v1': ComplaintRescheduled,
    'congvu.feedback.complaint.upheld.v1': ComplaintUpheld,
    'congvu.feedback.index.computed.v1': IndexComputed,
}
