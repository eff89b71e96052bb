"""What the entries of the public log are called, in Vietnamese and in English."""

from collections.abc import Mapping

Said = tuple[str, str]

ENTRY_TYPES: Mapping[str, Said] = {
    "SUBMISSION_RECEIVED": (
        "Nhận đánh giá, góp ý hoặc lời khen",
        "A rating or suggestion came in",
    ),
    "RATING_AWAITED": (
        "Đánh giá đến trước hồ sơ, được giữ lại",
        "A rating came before its dossier and is kept",
    ),
    "RATING_LAPSED": ("Đánh giá không ghép được với hồ sơ", "A rating that met no dossier"),
    "SURVEY_OPENED": ("Mở đợt khảo sát", "A survey round began"),
    "SURVEY_CLOSED": ("Kết thúc đợt khảo sát", "A survey round ended"),
    "COMPLAINT_FILED": ("Nhận khiếu nại, phản ánh", "A complaint came in"),
    "COMPLAINT_CLASSIFIED": ("Đã phân loại", "The unit said what it is about"),
    "COMPLAINT_FORWARDED": (
        "Chuyển đến đơn vị có thẩm quyền",
        "It was passed on to the competent unit",
    ),
    "COMPLAINT_ASSIGNED": ("Đã giao người xử lý", "Somebody was made responsible"),
    "COMPLAINT_TAKEN_UP": ("Bắt đầu xử lý", "Work on it began"),
    "COMPLAINT_ANSWERED": ("Đơn vị trả lời", "The unit answered"),
    "COMPLAINT_CONFIRMED": (
        "Người gửi xác nhận đã được giải quyết",
        "The answer was confirmed",
    ),
    "COMPLAINT_DISPUTED": ("Người gửi không đồng ý", "The complainant does not accept the answer"),
    "COMPLAINT_REOPENED": ("Mở lại, đơn vị phải trả lời lại", "It went back to the unit"),
    "COMPLAINT_ESCALATED": ("Quá hạn, đã báo lên trên", "A date passed without the step due"),
    "DEADLINE_MOVED": ("Đổi hạn theo lịch làm việc", "Dates moved with the calendar"),
    "COMPLAINT_DECIDED": ("Kết luận từ bên ngoài đơn vị", "A verdict from outside the unit"),
    "COMPLAINT_CLOSED": ("Kết thúc", "It ended"),
    "SUBMITTER_DISCLOSED": (
        "Hội đồng xem danh tính người gửi, có lý do",
        "The board looked up the sender",
    ),
    "DATA_REQUEST_FILED": (
        "Người gửi yêu cầu về dữ liệu cá nhân của mình",
        "The sender asks about their own data",
    ),
    "DATA_REQUEST_ANSWERED": (
        "Yêu cầu về dữ liệu cá nhân được trả lời",
        "The request about personal data was answered",
    ),
    "DATA_REQUEST_WITHDRAWN": (
        "Người gửi rút yêu cầu về dữ liệu cá nhân",
        "The sender took the request about personal data back",
    ),
    "PRIVATE_DATA_ERASED": ("Đã xóa phần riêng tư", "The private part was destroyed"),
    "COMMITMENT_PUBLISHED": ("Công bố cam kết", "A leader promised something"),
    "COMMITMENT_AMENDED": ("Phiên bản mới của cam kết", "A new version of a promise"),
    "COMMITMENT_PROGRESSED": ("Báo cáo tiến độ cam kết", "Progress on a promise"),
    "COMMITMENT_CLAIMED_DONE": ("Người cam kết báo cáo đã xong", "The leader says it is done"),
    "COMMITMENT_ASSESSED": ("Thẩm định cam kết", "A promise was assessed"),
    "COMMITMENT_RATED": ("Người dân đánh giá cam kết", "A citizen rated a promise"),
    "RATINGS_QUESTIONED": ("Phiếu bất thường, tạm chưa tính", "Odd answers wait for a decision"),
    "RATINGS_DECIDED": ("Quyết định về phiếu bất thường", "Whether odd answers count"),
    "INDEX_COMPUTED": ("Tính chỉ số hài lòng của đơn vị", "The index of a unit and period"),
    "PERIOD_SEALED": ("Niêm phong kỳ đánh giá", "A period was sealed"),
    "EVALUATION_CORRECTED": ("Sửa một kết quả sau khiếu nại đúng", "A result was corrected"),
    "POST_AUDIT_REQUESTED": ("Đề nghị hậu kiểm", "A post-audit was asked for"),
    "POST_AUDIT_DECIDED": ("Quyết định về đề nghị hậu kiểm", "A post-audit was decided"),
    "LOG_KEY_ANNOUNCED": ("Công bố khóa ký mới của nhật ký", "Another key will sign the log"),
    "LOG_KEY_WITHDRAWN": ("Ngừng dùng một khóa ký của nhật ký", "A key signs the log no more"),
    "REDACTED": ("Che một phần, có lý do", "Fields were hidden, with the reason"),
}

ACTORS: Mapping[str, Said] = {
    "SUBMITTER": ("người dân hoặc doanh nghiệp", "a citizen or business"),
    "UNIT_STAFF": ("cán bộ của đơn vị", "staff of the unit"),
    "UNIT_HEAD": ("thủ trưởng đơn vị", "the head of the unit"),
    "SUPERIOR": ("thủ trưởng cấp trên", "the head of a unit above"),
    "REVIEW_BOARD": ("hội đồng thẩm định", "the review board"),
    "PERIOD_ADMIN": ("quản trị kỳ đánh giá", "an administrator of periods"),
    "COUNCIL": ("hội đồng nhân dân hoặc Mặt trận", "a council"),
    "PLATFORM": ("hệ thống", "the platform"),
}

FIELDS: Mapping[str, Said] = {
    "answer": ("Trả lời", "Answer"),
    "channel": ("Kênh", "Channel"),
    "drivers": ("Về điều gì", "About"),
    "kind": ("Loại", "Kind"),
    "on": ("Ngày", "Date"),
    "path": ("Các đơn vị cấp trên", "Units above"),
    "procedure": ("Thủ tục", "Procedure"),
    "province": ("Tỉnh", "Province"),
    "row": ("Mã bản ghi", "Row"),
    "unit": ("Đơn vị", "Unit"),
    "reason": ("Lý do", "Reason"),
    "state": ("Tình trạng", "State"),
    "summary": ("Tóm tắt", "Summary"),
    "text": ("Nội dung", "Text"),
    "verdict": ("Kết luận", "Verdict"),
    "remedied": ("Đã khắc phục", "Remedied"),
    "basis": ("Căn cứ", "Basis"),
    "category": ("Loại việc", "Category"),
    "outcome": ("Kết quả", "Outcome"),
    "note": ("Ghi chú", "Note"),
    "evidence": ("Minh chứng", "Evidence"),
    "from": ("Đơn vị chuyển", "Passed on by"),
    "to": ("Báo lên đơn vị", "Told the head of"),
    "due_on": ("Hạn của bước này", "This step is due"),
    "dispute_until": ("Hạn không đồng ý", "Dispute until"),
    "reopen_until": ("Hạn đề nghị mở lại", "Reopen until"),
    "answer_by": ("Hạn trả lời", "Answer by"),
    "decide_by": ("Hạn kết luận", "Decide by"),
    "legal_basis": ("Căn cứ pháp lý", "Legal basis"),
    "target": ("Chỉ tiêu", "Target"),
    "due": ("Thời hạn", "Due"),
    "comment": ("Ý kiến", "Comment"),
    "period": ("Kỳ", "Period"),
}
"""A field without a word is shown by its name."""
