"""Generated pages are current; the printable explanation shows everything and escapes it."""

from pathlib import Path

from congvu_scoring.documents.yaml_documents import read_yaml
from congvu_scoring.expressions.operator import formula_in
from congvu_scoring.pages.policy_pages import all_pages, policy_page
from evaluation_service.adapters.pages.explanation import FormFields, explanation_page
from scoring.making import STAFF, item, scored, tiny

PAGES = Path(__file__).parents[2] / "docs" / "policies"
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


def test_the_pages_of_the_policies_are_current() -> None:
    pages = all_pages()

    stale = [
        name
        for name, text in pages.items()
        if not (PAGES / name).exists() or (PAGES / name).read_text(encoding="utf-8") != text
    ]

    assert stale == []
    assert len(pages) == 16


def test_a_formula_reads_in_both_languages() -> None:
    expression = {"if": {"when": {"less": ["a", 70]}, "then": 0, "else": {"add": ["a", "b"]}}}

    assert formula_in("vi").write(expression) == "(nếu a < 70 thì 0, ngược lại (a + b))"
    assert formula_in("en").write(expression) == "(if a < 70 then 0, otherwise (a + b))"


def test_the_page_fills_in_the_form() -> None:
    result = scored(STAFF, FACTS)

    page = explanation_page(result, FIELDS)

    for text in (
        "PHIẾU ĐÁNH GIÁ, XẾP LOẠI",
        "Mẫu số 01",
        "Quý I năm 2026",
        "Hoàn thành xuất sắc nhiệm vụ (HTXS)",
        "Không hoàn thành nhiệm vụ (KHT)",
        "Không đạt chất lượng: trừ 0.25",
        "C.56.1@1",
        "Ng. Văn A",
        "DISCIPLINED",
        result.hash(),
    ):
        assert text in page, text


def test_everything_given_is_escaped() -> None:
    page = explanation_page(scored(STAFF, FACTS), FIELDS)

    assert "UBND xã &lt;Vạn Thắng&gt;" in page
    assert "Trần &amp; Lê" in page
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_a_person_who_cannot_be_evaluated_gets_a_page_with_the_reason() -> None:
    page = explanation_page(scored(STAFF, {"general_total": 30}), FIELDS)

    assert "Không đánh giá được" in page
    assert "không đủ căn cứ chấm điểm" in page


def test_a_page_says_all_there_is_in_a_policy() -> None:
    policy = read_yaml(Path(__file__).parent / "page.yaml")
    assert isinstance(policy, dict)

    page = policy_page(tiny(policy["total"], policy["sections"]))

    vietnamese, english = page.split("## English")
    rows = [line for line in english.splitlines() if line.startswith("| ") and "`" in line]
    assert rows == policy["rows"].splitlines()
    assert "In force since: 2026-01-01." in english
    assert "| `SELF` | tự | RATEE | 15/5 | MOVE_ON |" in vietnamese
    assert vietnamese.count("\n| ") == english.count("\n| ")
