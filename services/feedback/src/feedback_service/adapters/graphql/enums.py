"""The domain's enumerations, told to GraphQL with a word on every value."""

from collections.abc import Mapping
from enum import Enum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from feedback_service.domain.commitments import CommitmentState, Outcome
from feedback_service.domain.complaint_parts import (
    Category,
    ClosingBasis,
    ComplaintState,
    Verdict,
)
from feedback_service.domain.public_log import ActorClass, EntryType, RedactionReason
from feedback_service.domain.satisfaction_index import IndexState
from feedback_service.domain.submissions import Answer, Channel, Driver, Kind, SubmitterType


def tell(kind: type[Enum], description: str, values: Mapping[str, str]) -> None:
    """Register `kind`; every value must be described."""
    strawberry.enum(kind, description=description)
    definition: StrawberryEnumDefinition = kind.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values[value.name]


tell(
    Kind,
    "What a submission is (loại ý kiến).",
    {
        "SATISFACTION": "A rating of a dossier's handling (khảo sát hài lòng).",
        "SUGGESTION": "A suggestion (kiến nghị).",
        "PRAISE": "Praise (khen ngợi).",
    },
)
tell(
    Channel,
    "How it reached us (kênh tiếp nhận).",
    {
        "PORTAL": "Public-service portal (cổng dịch vụ công).",
        "APP": "Mobile application (ứng dụng).",
        "HOTLINE": "Hotline (đường dây nóng).",
        "KIOSK": "Kiosk at the one-stop shop (ki-ốt).",
        "PAPER": "On paper (phiếu giấy).",
        "MEETING": "At a meeting with citizens (hội nghị tiếp dân).",
    },
)
tell(
    SubmitterType,
    "Who speaks (đối tượng gửi).",
    {"CITIZEN": "A citizen (người dân).", "BUSINESS": "A business (doanh nghiệp)."},
)
tell(
    Answer,
    "The five steps of the survey (mức độ hài lòng). The first two count as satisfied.",
    {
        "VERY_SATISFIED": "Rất hài lòng.",
        "SATISFIED": "Hài lòng.",
        "NEUTRAL": "Bình thường.",
        "DISSATISFIED": "Không hài lòng.",
        "VERY_DISSATISFIED": "Rất không hài lòng.",
    },
)
tell(
    Driver,
    "What the answer was about (yếu tố).",
    {
        "SPEED": "Time taken (thời gian).",
        "ATTITUDE": "Attitude of the staff (thái độ).",
        "GUIDANCE": "Guidance given (hướng dẫn).",
        "FACILITIES": "Premises and equipment (cơ sở vật chất).",
        "COST": "Fees and other costs (phí, lệ phí, chi phí khác).",
        "RESULT": "The result itself (kết quả).",
    },
)
tell(
    IndexState,
    "What a satisfaction index is worth (trạng thái chỉ số).",
    {
        "PENDING": "The period runs: a live figure, still moving.",
        "MEASURED": "Frozen, with enough answers.",
        "INSUFFICIENT": "Frozen, with too few answers: it moves no score (F-I5).",
    },
)
tell(
    ComplaintState,
    "Where a complaint stands (trạng thái phản ánh).",
    {
        "RECEIVED": "Tiếp nhận.",
        "CLASSIFIED": "Phân loại.",
        "ASSIGNED": "Đã giao người xử lý.",
        "IN_PROGRESS": "Đang xử lý.",
        "ANSWERED": "Trả lời; the complainant may dispute within the window.",
        "CONFIRMED_RESOLVED": "The complainant confirmed that it is resolved (xác nhận).",
        "DISPUTED": "Không đồng ý; only somebody outside the unit goes on from here.",
        "REOPENED": "Sent back to the unit for another answer (mở lại).",
        "CLOSED_RESOLVED": "Closed as resolved; `basis` says on whose word.",
        "CLOSED_UNRESOLVED": "Closed without a remedy.",
        "CLOSED_NOT_COMPETENT": "Another authority's business (không thuộc thẩm quyền).",
        "CLOSED_DUPLICATE": "Trùng lặp.",
        "CLOSED_UNFOUNDED": "Found not right (không có cơ sở).",
    },
)
tell(
    Category,
    "What a complaint is about (nội dung phản ánh).",
    {
        "PROCEDURE": "The procedure itself (thủ tục).",
        "ATTITUDE": "Attitude of the staff (thái độ).",
        "DELAY": "Lateness (chậm trễ).",
        "EXTRA_PAPERS": "Papers asked for beyond the rules (đòi thêm giấy tờ).",
        "EXTRA_COST": "Costs beyond the rules (chi phí ngoài quy định).",
        "INTEGRITY": "Harassment or corruption (nhũng nhiễu, tiêu cực).",
        "OTHER": "Something else (khác).",
    },
)
tell(
    Verdict,
    "What was found outside the unit complained of (kết luận).",
    {"UPHELD": "Đúng.", "PARTLY": "Đúng một phần.", "NOT_UPHELD": "Không đúng."},
)
tell(
    ClosingBasis,
    "On whose word a complaint was closed (căn cứ kết thúc).",
    {
        "CONFIRMED": "The complainant confirmed.",
        "SILENCE": "The window for disputing passed in silence.",
        "DECISION": "A decision from outside the unit.",
        "UNIT": "The unit's own word; it can still be disputed within the window.",
    },
)
tell(
    CommitmentState,
    "Where a commitment stands (trạng thái cam kết).",
    {
        "PUBLISHED": "Công khai.",
        "IN_PROGRESS": "Progress was reported (đang thực hiện).",
        "CLAIMED_DONE": "The leader says it is done (báo cáo hoàn thành).",
        "VERIFIED_MET": "Found met, outside the unit (đạt).",
        "PARTLY": "Found partly met (đạt một phần).",
        "MISSED": "Not met, or its date passed (không đạt).",
    },
)
tell(
    Outcome,
    "What an assessment found (kết quả đánh giá cam kết).",
    {"VERIFIED_MET": "Đạt.", "PARTLY": "Đạt một phần.", "MISSED": "Không đạt."},
)
tell(
    ActorClass,
    "In what capacity somebody acted; never who (tư cách).",
    {
        "SUBMITTER": "A citizen or business.",
        "UNIT_STAFF": "Staff of the unit.",
        "UNIT_HEAD": "The head of the unit.",
        "SUPERIOR": "The head of a unit above.",
        "REVIEW_BOARD": "The review board.",
        "PLATFORM": "The platform itself, because a date passed or a period froze.",
    },
)
tell(
    RedactionReason,
    "Why a field was hidden (lý do che thông tin).",
    {
        "PERSONAL_DATA": "It showed personal data (dữ liệu cá nhân).",
        "THIRD_PARTY": "It showed somebody not concerned (người thứ ba).",
        "COURT_ORDER": "A court decided so (quyết định của tòa án).",
    },
)
tell(
    EntryType,
    "What an entry of the public log tells (loại mục nhật ký).",
    {
        "SUBMISSION_RECEIVED": "A rating, suggestion or praise came in.",
        "COMPLAINT_FILED": "A complaint came in.",
        "COMPLAINT_CLASSIFIED": "The unit said what it is about.",
        "COMPLAINT_ASSIGNED": "Somebody of the unit was made responsible.",
        "COMPLAINT_TAKEN_UP": "Work on it began.",
        "COMPLAINT_ANSWERED": "The unit answered.",
        "COMPLAINT_CONFIRMED": "The complainant confirmed the answer.",
        "COMPLAINT_DISPUTED": "The complainant does not accept the answer.",
        "COMPLAINT_REOPENED": "It went back to the unit.",
        "COMPLAINT_ESCALATED": "A date passed without the step that was due.",
        "COMPLAINT_DECIDED": "A verdict from outside the unit.",
        "COMPLAINT_CLOSED": "It ended.",
        "SUBMITTER_DISCLOSED": "The review board looked up who complained, with its reason.",
        "PRIVATE_DATA_ERASED": "The private part of a submission was destroyed.",
        "COMMITMENT_PUBLISHED": "A leader promised something.",
        "COMMITMENT_AMENDED": "A new version of a promise, with its reason.",
        "COMMITMENT_PROGRESSED": "Progress on a promise.",
        "COMMITMENT_CLAIMED_DONE": "The leader says it is done.",
        "COMMITMENT_ASSESSED": "Met, partly or missed.",
        "COMMITMENT_RATED": "A citizen rated a promise.",
        "INDEX_COMPUTED": "The satisfaction index of a unit and period.",
        "EVALUATION_CORRECTED": "A result was revised after an upheld complaint.",
        "REDACTED": "The tombstone of fields that were hidden, with reason and legal basis.",
    },
)
