"""What a unit needs training in: criteria and products that were reached to a low share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring import CompiledPolicy, Rule
from congvu_scoring.engine.following import reached_shares, weak_below
from evaluation_service.domain.consequences.kinds import WeakKind
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import sheet_snapshot

NEEDS_MAX = 30
"""Needs of one unit, those of most people first."""

SOURCES_MAX = 20
"""Results that one need names, the lowest shares first."""


@dataclass(frozen=True, kw_only=True)
class WeakResult:
    """One person's result in which it was weak."""

    evaluation_id: str
    civil_servant_id: str
    province: str
    sheet: int
    share: Fraction


@dataclass(frozen=True, kw_only=True)
class TrainingNeed:
    """`rated` people of the unit were rated in it, `people` of them reached less than the rule
    asks; `share` is the mean of all who were rated."""

    rule: Rule
    kind: WeakKind
    code: str
    rated: int
    people: int
    share: Fraction
    sources: tuple[WeakResult, ...]


def training_needs(
    results: Iterable[tuple[Evaluation, CompiledPolicy]],
) -> tuple[TrainingNeed, ...]:
    """Of people of one unit, each with the policy that rated them; a policy without the rule
    says nothing."""
    found: dict[tuple[Rule, WeakKind, str], list[tuple[WeakResult, bool]]] = {}
    for evaluation, compiled in results:
        least, training = weak_below(compiled), compiled.policy.consequences.training
        sheet = evaluation.sheet
        if least is None or training is None or sheet is None:
            continue
        for reached in reached_shares(compiled, sheet_snapshot(sheet)):
            seen = WeakResult(
                evaluation_id=evaluation.id,
                civil_servant_id=evaluation.civil_servant_id,
                province=evaluation.province,
                sheet=sheet.number,
                share=reached.share,
            )
            key = (training.rule, WeakKind(reached.kind), reached.code)
            found.setdefault(key, []).append((seen, reached.share < least))
    needs = [_need(*key, seen) for key, seen in found.items() if any(weak for _, weak in seen)]
    needs.sort(key=lambda each: (-each.people, each.kind, each.code))
    return tuple(needs[:NEEDS_MAX])


def _need(
    rule: Rule, kind: WeakKind, code: str, seen: Sequence[tuple[WeakResult, bool]]
) -> TrainingNeed:
    weak = sorted((each for each, is_weak in seen if is_weak), key=lambda each: each.share)
    return TrainingNeed(
        rule=rule,
        kind=kind,
        code=code,
        rated=len(seen),
        people=len(weak),
        share=sum((each.share for each, _ in seen), Fraction(0)) / len(seen),
        sources=tuple(weak[:SOURCES_MAX]),
    )
