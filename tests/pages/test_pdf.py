"""The official form as a PDF says what its HTML says, whatever is in it."""

import io
import re
from html import unescape

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.results.test_explanation_page import FACTS, FIELDS
from evaluation_service.adapters.pages.explanation import explanation_page
from pages.made_up import MadeUp
from pages.test_private import FIXED, read
from pages_service.pdf import pdf_of
from scoring.making import STAFF, scored

FORM = explanation_page(scored(STAFF, FACTS), FIELDS)
MAX_CHARS = 40


def squeezed(text: str) -> str:
    """Without what lines are broken by."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def read_back(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def cells(html: str) -> list[str]:
    """The texts between the tags of the body, found without a parser."""
    body = html.partition("<body>")[2]
    return [text for each in re.split(r"<[^>]+>", body) if (text := squeezed(unescape(each)))]


def test_every_text_of_the_form_is_in_the_pdf() -> None:
    told = read_back(pdf_of(FORM))

    assert len(cells(FORM)) > 60
    assert [each for each in cells(FORM) if each not in told] == []


def test_it_can_be_read_aloud_and_says_what_it_is() -> None:
    document = pypdf.PdfReader(io.BytesIO(pdf_of(FORM)))
    root = document.root_object
    metadata = root["/Metadata"].get_object()

    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).lower().startswith("vi")
    assert document.metadata is not None
    assert document.metadata.title == "Phiếu đánh giá, xếp loại - Trần & Lê"
    assert isinstance(metadata, pypdf.generic.StreamObject)
    assert b"pdfuaid" in metadata.get_data()


def test_the_same_form_makes_the_same_bytes() -> None:
    assert pdf_of(FORM) == pdf_of(FORM)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=MAX_CHARS))
@settings(max_examples=30)
def test_no_text_is_taken_for_a_command(text: str) -> None:
    """Neither for HTML, as the form escapes it, nor for what sets the PDF."""
    for hostile in (text, f"#panic() {text}", f'$ {text} ] #read("/etc/passwd")', "\\u{0}"):
        escaped = hostile.replace("&", "&amp;").replace("<", "&lt;")
        pdf_of(f"<title>Phiếu</title><body><h1>{escaped}</h1><p>{escaped}</p></body>")


@pytest.mark.parametrize(
    "html",
    [
        "<title>x</title><p>dở dang",
        "<title>x</title>ngoài khối<div><div>a</div></div>",
        "<title>x</title><table><tr><th>a</th></tr></table>",
        "<title>x</title><table><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>d</td></tr></table>",
    ],
)
def test_a_form_of_another_shape_is_set_all_the_same(html: str) -> None:
    assert pdf_of(html).startswith(b"%PDF")


async def test_it_has_an_address_of_its_own_and_is_kept_nowhere() -> None:
    graph = MadeUp(fixed={**FIXED, "Evaluation.printable": FORM})

    response = await read(graph, "/ket-qua/phieu/e1/mau-so-01.pdf")

    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["cache-control"] == "no-store"
    assert "mau-so-01.pdf" in response.headers["content-disposition"]
    assert squeezed(FIELDS.full_name) in read_back(response.content)
