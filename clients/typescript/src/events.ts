/** What changes tell, by their type: written from `changes.schema.json`. */
import type { Day, Instant, Unknown } from './scalars.js';

export interface AdjustmentApproved {
  readonly adjustment_id: string;
  readonly code: string;
  readonly norm: string;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
  readonly valid_from: Day;
  readonly valid_to: Day;
  readonly value: string;
  readonly version_id: string;
}

export interface AdjustmentExpired {
  readonly adjustment_id: string;
  readonly code: string;
  readonly norm: string;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
  readonly valid_from: Day;
  readonly valid_to: Day;
  readonly value: string;
  readonly version_id: string;
}

export interface CommitmentAmended {
  readonly commitment_id: string;
  readonly due: Day;
  readonly leader_id: string;
  readonly number: number;
  readonly province: string;
  readonly reason: string;
  readonly revision?: number;
  readonly target: string;
  readonly text: string;
  readonly unit_id: string;
}

export interface CommitmentAssessed {
  readonly citizens?: string | null;
  readonly commitment_id: string;
  readonly contented?: number;
  readonly due: Day;
  readonly found?: string | null;
  readonly leader_id: string;
  readonly number: number;
  readonly outcome: string;
  readonly province: string;
  readonly ratings?: number;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface CommitmentPublished {
  readonly commitment_id: string;
  readonly due: Day;
  readonly kind?: string;
  readonly leader_id: string;
  readonly number: number;
  readonly on?: Day | null;
  readonly province: string;
  readonly revision?: number;
  readonly target: string;
  readonly text: string;
  readonly unit_id: string;
}

export interface ComplaintAnswerOverdue {
  readonly complaint_id: string;
  readonly due_on: Day;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly round: number;
  readonly since: Day;
  readonly term_days: number;
  readonly unit_id: string;
}

export interface ComplaintAnswered {
  readonly complaint_id: string;
  readonly dispute_until: Day;
  readonly late: boolean;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly round?: number;
  readonly unit_id: string;
}

export interface ComplaintClassified {
  readonly category: string;
  readonly complaint_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface ComplaintClosed {
  readonly basis: string;
  readonly complaint_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly state: string;
  readonly unit_id: string;
}

export interface ComplaintDisputed {
  readonly complaint_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface ComplaintEscalated {
  readonly complaint_id: string;
  readonly on: Day;
  readonly overdue_state: string;
  readonly province: string;
  readonly revision?: number;
  readonly to_unit_id?: string | null;
  readonly unit_id: string;
}

export interface ComplaintFigures {
  readonly answered_in_time?: number;
  readonly decided?: number;
  readonly due?: number;
  readonly received?: number;
  readonly upheld?: number;
}

export interface ComplaintFiled {
  readonly answer_by: Day;
  readonly complaint_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface ComplaintForwarded {
  readonly answer_by: Day;
  readonly complaint_id: string;
  readonly from_unit_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface ComplaintReopened {
  readonly by_complainant?: boolean;
  readonly complaint_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface ComplaintRescheduled {
  readonly answer_by: Day;
  readonly complaint_id: string;
  readonly dispute_until: Day | null;
  readonly due_on: Day | null;
  readonly on: Day;
  readonly province: string;
  readonly reopen_until?: Day | null;
  readonly revision?: number;
  readonly unit_id: string;
}

export interface ComplaintUpheld {
  readonly complaint_id: string;
  readonly on: Day;
  readonly province: string;
  readonly revision?: number;
  readonly unit_id: string;
  readonly verdict: string;
}

export type Complexity = 'N1' | 'N2' | 'N3' | 'N4' | 'N5';

export interface EvaluationCorrected {
  readonly band: string | null;
  readonly basis?: string | null;
  readonly civil_servant_id: string;
  readonly evaluation_id: string;
  readonly outcome: EvaluationOutcome | Unknown;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policy: string;
  readonly province: string;
  readonly raw_band: string | null;
  readonly result_hash: string;
  readonly revision?: number;
  readonly sheet: number;
  readonly total: string | null;
  readonly total_decimal?: string | null;
  readonly unit_id: string;
}

export type EvaluationOutcome = 'SCORED' | 'NOT_EVALUABLE' | 'NOT_RATED';

export interface EvaluationPublished {
  readonly band: string | null;
  readonly basis?: string | null;
  readonly civil_servant_id: string;
  readonly evaluation_id: string;
  readonly outcome: EvaluationOutcome | Unknown;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policy: string;
  readonly province: string;
  readonly raw_band: string | null;
  readonly result_hash: string;
  readonly revision?: number;
  readonly sheet: number;
  readonly total: string | null;
  readonly total_decimal?: string | null;
  readonly unit_id: string;
}

export type Group = 'A' | 'B' | 'C' | 'D';

export interface IndexComputed {
  readonly answers: number;
  readonly ci_high: string | null;
  readonly ci_low: string | null;
  readonly complaints?: ComplaintFigures | null;
  readonly freeze?: number;
  readonly index: string | null;
  readonly index_id: string;
  readonly log_sequence: number;
  readonly minimum_answers: number;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly procedures?: ReadonlyArray<ProcedureAnswers>;
  readonly province: string;
  readonly revision?: number;
  readonly satisfied: number;
  readonly set_aside?: number;
  readonly state: IndexState | Unknown;
  readonly under_review?: number;
  readonly under_review_satisfied?: number;
  readonly unit_id: string;
}

export type IndexState = 'PENDING' | 'MEASURED' | 'INSUFFICIENT';

export type KpiKind = 'SPEARHEAD' | 'HARD' | 'SOFT';

export interface OrgEvaluationCorrected {
  readonly band: string | null;
  readonly basis?: string | null;
  readonly org_evaluation_id: string;
  readonly outcome: EvaluationOutcome | Unknown;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policy: string;
  readonly province: string;
  readonly raw_band: string | null;
  readonly result_hash: string;
  readonly revision?: number;
  readonly sheet: number;
  readonly total: string | null;
  readonly total_decimal?: string | null;
  readonly unit_id: string;
}

export interface OrgEvaluationPublished {
  readonly band: string | null;
  readonly basis?: string | null;
  readonly org_evaluation_id: string;
  readonly outcome: EvaluationOutcome | Unknown;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policy: string;
  readonly province: string;
  readonly raw_band: string | null;
  readonly result_hash: string;
  readonly revision?: number;
  readonly sheet: number;
  readonly total: string | null;
  readonly total_decimal?: string | null;
  readonly unit_id: string;
}

export type Orientation = 'ADMIN_PROCEDURE' | 'PUBLIC_SERVICE';

export interface PeriodClosed {
  readonly ends_on: Day;
  readonly freeze?: number;
  readonly kind: PeriodKind | Unknown;
  readonly minimum_answers: number;
  readonly name: string;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policies: ReadonlyArray<string>;
  readonly province: string;
  readonly release_ids: ReadonlyArray<string>;
  readonly revision?: number;
  readonly scope_unit_id: string;
  readonly seal_hash?: string | null;
  readonly seal_root?: string | null;
  readonly sealed_at?: Instant | null;
  readonly starts_on: Day;
  readonly unit_ids: ReadonlyArray<string>;
}

export interface PeriodFrozen {
  readonly ends_on: Day;
  readonly freeze?: number;
  readonly kind: PeriodKind | Unknown;
  readonly minimum_answers: number;
  readonly name: string;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policies: ReadonlyArray<string>;
  readonly province: string;
  readonly release_ids: ReadonlyArray<string>;
  readonly revision?: number;
  readonly scope_unit_id: string;
  readonly seal_hash?: string | null;
  readonly seal_root?: string | null;
  readonly sealed_at?: Instant | null;
  readonly starts_on: Day;
  readonly unit_ids: ReadonlyArray<string>;
}

export type PeriodKind = 'MONTH' | 'QUARTER' | 'YEAR';

export interface PeriodOpened {
  readonly ends_on: Day;
  readonly freeze?: number;
  readonly kind: PeriodKind | Unknown;
  readonly minimum_answers: number;
  readonly name: string;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policies: ReadonlyArray<string>;
  readonly province: string;
  readonly release_ids: ReadonlyArray<string>;
  readonly revision?: number;
  readonly scope_unit_id: string;
  readonly seal_hash?: string | null;
  readonly seal_root?: string | null;
  readonly sealed_at?: Instant | null;
  readonly starts_on: Day;
  readonly unit_ids: ReadonlyArray<string>;
}

export interface PeriodPublished {
  readonly ends_on: Day;
  readonly freeze?: number;
  readonly kind: PeriodKind | Unknown;
  readonly minimum_answers: number;
  readonly name: string;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policies: ReadonlyArray<string>;
  readonly province: string;
  readonly release_ids: ReadonlyArray<string>;
  readonly revision?: number;
  readonly scope_unit_id: string;
  readonly seal_hash?: string | null;
  readonly seal_root?: string | null;
  readonly sealed_at?: Instant | null;
  readonly starts_on: Day;
  readonly unit_ids: ReadonlyArray<string>;
}

export interface PeriodResealed {
  readonly ends_on: Day;
  readonly freeze?: number;
  readonly kind: PeriodKind | Unknown;
  readonly minimum_answers: number;
  readonly name: string;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policies: ReadonlyArray<string>;
  readonly province: string;
  readonly release_ids: ReadonlyArray<string>;
  readonly revision?: number;
  readonly scope_unit_id: string;
  readonly seal_hash?: string | null;
  readonly seal_root?: string | null;
  readonly sealed_at?: Instant | null;
  readonly starts_on: Day;
  readonly unit_ids: ReadonlyArray<string>;
}

export interface PeriodUnfrozen {
  readonly ends_on: Day;
  readonly freeze?: number;
  readonly kind: PeriodKind | Unknown;
  readonly minimum_answers: number;
  readonly name: string;
  readonly period_code?: string | null;
  readonly period_id: string;
  readonly policies: ReadonlyArray<string>;
  readonly province: string;
  readonly release_ids: ReadonlyArray<string>;
  readonly revision?: number;
  readonly scope_unit_id: string;
  readonly seal_hash?: string | null;
  readonly seal_root?: string | null;
  readonly sealed_at?: Instant | null;
  readonly starts_on: Day;
  readonly unit_ids: ReadonlyArray<string>;
}

export interface ProcedureAnswers {
  readonly answers: number;
  readonly procedure_code: string;
  readonly satisfied: number;
}

export interface ProductRetired {
  readonly code: string;
  readonly decision_number: string;
  readonly effective_to: Day;
  readonly group: Group | Unknown;
  readonly number: number;
  readonly province: string;
  readonly replacement_code: string | null;
  readonly revision?: number;
  readonly unit_id: string | null;
  readonly version_id: string;
}

export interface ReleasePublished {
  readonly content_hash: string;
  readonly decision_number: string;
  readonly effective_from: Day;
  readonly groups: ReadonlyArray<Group | Unknown>;
  readonly province: string;
  readonly release_id: string;
  readonly revision?: number;
  readonly unit_id: string | null;
  readonly version_count: number;
}

export interface VersionPublished {
  readonly code: string;
  readonly coefficient: string;
  readonly complexity: Complexity | Unknown;
  readonly content_hash: string;
  readonly effective_from: Day;
  readonly effective_to: Day | null;
  readonly field: string | null;
  readonly group: Group | Unknown;
  readonly job_positions: ReadonlyArray<string>;
  readonly kpi_kind: KpiKind | Unknown | null;
  readonly lead_days: number | null;
  readonly name_en: string | null;
  readonly name_vi: string;
  readonly number: number;
  readonly orientation: Orientation | Unknown | null;
  readonly points: string;
  readonly procedure_code: string | null;
  readonly province: string;
  readonly release_id: string;
  readonly revision?: number;
  readonly standard_hours: string | null;
  readonly unit_id: string | null;
  readonly unit_of_measure: string;
  readonly version_id: string;
}

export interface VersionSuperseded {
  readonly code: string;
  readonly effective_to: Day;
  readonly group: Group | Unknown;
  readonly number: number;
  readonly province: string;
  readonly replaced_by: string;
  readonly revision?: number;
  readonly unit_id: string | null;
  readonly version_id: string;
}

/** What is told of each type. */
export interface Kinds {
  readonly 'congvu.catalogue.adjustment.approved.v1': AdjustmentApproved;
  readonly 'congvu.catalogue.adjustment.expired.v1': AdjustmentExpired;
  readonly 'congvu.catalogue.release.published.v1': ReleasePublished;
  readonly 'congvu.catalogue.work_product.published.v1': VersionPublished;
  readonly 'congvu.catalogue.work_product.retired.v1': ProductRetired;
  readonly 'congvu.catalogue.work_product.superseded.v1': VersionSuperseded;
  readonly 'congvu.evaluation.evaluation.corrected.v1': EvaluationCorrected;
  readonly 'congvu.evaluation.evaluation.published.v1': EvaluationPublished;
  readonly 'congvu.evaluation.org_evaluation.corrected.v1': OrgEvaluationCorrected;
  readonly 'congvu.evaluation.org_evaluation.published.v1': OrgEvaluationPublished;
  readonly 'congvu.evaluation.period.closed.v1': PeriodClosed;
  readonly 'congvu.evaluation.period.frozen.v1': PeriodFrozen;
  readonly 'congvu.evaluation.period.opened.v1': PeriodOpened;
  readonly 'congvu.evaluation.period.published.v1': PeriodPublished;
  readonly 'congvu.evaluation.period.resealed.v1': PeriodResealed;
  readonly 'congvu.evaluation.period.unfrozen.v1': PeriodUnfrozen;
  readonly 'congvu.feedback.commitment.amended.v1': CommitmentAmended;
  readonly 'congvu.feedback.commitment.assessed.v1': CommitmentAssessed;
  readonly 'congvu.feedback.commitment.published.v1': CommitmentPublished;
  readonly 'congvu.feedback.complaint.answer_overdue.v1': ComplaintAnswerOverdue;
  readonly 'congvu.feedback.complaint.answered.v1': ComplaintAnswered;
  readonly 'congvu.feedback.complaint.classified.v1': ComplaintClassified;
  readonly 'congvu.feedback.complaint.closed.v1': ComplaintClosed;
  readonly 'congvu.feedback.complaint.disputed.v1': ComplaintDisputed;
  readonly 'congvu.feedback.complaint.escalated.v1': ComplaintEscalated;
  readonly 'congvu.feedback.complaint.filed.v1': ComplaintFiled;
  readonly 'congvu.feedback.complaint.forwarded.v1': ComplaintForwarded;
  readonly 'congvu.feedback.complaint.reopened.v1': ComplaintReopened;
  readonly 'congvu.feedback.complaint.rescheduled.v1': ComplaintRescheduled;
  readonly 'congvu.feedback.complaint.upheld.v1': ComplaintUpheld;
  readonly 'congvu.feedback.index.computed.v1': IndexComputed;
}
