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
    "UnitLevel": {
        "CENTRAL": ("Trung ương", "Central"),
        "PROVINCE": ("Cấp tỉnh", "Province"),
        "COMMUNE": ("Cấp xã", "Commune"),
        "DEPARTMENT": ("Phòng, bộ phận", "Department"),
    },
}

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
