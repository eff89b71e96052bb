from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Optional

from congvu_client.scalars import decimal_text, instant_text
from pydantic import Field, PlainSerializer

from .base_model import BaseModel
from .enums import (
    Answer,
    AppointmentRole,
    AssignmentState,
    CatalogueGroup,
    Channel,
    DossierEnd,
    Driver,
    EvaluationPeriodKind,
    EvaluationPeriodState,
    EvaluationState,
    FeedbackKind,
    Identity,
    Kind,
    LocalityType,
    QuantityFrom,
    SubmitterType,
    SyncForm,
    SyncMode,
    UnitLevel,
    WorkProductVersionState,
    WorkSource,
)


class WorkProductVersionFilter(BaseModel):
    """Versions of your own province, whatever their state."""

    state: Optional[WorkProductVersionState] = None
    "Trạng thái."
    group: Optional[CatalogueGroup] = None
    "Nhóm."
    unit_id: Optional[str] = None
    "Đơn vị."


class AcceptGapsInput(BaseModel):
    """Why the inputs are fixed though something is missing."""

    reason: str
    "Lý do, up to 4000 characters; it is on record."


class AcceptWorkInput(BaseModel):
    """A check of the last report, passed."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    assignment_id: str
    "A reported assignment."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many are accepted, at most what is left of the quantity assigned; default all that were reported."
    quality_failures: int = 0
    "How many of them failed in quality."
    reason: Optional[str] = None
    "Why."


class AppointmentRowInput(BaseModel):
    """A person in a position of a unit (bố trí)."""

    unit_ref: "ExternalRefInput"
    "The unit that bears this id on the first day; sent before or here."
    position_code: str
    "The position in the unit's province, sent before or here."
    role: AppointmentRole
    "Vai trò."
    valid_from: date
    "From this day."
    valid_to: Optional[date] = None
    "Until before this day. Null: it has no end."
    duty_group: Optional[str] = None
    "Null, and for a new one: the position's."
    acting_for: Optional[str] = None
    "Whom or which post the person stands in for (quyền, phụ trách); `role` is then the role acted in."
    field_unit_refs: Optional[list["ExternalRefInput"]] = None
    "Units a deputy is in charge of, up to 20."


class AsInInput(BaseModel):
    """As in an earlier period (như kỳ trước)."""

    period_id: str
    "The earlier period."
    unit_id: str
    "The unit, and all below it."


class AssignWorkBulkInput(BaseModel):
    """Work for many at once; up to 500 pieces from all three together."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    period_id: str
    "An open period."
    rows: list["WorkRowInput"] = Field(default_factory=lambda: [])
    "One by one; each succeeds or is refused on its own."
    everybody: Optional["EverybodyInput"] = None
    "For all in a unit, or in one position of it; who has the product is passed over."
    as_in: Optional["AsInInput"] = None
    "What was planned then, for those who are still there: the newest version of each product in this period's releases, the same quantity, due as long after the first day. A group comes again in its shares, or, when one of it cannot, not at all."
    dry_run: bool = False
    "Only say what would become of each."


class AssignWorkInput(BaseModel):
    """A quantity of one catalogue version for one person."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    version_id: str
    "code@n, in one of the period's releases."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many each, more than 0; null with quantityFrom DOSSIERS."
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    "Who decides it."
    due_on: Optional[date] = None
    "Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today."
    source: WorkSource = WorkSource.PLAN
    "Why."
    period_id: str
    "An open period."
    civil_servant_id: str
    "Who does it."
    appointment_id: Optional[str] = None
    "Default: the appointment the person is rated in."


class AssignmentFilter(BaseModel):
    """Which assignments; every condition must hold."""

    period_id: Optional[str] = None
    "One period."
    unit_id: Optional[str] = None
    "A unit and all below it."
    civil_servant_id: Optional[str] = None
    "One person."
    state: Optional[AssignmentState] = None
    "Its state."


class DossierEventInput(BaseModel):
    """What the one-stop portal says of a dossier."""

    dossier_code: str
    "E.g. H56.10.05-261122-0001."
    procedure_code: str
    "Mã thủ tục, e.g. 1.001193, or with its agency 1.001193.H56; capitals and blanks make no difference."
    received_at: Annotated[datetime, PlainSerializer(instant_text)]
    "Tiếp nhận."
    due_at: Annotated[datetime, PlainSerializer(instant_text)]
    "Hạn trả."
    completed_at: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Trả kết quả, or rút hồ sơ; null while open."
    ended_as: DossierEnd = DossierEnd.DONE
    "How it ended, when it did."
    unit_id: Optional[str] = None
    "Our id, or:"
    unit_ref: Optional["ExternalRefInput"] = None
    "the unit by the personnel system's id."
    civil_servant_id: Optional[str] = None
    "Our id, or:"
    civil_servant_ref: Optional["ExternalRefInput"] = None
    "the officer by the personnel system's id."
    handlers: list["DossierHandlerInput"] = Field(default_factory=lambda: [])
    "Instead of one officer: up to 10 who handled it together."
    applicant_hash: Optional[str] = None
    "Who may rate it (F-I10), told without saying who: the SHA-256, in 64 lower-case hexadecimal digits, of `congvu-applicant-v1`, the dossier's code, its rating code (mã đánh giá) and the applicant's subject in lower case, one a line. Without one nobody can rate it; it may be told later, once."


class DossierHandlerInput(BaseModel):
    """One of several officers who handled a dossier."""

    part: Annotated[Decimal, PlainSerializer(decimal_text)]
    "Their part of it, such as 0.5; the parts sum to exactly 1."
    civil_servant_id: Optional[str] = None
    "Our id, or:"
    civil_servant_ref: Optional["ExternalRefInput"] = None
    "the officer by the personnel system's id."


class EvaluationFilter(BaseModel):
    """Which evaluations; every condition must hold."""

    period_id: Optional[str] = None
    "One period."
    unit_id: Optional[str] = None
    "A unit and all below it."
    civil_servant_id: Optional[str] = None
    "One person."
    band: Optional[str] = None
    "Final band, e.g. HTXS."
    state: Optional[EvaluationState] = None
    "Stored state."
    updated_since: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Changed at this second or later: with it, or in the order UPDATED, who sees results only once they are published is shown the published ones alone. Whoever keeps a copy asks from two minutes before their last question on, since a change is dated by its beginning."


class EvaluationPeriodFilter(BaseModel):
    """Which periods; every condition must hold."""

    province: Optional[str] = None
    "Province code."
    unit_id: Optional[str] = None
    "Periods that cover the unit."
    kind: Optional[EvaluationPeriodKind] = None
    "Its length."
    state: Optional[EvaluationPeriodState] = None
    "Its state."


class EverybodyInput(BaseModel):
    """The same work for all whom you lead in a unit and below it."""

    unit_id: str
    "The unit, and all below it."
    position_code: Optional[str] = None
    "Only who holds this position (vị trí việc làm)."
    work: list["TemplateLineInput"]
    "1 to 50 pieces of work each."


class ExternalRefInput(BaseModel):
    """How your system calls a thing. Never the 12-digit personal number."""

    system: str
    "Your system, e.g. hrm.khanhhoa."
    id: str
    "Its id there."


class FreezePeriodInput(BaseModel):
    """The data cut-off of a period (chốt số liệu)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    period_id: str
    "The period."
    early: Optional[str] = None
    "Before endsOn: why. Up to 4000 characters; it is on record."
    accept_gaps: Optional["AcceptGapsInput"] = None
    "While periodReadiness tells of blocking gaps: why it is frozen all the same."


class LeaveInput(BaseModel):
    """Time not worked, [validFrom, validTo)."""

    kind: str
    "Why, e.g. thai sản."
    valid_from: date
    "First day."
    valid_to: date
    "The day after the last."


class ListPersonnelInput(BaseModel):
    """What your whole list holds, up to 5,000 entries a call, for a snapshot of more than 500 rows."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    name: str
    "Any name of yours; the parts of one list have the same, another list another."
    province: str
    "Two digits; a ministry's code, as G09."
    units: list["ExternalRefInput"] = Field(default_factory=lambda: [])
    "Units that are in it."
    position_codes: list[str] = Field(default_factory=lambda: [])
    "Positions that are in it."
    people: list["ExternalRefInput"] = Field(default_factory=lambda: [])
    "People who are in it."


class OpenPeriodInput(BaseModel):
    """A period on pinned policies and releases."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    name: str
    "Tên kỳ, up to 120 characters."
    kind: EvaluationPeriodKind
    "Loại kỳ."
    scope_unit_id: str
    "Covers it and all below."
    starts_on: date
    "First day."
    ends_on: date
    "The day after the last."
    release_ids: list[str]
    "1 to 50 catalogue releases; all their versions must have arrived."
    staff_policy: str = "ND335-2025-STAFF"
    "Policy id (newest published version) or id@version."
    deputy_policy: str = "ND335-2025-DEPUTY"
    "For deputies, likewise."
    leader_policy: str = "ND335-2025-LEADER"
    "For heads, likewise."
    unit_policy: Optional[str] = None
    "For units (tập thể), likewise: what their objectives are set by; none when left out."
    objectives_until: Optional[date] = None
    "Last day to set objectives (hạn giao mục tiêu), after it a numbered decision is needed: a third of the period, and 10 working days from now, when left out."
    made_of: Optional[EvaluationPeriodKind] = None
    "Of a YEAR whose policies say how it is rolled up (tổng hợp năm): MONTH or QUARTER, the latter when left out."
    special_cycle: bool = False
    "Of a YEAR: a special cycle, rated before 15 January instead of 15 December (as the policy says)."
    switches: list["PolicySwitchInput"] = Field(default_factory=lambda: [])
    "Choices other than the policies' defaults."
    minimum_answers: int = 30
    "Citizens' answers an index needs before it counts."
    review_sla_days: int = 5
    "Working days to check a report, 1 to 60; then it is a fault. A policy that charges for days (UEB-VNU: fault_days) counts from the report as well: the later counts."
    appeal_days: int
    "Days for appeals after the publication, 0 to 90; it closes after them."


class OrgUnitFilter(BaseModel):
    """Which units; every condition must hold."""

    level: Optional[UnitLevel] = None
    "Of this level (cấp)."
    parent_id: Optional[str] = None
    "Directly below this unit."


class PeriodStepInput(BaseModel):
    """A step of a period."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    period_id: str
    "The period."


class PersonRowInput(BaseModel):
    """A civil servant with all appointments. No 12-digit personal number."""

    external_ref: "ExternalRefInput"
    "Id in your system."
    full_name: Optional[str] = None
    "Họ và tên. Required in the form WHOLE."
    province: Optional[str] = None
    "Two digits; a ministry's code, as G09. Required in the form WHOLE."
    appointments: Optional[list["AppointmentRowInput"]] = None
    "All of them, up to 50; one that is not among them is taken away. Required in the form WHOLE; left out in a PATCH: as they are."
    leaves: Optional[list["LeaveInput"]] = None
    "All leaves that reduce the working time, up to 200. Null: none."
    identity: Optional[Identity] = None
    "Where the id was used before and times do not tell: who is meant (E-I21)."
    source_revision: Optional[int] = None
    "Your revision of this row: one older than the last is told as STALE and not taken."
    source_time: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Your time of this row, used where there is no revision."


class PolicySwitchInput(BaseModel):
    """A chosen value of a switch of one of the period's policies."""

    policy: str
    "Policy id, without version."
    name: str
    "The switch."
    value: str
    "Its value."


class PositionRowInput(BaseModel):
    """A job position (vị trí việc làm)."""

    province: str
    "Two digits; a ministry's code, as G09."
    code: str
    "Code, unique in the province at one time."
    title: Optional[str] = None
    "Title. Required in the form WHOLE."
    duty_group: Optional[str] = None
    "Nhóm nhiệm vụ tương đồng: whom its holders are compared with. Required in the form WHOLE."
    family: Optional[str] = None
    "Family of positions."
    leadership: Optional[bool] = None
    "A leading position. Null: no."
    valid_from: Optional[date] = None
    "Exists from this day. Null: since ever."
    valid_to: Optional[date] = None
    "Exists until before this day. Null: it has no end."
    identity: Optional[Identity] = None
    "Where the id was used before and times do not tell: who is meant (E-I21)."
    source_revision: Optional[int] = None
    "Your revision of this row: one older than the last is told as STALE and not taken."
    source_time: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Your time of this row, used where there is no revision."


class RecordDossierEventsInput(BaseModel):
    """Up to 200 dossier events."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    events: list["DossierEventInput"]
    "In any order."


class ReportWorkInput(BaseModel):
    """What was done."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    assignment_id: str
    "Your assignment."
    quantity: Annotated[Decimal, PlainSerializer(decimal_text)]
    "How many were done since the last report."
    completed_on: date
    "When, in the period and not in the future; after the due date they are late."
    note: Optional[str] = None
    "In words."
    evidence: list["WorkEvidenceInput"] = Field(default_factory=lambda: [])
    "Up to 20."


class SnapshotScopeInput(BaseModel):
    """What a snapshot is whole of: a province, or one agency in it."""

    province: str
    "Two digits; a ministry's code, as G09."
    agency_ref: Optional["ExternalRefInput"] = None
    "Only this unit and all below it."
    list_name: Optional[str] = None
    "What listPersonnel was told under this name is in it too."
    as_of: Optional[date] = None
    "The day on which what is missing ends. Default: today."


class SyncPersonnelInput(BaseModel):
    """Up to 500 rows: units, then positions, then people."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    units: list["UnitRowInput"] = Field(default_factory=lambda: [])
    "Đơn vị."
    positions: list["PositionRowInput"] = Field(default_factory=lambda: [])
    "Vị trí việc làm."
    people: list["PersonRowInput"] = Field(default_factory=lambda: [])
    "Công chức."
    form: SyncForm = SyncForm.WHOLE
    "Whether rows are whole or hold what changed."
    mode: SyncMode = SyncMode.DELTA
    "Whether what is not sent stays or ends."
    scope: Optional["SnapshotScopeInput"] = None
    "Of a snapshot: what it is whole of."
    max_removed_share: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = (
        None
    )
    "0 to 1: the whole call is refused when a larger share of the units, positions or people would be ended or detached. Default: 0.05 for a snapshot, else no limit."
    dry_run: bool = False
    "True answers what would happen, and nothing does."


class TemplateLineInput(BaseModel):
    """A piece of work that everybody gets."""

    version_id: str
    "code@n, in one of the period's releases."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many each, more than 0; null with quantityFrom DOSSIERS."
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    "Who decides it."
    due_on: Optional[date] = None
    "Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today."
    source: WorkSource = WorkSource.PLAN
    "Why."


class UnitRowInput(BaseModel):
    """A unit (đơn vị). Send a parent before its children."""

    external_ref: "ExternalRefInput"
    "Its id in your system. One that comes back after its unit ended is a new unit."
    code: Optional[str] = None
    "Agency code (mã định danh). Required in the form WHOLE."
    name: Optional[str] = None
    "Name, up to 300 characters. Required in the form WHOLE."
    level: Optional[UnitLevel] = None
    "Cấp. Required in the form WHOLE."
    province: Optional[str] = None
    "Two digits; a ministry's code, as G09. Required in the form WHOLE."
    parent_ref: Optional["ExternalRefInput"] = None
    "The unit above it. Left out: the one it has; null: none, it stands alone."
    locality_type: Optional[LocalityType] = None
    "Loại địa bàn. Null: RURAL."
    valid_from: Optional[date] = None
    "Exists from this day. Required in the form WHOLE."
    valid_to: Optional[date] = None
    "Exists until before this day. Null: it has no end."
    successor_refs: Optional[list["ExternalRefInput"]] = None
    "Units it was merged or split into, up to 50; linked when they come. Its own id names the unit that bears it next."
    identity: Optional[Identity] = None
    "Where the id was used before and times do not tell: who is meant (E-I21)."
    source_revision: Optional[int] = None
    "Your revision of this row: one older than the last is told as STALE and not taken."
    source_time: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Your time of this row, used where there is no revision."


class WorkEvidenceInput(BaseModel):
    """A piece of evidence (minh chứng)."""

    uri: str
    "Where it is, up to 500 characters."
    hash: Optional[str] = None
    "SHA-256, lower-case hex."
    source: Optional[str] = None
    "The system it comes from."
    captured_at: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "When it was taken."


class WorkRowInput(BaseModel):
    """A quantity of one catalogue version for one person."""

    version_id: str
    "code@n, in one of the period's releases."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many each, more than 0; null with quantityFrom DOSSIERS."
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    "Who decides it."
    due_on: Optional[date] = None
    "Hạn hoàn thành, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today."
    source: WorkSource = WorkSource.PLAN
    "Why."
    civil_servant_id: str
    "Who does it."
    appointment_id: Optional[str] = None
    "Default: the appointment the person is rated in."


class AttachmentInput(BaseModel):
    """A file beside a complaint; we keep where it is, and its hash."""

    uri: str
    "Where it lies."
    sha_256: str
    "SHA-256, lower-case hexadecimal."


class ConfirmAnswerInput(BaseModel):
    """The complainant confirms that it is resolved (xác nhận)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    complaint_id: str
    "The complaint."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."


class DisputeAnswerInput(BaseModel):
    """The complainant does not accept the answer (không đồng ý)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    complaint_id: str
    "The complaint."
    reason: str
    "Why not; private."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."


class FeedbackRowInput(BaseModel):
    """What one person said, as it was written down. SATISFACTION needs dossierCode, ratingCode, answer; VISIT unitId and answer, PROCEDURE also procedureCode; COMPLAINT text, and dossierCode or unitId; SUGGESTION and PRAISE unitId and text. What its kind has not is refused."""

    kind: FeedbackKind
    "What it is."
    channel: Channel
    "How it reached the office."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business."
    dossier_code: Optional[str] = None
    "The dossier."
    rating_code: Optional[str] = None
    "Of the dossier."
    answer: Optional[Answer] = None
    "One of the five steps."
    drivers: list[Driver] = Field(default_factory=lambda: [])
    "What the answer was about."
    answered_on: Optional[date] = None
    "The day it was said; default: today."
    unit_id: Optional[str] = None
    "The unit."
    civil_servant_id: Optional[str] = None
    "The person complained of; default: who handled the dossier."
    text: Optional[str] = None
    "In words; at most 4000 characters, private."
    name: Optional[str] = None
    "Who complains; sealed."
    contact: Optional[str] = None
    "How to reach them; sealed."
    procedure_code: Optional[str] = None
    "Of a PROCEDURE: its code."
    survey_round_id: Optional[str] = None
    "The survey round that asked for it."


class FileComplaintInput(BaseModel):
    """A complaint about a dossier, or about a unit (phản ánh)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    text: str
    "What is wrong; at most 4000 characters, private."
    dossier_code: Optional[str] = None
    "The dossier; or else give the unit."
    unit_id: Optional[str] = None
    "The unit; or else give the dossier."
    civil_servant_id: Optional[str] = None
    "The person complained of; default: who handled the dossier."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business."
    channel: Channel = Channel.PORTAL
    "How it reached us."
    name: Optional[str] = None
    "Who complains; sealed."
    contact: Optional[str] = None
    "How to reach them; sealed."
    attachments: list["AttachmentInput"] = Field(default_factory=lambda: [])
    "At most 10."


class RateServiceInput(BaseModel):
    """A rating of a visit to a unit, or of a procedure there (đánh giá dịch vụ)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    kind: Kind
    "VISIT or PROCEDURE."
    unit_id: str
    "The unit (đơn vị)."
    answer: Answer
    "One of the five steps."
    procedure_code: Optional[str] = None
    "Of a PROCEDURE: its code (mã thủ tục)."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business."
    channel: Channel = Channel.PORTAL
    "How it reached us."
    drivers: list[Driver] = Field(default_factory=lambda: [])
    "What the answer was about."
    comment: Optional[str] = None
    "Words for the unit's management, kept private."
    answered_on: Optional[date] = None
    "From a portal that collected the answer earlier; else today."
    survey_round_id: Optional[str] = None
    "The survey round that asked for it."


class ReopenComplaintInput(BaseModel):
    """Send a complaint back for another answer (mở lại)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since."
    complaint_id: str
    "The complaint."
    reason: str
    "Why; from outside the unit for the public, from the complainant private."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."


class SubmitFeedbackBulkInput(BaseModel):
    """What was collected on paper, by telephone or at a meeting."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    rows: list["FeedbackRowInput"]
    "1 to 200; each is taken or refused on its own."
    dry_run: bool = False
    "Only say what would become of each."


class SubmitSatisfactionInput(BaseModel):
    """A rating of how a dossier was handled (khảo sát hài lòng)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    dossier_code: str
    "The dossier (mã hồ sơ)."
    rating_code: str
    "The dossier's rating code (mã đánh giá): 32 lower-case hexadecimal digits, which the portal gave to who handed the dossier in."
    answer: Answer
    "One of the five steps."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business."
    channel: Channel = Channel.PORTAL
    "How it reached us."
    drivers: list[Driver] = Field(default_factory=lambda: [])
    "What the answer was about."
    comment: Optional[str] = None
    "Words for the unit's management, kept private."
    answered_on: Optional[date] = None
    "From a portal that collected the answer earlier; else today."
    survey_round_id: Optional[str] = None
    "The survey round that asked for it."


class SubmitSuggestionInput(BaseModel):
    """A suggestion or praise for a unit (kiến nghị, khen ngợi)."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
    unit_id: str
    "The unit (đơn vị)."
    kind: Kind
    "SUGGESTION or PRAISE."
    text: str
    "At most 4000 characters, kept private."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business."
    channel: Channel = Channel.PORTAL
    "How it reached us."


AppointmentRowInput.model_rebuild()
AssignWorkBulkInput.model_rebuild()
DossierEventInput.model_rebuild()
DossierHandlerInput.model_rebuild()
EverybodyInput.model_rebuild()
FreezePeriodInput.model_rebuild()
ListPersonnelInput.model_rebuild()
OpenPeriodInput.model_rebuild()
PersonRowInput.model_rebuild()
RecordDossierEventsInput.model_rebuild()
ReportWorkInput.model_rebuild()
SnapshotScopeInput.model_rebuild()
SyncPersonnelInput.model_rebuild()
UnitRowInput.model_rebuild()
FileComplaintInput.model_rebuild()
SubmitFeedbackBulkInput.model_rebuild()
