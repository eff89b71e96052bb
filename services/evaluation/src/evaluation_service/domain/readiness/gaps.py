"""Gaps (thiếu sót): what is missing in a period before its inputs are fixed (E-I14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class GapKind(StrEnum):
    """In the order in which they are told: those that block the freeze first."""

    UNRATED = "UNRATED"
    MISSING_ELEMENTS = "MISSING_ELEMENTS"
    MISSING_INDICATORS = "MISSING_INDICATORS"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    BROKEN_RULE = "BROKEN_RULE"
    OPEN_CLAIM = "OPEN_CLAIM"
    UNREPORTED = "UNREPORTED"
    UNREVIEWED = "UNREVIEWED"
    NO_WORK = "NO_WORK"
    MISSING_INDEX = "MISSING_INDEX"


BLOCKING = frozenset(
    {
        GapKind.UNRATED,
        GapKind.MISSING_ELEMENTS,
        GapKind.MISSING_INDICATORS,
        GapKind.UNKNOWN_CODE,
        GapKind.BROKEN_RULE,
        GapKind.OPEN_CLAIM,
    }
)
"""A person would pay for what somebody else has not done. The rest has its rule: what is not
reported is not done, what is not reviewed counts as reported, an index that did not come is missing
evidence."""


WHAT_TO_DO: Mapping[GapKind, tuple[str, str]] = {
    GapKind.UNRATED: (
        "Cấp trên chấm tiêu chí chung (scoreGeneralCriteria).",
        "A superior rates the general criteria (scoreGeneralCriteria).",
    ),
    GapKind.MISSING_ELEMENTS: (
        "Cấp trên chấm các yếu tố mà quy chế yêu cầu (scoreGeneralCriteria).",
        "A superior rates the elements that the policy reads (scoreGeneralCriteria).",
    ),
    GapKind.MISSING_INDICATORS: (
        "Cấp trên nhập chỉ tiêu mà quy chế yêu cầu (scoreGeneralCriteria).",
        "A superior enters the indicators that the policy reads (scoreGeneralCriteria).",
    ),
    GapKind.UNKNOWN_CODE: (
        "Sửa mã mà quy chế không có, hoặc chọn quy chế khác cho kỳ.",
        "Correct the code that the policy does not have, or rate by another policy.",
    ),
    GapKind.BROKEN_RULE: (
        "Sửa nội dung đã nhập cho đúng quy tắc, ví dụ tổng trọng số bằng 100.",
        "Correct what was entered until the rule holds, such as weights that sum to 100.",
    ),
    GapKind.OPEN_CLAIM: (
        "Cấp trên quyết định nguyên nhân khách quan đã đề nghị (decideObjectiveCause).",
        "A superior decides on the objective cause that was claimed (decideObjectiveCause).",
    ),
    GapKind.UNREPORTED: (
        "Công chức báo cáo kết quả; không báo cáo thì tính là chưa làm.",
        "The person reports the work; what is not reported counts as not done.",
    ),
    GapKind.UNREVIEWED: (
        "Cấp trên nghiệm thu hoặc trả lại; quá hạn thì xử lý theo quy chế và ghi lỗi người duyệt.",
        "A superior accepts or returns it; else the policy decides; the fault is theirs.",
    ),
    GapKind.NO_WORK: (
        "Giao việc cho người này, nếu không họ không được đánh giá.",
        "Assign work to the person, who else is not evaluable.",
    ),
    GapKind.MISSING_INDEX: (
        "Chờ chỉ số hài lòng của đơn vị; đến sau khi chấm thì chấm lại (rescore).",
        "Wait for the unit's satisfaction index; when it comes after the scoring, rescore.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class RefusedInputs:
    """What was entered for a person, each part sound alone, and the policy refuses together."""

    kind: GapKind
    rule_id: str
    vi: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is missing, of a person or a piece of work where it is of one."""

    kind: GapKind
    province: str
    unit_id: str
    civil_servant_id: str | None = None
    assignment_id: str | None = None
    refused: RefusedInputs | None = None

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING


GapCounts = Mapping[GapKind, int]


def blocking(counts: GapCounts) -> dict[GapKind, int]:
    return {kind: number for kind, number in counts.items() if number and kind in BLOCKING}
