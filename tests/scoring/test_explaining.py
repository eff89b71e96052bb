"""Each operator says where its points came from: the whole tree, line by line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from congvu_scoring import Explanation, exact_text
from congvu_scoring.documents.yaml_documents import read_yaml
from scoring.making import tiny_score

_FILE = read_yaml(Path(__file__).parent / "explanations.yaml")
assert isinstance(_FILE, dict)
FILE: Mapping[str, Any] = _FILE


def lines(node: Explanation, depth: int = 0) -> Iterator[str]:
    """Text = value, what it added to the total, and the facts it read."""
    value = "–" if node.value is None else exact_text(node.value)
    facts = ", ".join(
        f"{given.name} {given.value}{''.join(f' [{proof.ref}]' for proof in given.evidence)}"
        for given in node.inputs
        if given.name != "not read"
    )
    points = exact_text(node.points)
    yield f"{'  ' * depth}{node.rule_id}: {node.text_en} = {value}, {points} ({facts})"
    for child in node.children:
        yield from lines(child, depth + 1)


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["total"])
def test_the_tree_of_an_operator(case: Mapping[str, str]) -> None:
    result = tiny_score(case["total"], FILE["facts"], FILE["sections"], FILE["measures"])

    tree = result.explanation()

    assert "\n".join(lines(tree)) == case["tree"].rstrip("\n")
    assert sum(leaf.points for leaf in tree.leaves()) == result.total
