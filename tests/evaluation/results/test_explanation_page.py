"""The printable explanation fills in the form, shows everything and escapes it."""

from dataclasses import replace

from evaluation_service.adapters.pages.explanation import FormFields, explanation_page
from scoring.making import STAFF, item, scored

FIELDS = FormFields(
    agency="UBND xã <Vạn Thắng>",
    unit="Văn phòng",
    full_name="Trần & Lê",
    position="Công chức hộ tịch",
    duty_group="ho-tich",
    period="Quý I năm 2026",
)
FACTS = {
    "general_total": 26,
    "work": [
        {
            **item(8, 1, 1, quality_failures=2, quality_exempt=1),
            "evidence": [{"ref": "<script>x</script>", "confirmed_by": "Ng. Văn A"}],
        }
    ],
    "events": [{"event": "DISCIPLINED", "decision": "12/QĐ-UBND"}],
}


def test_the_page_fills_in_the_form() -> None:
    result = scored(STAFF, FACTS)

    page = explanation_page(result, FIELDS)

    for text in (
        "PHIẾU ĐÁNH GIÁ, XẾP LOẠI",
        "chưa xác định số hiệu mẫu",
        "Quý I năm 2026",
        "Hoàn thành xuất sắc nhiệm vụ</td>",
        "Không hoàn thành nhiệm vụ (bị kỷ luật từ khiển trách trở lên)",
        "Không đạt chất lượng: trừ 0,25",
        "C.56.1@1",
        "Ng. Văn A",
        "DISCIPLINED",
        result.hash(),
    ):
        assert text in page, text


def test_everything_given_is_escaped() -> None:
    page = explanation_page(scored(STAFF, FACTS), FIELDS)

    assert "UBND XÃ &lt;VẠN THẮNG&gt;" in page
    assert "Trần &amp; Lê" in page
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_a_person_who_cannot_be_evaluated_gets_a_page_with_the_reason() -> None:
    page = explanation_page(scored(STAFF, {"general_total": 30}), FIELDS)

    assert "Không đánh giá được" in page
    assert "không đủ căn cứ chấm điểm" in page


def test_the_band_after_the_ranking_stands_in_the_first_section_with_its_reasons() -> None:
    facts = {"general_total": 30, "work": [item(8, 1, 1)]}
    ranked = replace(FIELDS, final_band="HTT", rank_reasons=("QUOTA", "TIE_AT_CUT"))

    page = explanation_page(scored(STAFF, facts), ranked)

    assert (
        "<th>Mức xếp loại</th><td>Hoàn thành tốt nhiệm vụ "
        "(vượt tỷ lệ tối đa; bằng điểm tại ngưỡng tỷ lệ)</td>"
    ) in page
    assert "HTT" not in page


def test_a_product_is_called_by_its_name() -> None:
    named = replace(FIELDS, product_names={"C.56.1@1": "Đăng ký khai sinh"})

    assert "Đăng ký khai sinh (C.56.1@1)" in explanation_page(scored(STAFF, FACTS), named)
