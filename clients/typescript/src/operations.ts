// Written by `make contracts`; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Day, Instant, Decimal } from './scalars.js';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Catalogue group (nhóm danh mục): says who decides about an entry. */
export type CatalogueGroup =
  /** Managers (quản lý). One list a province. */
  | 'A'
  /** Shared professional work (chuyên môn dùng chung). One list a province. */
  | 'B'
  /** Specialised local work (chuyên ngành). One list a unit. */
  | 'C'
  /** Other (khác). One list a province. */
  | 'D'
  | '%future added value';

/** Why a request was refused. Branch on this, not on text. */
export type ProblemCode =
  /** The input breaks a rule; `field` and `ruleId` say which. */
  | 'INVALID'
  /** What the input names is not there, or not there yet. */
  | 'NOT_FOUND'
  /** It was changed meanwhile, or its state forbids the step: read it again. */
  | 'CONFLICT'
  /** This caller may not. */
  | 'FORBIDDEN'
  /** A valid token is needed. */
  | 'UNAUTHENTICATED'
  /** The key was used for another body: take a new key. */
  | 'IDEMPOTENCY_MISMATCH'
  /** Too much at once: wait. */
  | 'RATE_LIMITED'
  /** Not possible for now: repeat the call with the same key. */
  | 'UNAVAILABLE'
  | '%future added value';

/** Where a version stands on its way (trạng thái phiên bản). */
export type WorkProductVersionState =
  /** Being written (nháp). */
  | 'DRAFT'
  /** Waits for appraisal (trình). */
  | 'SUBMITTED'
  /** Appraised favourably, waits for the authority (thẩm định). */
  | 'IN_REVIEW'
  /** Sent back to be improved (yêu cầu chỉnh sửa). */
  | 'CHANGES_REQUESTED'
  /** Refused with a reason (từ chối). */
  | 'REJECTED'
  /** Agreed, waits for a release (phê duyệt). */
  | 'APPROVED'
  /** Issued by a decision (ban hành). */
  | 'PUBLISHED'
  /** Has a successor; in force until effectiveTo (thay thế). */
  | 'SUPERSEDED'
  /** Ended without a successor; in force until effectiveTo (bãi bỏ). */
  | 'RETIRED'
  | '%future added value';

/** Role in an appointment; decides which policy rates the person. */
export type AppointmentRole =
  /** Without a leading position (công chức không giữ chức vụ). */
  | 'STAFF'
  /** Head (cấp trưởng). */
  | 'HEAD'
  /** Deputy (cấp phó). */
  | 'DEPUTY'
  | '%future added value';

/** Why the work was assigned. */
export type WorkSource =
  /** Planned (kế hoạch). */
  | 'PLAN'
  /** Ad hoc (đột xuất). */
  | 'AD_HOC'
  /** Dossiers of the portal (cổng dịch vụ công). */
  | 'PORTAL'
  | '%future added value';

/** Who decides how much is assigned. */
export type QuantityFrom =
  /** The superior (số lượng giao). */
  | 'GIVEN'
  /** The citizens: the officer's dossiers of the procedure that are due in the period, with those that are done in it beside (theo số hồ sơ đến hạn). */
  | 'DOSSIERS'
  | '%future added value';

/** Where an assignment stands. */
export type AssignmentState =
  /** Proposed by the officer, counted nowhere yet (đề xuất). */
  | 'PROPOSED'
  /** Proposed and refused (không duyệt). */
  | 'REFUSED'
  /** Given (giao). */
  | 'ASSIGNED'
  /** Partly done and accepted (đang thực hiện). */
  | 'IN_PROGRESS'
  /** Reported, waiting for the check (nộp). */
  | 'SUBMITTED'
  /** Reported, and the manager is late (chậm duyệt). */
  | 'OVERDUE_REVIEW'
  /** Sent back for rework (trả lại). */
  | 'RETURNED'
  /** All of it accepted (nghiệm thu). */
  | 'ACCEPTED_AS_DONE'
  /** Taken back with nothing done (hủy). */
  | 'CANCELLED'
  /** What was left goes on in a later period (chuyển kỳ sau). */
  | 'CARRIED_OVER'
  /** What was left went to another officer (chuyển giao). */
  | 'TRANSFERRED'
  | '%future added value';

/** Length of a period (loại kỳ). */
export type EvaluationPeriodKind =
  /** Month (tháng). */
  | 'MONTH'
  /** Quarter (quý). */
  | 'QUARTER'
  /** Year (năm). */
  | 'YEAR'
  | '%future added value';

/** How a dossier ended. */
export type DossierEnd =
  /** Handled: granted, or refused with a reason (đã giải quyết). */
  | 'DONE'
  /** Taken back by who handed it in (rút hồ sơ). */
  | 'WITHDRAWN'
  | '%future added value';

/** Whether a dossier counts. */
export type DossierStanding =
  /** Not completed yet (đang giải quyết). */
  | 'OPEN'
  /** Completed, and counted for the work of everybody who handled it (đã tính). */
  | 'COUNTED'
  /** Completed, and counts nowhere: `reason` says why (chưa gắn với công việc). */
  | 'UNMATCHED'
  /** Completed in a period whose inputs are fixed: it counts in the next one, once there is work for it (sau thời điểm chốt số liệu). */
  | 'AFTER_CUT_OFF'
  /** Withdrawn by who handed it in: it counts nowhere, rightly (đã rút). */
  | 'WITHDRAWN'
  /** It is (đã có hồ sơ). */
  | 'KNOWN'
  /** The rating came first: it is kept, and joined when the portal tells of the dossier (chờ hồ sơ). */
  | 'AWAITED'
  /** It was never joined, and the public log says why (không ghép được). */
  | 'LAPSED'
  | '%future added value';

/** Why a completed dossier counts nowhere. It is counted by itself when that is over. */
export type UnmatchedReason =
  /** The officer had no open work of this procedure in an open period of that day. */
  | 'NO_ASSIGNMENT'
  /** The officer has no appointment in this unit. */
  | 'NO_APPOINTMENT'
  /** No catalogue release has a product with this procedure code. */
  | 'UNKNOWN_PROCEDURE'
  /** The code ends with the id of another agency. */
  | 'OTHER_AGENCY_SUFFIX'
  /** The period of its completion is frozen, and the next has no work for it yet. */
  | 'AFTER_CUT_OFF'
  | '%future added value';

/** What kind of thing it is. */
export type PersonnelKind =
  /** A unit (đơn vị). */
  | 'UNIT'
  /** A job position (vị trí việc làm). */
  | 'POSITION'
  /** A person (công chức). */
  | 'PERSON'
  | '%future added value';

/** Where an evaluation stands. */
export type EvaluationState =
  /** Nothing entered. */
  | 'NOT_STARTED'
  /** The person assessed themself (tự đánh giá). */
  | 'SELF_ASSESSED'
  /** The superior scored the criteria (cấp trên chấm). */
  | 'MANAGER_SCORED'
  /** Scored and ranked, not published (xếp loại). */
  | 'RANKED'
  /** Published (công bố). */
  | 'PUBLISHED'
  /** An appeal waits for a decision (kiến nghị). */
  | 'APPEALED'
  /** The period is closed (chính thức). */
  | 'FINAL'
  /** Corrected by a decision; a new sheet is in force (điều chỉnh). */
  | 'CORRECTED'
  /** Rated in another appointment; `ratedIn` says in which period (bàn giao). */
  | 'HANDED_OVER'
  | '%future added value';

/** Whether there is a score. */
export type EvaluationOutcome =
  /** There is a score. */
  | 'SCORED'
  /** No score can be computed, such as nothing assigned (không đánh giá được). */
  | 'NOT_EVALUABLE'
  /** No working time in the period (không xếp loại). */
  | 'NOT_RATED'
  | '%future added value';

/** In which order evaluations are listed. */
export type EvaluationOrder =
  /** By period, then by unit, then by person. */
  | 'UNIT'
  /** By person, then from the earliest period on. */
  | 'PERSON'
  /** The one unchanged for longest first: with `updatedSince`, for keeping a copy. */
  | 'UPDATED'
  | '%future added value';

/** Where a period stands; it only moves forward. */
export type EvaluationPeriodState =
  /** Work is assigned and counted (đang mở). */
  | 'OPEN'
  /** Inputs are fixed (chốt số liệu). */
  | 'DATA_FROZEN'
  /** Agencies are being scored (chấm điểm). */
  | 'SCORING'
  /** All are ranked; the board reviews (thẩm định). */
  | 'REVIEW'
  /** Results are out (công bố). */
  | 'PUBLISHED'
  /** Results are out and appeals may be filed (thời hạn kiến nghị). */
  | 'APPEAL_WINDOW'
  /** Sealed; only decisions add new sheets (khóa). */
  | 'CLOSED'
  | '%future added value';

/** Who is meant by an id that was used before. */
export type Identity =
  /** The one that has it: its first day was wrong, or the person has a new name. */
  | 'SAME'
  /** Another one: what had the id ends where this begins; its results stay with it. */
  | 'NEW'
  | '%future added value';

/** Kind of place a unit works in (loại địa bàn). */
export type LocalityType =
  /** Urban (đô thị). */
  | 'URBAN'
  /** Rural (nông thôn). */
  | 'RURAL'
  /** Mountain (miền núi). */
  | 'MOUNTAIN'
  /** Disadvantaged (vùng khó khăn). */
  | 'DISADVANTAGED'
  /** Special (đặc thù). */
  | 'SPECIAL'
  | '%future added value';

/** Level of a unit (cấp). */
export type UnitLevel =
  /** Central (trung ương). */
  | 'CENTRAL'
  /** Province (cấp tỉnh). */
  | 'PROVINCE'
  /** Commune (cấp xã). */
  | 'COMMUNE'
  /** Part of an agency (phòng, bộ phận). */
  | 'DEPARTMENT'
  | '%future added value';

/** What became of a row. */
export type RowOutcome =
  /** It was not known. */
  | 'CREATED'
  /** Something of it is different. */
  | 'CHANGED'
  /** It was known like this. */
  | 'UNCHANGED'
  /** It is older than what is known, and was not taken. */
  | 'STALE'
  /** It breaks a rule. */
  | 'REFUSED'
  | '%future added value';

/** How complete rows are. In both, an optional field that is left out stays as it is. */
export type SyncForm =
  /** Required fields are there, also of what is known. */
  | 'WHOLE'
  /** A known row holds what changed. */
  | 'PATCH'
  | '%future added value';

/** What becomes of what is not sent. */
export type SyncMode =
  /** Nothing. */
  | 'DELTA'
  /** Within the scope it ends, told one by one (bản chụp toàn bộ). */
  | 'SNAPSHOT'
  | '%future added value';

/** The five steps of the survey (mức độ hài lòng). The first two count as satisfied. */
export type Answer =
  /** Rất hài lòng. */
  | 'VERY_SATISFIED'
  /** Hài lòng. */
  | 'SATISFIED'
  /** Bình thường. */
  | 'NEUTRAL'
  /** Không hài lòng. */
  | 'DISSATISFIED'
  /** Rất không hài lòng. */
  | 'VERY_DISSATISFIED'
  | '%future added value';

/** How it reached us (kênh tiếp nhận). */
export type Channel =
  /** Public-service portal (cổng dịch vụ công). */
  | 'PORTAL'
  /** Mobile application (ứng dụng). */
  | 'APP'
  /** Hotline (đường dây nóng). */
  | 'HOTLINE'
  /** Kiosk at the one-stop shop (ki-ốt). */
  | 'KIOSK'
  /** On paper (phiếu giấy). */
  | 'PAPER'
  /** At a meeting with citizens (hội nghị tiếp dân). */
  | 'MEETING'
  | '%future added value';

/** Where a complaint stands (trạng thái phản ánh). */
export type ComplaintState =
  /** Tiếp nhận. */
  | 'RECEIVED'
  /** Phân loại. */
  | 'CLASSIFIED'
  /** Đã giao người xử lý. */
  | 'ASSIGNED'
  /** Đang xử lý. */
  | 'IN_PROGRESS'
  /** Trả lời; the complainant may dispute within the window. */
  | 'ANSWERED'
  /** The complainant confirmed that it is resolved (xác nhận). */
  | 'CONFIRMED_RESOLVED'
  /** Không đồng ý; only somebody outside the unit goes on from here. */
  | 'DISPUTED'
  /** Sent back to the unit for another answer (mở lại). */
  | 'REOPENED'
  /** Closed as resolved; `basis` says on whose word. */
  | 'CLOSED_RESOLVED'
  /** Closed without a remedy. */
  | 'CLOSED_UNRESOLVED'
  /** Another authority's business (không thuộc thẩm quyền). */
  | 'CLOSED_NOT_COMPETENT'
  /** Trùng lặp. */
  | 'CLOSED_DUPLICATE'
  /** Found not right (không có cơ sở). */
  | 'CLOSED_UNFOUNDED'
  | '%future added value';

/** On whose word a complaint was closed (căn cứ kết thúc). */
export type ClosingBasis =
  /** The complainant confirmed. */
  | 'CONFIRMED'
  /** The window for disputing passed in silence. */
  | 'SILENCE'
  /** A decision from outside the unit. */
  | 'DECISION'
  /** The unit's own word; it can still be disputed within the window. */
  | 'UNIT'
  | '%future added value';

/** Who speaks (đối tượng gửi). */
export type SubmitterType =
  /** A citizen (người dân). */
  | 'CITIZEN'
  /** A business (doanh nghiệp). */
  | 'BUSINESS'
  | '%future added value';

/** What was found outside the unit complained of (kết luận). */
export type Verdict =
  /** Đúng. */
  | 'UPHELD'
  /** Đúng một phần. */
  | 'PARTLY'
  /** Không đúng. */
  | 'NOT_UPHELD'
  | '%future added value';

/** What the answer was about (yếu tố). */
export type Driver =
  /** Time taken (thời gian). */
  | 'SPEED'
  /** Attitude of the staff (thái độ). */
  | 'ATTITUDE'
  /** Guidance given (hướng dẫn). */
  | 'GUIDANCE'
  /** Premises and equipment (cơ sở vật chất). */
  | 'FACILITIES'
  /** Fees and other costs (phí, lệ phí, chi phí khác). */
  | 'COST'
  /** The result itself (kết quả). */
  | 'RESULT'
  | '%future added value';

/** What somebody said is (loại ý kiến). */
export type FeedbackKind =
  /** A rating of a dossier's handling (khảo sát hài lòng). */
  | 'SATISFACTION'
  /** A rating of a visit to a unit (lượt giao dịch). */
  | 'VISIT'
  /** A rating of a procedure at a unit (thủ tục). */
  | 'PROCEDURE'
  /** A complaint (phản ánh). */
  | 'COMPLAINT'
  /** A suggestion (kiến nghị). */
  | 'SUGGESTION'
  /** Praise (khen ngợi). */
  | 'PRAISE'
  | '%future added value';

/** What a satisfaction index is worth (trạng thái chỉ số). */
export type IndexState =
  /** The period runs: a live figure, still moving. */
  | 'PENDING'
  /** Frozen, with enough answers. */
  | 'MEASURED'
  /** Frozen, with too few answers: it moves no score (F-I5). */
  | 'INSUFFICIENT'
  | '%future added value';

/** What a submission is (loại ý kiến). */
export type Kind =
  /** A rating of a dossier's handling, which counts (khảo sát hài lòng). */
  | 'SATISFACTION'
  /** A rating of a visit to a unit; it moves no index (lượt giao dịch). */
  | 'VISIT'
  /** A rating of a procedure at a unit; it moves no index (thủ tục). */
  | 'PROCEDURE'
  /** A suggestion (kiến nghị). */
  | 'SUGGESTION'
  /** Praise (khen ngợi). */
  | 'PRAISE'
  | '%future added value';

/** Why a rating that came before its dossier was not joined to it (lý do không ghép). */
export type Lapse =
  /** No portal told of the dossier within 90 days (không có hồ sơ). */
  | 'NO_DOSSIER'
  /** Not by who handed it in, or not its code (không phải người nộp). */
  | 'NOT_THE_APPLICANT'
  /** Another portal told of the dossier (cổng khác báo cáo). */
  | 'OTHER_PORTAL'
  /** Said to be of a day before the dossier was received (trước ngày nhận). */
  | 'BEFORE_RECEIPT'
  /** The dossier was rated meanwhile (đã được đánh giá). */
  | 'RATED_ALREADY'
  | '%future added value';

/** Whether doubted answers count (trạng thái soát xét). */
export type ReviewState =
  /** They wait for a decision and do not count (chờ soát xét). */
  | 'PENDING'
  /** They count (được tính). */
  | 'COUNTED'
  /** They do not count; they stay, marked (không tính). */
  | 'SET_ASIDE'
  | '%future added value';

/** Versions of your own province, whatever their state. */
export type WorkProductVersionFilter = {
  /** Trạng thái. */
  readonly state?: WorkProductVersionState | null | undefined;
  /** Nhóm. */
  readonly group?: CatalogueGroup | null | undefined;
  /** Đơn vị. */
  readonly unitId?: string | null | undefined;
};

/** Why the inputs are fixed though something is missing. */
export type AcceptGapsInput = {
  /** Lý do, up to 4000 characters; it is on record. */
  readonly reason: string;
};

/** A check of the last report, passed. */
export type AcceptWorkInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** A reported assignment. */
  readonly assignmentId: string;
  /** How many are accepted, at most what is left of the quantity assigned; default all that were reported. */
  readonly quantity?: Decimal | null | undefined;
  /** How many of them failed in quality. */
  readonly qualityFailures?: number;
  /** Why. */
  readonly reason?: string | null | undefined;
};

/** A person in a position of a unit (bố trí). */
export type AppointmentRowInput = {
  /** The unit that bears this id on the first day; sent before or here. */
  readonly unitRef: ExternalRefInput;
  /** The position in the unit's province, sent before or here. */
  readonly positionCode: string;
  /** Vai trò. */
  readonly role: AppointmentRole;
  /** From this day. */
  readonly validFrom: Day;
  /** Until before this day. Null: it has no end. */
  readonly validTo?: Day | null | undefined;
  /** Null, and for a new one: the position's. */
  readonly dutyGroup?: string | null | undefined;
  /** Whom or which post the person stands in for (quyền, phụ trách); `role` is then the role acted in. */
  readonly actingFor?: string | null | undefined;
  /** Units a deputy is in charge of, up to 20. */
  readonly fieldUnitRefs?: ReadonlyArray<ExternalRefInput> | null | undefined;
};

/** As in an earlier period (như kỳ trước). */
export type AsInInput = {
  /** The earlier period. */
  readonly periodId: string;
  /** The unit, and all below it. */
  readonly unitId: string;
};

/** Work for many at once; up to 500 pieces from all three together. */
export type AssignWorkBulkInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** An open period. */
  readonly periodId: string;
  /** One by one; each succeeds or is refused on its own. */
  readonly rows?: ReadonlyArray<WorkRowInput>;
  /** For all in a unit, or in one position of it; who has the product is passed over. */
  readonly everybody?: EverybodyInput | null | undefined;
  /** What was planned then, for those who are still there: the newest version of each product in this period's releases, the same quantity, due as long after the first day. A group comes again in its shares, or, when one of it cannot, not at all. */
  readonly asIn?: AsInInput | null | undefined;
  /** Only say what would become of each. */
  readonly dryRun?: boolean;
};

/** A quantity of one catalogue version for one person. */
export type AssignWorkInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** code@n, in one of the period's releases. */
  readonly versionId: string;
  /** How many each, more than 0; null with quantityFrom DOSSIERS. */
  readonly quantity?: Decimal | null | undefined;
  /** Who decides it. */
  readonly quantityFrom?: QuantityFrom;
  /** Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today. */
  readonly dueOn?: Day | null | undefined;
  /** Why. */
  readonly source?: WorkSource;
  /** An open period. */
  readonly periodId: string;
  /** Who does it. */
  readonly civilServantId: string;
  /** Default: the appointment the person is rated in. */
  readonly appointmentId?: string | null | undefined;
};

/** Which assignments; every condition must hold. */
export type AssignmentFilter = {
  /** One period. */
  readonly periodId?: string | null | undefined;
  /** A unit and all below it. */
  readonly unitId?: string | null | undefined;
  /** One person. */
  readonly civilServantId?: string | null | undefined;
  /** Its state. */
  readonly state?: AssignmentState | null | undefined;
};

/** What the one-stop portal says of a dossier. */
export type DossierEventInput = {
  /** E.g. H56.10.05-261122-0001. */
  readonly dossierCode: string;
  /** Mã thủ tục, e.g. 1.001193, or with its agency 1.001193.H56; capitals and blanks make no difference. */
  readonly procedureCode: string;
  /** Tiếp nhận. */
  readonly receivedAt: Instant;
  /** Hạn trả. */
  readonly dueAt: Instant;
  /** Trả kết quả, or rút hồ sơ; null while open. */
  readonly completedAt?: Instant | null | undefined;
  /** How it ended, when it did. */
  readonly endedAs?: DossierEnd;
  /** Our id, or: */
  readonly unitId?: string | null | undefined;
  /** the unit by the personnel system's id. */
  readonly unitRef?: ExternalRefInput | null | undefined;
  /** Our id, or: */
  readonly civilServantId?: string | null | undefined;
  /** the officer by the personnel system's id. */
  readonly civilServantRef?: ExternalRefInput | null | undefined;
  /** Instead of one officer: up to 10 who handled it together. */
  readonly handlers?: ReadonlyArray<DossierHandlerInput>;
  /** Who may rate it (F-I10), told without saying who: the SHA-256, in 64 lower-case hexadecimal digits, of `congvu-applicant-v1`, the dossier's code, its rating code (mã đánh giá) and the applicant's subject in lower case, one a line. Without one nobody can rate it; it may be told later, once. */
  readonly applicantHash?: string | null | undefined;
};

/** One of several officers who handled a dossier. */
export type DossierHandlerInput = {
  /** Their part of it, such as 0.5; the parts sum to exactly 1. */
  readonly part: Decimal;
  /** Our id, or: */
  readonly civilServantId?: string | null | undefined;
  /** the officer by the personnel system's id. */
  readonly civilServantRef?: ExternalRefInput | null | undefined;
};

/** Which evaluations; every condition must hold. */
export type EvaluationFilter = {
  /** One period. */
  readonly periodId?: string | null | undefined;
  /** A unit and all below it. */
  readonly unitId?: string | null | undefined;
  /** One person. */
  readonly civilServantId?: string | null | undefined;
  /** Final band, e.g. HTXS. */
  readonly band?: string | null | undefined;
  /** Stored state. */
  readonly state?: EvaluationState | null | undefined;
  /** Changed at this second or later: with it, or in the order UPDATED, who sees results only once they are published is shown the published ones alone. Whoever keeps a copy asks from two minutes before their last question on, since a change is dated by its beginning. */
  readonly updatedSince?: Instant | null | undefined;
};

/** Which periods; every condition must hold. */
export type EvaluationPeriodFilter = {
  /** Province code. */
  readonly province?: string | null | undefined;
  /** Periods that cover the unit. */
  readonly unitId?: string | null | undefined;
  /** Its length. */
  readonly kind?: EvaluationPeriodKind | null | undefined;
  /** Its state. */
  readonly state?: EvaluationPeriodState | null | undefined;
};

/** The same work for all whom you lead in a unit and below it. */
export type EverybodyInput = {
  /** The unit, and all below it. */
  readonly unitId: string;
  /** Only who holds this position (vị trí việc làm). */
  readonly positionCode?: string | null | undefined;
  /** 1 to 50 pieces of work each. */
  readonly work: ReadonlyArray<TemplateLineInput>;
};

/** How your system calls a thing. Never the 12-digit personal number. */
export type ExternalRefInput = {
  /** Your system, e.g. hrm.khanhhoa. */
  readonly system: string;
  /** Its id there. */
  readonly id: string;
};

/** The data cut-off of a period (chốt số liệu). */
export type FreezePeriodInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** The period. */
  readonly periodId: string;
  /** Before endsOn: why. Up to 4000 characters; it is on record. */
  readonly early?: string | null | undefined;
  /** While periodReadiness tells of blocking gaps: why it is frozen all the same. */
  readonly acceptGaps?: AcceptGapsInput | null | undefined;
};

/** Time not worked, [validFrom, validTo). */
export type LeaveInput = {
  /** Why, e.g. thai sản. */
  readonly kind: string;
  /** First day. */
  readonly validFrom: Day;
  /** The day after the last. */
  readonly validTo: Day;
};

/** What your whole list holds, up to 5,000 entries a call, for a snapshot of more than 500 rows. */
export type ListPersonnelInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** Any name of yours; the parts of one list have the same, another list another. */
  readonly name: string;
  /** Two digits; a ministry's code, as G09. */
  readonly province: string;
  /** Units that are in it. */
  readonly units?: ReadonlyArray<ExternalRefInput>;
  /** Positions that are in it. */
  readonly positionCodes?: ReadonlyArray<string>;
  /** People who are in it. */
  readonly people?: ReadonlyArray<ExternalRefInput>;
};

/** A period on pinned policies and releases. */
export type OpenPeriodInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** Tên kỳ, up to 120 characters. */
  readonly name: string;
  /** Loại kỳ. */
  readonly kind: EvaluationPeriodKind;
  /** Covers it and all below. */
  readonly scopeUnitId: string;
  /** First day. */
  readonly startsOn: Day;
  /** The day after the last. */
  readonly endsOn: Day;
  /** 1 to 50 catalogue releases; all their versions must have arrived. */
  readonly releaseIds: ReadonlyArray<string>;
  /** Policy id (newest published version) or id@version. */
  readonly staffPolicy?: string;
  /** For deputies, likewise. */
  readonly deputyPolicy?: string;
  /** For heads, likewise. */
  readonly leaderPolicy?: string;
  /** For units (tập thể), likewise: what their objectives are set by; none when left out. */
  readonly unitPolicy?: string | null | undefined;
  /** Last day to set objectives (hạn giao mục tiêu), after it a numbered decision is needed: a third of the period, and 10 working days from now, when left out. */
  readonly objectivesUntil?: Day | null | undefined;
  /** Of a YEAR whose policies say how it is rolled up (tổng hợp năm): MONTH or QUARTER, the latter when left out. */
  readonly madeOf?: EvaluationPeriodKind | null | undefined;
  /** Of a YEAR: a special cycle, rated before 15 January instead of 15 December (as the policy says). */
  readonly specialCycle?: boolean;
  /** Choices other than the policies' defaults. */
  readonly switches?: ReadonlyArray<PolicySwitchInput>;
  /** Citizens' answers an index needs before it counts. */
  readonly minimumAnswers?: number;
  /** Working days to check a report, 1 to 60; then it is a fault. A policy that charges for days (UEB-VNU: fault_days) counts from the report as well: the later counts. */
  readonly reviewSlaDays?: number;
  /** Days for appeals after the publication, 0 to 90; it closes after them. */
  readonly appealDays: number;
};

/** Which units; every condition must hold. */
export type OrgUnitFilter = {
  /** Of this level (cấp). */
  readonly level?: UnitLevel | null | undefined;
  /** Directly below this unit. */
  readonly parentId?: string | null | undefined;
};

/** A step of a period. */
export type PeriodStepInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** The period. */
  readonly periodId: string;
};

/** A civil servant with all appointments. No 12-digit personal number. */
export type PersonRowInput = {
  /** Id in your system. */
  readonly externalRef: ExternalRefInput;
  /** Họ và tên. Required in the form WHOLE. */
  readonly fullName?: string | null | undefined;
  /** Two digits; a ministry's code, as G09. Required in the form WHOLE. */
  readonly province?: string | null | undefined;
  /** All of them, up to 50; one that is not among them is taken away. Required in the form WHOLE; left out in a PATCH: as they are. */
  readonly appointments?: ReadonlyArray<AppointmentRowInput> | null | undefined;
  /** All leaves that reduce the working time, up to 200. Null: none. */
  readonly leaves?: ReadonlyArray<LeaveInput> | null | undefined;
  /** Where the id was used before and times do not tell: who is meant (E-I21). */
  readonly identity?: Identity | null | undefined;
  /** Your revision of this row: one older than the last is told as STALE and not taken. */
  readonly sourceRevision?: number | null | undefined;
  /** Your time of this row, used where there is no revision. */
  readonly sourceTime?: Instant | null | undefined;
};

/** A chosen value of a switch of one of the period's policies. */
export type PolicySwitchInput = {
  /** Policy id, without version. */
  readonly policy: string;
  /** The switch. */
  readonly name: string;
  /** Its value. */
  readonly value: string;
};

/** A job position (vị trí việc làm). */
export type PositionRowInput = {
  /** Two digits; a ministry's code, as G09. */
  readonly province: string;
  /** Code, unique in the province at one time. */
  readonly code: string;
  /** Title. Required in the form WHOLE. */
  readonly title?: string | null | undefined;
  /** Nhóm nhiệm vụ tương đồng: whom its holders are compared with. Required in the form WHOLE. */
  readonly dutyGroup?: string | null | undefined;
  /** Family of positions. */
  readonly family?: string | null | undefined;
  /** A leading position. Null: no. */
  readonly leadership?: boolean | null | undefined;
  /** Exists from this day. Null: since ever. */
  readonly validFrom?: Day | null | undefined;
  /** Exists until before this day. Null: it has no end. */
  readonly validTo?: Day | null | undefined;
  /** Where the id was used before and times do not tell: who is meant (E-I21). */
  readonly identity?: Identity | null | undefined;
  /** Your revision of this row: one older than the last is told as STALE and not taken. */
  readonly sourceRevision?: number | null | undefined;
  /** Your time of this row, used where there is no revision. */
  readonly sourceTime?: Instant | null | undefined;
};

/** Up to 200 dossier events. */
export type RecordDossierEventsInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** In any order. */
  readonly events: ReadonlyArray<DossierEventInput>;
};

/** What was done. */
export type ReportWorkInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** Your assignment. */
  readonly assignmentId: string;
  /** How many were done since the last report. */
  readonly quantity: Decimal;
  /** When, in the period and not in the future; after the due date they are late. */
  readonly completedOn: Day;
  /** In words. */
  readonly note?: string | null | undefined;
  /** Up to 20. */
  readonly evidence?: ReadonlyArray<WorkEvidenceInput>;
};

/** What a snapshot is whole of: a province, or one agency in it. */
export type SnapshotScopeInput = {
  /** Two digits; a ministry's code, as G09. */
  readonly province: string;
  /** Only this unit and all below it. */
  readonly agencyRef?: ExternalRefInput | null | undefined;
  /** What listPersonnel was told under this name is in it too. */
  readonly listName?: string | null | undefined;
  /** The day on which what is missing ends. Default: today. */
  readonly asOf?: Day | null | undefined;
};

/** Up to 500 rows: units, then positions, then people. */
export type SyncPersonnelInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** Đơn vị. */
  readonly units?: ReadonlyArray<UnitRowInput>;
  /** Vị trí việc làm. */
  readonly positions?: ReadonlyArray<PositionRowInput>;
  /** Công chức. */
  readonly people?: ReadonlyArray<PersonRowInput>;
  /** Whether rows are whole or hold what changed. */
  readonly form?: SyncForm;
  /** Whether what is not sent stays or ends. */
  readonly mode?: SyncMode;
  /** Of a snapshot: what it is whole of. */
  readonly scope?: SnapshotScopeInput | null | undefined;
  /** 0 to 1: the whole call is refused when a larger share of the units, positions or people would be ended or detached. Default: 0.05 for a snapshot, else no limit. */
  readonly maxRemovedShare?: Decimal | null | undefined;
  /** True answers what would happen, and nothing does. */
  readonly dryRun?: boolean;
};

/** A piece of work that everybody gets. */
export type TemplateLineInput = {
  /** code@n, in one of the period's releases. */
  readonly versionId: string;
  /** How many each, more than 0; null with quantityFrom DOSSIERS. */
  readonly quantity?: Decimal | null | undefined;
  /** Who decides it. */
  readonly quantityFrom?: QuantityFrom;
  /** Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today. */
  readonly dueOn?: Day | null | undefined;
  /** Why. */
  readonly source?: WorkSource;
};

/** A unit (đơn vị). Send a parent before its children. */
export type UnitRowInput = {
  /** Its id in your system. One that comes back after its unit ended is a new unit. */
  readonly externalRef: ExternalRefInput;
  /** Agency code (mã định danh). Required in the form WHOLE. */
  readonly code?: string | null | undefined;
  /** Name, up to 300 characters. Required in the form WHOLE. */
  readonly name?: string | null | undefined;
  /** Cấp. Required in the form WHOLE. */
  readonly level?: UnitLevel | null | undefined;
  /** Two digits; a ministry's code, as G09. Required in the form WHOLE. */
  readonly province?: string | null | undefined;
  /** The unit above it. Left out: the one it has; null: none, it stands alone. */
  readonly parentRef?: ExternalRefInput | null | undefined;
  /** Loại địa bàn. Null: RURAL. */
  readonly localityType?: LocalityType | null | undefined;
  /** Exists from this day. Required in the form WHOLE. */
  readonly validFrom?: Day | null | undefined;
  /** Exists until before this day. Null: it has no end. */
  readonly validTo?: Day | null | undefined;
  /** Units it was merged or split into, up to 50; linked when they come. Its own id names the unit that bears it next. */
  readonly successorRefs?: ReadonlyArray<ExternalRefInput> | null | undefined;
  /** Where the id was used before and times do not tell: who is meant (E-I21). */
  readonly identity?: Identity | null | undefined;
  /** Your revision of this row: one older than the last is told as STALE and not taken. */
  readonly sourceRevision?: number | null | undefined;
  /** Your time of this row, used where there is no revision. */
  readonly sourceTime?: Instant | null | undefined;
};

/** A piece of evidence (minh chứng). */
export type WorkEvidenceInput = {
  /** Where it is, up to 500 characters. */
  readonly uri: string;
  /** SHA-256, lower-case hex. */
  readonly hash?: string | null | undefined;
  /** The system it comes from. */
  readonly source?: string | null | undefined;
  /** When it was taken. */
  readonly capturedAt?: Instant | null | undefined;
};

/** A quantity of one catalogue version for one person. */
export type WorkRowInput = {
  /** code@n, in one of the period's releases. */
  readonly versionId: string;
  /** How many each, more than 0; null with quantityFrom DOSSIERS. */
  readonly quantity?: Decimal | null | undefined;
  /** Who decides it. */
  readonly quantityFrom?: QuantityFrom;
  /** Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today. */
  readonly dueOn?: Day | null | undefined;
  /** Why. */
  readonly source?: WorkSource;
  /** Who does it. */
  readonly civilServantId: string;
  /** Default: the appointment the person is rated in. */
  readonly appointmentId?: string | null | undefined;
};

/** A file beside a complaint; we keep where it is, and its hash. */
export type AttachmentInput = {
  /** Where it lies. */
  readonly uri: string;
  /** SHA-256, lower-case hexadecimal. */
  readonly sha256: string;
};

/** The complainant confirms that it is resolved (xác nhận). */
export type ConfirmAnswerInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** The complaint. */
  readonly complaintId: string;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
};

/** The complainant does not accept the answer (không đồng ý). */
export type DisputeAnswerInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** The complaint. */
  readonly complaintId: string;
  /** Why not; private. */
  readonly reason: string;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
};

/** What one person said, as it was written down. SATISFACTION needs dossierCode, ratingCode, answer; VISIT unitId and answer, PROCEDURE also procedureCode; COMPLAINT text, and dossierCode or unitId; SUGGESTION and PRAISE unitId and text. What its kind has not is refused. */
export type FeedbackRowInput = {
  /** What it is. */
  readonly kind: FeedbackKind;
  /** How it reached the office. */
  readonly channel: Channel;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
  /** Citizen or business. */
  readonly submitterType?: SubmitterType;
  /** The dossier. */
  readonly dossierCode?: string | null | undefined;
  /** Of the dossier. */
  readonly ratingCode?: string | null | undefined;
  /** One of the five steps. */
  readonly answer?: Answer | null | undefined;
  /** What the answer was about. */
  readonly drivers?: ReadonlyArray<Driver>;
  /** The day it was said; default: today. */
  readonly answeredOn?: Day | null | undefined;
  /** The unit. */
  readonly unitId?: string | null | undefined;
  /** The person complained of; default: who handled the dossier. */
  readonly civilServantId?: string | null | undefined;
  /** In words; at most 4000 characters, private. */
  readonly text?: string | null | undefined;
  /** Who complains; sealed. */
  readonly name?: string | null | undefined;
  /** How to reach them; sealed. */
  readonly contact?: string | null | undefined;
  /** Of a PROCEDURE: its code. */
  readonly procedureCode?: string | null | undefined;
  /** The survey round that asked for it. */
  readonly surveyRoundId?: string | null | undefined;
};

/** A complaint about a dossier, or about a unit (phản ánh). */
export type FileComplaintInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** What is wrong; at most 4000 characters, private. */
  readonly text: string;
  /** The dossier; or else give the unit. */
  readonly dossierCode?: string | null | undefined;
  /** The unit; or else give the dossier. */
  readonly unitId?: string | null | undefined;
  /** The person complained of; default: who handled the dossier. */
  readonly civilServantId?: string | null | undefined;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
  /** Citizen or business. */
  readonly submitterType?: SubmitterType;
  /** How it reached us. */
  readonly channel?: Channel;
  /** Who complains; sealed. */
  readonly name?: string | null | undefined;
  /** How to reach them; sealed. */
  readonly contact?: string | null | undefined;
  /** At most 10. */
  readonly attachments?: ReadonlyArray<AttachmentInput>;
};

/** A rating of a visit to a unit, or of a procedure there (đánh giá dịch vụ). */
export type RateServiceInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** VISIT or PROCEDURE. */
  readonly kind: Kind;
  /** The unit (đơn vị). */
  readonly unitId: string;
  /** One of the five steps. */
  readonly answer: Answer;
  /** Of a PROCEDURE: its code (mã thủ tục). */
  readonly procedureCode?: string | null | undefined;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
  /** Citizen or business. */
  readonly submitterType?: SubmitterType;
  /** How it reached us. */
  readonly channel?: Channel;
  /** What the answer was about. */
  readonly drivers?: ReadonlyArray<Driver>;
  /** Words for the unit's management, kept private. */
  readonly comment?: string | null | undefined;
  /** From a portal that collected the answer earlier; else today. */
  readonly answeredOn?: Day | null | undefined;
  /** The survey round that asked for it. */
  readonly surveyRoundId?: string | null | undefined;
};

/** Send a complaint back for another answer (mở lại). */
export type ReopenComplaintInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The revision you saw; refused with CONFLICT when somebody changed it since. */
  readonly expectedRevision: number;
  /** The complaint. */
  readonly complaintId: string;
  /** Why; from outside the unit for the public, from the complainant private. */
  readonly reason: string;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
};

/** What was collected on paper, by telephone or at a meeting. */
export type SubmitFeedbackBulkInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** 1 to 200; each is taken or refused on its own. */
  readonly rows: ReadonlyArray<FeedbackRowInput>;
  /** Only say what would become of each. */
  readonly dryRun?: boolean;
};

/** A rating of how a dossier was handled (khảo sát hài lòng). */
export type SubmitSatisfactionInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The dossier (mã hồ sơ). */
  readonly dossierCode: string;
  /** The dossier's rating code (mã đánh giá): 32 lower-case hexadecimal digits, which the portal gave to who handed the dossier in. */
  readonly ratingCode: string;
  /** One of the five steps. */
  readonly answer: Answer;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
  /** Citizen or business. */
  readonly submitterType?: SubmitterType;
  /** How it reached us. */
  readonly channel?: Channel;
  /** What the answer was about. */
  readonly drivers?: ReadonlyArray<Driver>;
  /** Words for the unit's management, kept private. */
  readonly comment?: string | null | undefined;
  /** From a portal that collected the answer earlier; else today. */
  readonly answeredOn?: Day | null | undefined;
  /** The survey round that asked for it. */
  readonly surveyRoundId?: string | null | undefined;
};

/** A suggestion or praise for a unit (kiến nghị, khen ngợi). */
export type SubmitSuggestionInput = {
  /** Any text of yours, up to 200 characters; the same key and body gives the first answer again. */
  readonly idempotencyKey: string;
  /** The unit (đơn vị). */
  readonly unitId: string;
  /** SUGGESTION or PRAISE. */
  readonly kind: Kind;
  /** At most 4000 characters, kept private. */
  readonly text: string;
  /** The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear. */
  readonly submitterToken?: string | null | undefined;
  /** Citizen or business. */
  readonly submitterType?: SubmitterType;
  /** How it reached us. */
  readonly channel?: Channel;
};

export type OrgUnitFragment = { readonly id: string, readonly code: string, readonly name: string, readonly level: UnitLevel, readonly localityType: LocalityType, readonly validFrom: Day, readonly validTo: Day | null, readonly revision: number, readonly externalRef: { readonly system: string, readonly id: string }, readonly parent: { readonly id: string } | null };

export type CivilServantFragment = { readonly id: string, readonly fullName: string, readonly province: string, readonly revision: number, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }>, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null };

export type OrgUnitsQueryVariables = Exact<{
  province: string;
  filter?: OrgUnitFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrgUnitsQuery = { readonly orgUnits: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly code: string, readonly name: string, readonly level: UnitLevel, readonly localityType: LocalityType, readonly validFrom: Day, readonly validTo: Day | null, readonly revision: number, readonly externalRef: { readonly system: string, readonly id: string }, readonly parent: { readonly id: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OrgUnitByRefQueryVariables = Exact<{
  ref: ExternalRefInput;
  asOf?: Day | null | undefined;
}>;


export type OrgUnitByRefQuery = { readonly orgUnitByRef: { readonly id: string, readonly code: string, readonly name: string, readonly level: UnitLevel, readonly localityType: LocalityType, readonly validFrom: Day, readonly validTo: Day | null, readonly revision: number, readonly externalRef: { readonly system: string, readonly id: string }, readonly parent: { readonly id: string } | null } | null };

export type CivilServantsQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CivilServantsQuery = { readonly civilServants: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly fullName: string, readonly province: string, readonly revision: number, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }>, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CivilServantByRefQueryVariables = Exact<{
  ref: ExternalRefInput;
  asOf?: Day | null | undefined;
}>;


export type CivilServantByRefQuery = { readonly civilServantByRef: { readonly id: string, readonly fullName: string, readonly province: string, readonly revision: number, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }>, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null } | null };

export type SyncPersonnelMutationVariables = Exact<{
  input: SyncPersonnelInput;
}>;


export type SyncPersonnelMutation = { readonly syncPersonnel:
    | { readonly __typename: 'SyncReport', readonly changed: number, readonly unchanged: number, readonly refused: number, readonly dryRun: boolean, readonly remaining: number, readonly results: ReadonlyArray<{ readonly row: string, readonly id: string | null, readonly outcome: RowOutcome, readonly changed: boolean, readonly changedFields: ReadonlyArray<string>, readonly warnings: ReadonlyArray<{ readonly ruleId: string, readonly field: string, readonly message: string }>, readonly problem: { readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }>, readonly ended: ReadonlyArray<{ readonly kind: PersonnelKind, readonly id: string, readonly ref: string }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type ListPersonnelMutationVariables = Exact<{
  input: ListPersonnelInput;
}>;


export type ListPersonnelMutation = { readonly listPersonnel:
    | { readonly __typename: 'PersonnelListing', readonly id: string, readonly name: string, readonly units: number, readonly positions: number, readonly people: number }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type WorkProductVersionFragment = { readonly id: string, readonly code: string, readonly number: number, readonly state: WorkProductVersionState, readonly nameVi: string, readonly nameEn: string | null, readonly unitOfMeasure: string, readonly points: Decimal, readonly coefficient: Decimal, readonly effectiveFrom: Day | null, readonly effectiveTo: Day | null, readonly workProduct: { readonly code: string, readonly group: CatalogueGroup } };

export type WorkProductVersionsQueryVariables = Exact<{
  filter?: WorkProductVersionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WorkProductVersionsQuery = { readonly workProductVersions: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly code: string, readonly number: number, readonly state: WorkProductVersionState, readonly nameVi: string, readonly nameEn: string | null, readonly unitOfMeasure: string, readonly points: Decimal, readonly coefficient: Decimal, readonly effectiveFrom: Day | null, readonly effectiveTo: Day | null, readonly workProduct: { readonly code: string, readonly group: CatalogueGroup } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CatalogueReleasesQueryVariables = Exact<{
  province: string;
  unitId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CatalogueReleasesQuery = { readonly catalogueReleases: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly decisionNumber: string, readonly effectiveFrom: Day, readonly versionCount: number, readonly contentHash: string, readonly publishedAt: Instant } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PeriodFragment = { readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null };

export type EvaluationPeriodByIdQueryVariables = Exact<{
  id: string;
}>;


export type EvaluationPeriodByIdQuery = { readonly evaluationPeriod: { readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null } | null };

export type EvaluationPeriodsQueryVariables = Exact<{
  filter?: EvaluationPeriodFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluationPeriodsQuery = { readonly evaluationPeriods: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OpenPeriodMutationVariables = Exact<{
  input: OpenPeriodInput;
}>;


export type OpenPeriodMutation = { readonly openPeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type FreezePeriodMutationVariables = Exact<{
  input: FreezePeriodInput;
}>;


export type FreezePeriodMutation = { readonly freezePeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type PublishPeriodMutationVariables = Exact<{
  input: PeriodStepInput;
}>;


export type PublishPeriodMutation = { readonly publishPeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type ClosePeriodMutationVariables = Exact<{
  input: PeriodStepInput;
}>;


export type ClosePeriodMutation = { readonly closePeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind, readonly state: EvaluationPeriodState, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type AssignmentFragment = { readonly id: string, readonly revision: number, readonly state: AssignmentState, readonly source: WorkSource, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } };

export type AssignmentsQueryVariables = Exact<{
  filter?: AssignmentFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AssignmentsQuery = { readonly assignments: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly revision: number, readonly state: AssignmentState, readonly source: WorkSource, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AssignWorkMutationVariables = Exact<{
  input: AssignWorkInput;
}>;


export type AssignWorkMutation = { readonly assignWork:
    | { readonly __typename: 'Assignment', readonly id: string, readonly revision: number, readonly state: AssignmentState, readonly source: WorkSource, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type AssignWorkBulkMutationVariables = Exact<{
  input: AssignWorkBulkInput;
}>;


export type AssignWorkBulkMutation = { readonly assignWorkBulk:
    | { readonly __typename: 'AssignedReport', readonly assigned: number, readonly refused: number, readonly dryRun: boolean, readonly results: ReadonlyArray<{ readonly row: string, readonly assignmentId: string | null, readonly problem: { readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type ReportWorkMutationVariables = Exact<{
  input: ReportWorkInput;
}>;


export type ReportWorkMutation = { readonly reportWork:
    | { readonly __typename: 'Assignment', readonly id: string, readonly revision: number, readonly state: AssignmentState, readonly source: WorkSource, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type AcceptWorkMutationVariables = Exact<{
  input: AcceptWorkInput;
}>;


export type AcceptWorkMutation = { readonly acceptWork:
    | { readonly __typename: 'Assignment', readonly id: string, readonly revision: number, readonly state: AssignmentState, readonly source: WorkSource, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type EvaluationFragment = { readonly id: string, readonly state: EvaluationState, readonly outcome: EvaluationOutcome | null, readonly total: Decimal | null, readonly totalExact: string | null, readonly band: string | null, readonly rawBand: string | null, readonly reasons: ReadonlyArray<string>, readonly updatedAt: Instant | null, readonly civilServant: { readonly id: string, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }> } | null, readonly unit: { readonly id: string } | null, readonly period: { readonly id: string, readonly name: string } | null };

export type EvaluationsQueryVariables = Exact<{
  filter?: EvaluationFilter | null | undefined;
  order?: EvaluationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluationsQuery = { readonly evaluations: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: EvaluationState, readonly outcome: EvaluationOutcome | null, readonly total: Decimal | null, readonly totalExact: string | null, readonly band: string | null, readonly rawBand: string | null, readonly reasons: ReadonlyArray<string>, readonly updatedAt: Instant | null, readonly civilServant: { readonly id: string, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }> } | null, readonly unit: { readonly id: string } | null, readonly period: { readonly id: string, readonly name: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ExplanationQueryVariables = Exact<{
  evaluationId: string;
}>;


export type ExplanationQuery = { readonly evaluation: { readonly id: string, readonly state: EvaluationState, readonly outcome: EvaluationOutcome | null, readonly total: Decimal | null, readonly totalExact: string | null, readonly band: string | null, readonly rawBand: string | null, readonly reasons: ReadonlyArray<string>, readonly updatedAt: Instant | null, readonly explanationLines: ReadonlyArray<{ readonly depth: number, readonly ruleId: string, readonly clause: string, readonly textVi: string, readonly textEn: string, readonly points: Decimal | null, readonly pointsExact: string }>, readonly civilServant: { readonly id: string, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }> } | null, readonly unit: { readonly id: string } | null, readonly period: { readonly id: string, readonly name: string } | null } | null };

export type EvaluationChangesQueryVariables = Exact<{
  province?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluationChangesQuery = { readonly evaluationChanges: { readonly edges: ReadonlyArray<{ readonly node: { readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RecordDossierEventsMutationVariables = Exact<{
  input: RecordDossierEventsInput;
}>;


export type RecordDossierEventsMutation = { readonly recordDossierEvents:
    | { readonly __typename: 'DossierReport', readonly results: ReadonlyArray<{ readonly row: string, readonly dossierId: string | null, readonly changed: boolean, readonly standing: DossierStanding | null, readonly reason: UnmatchedReason | null, readonly assignmentId: string | null, readonly assignmentIds: ReadonlyArray<string>, readonly problem: { readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type SubmissionFragment = { readonly id: string, readonly kind: Kind, readonly answer: Answer | null, readonly channel: Channel, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | null, readonly lapsed: Lapse | null };

export type SubmitSatisfactionMutationVariables = Exact<{
  input: SubmitSatisfactionInput;
}>;


export type SubmitSatisfactionMutation = { readonly submitSatisfaction:
    | { readonly __typename: 'Submission', readonly id: string, readonly kind: Kind, readonly answer: Answer | null, readonly channel: Channel, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | null, readonly lapsed: Lapse | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type RateServiceMutationVariables = Exact<{
  input: RateServiceInput;
}>;


export type RateServiceMutation = { readonly rateService:
    | { readonly __typename: 'Submission', readonly id: string, readonly kind: Kind, readonly answer: Answer | null, readonly channel: Channel, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | null, readonly lapsed: Lapse | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type SubmitSuggestionMutationVariables = Exact<{
  input: SubmitSuggestionInput;
}>;


export type SubmitSuggestionMutation = { readonly submitSuggestion:
    | { readonly __typename: 'Submission', readonly id: string, readonly kind: Kind, readonly answer: Answer | null, readonly channel: Channel, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | null, readonly lapsed: Lapse | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type SubmitFeedbackBulkMutationVariables = Exact<{
  input: SubmitFeedbackBulkInput;
}>;


export type SubmitFeedbackBulkMutation = { readonly submitFeedbackBulk:
    | { readonly __typename: 'FeedbackReport', readonly taken: number, readonly refused: number, readonly dryRun: boolean, readonly results: ReadonlyArray<{ readonly row: number, readonly submissionId: string | null, readonly complaintId: string | null, readonly receipt: string | null, readonly problem: { readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type SubmissionByIdQueryVariables = Exact<{
  id: string;
}>;


export type SubmissionByIdQuery = { readonly submission: { readonly id: string, readonly kind: Kind, readonly answer: Answer | null, readonly channel: Channel, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | null, readonly lapsed: Lapse | null } | null };

export type ComplaintFragment = { readonly id: string, readonly revision: number, readonly state: ComplaintState, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null };

export type FileComplaintMutationVariables = Exact<{
  input: FileComplaintInput;
}>;


export type FileComplaintMutation = { readonly fileComplaint:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type ComplaintByReceiptQueryVariables = Exact<{
  receipt: string;
}>;


export type ComplaintByReceiptQuery = { readonly complaintByReceipt: { readonly id: string, readonly revision: number, readonly state: ComplaintState, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null } | null };

export type ConfirmAnswerMutationVariables = Exact<{
  input: ConfirmAnswerInput;
}>;


export type ConfirmAnswerMutation = { readonly confirmAnswer:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type DisputeAnswerMutationVariables = Exact<{
  input: DisputeAnswerInput;
}>;


export type DisputeAnswerMutation = { readonly disputeAnswer:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type ReopenComplaintMutationVariables = Exact<{
  input: ReopenComplaintInput;
}>;


export type ReopenComplaintMutation = { readonly reopenComplaint:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
   };

export type SatisfactionIndexesQueryVariables = Exact<{
  periodId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SatisfactionIndexesQuery = { readonly satisfactionIndexes: { readonly edges: ReadonlyArray<{ readonly node: { readonly index: Decimal | null, readonly answers: number, readonly minimum: number, readonly state: IndexState, readonly intervalLow: Decimal | null, readonly intervalHigh: Decimal | null, readonly underReview: number, readonly indexWithReview: Decimal | null, readonly unit: { readonly id: string, readonly name: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FeedbackChangesQueryVariables = Exact<{
  province?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FeedbackChangesQuery = { readonly feedbackChanges: { readonly edges: ReadonlyArray<{ readonly node: { readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProblemFieldsFragment = { readonly code: ProblemCode, readonly message: string, readonly field: string | null, readonly ruleId: string | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly me: { readonly subject: string, readonly roles: ReadonlyArray<string>, readonly scopes: ReadonlyArray<string>, readonly province: string | null, readonly civilServant: { readonly id: string, readonly fullName: string } | null, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const OrgUnitFragmentDoc = new TypedDocumentString(`
    fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}
    `, {"fragmentName":"OrgUnit"}) as unknown as TypedDocumentString<OrgUnitFragment, unknown>;
export const CivilServantFragmentDoc = new TypedDocumentString(`
    fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}
    `, {"fragmentName":"CivilServant"}) as unknown as TypedDocumentString<CivilServantFragment, unknown>;
export const WorkProductVersionFragmentDoc = new TypedDocumentString(`
    fragment WorkProductVersion on WorkProductVersion {
  id
  code
  number
  state
  nameVi
  nameEn
  unitOfMeasure
  points
  coefficient
  effectiveFrom
  effectiveTo
  workProduct {
    code
    group
  }
}
    `, {"fragmentName":"WorkProductVersion"}) as unknown as TypedDocumentString<WorkProductVersionFragment, unknown>;
export const PeriodFragmentDoc = new TypedDocumentString(`
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
    `, {"fragmentName":"Period"}) as unknown as TypedDocumentString<PeriodFragment, unknown>;
export const AssignmentFragmentDoc = new TypedDocumentString(`
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
    `, {"fragmentName":"Assignment"}) as unknown as TypedDocumentString<AssignmentFragment, unknown>;
export const EvaluationFragmentDoc = new TypedDocumentString(`
    fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}
    `, {"fragmentName":"Evaluation"}) as unknown as TypedDocumentString<EvaluationFragment, unknown>;
export const SubmissionFragmentDoc = new TypedDocumentString(`
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
    `, {"fragmentName":"Submission"}) as unknown as TypedDocumentString<SubmissionFragment, unknown>;
export const ComplaintFragmentDoc = new TypedDocumentString(`
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
    `, {"fragmentName":"Complaint"}) as unknown as TypedDocumentString<ComplaintFragment, unknown>;
export const ProblemFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
    `, {"fragmentName":"ProblemFields"}) as unknown as TypedDocumentString<ProblemFieldsFragment, unknown>;
export const OrgUnitsDocument = new TypedDocumentString(`
    query OrgUnits($province: String!, $filter: OrgUnitFilter, $first: Int = 100, $after: String) {
  orgUnits(province: $province, filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...OrgUnit
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}`) as unknown as TypedDocumentString<OrgUnitsQuery, OrgUnitsQueryVariables>;
export const OrgUnitByRefDocument = new TypedDocumentString(`
    query OrgUnitByRef($ref: ExternalRefInput!, $asOf: Date) {
  orgUnitByRef(ref: $ref, asOf: $asOf) {
    ...OrgUnit
  }
}
    fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}`) as unknown as TypedDocumentString<OrgUnitByRefQuery, OrgUnitByRefQueryVariables>;
export const CivilServantsDocument = new TypedDocumentString(`
    query CivilServants($unitId: ID!, $first: Int = 100, $after: String) {
  civilServants(unitId: $unitId, first: $first, after: $after) {
    edges {
      node {
        ...CivilServant
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}`) as unknown as TypedDocumentString<CivilServantsQuery, CivilServantsQueryVariables>;
export const CivilServantByRefDocument = new TypedDocumentString(`
    query CivilServantByRef($ref: ExternalRefInput!, $asOf: Date) {
  civilServantByRef(ref: $ref, asOf: $asOf) {
    ...CivilServant
  }
}
    fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}`) as unknown as TypedDocumentString<CivilServantByRefQuery, CivilServantByRefQueryVariables>;
export const SyncPersonnelDocument = new TypedDocumentString(`
    mutation SyncPersonnel($input: SyncPersonnelInput!) {
  syncPersonnel(input: $input) {
    __typename
    ... on SyncReport {
      changed
      unchanged
      refused
      dryRun
      remaining
      results {
        row
        id
        outcome
        changed
        changedFields
        warnings {
          ruleId
          field
          message
        }
        problem {
          ...ProblemFields
        }
      }
      ended {
        kind
        id
        ref
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SyncPersonnelMutation, SyncPersonnelMutationVariables>;
export const ListPersonnelDocument = new TypedDocumentString(`
    mutation ListPersonnel($input: ListPersonnelInput!) {
  listPersonnel(input: $input) {
    __typename
    ... on PersonnelListing {
      id
      name
      units
      positions
      people
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ListPersonnelMutation, ListPersonnelMutationVariables>;
export const WorkProductVersionsDocument = new TypedDocumentString(`
    query WorkProductVersions($filter: WorkProductVersionFilter, $first: Int = 100, $after: String) {
  workProductVersions(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...WorkProductVersion
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WorkProductVersion on WorkProductVersion {
  id
  code
  number
  state
  nameVi
  nameEn
  unitOfMeasure
  points
  coefficient
  effectiveFrom
  effectiveTo
  workProduct {
    code
    group
  }
}`) as unknown as TypedDocumentString<WorkProductVersionsQuery, WorkProductVersionsQueryVariables>;
export const CatalogueReleasesDocument = new TypedDocumentString(`
    query CatalogueReleases($province: String!, $unitId: ID, $first: Int = 100, $after: String) {
  catalogueReleases(
    province: $province
    unitId: $unitId
    first: $first
    after: $after
  ) {
    edges {
      node {
        id
        decisionNumber
        effectiveFrom
        versionCount
        contentHash
        publishedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogueReleasesQuery, CatalogueReleasesQueryVariables>;
export const EvaluationPeriodByIdDocument = new TypedDocumentString(`
    query EvaluationPeriodById($id: ID!) {
  evaluationPeriod(id: $id) {
    ...Period
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}`) as unknown as TypedDocumentString<EvaluationPeriodByIdQuery, EvaluationPeriodByIdQueryVariables>;
export const EvaluationPeriodsDocument = new TypedDocumentString(`
    query EvaluationPeriods($filter: EvaluationPeriodFilter, $first: Int = 100, $after: String) {
  evaluationPeriods(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...Period
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}`) as unknown as TypedDocumentString<EvaluationPeriodsQuery, EvaluationPeriodsQueryVariables>;
export const OpenPeriodDocument = new TypedDocumentString(`
    mutation OpenPeriod($input: OpenPeriodInput!) {
  openPeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<OpenPeriodMutation, OpenPeriodMutationVariables>;
export const FreezePeriodDocument = new TypedDocumentString(`
    mutation FreezePeriod($input: FreezePeriodInput!) {
  freezePeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<FreezePeriodMutation, FreezePeriodMutationVariables>;
export const PublishPeriodDocument = new TypedDocumentString(`
    mutation PublishPeriod($input: PeriodStepInput!) {
  publishPeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<PublishPeriodMutation, PublishPeriodMutationVariables>;
export const ClosePeriodDocument = new TypedDocumentString(`
    mutation ClosePeriod($input: PeriodStepInput!) {
  closePeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ClosePeriodMutation, ClosePeriodMutationVariables>;
export const AssignmentsDocument = new TypedDocumentString(`
    query Assignments($filter: AssignmentFilter, $first: Int = 100, $after: String) {
  assignments(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...Assignment
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}`) as unknown as TypedDocumentString<AssignmentsQuery, AssignmentsQueryVariables>;
export const AssignWorkDocument = new TypedDocumentString(`
    mutation AssignWork($input: AssignWorkInput!) {
  assignWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<AssignWorkMutation, AssignWorkMutationVariables>;
export const AssignWorkBulkDocument = new TypedDocumentString(`
    mutation AssignWorkBulk($input: AssignWorkBulkInput!) {
  assignWorkBulk(input: $input) {
    __typename
    ... on AssignedReport {
      assigned
      refused
      dryRun
      results {
        row
        assignmentId
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<AssignWorkBulkMutation, AssignWorkBulkMutationVariables>;
export const ReportWorkDocument = new TypedDocumentString(`
    mutation ReportWork($input: ReportWorkInput!) {
  reportWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ReportWorkMutation, ReportWorkMutationVariables>;
export const AcceptWorkDocument = new TypedDocumentString(`
    mutation AcceptWork($input: AcceptWorkInput!) {
  acceptWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<AcceptWorkMutation, AcceptWorkMutationVariables>;
export const EvaluationsDocument = new TypedDocumentString(`
    query Evaluations($filter: EvaluationFilter, $order: EvaluationOrder = UNIT, $first: Int = 50, $after: String) {
  evaluations(filter: $filter, order: $order, first: $first, after: $after) {
    edges {
      node {
        ...Evaluation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}`) as unknown as TypedDocumentString<EvaluationsQuery, EvaluationsQueryVariables>;
export const ExplanationDocument = new TypedDocumentString(`
    query Explanation($evaluationId: ID!) {
  evaluation(id: $evaluationId) {
    ...Evaluation
    explanationLines {
      depth
      ruleId
      clause
      textVi
      textEn
      points
      pointsExact
    }
  }
}
    fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}`) as unknown as TypedDocumentString<ExplanationQuery, ExplanationQueryVariables>;
export const EvaluationChangesDocument = new TypedDocumentString(`
    query EvaluationChanges($province: String, $first: Int = 100, $after: String) {
  evaluationChanges(province: $province, first: $first, after: $after) {
    edges {
      node {
        eventType
        province
        at
        payload
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<EvaluationChangesQuery, EvaluationChangesQueryVariables>;
export const RecordDossierEventsDocument = new TypedDocumentString(`
    mutation RecordDossierEvents($input: RecordDossierEventsInput!) {
  recordDossierEvents(input: $input) {
    __typename
    ... on DossierReport {
      results {
        row
        dossierId
        changed
        standing
        reason
        assignmentId
        assignmentIds
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<RecordDossierEventsMutation, RecordDossierEventsMutationVariables>;
export const SubmitSatisfactionDocument = new TypedDocumentString(`
    mutation SubmitSatisfaction($input: SubmitSatisfactionInput!) {
  submitSatisfaction(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SubmitSatisfactionMutation, SubmitSatisfactionMutationVariables>;
export const RateServiceDocument = new TypedDocumentString(`
    mutation RateService($input: RateServiceInput!) {
  rateService(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<RateServiceMutation, RateServiceMutationVariables>;
export const SubmitSuggestionDocument = new TypedDocumentString(`
    mutation SubmitSuggestion($input: SubmitSuggestionInput!) {
  submitSuggestion(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SubmitSuggestionMutation, SubmitSuggestionMutationVariables>;
export const SubmitFeedbackBulkDocument = new TypedDocumentString(`
    mutation SubmitFeedbackBulk($input: SubmitFeedbackBulkInput!) {
  submitFeedbackBulk(input: $input) {
    __typename
    ... on FeedbackReport {
      taken
      refused
      dryRun
      results {
        row
        submissionId
        complaintId
        receipt
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SubmitFeedbackBulkMutation, SubmitFeedbackBulkMutationVariables>;
export const SubmissionByIdDocument = new TypedDocumentString(`
    query SubmissionById($id: ID!) {
  submission(id: $id) {
    ...Submission
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}`) as unknown as TypedDocumentString<SubmissionByIdQuery, SubmissionByIdQueryVariables>;
export const FileComplaintDocument = new TypedDocumentString(`
    mutation FileComplaint($input: FileComplaintInput!) {
  fileComplaint(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<FileComplaintMutation, FileComplaintMutationVariables>;
export const ComplaintByReceiptDocument = new TypedDocumentString(`
    query ComplaintByReceipt($receipt: String!) {
  complaintByReceipt(receipt: $receipt) {
    ...Complaint
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}`) as unknown as TypedDocumentString<ComplaintByReceiptQuery, ComplaintByReceiptQueryVariables>;
export const ConfirmAnswerDocument = new TypedDocumentString(`
    mutation ConfirmAnswer($input: ConfirmAnswerInput!) {
  confirmAnswer(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ConfirmAnswerMutation, ConfirmAnswerMutationVariables>;
export const DisputeAnswerDocument = new TypedDocumentString(`
    mutation DisputeAnswer($input: DisputeAnswerInput!) {
  disputeAnswer(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<DisputeAnswerMutation, DisputeAnswerMutationVariables>;
export const ReopenComplaintDocument = new TypedDocumentString(`
    mutation ReopenComplaint($input: ReopenComplaintInput!) {
  reopenComplaint(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ReopenComplaintMutation, ReopenComplaintMutationVariables>;
export const SatisfactionIndexesDocument = new TypedDocumentString(`
    query SatisfactionIndexes($periodId: ID!, $first: Int = 100, $after: String) {
  satisfactionIndexes(periodId: $periodId, first: $first, after: $after) {
    edges {
      node {
        unit {
          id
          name
        }
        index
        answers
        minimum
        state
        intervalLow
        intervalHigh
        underReview
        indexWithReview
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SatisfactionIndexesQuery, SatisfactionIndexesQueryVariables>;
export const FeedbackChangesDocument = new TypedDocumentString(`
    query FeedbackChanges($province: String, $first: Int = 100, $after: String) {
  feedbackChanges(province: $province, first: $first, after: $after) {
    edges {
      node {
        eventType
        province
        at
        payload
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FeedbackChangesQuery, FeedbackChangesQueryVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    subject
    roles
    scopes
    province
    civilServant {
      id
      fullName
    }
    unit {
      id
      code
      name
    }
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;