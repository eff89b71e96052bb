"""The template of what was collected: what each column asks for, in the two languages."""

from collections.abc import Mapping
from typing import IO, Final

from congvu_kit.adapters.templates import TemplateColumn, TemplateSheet, write_template
from congvu_kit.domain.labels import LANGUAGES, TABLE, choice
from feedback_service.adapters.files.collected import COLUMNS, english

TITLES: Final = ("Ý kiến", "Feedback")

NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "kind": ("Chọn trong danh sách.", "Choose one."),
    "channel": ("Ý kiến được tiếp nhận ở đâu.", "Where it was said."),
    "submitterToken": (
        "Mã quy ước của người gửi, mỗi người một mã; không ghi số định danh cá nhân.",
        "A token for who said it, one a person; never a personal number.",
    ),
    "submitterType": ("Người dân hoặc doanh nghiệp.", "A citizen or a business."),
    "dossierCode": ("Cần có khi đánh giá hồ sơ.", "Needed where a dossier is rated."),
    "ratingCode": (
        "Mã in trên phiếu hẹn trả kết quả; cần có khi đánh giá hồ sơ.",
        "As printed on the slip; needed where a dossier is rated.",
    ),
    "answer": ("Cần có khi đánh giá.", "Needed for a rating."),
    "drivers": ("Hài lòng hoặc không hài lòng về điều gì.", "What the answer is about."),
    "answeredOn": ("Ghi 14/09/2026.", "14/09/2026 or 2026-09-14."),
    "unitId": ("Mã đơn vị trên hệ thống.", "The unit's id."),
    "procedureCode": ("Mã thủ tục, ví dụ 1.001193.", "The procedure's code, 1.001193."),
    "civilServantId": ("Mã công chức trên hệ thống.", "The officer's id."),
    "text": ("Nội dung phản ánh, góp ý, lời khen.", "What was said, in words."),
    "name": ("Chỉ ghi khi người gửi đồng ý.", "Only where they agreed."),
    "contact": ("Chỉ ghi khi người gửi muốn được trả lời.", "Only where they want an answer."),
    "surveyRoundId": ("Mã đợt khảo sát, nếu có.", "The survey round, if any."),
}

EXAMPLE: Final[Mapping[str, str]] = {
    "kind": "SUGGESTION",
    "channel": "MEETING",
    "submitterToken": "nguoi-gui-001",
    "submitterType": "CITIZEN",
    "unitId": "unit_0001",
    "text": "Đề nghị bố trí thêm ghế chờ.",
}
"""Values of vocabularies by their codes."""


def template(language: str) -> TemplateSheet:
    columns = [_column(field, language) for field in COLUMNS]
    return TemplateSheet(title=TITLES[LANGUAGES.index(language)], columns=columns)


def write_feedback_sheet(name: str, target: IO[bytes], language: str) -> None:
    """By the end of `name`, .xlsx or .csv."""
    write_template(name, target, [template(language)], language)


def _column(field: str, language: str) -> TemplateColumn:
    column, example = COLUMNS[field], EXAMPLE.get(field, "")
    vocabulary = column.vocabulary
    return TemplateColumn(
        title=column.heading if language == "vi" else english(field),
        note=NOTES[field][LANGUAGES.index(language)],
        example=choice(vocabulary, example, language) if vocabulary and example else example,
        choices=[choice(vocabulary, each, language) for each in TABLE[vocabulary]]
        if vocabulary
        else [],
        needed=column.needed,
        several=column.several,
        wide=field == "text",
    )
