"""The template of a catalogue: what each column asks for, in the two languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import IO, Final

from catalogue_service.adapters.files.sheets import WIDE
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.imports.rows import COLUMNS, DEFAULTS, TITLES
from catalogue_service.domain.products.content import RULES
from congvu_kit.adapters.templates import TemplateColumn, TemplateSheet, write_template
from congvu_kit.domain.labels import LANGUAGES, capital, choice

SHEET: Final = ("Danh mục", "Catalogue")

NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "group": (
        "A: lãnh đạo, quản lý. B: dùng chung cả tỉnh. C: chuyên ngành của một đơn vị. D: khác.",
        "A: managers. B: shared by the province. C: of one unit. D: other work.",
    ),
    "code": (
        "Nhóm, mã tỉnh rồi mã riêng, ví dụ C.56.31-07.1.001193. Mỗi mã chỉ có một dòng.",
        "Group, province, then your own, C.56.31-07.1.001193. One line a code.",
    ),
    "name_vi": ("Tên gọi đầy đủ, tối đa 2000 ký tự.", "The full name, at most 2,000 characters."),
    "name_en": ("Để trống nếu không có.", "May be empty."),
    "description": ("Nội dung công việc.", "What is done."),
    "field": ("Lĩnh vực, ví dụ Tư pháp - Hộ tịch.", "The field of work."),
    "unit_of_measure": ("Ví dụ: hồ sơ, văn bản, lượt.", "Such as dossier, document, time."),
    "complexity": (
        "Để trống là N1. Điểm tối đa tùy theo nhóm.",
        "Empty is N1. The group says how many points there may be.",
    ),
    "points": (
        "Ghi điểm hoặc hệ số: hệ số = điểm chia điểm của sản phẩm chuẩn gốc. Viết 2,5.",
        "Points or the coefficient: one is the other by the reference points.",
    ),
    "coefficient": (
        "Ghi điểm hoặc hệ số. Nếu ghi cả hai thì phải khớp nhau.",
        "Points or the coefficient. Both must agree.",
    ),
    "standard_hours": (
        "Số giờ làm một đơn vị sản phẩm. Cần có khi trình.",
        "Hours of one unit. Needed when it is submitted.",
    ),
    "lead_days": (
        "Số ngày làm việc, từ 1 đến 366. Cần có khi trình.",
        "Working days, 1 to 366. Needed when it is submitted.",
    ),
    "quality_criteria": ("Cần có khi trình.", "Needed when it is submitted."),
    "evidence_required": ("Cần có khi trình.", "Needed when it is submitted."),
    "data_source": (
        "Số lượng hoàn thành lấy từ đâu. Để trống là tự báo cáo.",
        "Where the quantity is read from. Empty is MANUAL.",
    ),
    "orientation": ("Cần có khi trình.", "Needed when it is submitted."),
    "kpi_kind": ("Để trống nếu không phải KPI.", "Empty where it is no KPI."),
    "job_positions": ("Mã vị trí việc làm. Cần có khi trình.", "Codes. Needed when submitted."),
    "legal_basis": (
        "Văn bản, điều, khoản. Cần có khi trình.",
        "Document, article, clause. Needed when it is submitted.",
    ),
    "procedure_code": (
        "Mã trên Cổng Dịch vụ công, ví dụ 1.001193. Nhập dạng văn bản.",
        "As on the national portal, 1.001193. Write it as text.",
    ),
}

EXAMPLE: Final[Mapping[str, str]] = {
    "group": "C",
    "code": "C.56.31-07.1.001193",
    "name_vi": "Đăng ký khai sinh",
    "field": "Tư pháp - Hộ tịch",
    "unit_of_measure": "hồ sơ",
    "complexity": "N1",
    "points": "5",
    "standard_hours": "1,5",
    "lead_days": "1",
    "quality_criteria": "Đúng thành phần hồ sơ; Không phải sửa đổi",
    "evidence_required": "Mã hồ sơ",
    "data_source": "ONE_STOP",
    "orientation": "ADMIN_PROCEDURE",
    "job_positions": "HO-TICH",
    "legal_basis": "Luật Hộ tịch 2014, Điều 13",
    "procedure_code": "1.001193",
}
"""Values of vocabularies by their codes."""


def vocabularies() -> dict[str, type[StrEnum]]:
    """Of every column whose values are a closed list."""
    closed = {rule.name: rule.kind for rule in RULES if issubclass(rule.kind, StrEnum)}
    return {"group": Group, **closed}


def template(language: str) -> TemplateSheet:
    number = LANGUAGES.index(language)
    columns = [_column(name, language) for name in COLUMNS]
    return TemplateSheet(title=SHEET[number], columns=columns)


def write_catalogue_template(name: str, target: IO[bytes], language: str) -> None:
    """By the end of `name`, .xlsx or .csv."""
    write_template(name, target, [template(language)], language)


def _column(name: str, language: str) -> TemplateColumn:
    rule = {each.name: each for each in RULES}.get(name)
    kind = vocabularies().get(name)
    example = EXAMPLE.get(name, "")
    english = capital(name.replace("_", " "))
    return TemplateColumn(
        title=TITLES[name] if language == "vi" else english,
        note=NOTES[name][LANGUAGES.index(language)],
        example=choice(kind.__name__, example, language) if kind and example else example,
        choices=[choice(kind.__name__, each.name, language) for each in kind] if kind else [],
        needed=(rule is None or rule.needed) and name not in DEFAULTS,
        several=rule is not None and rule.kind is tuple,
        wide=name in WIDE,
    )
