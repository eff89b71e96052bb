"""A law is cited by its full name, with article and clause, or with the words that they are not
known: one writing, in policies, explanations, forms, descriptions and refusals (decision 0065)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.graph.bilingual import PARTED_BY, described
from congvu_kit.tools.contracts import Contracts, all_contracts
from congvu_scoring.documents.citations import NOT_KNOWN, SOURCES, cited
from congvu_scoring.documents.policy_files import shipped_policies

NUMBERED = re.compile(r"\b\d{1,4}(?:/\d{4})?(?:/|-)(?:NĐ-CP|QĐ-TTg|QĐ/TU|QĐ-UBND|QH\d+)\b")
"""The number of a law, decree or decision."""

FULL = re.compile(
    r"(Nghị định|Quyết định|Luật|Nghị quyết) số \d|(Decree|Decision|Law|Resolution) No\."
)
PLACED = re.compile(
    r"((điểm \w+ )?khoản \d+,? )?Điều \d|((point \w+, )?clause \d+, )?Article \d"
    + "".join(f"|{words}" for words in NOT_KNOWN.values()),
    re.IGNORECASE,
)


def clauses(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, each in value.items():
                if key == "clause":
                    yield str(each)
                yield from clauses(each)
        case list():
            for each in value:
                yield from clauses(each)


LAW = [
    (policy.ref, clause)
    for policy in shipped_policies().values()
    for clause in sorted(set(clauses(dict(policy.document))))
    if any(s.kind == "LAW" and clause.startswith(s.id) for s in policy.sources)
    or NUMBERED.search(clause)
]


def told(text: str) -> bool:
    """Whether every law in it is cited whole."""
    return not NUMBERED.search(text) or bool(FULL.search(text) and PLACED.search(text))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_clause_of_a_law_in_the_shipped_policies_is_cited_whole(language: str) -> None:
    lame = [(ref, clause) for ref, clause in LAW if not told(cited(clause, language))]

    assert len(LAW) > 50
    assert lame == []


@pytest.mark.parametrize("service", all_contracts(), ids=lambda each: each.service)
def test_every_law_in_a_description_is_cited_whole(service: Contracts) -> None:
    lame = [
        (where, text)
        for where, part in described(service.schema._schema)
        for text in part.description.split(PARTED_BY)
        if "e.g." not in text and "ví dụ" not in text and not told(text)
    ]

    assert lame == []


SERVICES = Path(__file__).parents[2] / "services"


def test_no_other_text_in_the_code_cites_a_law_otherwise() -> None:
    """A number that somebody is shown as an example of one is none of a law."""
    texts = [
        f"{path.name}: {line.strip()}"
        for path in sorted(SERVICES.glob("*/src/**/*.py"))
        for line in path.read_text().splitlines()
        if re.search(r"\b(vi|en)=", line) and not told(line)
    ]

    assert texts == []


@pytest.mark.parametrize(
    ("clause", "language", "written"),
    [
        (
            "NĐ 335/2025/NĐ-CP: không quá 20 %",
            "vi",
            "Nghị định số 335/2025/NĐ-CP: không quá 20% (chưa xác định điều, khoản)",
        ),
        ("NĐ 335/2025/NĐ-CP", "en", "Decree No. 335/2025/NĐ-CP (article and clause not known)"),
        (
            "NĐ 335/2025/NĐ-CP: điểm b khoản 4 Điều 9",
            "vi",
            "Nghị định số 335/2025/NĐ-CP: điểm b khoản 4 Điều 9",
        ),
        ("Mặc định: ngưỡng 70 %", "vi", "Mặc định: ngưỡng 70%"),
        ("Quyết định số 9/QĐ-UBND: Điều 2", "vi", "Quyết định số 9/QĐ-UBND: Điều 2"),
    ],
)
def test_a_clause_is_written_one_way(clause: str, language: str, written: str) -> None:
    assert cited(clause, language) == written


def test_a_place_is_put_to_the_words_that_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    decree: Any = SOURCES["NĐ 335/2025/NĐ-CP"].places
    monkeypatch.setitem(decree, "tỷ lệ số lượng", "khoản 1 Điều 9")

    text = cited("NĐ 335/2025/NĐ-CP: tỷ lệ số lượng", "vi")

    assert text == "Nghị định số 335/2025/NĐ-CP: tỷ lệ số lượng (khoản 1 Điều 9)"
