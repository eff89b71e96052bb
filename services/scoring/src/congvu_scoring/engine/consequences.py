"""What follows from results, as a policy says it; pure data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.expressions.base import Condition, Expression, Number

RATE_MAX = 10
"""Largest rate over the base of pay: a mistyped percentage is none."""


@dataclass(frozen=True, slots=True)
class Pay:
    """What a band is worth in pay: `rates` by band code, over the base that the agency keeps.
    `periods` are the kinds of period it is for."""

    rule: Rule
    kind: Literal["ADDITIONAL_INCOME", "BONUS"]
    periods: tuple[str, ...]
    rates: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Training:
    """A criterion or product of which less than this share was reached calls for training."""

    rule: Rule
    weak_below: Number


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a result proposes; people decide, and nothing comes of it by itself."""

    rule: Rule
    kind: Literal["PROMOTION", "PLACEMENT", "WARNING"]
    periods: tuple[str, ...]
    when: Condition
    proposal: Bilingual


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from results, as data; no score reads it."""

    pay: tuple[Pay, ...] = ()
    training: Training | None = None
    proposals: tuple[Proposal, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*(pay.rule for pay in self.pay), *(each.rule for each in self.proposals))

    def expressions(self) -> Iterator[tuple[str, Expression]]:
        """Each by the rule it belongs to."""
        for pay in self.pay:
            yield from ((pay.rule.id, rate) for rate in pay.rates.values())
        if self.training is not None:
            yield self.training.rule.id, self.training.weak_below
        for each in self.proposals:
            yield each.rule.id, each.when
