"""Generated pages are current and show everything a policy holds."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from congvu_scoring import Policy
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.documents.yaml_documents import read_yaml
from congvu_scoring.expressions.operator import formula_in
from congvu_scoring.pages.policy_pages import all_pages, policy_page
from congvu_scoring.pages.roads import INSIDE, roads_of, sections_of
from congvu_scoring.pages.uses import uses_of
from scoring.making import tiny

PAGES = Path(__file__).parents[2] / "docs" / "policies"


def test_the_pages_of_the_policies_are_current() -> None:
    pages = all_pages()

    stale = [
        name
        for name, text in pages.items()
        if not (PAGES / name).exists() or (PAGES / name).read_text(encoding="utf-8") != text
    ]

    assert stale == []
    assert len(pages) == 17


def test_a_formula_reads_in_both_languages() -> None:
    expression = {"if": {"when": {"less": ["a", 70]}, "then": 0, "else": {"add": ["a", "b"]}}}

    assert formula_in("vi").write(expression) == "(nếu a < 70 thì 0, ngược lại (a + b))"
    assert formula_in("en").write(expression) == "(if a < 70 then 0, otherwise (a + b))"


def test_a_page_says_all_there_is_in_a_policy() -> None:
    policy = read_yaml(Path(__file__).parent / "page.yaml")
    assert isinstance(policy, dict)

    page = policy_page(tiny(policy["total"], policy["sections"]))

    vietnamese, english = page.split("## English")
    rows = [line for line in english.splitlines() if line.startswith("| ") and "`" in line]
    assert rows == policy["rows"].splitlines()
    assert "In force since: 2026-01-01." in english
    assert "| `SELF` | tự | RATEE | 15/5 | 23:59 tự chuyển bước, khóa" in vietnamese
    assert vietnamese.count("\n| ") == english.count("\n| ")


USES = ("pay", "training", "proposals")
SAID: Mapping[str, tuple[str, ...]] = {
    "ND335-2025-STAFF": USES,
    "ND335-2025-DEPUTY": USES,
    "ND335-2025-LEADER": USES,
    "UEB-VNU": USES,
    "PETITION-57": USES,
    "PUBLIC-COMMITMENT": USES,
    "KHANHHOA-2025": ("headcount",),
    "KHANHHOA-UNIT-2025": ("headcount",),
    "LEADER-CONTRACT-BSC": ("triggers",),
    "BSC-CASCADE": ("triggers",),
    "CN-TARGET": ("triggers",),
    "NZ-OUTPUT": ("triggers",),
    "US-SES": ("triggers",),
}
"""What the sources name as following from a result; of the others they name nothing."""


@pytest.mark.parametrize("policy", shipped_policies().values(), ids=lambda policy: policy.id)
def test_a_page_says_what_follows_from_a_result_or_that_no_source_names_it(policy: Policy) -> None:
    named = tuple(kind for kind, rules in uses_of(policy) if rules)
    silent = {
        "Chi trả theo mức xếp loại": "nguồn không nêu",
        "Pay by band": "the source names none",
    }

    page = policy_page(policy)

    assert named == SAID.get(policy.id, ())
    for heading, none in silent.items():
        assert (f"| {heading} | {none} |" in page) is ("pay" not in named)


@pytest.mark.parametrize("policy", shipped_policies().values(), ids=lambda policy: policy.id)
def test_every_fact_that_a_policy_reads_has_a_road(policy: Policy) -> None:
    told = {road.fact.partition(":")[0] for road in roads_of(policy)}

    assert told == sections_of(policy) - INSIDE.keys()
    assert told or policy.inputs


def test_every_call_and_object_that_a_page_names_is_there() -> None:
    schema = (PAGES.parents[1] / "services/gateway/supergraph.graphql").read_text(encoding="utf-8")
    named = {
        call
        for policy in shipped_policies().values()
        for road in roads_of(policy)
        for call in road.calls
    }

    objects = {
        name
        for policy in shipped_policies().values()
        for road in roads_of(policy)
        for name in road.carried_by.split(", ")
    }

    assert {call for call in named if f"  {call}(" not in schema} == set()
    assert {name for name in objects if f"\ntype {name} " not in schema} == set()


def test_the_promises_of_a_leader_are_rated_and_not_their_dossiers() -> None:
    (road,) = (
        each
        for each in roads_of(shipped_policies()["PUBLIC-COMMITMENT"])
        if each.fact == "satisfaction"
    )

    assert (road.carried_by, road.calls[-1]) == ("Commitment", "rateCommitment")
