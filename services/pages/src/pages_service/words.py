"""What the graph's codes are called, in Vietnamese and in English."""

from collections.abc import Mapping

Said = tuple[str, str]

WORDS: Mapping[str, Mapping[str, Said]] = {
    "IndexState": {
        "PENDING": ("Số liệu tạm thời, kỳ đang diễn ra", "Provisional, the period is running"),
        "MEASURED": ("Số liệu chốt", "Final"),
        "INSUFFICIENT": (
            "Chưa đủ phiếu để công bố chỉ số",
            "Too few answers for an index",
        ),
    },
    "IndexAnomaly": {
        "MORE_ANSWERS_THAN_DOSSIERS": (
            "Số phiếu nhiều hơn số hồ sơ đã giải quyết trong kỳ",
            "More answers came than dossiers were completed in the period",
        ),
        "ANSWERS_UNDER_REVIEW": (
            "Có phiếu bất thường đang chờ soát xét, chưa được tính",
            "Answers that look odd wait for a decision and do not count",
        ),
        "ANSWERS_SET_ASIDE": (
            "Có phiếu không được tính, lý do nằm trong nhật ký công khai",
            "Answers were set aside, with a reason in the public log",
        ),
    },
    "CommitmentState": {
        "PUBLISHED": ("Đã công bố", "Published"),
        "IN_PROGRESS": ("Đang thực hiện", "In progress"),
        "CLAIMED_DONE": (
            "Người cam kết báo cáo đã hoàn thành, chưa thẩm định",
            "Said to be done, not yet verified",
        ),
        "VERIFIED_MET": ("Đã thẩm định: đạt", "Verified: met"),
        "PARTLY": ("Đã thẩm định: đạt một phần", "Verified: partly met"),
        "MISSED": ("Không đạt", "Missed"),
    },
    "EvaluationPeriodKind": {
        "MONTH": ("Tháng", "Month"),
        "QUARTER": ("Quý", "Quarter"),
        "YEAR": ("Năm", "Year"),
    },
    "EvaluationPeriodState": {
        "OPEN": ("Đang mở", "Open"),
        "DATA_FROZEN": ("Đã chốt số liệu", "Data frozen"),
        "SCORING": ("Đang chấm điểm", "Being scored"),
        "REVIEW": ("Đang thẩm định", "In review"),
        "PUBLISHED": ("Đã công bố", "Published"),
        "APPEAL_WINDOW": ("Trong thời hạn kiến nghị", "Appeals may be filed"),
        "CLOSED": ("Đã niêm phong", "Sealed"),
    },
    "EvaluationState": {
        "NOT_STARTED": ("Chưa có số liệu", "Nothing entered"),
        "SELF_ASSESSED": ("Đã tự đánh giá", "Self-assessed"),
        "MANAGER_SCORED": ("Cấp trên đã chấm", "Scored by the superior"),
        "RANKED": ("Đã xếp loại, chưa công bố", "Ranked, not published"),
        "PUBLISHED": ("Đã công bố", "Published"),
        "APPEALED": ("Đang giải quyết kiến nghị", "An appeal waits"),
        "FINAL": ("Chính thức", "Final"),
        "CORRECTED": ("Đã điều chỉnh theo quyết định", "Corrected by a decision"),
        "HANDED_OVER": ("Đánh giá ở nơi nhận bàn giao", "Rated in another appointment"),
    },
    "EvaluationOutcome": {
        "SCORED": ("Đã chấm điểm", "Scored"),
        "NOT_EVALUABLE": ("Không đánh giá được", "Cannot be evaluated"),
        "NOT_RATED": ("Không xếp loại", "Not rated"),
    },
    "ComplaintTask": {
        "ANSWER": ("Khiếu nại cần trả lời", "Complaints to answer"),
        "DECIDE": ("Khiếu nại cần kết luận", "Complaints to decide"),
    },
    "InboxKind": {
        "REPORT": ("Báo cáo chờ nghiệm thu", "Reports to check"),
        "CAUSE": ("Nguyên nhân khách quan chờ xác nhận", "Causes to decide"),
        "PROPOSAL": ("Đề xuất công việc chờ duyệt", "Proposed work to approve"),
        "DOUBT": ("Nghi vấn tính trùng", "Doubts about double counting"),
        "READING": ("Số liệu chỉ tiêu chờ xác nhận", "Figures to confirm"),
        "RATING": ("Người chưa được chấm đủ tiêu chí", "People to rate"),
        "OBJECTIVE": ("Người còn thiếu mục tiêu hoặc số liệu", "People lacking objectives"),
        "WITHOUT_WORK": ("Người chưa được giao việc", "People without work"),
        "DOSSIER": ("Hồ sơ chưa tính cho việc nào", "Dossiers that count for nobody"),
        "WORK": ("Việc được giao của tôi", "My work"),
        "CHANGED_RESULT": ("Kết quả có phần bàn giao thay đổi", "Results with a changed part"),
        "APPEAL": ("Kiến nghị chờ quyết định", "Appeals to decide"),
        "POST_AUDIT": ("Hậu kiểm chờ quyết định", "Post-audits to decide"),
        "CASE": ("Hồ sơ xử lý chờ kết luận", "Cases to resolve"),
        "PRIOR_RESULT": ("Kết quả trước đây chờ xác nhận", "Earlier results to confirm"),
        "TIE": ("Đồng hạng chờ quyết định", "Ties to decide"),
        "FREEZE": ("Kỳ cần chốt số liệu", "Periods to freeze"),
        "TROUBLE": ("Cơ quan cần chấm lại", "Agencies to score again"),
        "PUBLICATION": ("Kỳ chờ công bố", "Periods to publish"),
        "CLOSING": ("Kỳ chờ khóa", "Periods to close"),
        "YEAR": ("Kỳ năm phải công bố", "Years to publish"),
        "POLICY": ("Quy chế chờ duyệt hoặc công bố", "Policies to approve or publish"),
    },
    "UnitLevel": {
        "CENTRAL": ("Trung ương", "Central"),
        "PROVINCE": ("Cấp tỉnh", "Province"),
        "COMMUNE": ("Cấp xã", "Commune"),
        "DEPARTMENT": ("Phòng, bộ phận", "Department"),
    },
}

NAMES: Mapping[str, Mapping[str, Said]] = {
    "band": {
        "HTXS": ("Hoàn thành xuất sắc nhiệm vụ", "Excellent"),
        "HTT": ("Hoàn thành tốt nhiệm vụ", "Good"),
        "HT": ("Hoàn thành nhiệm vụ", "Completed"),
        "KHT": ("Không hoàn thành nhiệm vụ", "Not completed"),
    },
    "role": {
        "catalogue-editor": ("Soạn danh mục", "Catalogue editor"),
        "catalogue-appraiser": ("Thẩm định danh mục", "Catalogue appraiser"),
        "steering-committee": ("Ban chỉ đạo", "Steering committee"),
        "unit-head": ("Thủ trưởng đơn vị", "Head of unit"),
        "manager": ("Cấp trên", "Superior"),
        "officer": ("Công chức", "Officer"),
        "personnel-sync": ("Hệ thống nhân sự", "Personnel system"),
        "service-portal": ("Cổng dịch vụ công", "Service portal"),
        "period-admin": ("Quản trị kỳ đánh giá", "Period administrator"),
        "review-board": ("Hội đồng thẩm định", "Review board"),
        "auditor": ("Kiểm toán", "Auditor"),
        "council": ("Hội đồng nhân dân, Mặt trận", "Council"),
        "citizen": ("Người dân", "Citizen"),
    },
}
"""Codes that are texts in the graph: a policy may bring bands of its own, shown as they are."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

# Decision 19/2025/QD-TTg: codes of the provinces since 1 July 2025.
PROVINCES: Mapping[str, str] = {
    "01": "Hà Nội",
    "04": "Cao Bằng",
    "08": "Tuyên Quang",
    "11": "Điện Biên",
    "12": "Lai Châu",
    "14": "Sơn La",
    "15": "Lào Cai",
    "19": "Thái Nguyên",
    "20": "Lạng Sơn",
    "22": "Quảng Ninh",
    "24": "Bắc Ninh",
    "25": "Phú Thọ",
    "31": "Hải Phòng",
    "33": "Hưng Yên",
    "37": "Ninh Bình",
    "38": "Thanh Hóa",
    "40": "Nghệ An",
    "42": "Hà Tĩnh",
    "44": "Quảng Trị",
    "46": "Huế",
    "48": "Đà Nẵng",
    "51": "Quảng Ngãi",
    "52": "Gia Lai",
    "56": "Khánh Hòa",
    "66": "Đắk Lắk",
    "68": "Lâm Đồng",
    "75": "Đồng Nai",
    "79": "Thành phố Hồ Chí Minh",
    "80": "Tây Ninh",
    "82": "Đồng Tháp",
    "86": "Vĩnh Long",
    "91": "An Giang",
    "92": "Cà Mau",
    "96": "Cần Thơ",
}
