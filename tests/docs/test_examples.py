"""What the documents show is right: every question fits the schema, and a page in Vietnamese has
the examples of its English twin."""

from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from deploy.site import gathering
from deploy.site.graph import SCHEMA
from docs.examples import GUIDES, MARKED, blocks, fenced

ROOT = Path(__file__).parents[2]
PAGES = sorted({*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"), *ROOT.glob("services/*/README.md")})
ASKING = [
    pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, text in enumerate(fenced(page.read_text(), "graphql"))
]
TRANSLATED = sorted((ROOT / gathering.VIETNAMESE).rglob("*.md"))


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((ROOT / SCHEMA).read_text(), assume_valid=True)


@pytest.mark.parametrize("text", ASKING)
def test_every_question_fits_the_schema(schema: GraphQLSchema, text: str) -> None:
    assert [each.message for each in validate(schema, parse(text))] == []


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda page: page.name)
def test_a_page_in_vietnamese_has_every_example_that_is_run(page: Path) -> None:
    twin = ROOT / gathering.DOCS / page.relative_to(ROOT / gathering.VIETNAMESE)

    shown = gathering.with_examples(ROOT, page)

    assert MARKED.search(page.read_text()) is None, "examples are taken from the English page"
    at = 0
    for block in blocks(twin):
        found = shown.find(block.text, at)
        assert found >= 0, block.text
        at = found + len(block.text)


def test_the_guides_stand_in_both_languages() -> None:
    known = {"tutorial", "clients", "integrate-hrm", "integrate-province", "write-policy", "audit"}
    assert known <= {*GUIDES}
    assert {*GUIDES} <= {page.stem for page in TRANSLATED}


def test_a_key_that_names_no_block_is_told(tmp_path: Path) -> None:
    (tmp_path / gathering.VIETNAMESE).mkdir(parents=True)
    (tmp_path / gathering.DOCS / "a.md").write_text("```\none\n```\n\n```\none more\n```\n")
    page = tmp_path / gathering.VIETNAMESE / "a.md"

    page.write_text("# A\n\n<!-- example: more -->\n")
    assert "```\none more\n```" in gathering.with_examples(tmp_path, page)
    for key in ("none", "one"):
        page.write_text(f"# A\n\n<!-- example: {key} -->\n")
        with pytest.raises(LookupError, match=key):
            gathering.with_examples(tmp_path, page)
