"""Where each point came from: a tree whose leaves sum exactly to the total."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from congvu_kit.domain.canonical import Json
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import display, exact_text
from congvu_scoring.snapshots.tables import CitizenEvidence


class Input(NamedTuple):
    """A fact the node read: its name, its value as text, and what proves it."""

    name: str
    value: str
    evidence: tuple[CitizenEvidence, ...] = ()


class Explanation(NamedTuple):
    """`points` is what the node added to (or took from) the total; children sum to it."""

    rule_id: str
    clause: str
    text_vi: str
    text_en: str
    inputs: tuple[Input, ...]
    value: Fraction | None
    points: Fraction
    children: tuple["Explanation", ...] = ()

    def leaves(self) -> Iterator["Explanation"]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def lines(self) -> Iterator["Explanation"]:
        """It and everything below, each part after the whole it belongs to."""
        yield self
        for child in self.children:
            yield from child.lines()

    def document(self) -> dict[str, Json]:
        return {
            "rule_id": self.rule_id,
            "clause": self.clause,
            "text_vi": self.text_vi,
            "text_en": self.text_en,
            "inputs": [_input_document(given) for given in self.inputs],
            "value": None if self.value is None else exact_text(self.value),
            "points": exact_text(self.points),
            "points_display": display(self.points),
            "children": [child.document() for child in self.children],
        }


class LineFact(NamedTuple):
    """A fact, the number of the line that read it, and its place there; both from 1."""

    line: int
    place: int
    rule_id: str
    given: Input


def _input_document(given: Input) -> dict[str, Json]:
    evidence: list[Json] = [
        {"ref": entry.ref, "hash": entry.hash, "confirmed_by": entry.confirmed_by}
        for entry in given.evidence
    ]
    return {"name": given.name, "value": given.value, "evidence": evidence}


def line(
    rule: Rule,
    text: Bilingual,
    value: Fraction | None,
    points: Fraction,
    *,
    inputs: tuple[Input, ...] = (),
    children: tuple[Explanation, ...] = (),
) -> Explanation:
    """One node under `rule`, in its own words."""
    return Explanation(rule.id, rule.clause, text.vi, text.en, inputs, value, points, children)
