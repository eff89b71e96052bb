"""What the made pages say, in the language of the site."""

from dataclasses import dataclass

KINDS = {
    "objects": ("Objects", "Đối tượng"),
    "inputs": ("Inputs", "Dữ liệu vào"),
    "enums": ("Enumerations", "Danh mục giá trị"),
    "unions": ("Answers of a mutation", "Kết quả của thao tác"),
    "scalars": ("Scalars", "Kiểu giá trị"),
}
SERVICES = {
    "catalogue": ("Catalogue", "Danh mục"),
    "evaluation": ("Evaluation", "Đánh giá"),
    "feedback": ("Feedback", "Phản hồi"),
}
SECTIONS = {
    "catalogue/adjustments": ("local adjustments", "điều chỉnh theo địa bàn"),
    "catalogue/feed": ("feed of changes", "dòng thay đổi"),
    "catalogue/imports": ("imports", "nhập từ tệp"),
    "catalogue/policy": ("policy of the catalogue", "quy định của danh mục"),
    "catalogue/products": ("work products", "sản phẩm, công việc"),
    "catalogue/proposals": ("proposals", "đề xuất"),
    "catalogue/releases": ("releases", "đợt công bố"),
    "catalogue/review": ("review", "thẩm định, phê duyệt"),
    "catalogue/webhooks": ("webhooks", "thông báo khi có thay đổi"),
    "evaluation/agreements": ("agreements", "thỏa thuận"),
    "evaluation/calendar": ("calendar", "lịch làm việc"),
    "evaluation/consequences": ("consequences", "sử dụng kết quả"),
    "evaluation/desk": ("the desk", "bàn làm việc"),
    "evaluation/dossiers": ("dossiers", "hồ sơ thủ tục hành chính"),
    "evaluation/fairness": ("fairness", "công bằng"),
    "evaluation/feed": ("feed of changes", "dòng thay đổi"),
    "evaluation/imports": ("imports", "nhập từ tệp"),
    "evaluation/initiatives": ("initiatives", "sáng kiến"),
    "evaluation/integrity": ("integrity", "liêm chính"),
    "evaluation/leadership": ("leaders", "lãnh đạo, quản lý"),
    "evaluation/objectives": ("objectives", "mục tiêu"),
    "evaluation/organisations": ("organisations", "cơ quan, đơn vị"),
    "evaluation/oversight": ("oversight", "giám sát"),
    "evaluation/periods": ("periods", "kỳ đánh giá"),
    "evaluation/personnel": ("personnel", "tổ chức, nhân sự"),
    "evaluation/policies": ("policies", "quy chế chấm điểm"),
    "evaluation/readiness": ("readiness", "mức sẵn sàng"),
    "evaluation/results": ("results", "kết quả"),
    "evaluation/review": ("review", "xem xét, kiến nghị"),
    "evaluation/stages": ("stages", "các bước đánh giá"),
    "evaluation/transfers": ("transfers", "điều động"),
    "evaluation/work": ("work", "giao việc"),
    "evaluation/webhooks": ("webhooks", "thông báo khi có thay đổi"),
    "feedback/commitments": ("commitments", "cam kết"),
    "feedback/complaints": ("complaints", "phản ánh"),
    "feedback/data-requests": ("requests about personal data", "yêu cầu về dữ liệu cá nhân"),
    "feedback/feed": ("feed of changes", "dòng thay đổi"),
    "feedback/indexes": ("satisfaction indexes", "chỉ số hài lòng"),
    "feedback/log": ("public log", "nhật ký công khai"),
    "feedback/reviews": ("reviews", "đánh giá của người dân"),
    "feedback/submissions": ("submissions", "ý kiến đã gửi"),
    "feedback/surveys": ("surveys", "khảo sát"),
    "feedback/verdicts": ("verdicts", "kết luận"),
    "feedback/webhooks": ("webhooks", "thông báo khi có thay đổi"),
}
HEADINGS = {
    "argument": ("Argument", "Tham số"),
    "command": ("Command", "Lệnh"),
    "default": ("Default", "Mặc định"),
    "event": ("Event", "Sự kiện"),
    "field": ("Field", "Trường"),
    "meaning": ("Meaning", "Ý nghĩa"),
    "option": ("Option", "Lựa chọn"),
    "parts": ("Read by", "Nơi đọc"),
    "type": ("Type", "Kiểu"),
    "unit": ("Unit", "Đơn vị"),
    "value": ("Value", "Giá trị"),
    "variable": ("Variable", "Biến"),
}
UNITS = {
    "answers": "ý kiến",
    "bytes": "byte",
    "calls": "lần gọi",
    "days": "ngày",
    "levels": "cấp",
    "megabytes": "megabyte",
    "milliseconds": "mili giây",
    "partitions": "phân vùng",
    "points": "điểm",
    "proxies": "máy trung gian",
    "requests": "yêu cầu",
    "seconds": "giây",
    "tokens": "từ",
    "working days": "ngày làm việc",
}
BETWEEN = "\n\n"
"""Stands between the English and the Vietnamese of a description (decision 0070)."""


def cell(text: str) -> str:
    """For one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


@dataclass(frozen=True)
class Words:
    language: str

    def __call__(self, english: str, vietnamese: str) -> str:
        return vietnamese if self.language == "vi" else english

    def described(self, description: str | None) -> str:
        """A description from the graph, which may hold both languages."""
        english, _, vietnamese = (description or "").partition(BETWEEN)
        return self.of(self(english, vietnamese or english))

    def of(self, text: str | None) -> str:
        """A text from the code. What looks like HTML there is text."""
        return (text or "").replace("<", "&lt;")

    def section(self, tag: str) -> str:
        service = tag.partition("/")[0]
        return f"{self(*SERVICES[service])}: {self(*SECTIONS[tag])}"

    def kind(self, name: str) -> str:
        return self(*KINDS[name])

    def unit(self, name: str) -> str:
        """Of a setting; none where it is counted in nothing."""
        return self(name, UNITS[name]) if name else ""

    def row(self, *headings: str) -> str:
        """The head of a table."""
        told = [self(*HEADINGS[each]) for each in headings]
        return f"| {' | '.join(told)} |\n|{' --- |' * len(told)}"
