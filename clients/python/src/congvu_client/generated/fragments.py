from datetime import date, datetime
from decimal import Decimal
from typing import Optional

from congvu_client.unknown import Growing

from .base_model import BaseModel
from .enums import (
    Answer,
    AssignmentState,
    CatalogueGroup,
    Channel,
    ClosingBasis,
    ComplaintState,
    EvaluationOutcome,
    EvaluationPeriodKind,
    EvaluationPeriodState,
    EvaluationState,
    Kind,
    Lapse,
    LocalityType,
    ProblemCode,
    ReviewState,
    UnitLevel,
    Verdict,
    WorkProductVersionState,
    WorkSource,
)


class Assignment(BaseModel):
    id: str
    revision: int
    state: Growing[AssignmentState]
    source: Growing[WorkSource]
    assigned: Decimal
    completed: Decimal
    quality_failures: Decimal
    late: Decimal
    late_exempt: Decimal
    coefficient: Optional[Decimal]
    due_on: date
    civil_servant: Optional["AssignmentCivilServant"]
    period: Optional["AssignmentPeriod"]
    version: "AssignmentVersion"


class AssignmentCivilServant(BaseModel):
    id: str


class AssignmentPeriod(BaseModel):
    id: str


class AssignmentVersion(BaseModel):
    id: str
    code: str
    number: int


class ChangeEvent(BaseModel):
    cursor: str
    event_type: str
    province: str
    at: datetime
    payload: str


class CivilServant(BaseModel):
    id: str
    full_name: str
    province: str
    revision: int
    external_refs: list["CivilServantExternalRefs"]
    unit: Optional["CivilServantUnit"]


class CivilServantExternalRefs(BaseModel):
    system: str
    id: str


class CivilServantUnit(BaseModel):
    id: str
    code: str
    name: str


class Complaint(BaseModel):
    id: str
    revision: int
    state: Growing[ComplaintState]
    unit: "ComplaintUnit"
    filed_on: date
    answer_by: date
    due_on: Optional[date]
    dispute_until: Optional[date]
    reopen_until: Optional[date]
    closed_on: Optional[date]
    basis: Optional[Growing[ClosingBasis]]
    receipt: Optional[str]
    answers: list["ComplaintAnswers"]
    decision: Optional["ComplaintDecision"]


class ComplaintUnit(BaseModel):
    id: str
    name: str


class ComplaintAnswers(BaseModel):
    text: Optional[str]
    on: date


class ComplaintDecision(BaseModel):
    verdict: Growing[Verdict]
    remedied: bool
    reason: "ComplaintDecisionReason"


class ComplaintDecisionReason(BaseModel):
    text: Optional[str]
    on: date


class Evaluation(BaseModel):
    id: str
    state: Growing[EvaluationState]
    outcome: Optional[Growing[EvaluationOutcome]]
    total: Optional[Decimal]
    total_exact: Optional[str]
    band: Optional[str]
    raw_band: Optional[str]
    reasons: list[str]
    updated_at: Optional[datetime]
    civil_servant: Optional["EvaluationCivilServant"]
    unit: Optional["EvaluationUnit"]
    period: Optional["EvaluationPeriod"]


class EvaluationCivilServant(BaseModel):
    id: str
    external_refs: list["EvaluationCivilServantExternalRefs"]


class EvaluationCivilServantExternalRefs(BaseModel):
    system: str
    id: str


class EvaluationUnit(BaseModel):
    id: str


class EvaluationPeriod(BaseModel):
    id: str
    name: str


class OrgUnit(BaseModel):
    id: str
    code: str
    name: str
    level: Growing[UnitLevel]
    locality_type: Growing[LocalityType]
    valid_from: date
    valid_to: Optional[date]
    revision: int
    external_ref: "OrgUnitExternalRef"
    parent: Optional["OrgUnitParent"]


class OrgUnitExternalRef(BaseModel):
    system: str
    id: str


class OrgUnitParent(BaseModel):
    id: str


class Period(BaseModel):
    id: str
    name: str
    kind: Growing[EvaluationPeriodKind]
    state: Growing[EvaluationPeriodState]
    province: str
    starts_on: date
    ends_on: date
    revision: int
    release_ids: list[str]
    frozen_at: Optional[datetime]
    published_at: Optional[datetime]
    appeals_until: Optional[date]


class ProblemFields(BaseModel):
    code: Growing[ProblemCode]
    message: str
    field: Optional[str]
    rule_id: Optional[str]


class Submission(BaseModel):
    id: str
    kind: Growing[Kind]
    answer: Optional[Growing[Answer]]
    channel: Growing[Channel]
    received_on: date
    receipt: Optional[str]
    log_sequence: Optional[int]
    standing: Optional[Growing[ReviewState]]
    lapsed: Optional[Growing[Lapse]]


class WorkProductVersion(BaseModel):
    id: str
    code: str
    number: int
    state: Growing[WorkProductVersionState]
    name_vi: str
    name_en: Optional[str]
    unit_of_measure: str
    points: Decimal
    coefficient: Decimal
    effective_from: Optional[date]
    effective_to: Optional[date]
    work_product: "WorkProductVersionWorkProduct"


class WorkProductVersionWorkProduct(BaseModel):
    code: str
    group: Growing[CatalogueGroup]


Assignment.model_rebuild()
ChangeEvent.model_rebuild()
CivilServant.model_rebuild()
Complaint.model_rebuild()
Evaluation.model_rebuild()
OrgUnit.model_rebuild()
Period.model_rebuild()
ProblemFields.model_rebuild()
Submission.model_rebuild()
WorkProductVersion.model_rebuild()
