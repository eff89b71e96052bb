"""The vocabularies as GraphQL enums, each value explained with its Vietnamese term."""

from enum import EnumMeta

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from evaluation_service.domain.copies.citizen_evidence import PostAuditState
from evaluation_service.domain.integrity.integrity import CaseState
from evaluation_service.domain.periods.periods import PeriodKind, PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.results.evaluations import EvaluationState, Outcome
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.results.runs import RunState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.work.causes import CauseKind, CauseState
from evaluation_service.domain.work.reports import AssignmentState, WorkSource


def describe(kind: EnumMeta, name: str, description: str, **values: str) -> None:
    """Make `kind` known to GraphQL; a value without its text, or a text too many, fails here."""
    strawberry.enum(kind, name=name, description=description)
    definition: StrawberryEnumDefinition = vars(kind)["__strawberry_definition__"]
    if set(values) != {value.name for value in definition.values}:
        raise ValueError(f"{name}: describe each of {list(kind.__members__)}")
    for value in definition.values:
        value.description = values[value.name]


describe(
    UnitLevel,
    "UnitLevel",
    "Level of a unit (cấp).",
    CENTRAL="Central (trung ương).",
    PROVINCE="Province (cấp tỉnh).",
    COMMUNE="Commune (cấp xã).",
    DEPARTMENT="Part of an agency (phòng, bộ phận).",
)
describe(
    LocalityType,
    "LocalityType",
    "Kind of place a unit works in (loại địa bàn).",
    URBAN="Urban (đô thị).",
    RURAL="Rural (nông thôn).",
    MOUNTAIN="Mountain (miền núi).",
    DISADVANTAGED="Disadvantaged (vùng khó khăn).",
    SPECIAL="Special (đặc thù).",
)
describe(
    AppointmentRole,
    "AppointmentRole",
    "Role in an appointment; decides which policy rates the person.",
    STAFF="Without a leading position (công chức không giữ chức vụ).",
    HEAD="Head (cấp trưởng).",
    DEPUTY="Deputy (cấp phó).",
)
describe(
    PeriodKind,
    "EvaluationPeriodKind",
    "Length of a period (loại kỳ).",
    MONTH="Month (tháng).",
    QUARTER="Quarter (quý).",
    YEAR="Year (năm).",
)
describe(
    PeriodState,
    "EvaluationPeriodState",
    "Where a period stands; it only moves forward.",
    OPEN="Work is assigned and counted (đang mở).",
    DATA_FROZEN="Inputs are fixed (chốt số liệu).",
    SCORING="Agencies are being scored (chấm điểm).",
    REVIEW="All are ranked; the board reviews (thẩm định).",
    PUBLISHED="Results are out (công bố).",
    APPEAL_WINDOW="Results are out and appeals may be filed (thời hạn kiến nghị).",
    CLOSED="Sealed; only decisions add new sheets (khóa).",
)
describe(
    AssignmentState,
    "AssignmentState",
    "Where an assignment stands.",
    ASSIGNED="Given (giao).",
    IN_PROGRESS="Partly done and accepted (đang thực hiện).",
    SUBMITTED="Reported, waiting for the check (nộp).",
    OVERDUE_REVIEW="Reported, and the manager is late (chậm duyệt).",
    RETURNED="Sent back for rework (trả lại).",
    ACCEPTED_AS_DONE="All of it accepted (nghiệm thu).",
    CANCELLED="Taken back before it began (hủy).",
)
describe(
    WorkSource,
    "WorkSource",
    "Why the work was assigned.",
    PLAN="Planned (kế hoạch).",
    AD_HOC="Ad hoc (đột xuất).",
    PORTAL="Dossiers of the portal (cổng dịch vụ công).",
)
describe(
    CauseKind,
    "ObjectiveCauseKind",
    "Which deduction an objective cause cancels.",
    QUALITY="A quality failure (chất lượng).",
    LATE="A delay (tiến độ).",
)
describe(
    CauseState,
    "ObjectiveCauseState",
    "Where an objective cause stands.",
    CLAIMED="Claimed, waiting for another person (đề nghị).",
    CONFIRMED="Confirmed; the deduction is cancelled (xác nhận).",
    REFUSED="Refused; the deduction stays (không xác nhận).",
)
describe(
    EvaluationState,
    "EvaluationState",
    "Where an evaluation stands.",
    NOT_STARTED="Nothing entered.",
    SELF_ASSESSED="The person assessed themself (tự đánh giá).",
    MANAGER_SCORED="The superior scored the criteria (cấp trên chấm).",
    RANKED="Scored and ranked, not published (xếp loại).",
    PUBLISHED="Published (công bố).",
    APPEALED="An appeal waits for a decision (kiến nghị).",
    FINAL="The period is closed (chính thức).",
    CORRECTED="Corrected by a decision; a new sheet is in force (điều chỉnh).",
)
describe(
    Outcome,
    "EvaluationOutcome",
    "Whether there is a score.",
    SCORED="There is a score.",
    NOT_EVALUABLE="No score can be computed, such as nothing assigned (không đánh giá được).",
    NOT_RATED="No working time in the period (không xếp loại).",
)
describe(
    Organising,
    "Organising",
    "How the work was organised (tổ chức triển khai).",
    FULL="Everything planned done on time and to quality.",
    SHORTCOMING="Prolonged shortcomings or delay.",
)
describe(
    Unity,
    "Unity",
    "Whether the collective is united (đoàn kết).",
    FULL="United and well coordinated.",
    CONFLICT="Complaints of prolonged internal conflict.",
)
describe(
    AppealState,
    "AppealState",
    "Where an appeal stands.",
    FILED="Filed, waiting for a decision (đã gửi).",
    INADMISSIBLE="Not taken up (không thụ lý).",
    UPHELD="Right (chấp nhận).",
    PARTLY="Right in part (chấp nhận một phần).",
    REJECTED="Not right (bác).",
    WITHDRAWN="Withdrawn (rút).",
)
describe(
    CaseState,
    "TriggerCaseState",
    "Where a case stands; the machine raises it, people decide.",
    RAISED="A rule fired (phát sinh).",
    CONFIRMED="The board confirmed it (xác nhận).",
    ACTED="The consequence was carried out (đã xử lý).",
    DISMISSED="Dismissed (bác bỏ).",
)
describe(
    PostAuditState,
    "PostAuditState",
    "Where a post-audit request stands.",
    REQUESTED="Waiting for the board (yêu cầu).",
    CORRECTED="A result was corrected (đã điều chỉnh).",
    DISMISSED="Nothing to correct (không điều chỉnh).",
)
describe(
    PolicyState,
    "ScoringPolicyState",
    "Where a policy version stands.",
    DRAFT="May still change (dự thảo).",
    APPROVED="Approved by another person (phê duyệt).",
    PUBLISHED="In force and immutable (ban hành).",
)
describe(
    RunState,
    "RankingRunState",
    "Where an agency's scoring stands.",
    WAITING="Waiting for the citizens' indexes.",
    REQUESTED="About to be scored.",
    RANKED="Scored and ranked.",
)
