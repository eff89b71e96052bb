"""Gaps (thiếu sót): what is missing in a period before its inputs are fixed (E-I14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evaluation_service.domain.work.reports import AssignmentState


class GapKind(StrEnum):
    """In the order in which they are told: those that block the freeze first."""

    UNRATED = "UNRATED"
    MISSING_ELEMENTS = "MISSING_ELEMENTS"
    MISSING_INDICATORS = "MISSING_INDICATORS"
    UNBALANCED_WEIGHTS = "UNBALANCED_WEIGHTS"
    BROKEN_SCORECARD = "BROKEN_SCORECARD"
    MISSING_READING = "MISSING_READING"
    UNCONFIRMED_READING = "UNCONFIRMED_READING"
    MISSING_JUDGEMENT = "MISSING_JUDGEMENT"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    BROKEN_RULE = "BROKEN_RULE"
    INCOMPLETE_INPUTS = "INCOMPLETE_INPUTS"
    OPEN_STAGE = "OPEN_STAGE"
    OPEN_CLAIM = "OPEN_CLAIM"
    OPEN_INITIATIVE = "OPEN_INITIATIVE"
    UNCONFIRMED_CRISIS = "UNCONFIRMED_CRISIS"
    UNREPORTED = "UNREPORTED"
    UNREVIEWED = "UNREVIEWED"
    UNSIGNED_AGREEMENT = "UNSIGNED_AGREEMENT"
    UNPUBLISHED_COMMITMENT = "UNPUBLISHED_COMMITMENT"
    PROPOSED = "PROPOSED"
    DOUBTED = "DOUBTED"
    NO_WORK = "NO_WORK"
    UNMATCHED_DOSSIER = "UNMATCHED_DOSSIER"
    AWAITED_PART = "AWAITED_PART"
    AWAITED_RESULT = "AWAITED_RESULT"
    UNIT_UNRATED = "UNIT_UNRATED"
    UNIT_OBJECTIVES = "UNIT_OBJECTIVES"
    MISSING_INDEX = "MISSING_INDEX"


BLOCKING = frozenset(
    {
        GapKind.UNRATED,
        GapKind.MISSING_ELEMENTS,
        GapKind.MISSING_INDICATORS,
        GapKind.UNBALANCED_WEIGHTS,
        GapKind.BROKEN_SCORECARD,
        GapKind.MISSING_READING,
        GapKind.UNCONFIRMED_READING,
        GapKind.MISSING_JUDGEMENT,
        GapKind.UNKNOWN_CODE,
        GapKind.BROKEN_RULE,
        GapKind.INCOMPLETE_INPUTS,
        GapKind.OPEN_STAGE,
        GapKind.OPEN_CLAIM,
        GapKind.OPEN_INITIATIVE,
        GapKind.UNCONFIRMED_CRISIS,
    }
)
"""A person would pay for what somebody else has not done. The rest has its rule: what is not
reported is not done, what is not reviewed counts as reported, an index that did not come is missing
evidence, a dossier that counts nowhere goes on to the next period, a part that comes late makes a
linked revision, and so does a month or quarter of a year, and nobody's result waits for that of a
unit."""


OF_STATE: Mapping[AssignmentState, GapKind | None] = {
    AssignmentState.PROPOSED: GapKind.PROPOSED,
    AssignmentState.REFUSED: None,
    AssignmentState.ASSIGNED: GapKind.UNREPORTED,
    AssignmentState.IN_PROGRESS: GapKind.UNREPORTED,
    AssignmentState.RETURNED: GapKind.UNREPORTED,
    AssignmentState.SUBMITTED: GapKind.UNREVIEWED,
    AssignmentState.OVERDUE_REVIEW: GapKind.UNREVIEWED,
    AssignmentState.ACCEPTED_AS_DONE: None,
    AssignmentState.CANCELLED: None,
    AssignmentState.CARRIED_OVER: None,
    AssignmentState.TRANSFERRED: None,
}
"""What is missing of a piece of work, by where it stands; None where nothing more is to come."""


WHAT_TO_DO: Mapping[GapKind, tuple[str, str]] = {
    GapKind.UNRATED: (
        "Cấp trên chấm tiêu chí chung.",
        "A superior rates the general criteria (scoreGeneralCriteria).",
    ),
    GapKind.MISSING_ELEMENTS: (
        "Cấp trên chấm các yếu tố mà quy chế yêu cầu.",
        "A superior rates the elements that the policy reads (scoreGeneralCriteria).",
    ),
    GapKind.MISSING_INDICATORS: (
        "Cấp trên giao mục tiêu có chỉ tiêu mà quy chế yêu cầu.",
        "A superior sets the objectives whose indicators the policy reads (defineObjective).",
    ),
    GapKind.UNBALANCED_WEIGHTS: (
        "Giao thêm mục tiêu hoặc sửa trọng số cho đủ 100.",
        "Set further objectives or revise their weights until they sum to 100 (defineObjective, "
        "reviseObjective).",
    ),
    GapKind.BROKEN_SCORECARD: (
        "Sửa thẻ điểm cho đúng quy chế, ví dụ mỗi khía cạnh có mục tiêu.",
        "Correct the scorecard until the policy takes it, such as objectives in every perspective.",
    ),
    GapKind.MISSING_READING: (
        "Nhập số liệu thực hiện của chỉ tiêu.",
        "Enter what was reached (recordReading).",
    ),
    GapKind.UNCONFIRMED_READING: (
        "Người khác xác nhận số liệu đã nhập.",
        "Another person confirms the figure that was entered (confirmReading).",
    ),
    GapKind.MISSING_JUDGEMENT: (
        "Cấp trên đánh giá việc tổ chức triển khai và đoàn kết.",
        "A superior judges how work was organised and whether the collective is united "
        "(scoreGeneralCriteria).",
    ),
    GapKind.UNKNOWN_CODE: (
        "Sửa mã mà quy chế không có, hoặc chọn quy chế khác cho kỳ.",
        "Correct the code that the policy does not have, or rate by another policy.",
    ),
    GapKind.BROKEN_RULE: (
        "Sửa nội dung đã nhập cho đúng quy tắc, ví dụ tổng trọng số bằng 100.",
        "Correct what was entered until the rule holds, such as weights that sum to 100.",
    ),
    GapKind.INCOMPLETE_INPUTS: (
        "Nhập nốt phần mà quy chế còn cần, ví dụ chỉ tiêu của từng khía cạnh và kết quả thực hiện.",
        "Enter the rest that the policy asks for, such as targets in every perspective and what "
        "was reached.",
    ),
    GapKind.OPEN_STAGE: (
        "Người có bước đang mở thực hiện bước đó, hoặc chờ hết ngày cuối để hồ sơ tự chuyển.",
        "Whoever has the stage that is open acts in it (selfAssess, scoreGeneralCriteria, "
        "passStage), or wait until its last day is over and the file moves on.",
    ),
    GapKind.OPEN_CLAIM: (
        "Cấp trên quyết định nguyên nhân khách quan đã đề nghị.",
        "A superior decides on the objective cause that was claimed (decideObjectiveCause).",
    ),
    GapKind.OPEN_INITIATIVE: (
        "Hội đồng quyết định sáng kiến đã đề nghị.",
        "The board decides on the initiative that was proposed (decideInitiative).",
    ),
    GapKind.UNCONFIRMED_CRISIS: (
        "Hội đồng xác nhận hoặc bác sự việc đã nhập; chưa xác nhận thì không tính.",
        "The board confirms or refuses the crisis that was entered (confirmCrisis); until then it "
        "does not count.",
    ),
    GapKind.UNREPORTED: (
        "Công chức báo cáo kết quả; không báo cáo thì tính là chưa làm.",
        "The person reports the work; what is not reported counts as not done.",
    ),
    GapKind.UNREVIEWED: (
        "Cấp trên nghiệm thu hoặc trả lại; quá hạn thì xử lý theo quy chế và ghi lỗi người duyệt.",
        "A superior accepts or returns it; else the policy decides; the fault is theirs.",
    ),
    GapKind.UNSIGNED_AGREEMENT: (
        "Cấp trên soạn, hai bên ký bản ký kết; chưa ký thì không đánh giá được.",
        "The superior drafts and both sides sign the agreement (draftAgreement, signAgreement); "
        "until then the person is not evaluable.",
    ),
    GapKind.UNPUBLISHED_COMMITMENT: (
        "Người đứng đầu công khai cam kết hoặc nhiệm vụ trọng tâm; nếu không thì phần người dân "
        "chấm cam kết tính 0.",
        "The head publishes a commitment or key task (publishCommitment); else the part that "
        "citizens rate counts 0.",
    ),
    GapKind.PROPOSED: (
        "Cấp trên đồng ý hoặc từ chối việc đề xuất; nếu không thì không tính.",
        "A superior approves or refuses the proposed work (decideWorkProposal); else it does not "
        "count.",
    ),
    GapKind.DOUBTED: (
        "Cấp trên xem hai nơi có dấu hiệu trùng rồi nghiệm thu hoặc trả lại báo cáo; việc đã "
        "nghiệm thu thì quyết định nghi vấn.",
        "A superior looks at both places that seem to be the same work, then accepts or returns "
        "the report; of accepted work the doubt is decided (decideWorkDoubts).",
    ),
    GapKind.NO_WORK: (
        "Giao việc cho người này, nếu không họ không được đánh giá.",
        "Assign work to the person, who else is not evaluable.",
    ),
    GapKind.UNMATCHED_DOSSIER: (
        "Giao việc theo thủ tục của hồ sơ, hoặc nhờ cổng sửa hồ sơ.",
        "Assign work of the dossier's procedure, or have the portal correct it (why: "
        "unmatchedDossiers).",
    ),
    GapKind.AWAITED_PART: (
        "Chờ cơ quan cũ chấm và bàn giao phần của người này; đến sau thì kết quả được sửa theo.",
        "Wait until the earlier agency scores and hands over its part; one that comes later "
        "revises the result.",
    ),
    GapKind.AWAITED_RESULT: (
        "Đơn vị phụ trách kỳ tháng, quý chốt và công bố kết quả, hoặc nhập kết quả có văn bản; "
        "công bố sau thì kết quả năm được sửa theo.",
        "Whoever runs the month or quarter freezes and publishes it, or its result is imported "
        "with its document (importPriorResults); one that comes late revises the year.",
    ),
    GapKind.UNIT_UNRATED: (
        "Người đứng đầu cấp trên của đơn vị chấm tiêu chí chung của tập thể; không chấm thì đơn "
        "vị không được đánh giá.",
        "The head above the unit rates its general criteria (scoreUnitCriteria); else the unit is "
        "not evaluable.",
    ),
    GapKind.UNIT_OBJECTIVES: (
        "Cấp trên của đơn vị giao đủ mục tiêu mà quy chế yêu cầu, nhập và xác nhận số liệu.",
        "A superior of the unit sets the objectives that the policy reads; figures are entered "
        "and confirmed (defineObjective, recordReading, confirmReading).",
    ),
    GapKind.MISSING_INDEX: (
        "Chờ chỉ số hài lòng của đơn vị, hoặc quản trị kỳ quyết định chấm khi thiếu; đến trước "
        "khi công bố thì nền tảng chấm lại.",
        "Wait for the unit's satisfaction index, or decide to score without it "
        "(scoreWithoutIndexes); one that comes before the publication is scored anew by itself.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class RefusedInputs:
    """What was entered for a person, each part sound alone, and the policy refuses together, or
    finds too little."""

    kind: GapKind
    rule_id: str
    vi: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is missing, of a person or a piece of work where it is of one. `owed_by` is
    the period that has not handed its part over, or not rated the first of `labels`."""

    kind: GapKind
    province: str
    unit_id: str
    civil_servant_id: str | None = None
    assignment_id: str | None = None
    refused: RefusedInputs | None = None
    dossier_id: str | None = None
    owed_by: str | None = None
    labels: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING


GapCounts = Mapping[GapKind, int]


def blocking(counts: GapCounts) -> dict[GapKind, int]:
    return {kind: number for kind, number in counts.items() if number and kind in BLOCKING}
