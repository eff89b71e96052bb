"""A number of points that entries add to or take from."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.expressions.base import (
    Computed,
    Number,
    adjustment,
)
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, line
from congvu_scoring.expressions.formula import Formula, items, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given, read_number
from congvu_scoring.expressions.shapes import (
    CONDITION,
    EXACT,
    NAME,
    NUMBER,
    RULED,
    WHOLE,
    Keys,
    ListOf,
)
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.arithmetic import Product
from congvu_scoring.operators.rows import read_rows
from congvu_scoring.operators.totals import SumOver
from congvu_scoring.snapshots.sections import CONDUCT

_ENTRY = Keys(
    {"id": NAME, **RULED},
    {
        "amount": NUMBER,
        "over": NAME,
        "where": CONDITION,
        "each": NUMBER,
        "times": NUMBER,
        "limit": EXACT,
        "most": WHOLE,
    },
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`amount` is what the ledger moves by; at most `limit` in all, when there is a limit.

    `most` is how often it can be met in one period: more is a slip of whoever entered it.
    """

    rule: Rule
    amount: Number
    limit: Fraction | None
    most: int | None = None

    def moves(self, env: Environment) -> Fraction:
        amount = self.amount.evaluate(env)
        if self.limit is None:
            return amount
        return max(-self.limit, min(self.limit, amount))


@operator("ledger")
@dataclass(frozen=True, eq=False)
class Ledger(Computed, NumberOperator):
    """Starts at a number of points; each entry adds or takes; kept within floor and ceiling."""

    start: Number
    entries: tuple[Entry, ...]
    floor: Number | None
    ceiling: Number | None
    argument = Keys(
        {"start": NUMBER, "entries": ListOf(_ENTRY, 1)}, {"floor": NUMBER, "ceiling": NUMBER}
    )
    manual = Manual(
        "measures",
        "{ledger: {start, floor, ceiling, entries}}",
        "a start, moved by each entry, kept within floor and ceiling",
    )

    def _raw(self, env: Environment) -> Fraction:
        moved = (entry.moves(env) for entry in self.entries)
        return self.start.evaluate(env) + env.sum(moved)

    def evaluate(self, env: Environment) -> Fraction:
        value = self._raw(env)
        if self.ceiling is not None:
            value = min(value, self.ceiling.evaluate(env))
        if self.floor is not None:
            value = max(value, self.floor.evaluate(env))
        return value

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        bound = self.evaluate(env) - self._raw(env)
        parts: list[Explanation] = list(self.start.explain(env, scale))
        for entry in self.entries:
            moved = entry.moves(env)
            inner = entry.amount.explain(env, scale) if moved else ()
            exact_inner = sum((part.points for part in inner), Fraction(0)) == scale * moved
            parts.append(
                line(
                    entry.rule,
                    entry.rule.text,
                    moved,
                    scale * moved,
                    children=inner if exact_inner else (),
                )
            )
        text = Bilingual("Giữ trong mức sàn và mức trần", "Kept within floor and ceiling")
        return (*parts, *adjustment(env, text, scale * bound))

    def unit(self, units: Units) -> str | None:
        return units.of(self.start)

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        written = [(value, spot.named_by(value)) for value, spot in given.items("entries")]
        found = [spot.gather(_entry, value, spot) for value, spot in written]
        return cls(
            given.number("start"),
            tuple(entry for entry in found if entry is not None),
            given.number("floor") if "floor" in given else None,
            given.number("ceiling") if "ceiling" in given else None,
        )

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        rows = "; ".join(
            f"{entry['id']}: {formula.write(entry.get('each', entry.get('amount')))}"
            for entry in map(mapping, items(given["entries"]))
        )
        start = f"{formula.say('bắt đầu từ', 'starts at')} {formula.write(given['start'])}"
        bounds = "".join(
            f"; {label} {formula.write(given[name])}"
            for name, label in (
                ("floor", formula.say("sàn", "floor")),
                ("ceiling", formula.say("trần", "ceiling")),
            )
            if name in given
        )
        return f"{start}; {rows}{bounds}"


def _entry(value: object, here: Location) -> Entry:
    """Either `amount`, or rows with so many points `each` (times a field, by default 1)."""
    given = Given.read(_ENTRY, value, here).named()
    rule_id = given.here.rule
    rule, limit = given.rule(rule_id), given.exact_or_none("limit")
    most = given.whole("most") if "most" in given else None
    if given.has("amount"):
        return Entry(rule, given.number("amount"), limit, most)
    if not given.has("each"):
        raise given.here.refuse("give amount, or over and each", "cần amount, hoặc over và each")
    over = given.get("over", CONDUCT.name)
    where = given.get("where")
    if where is None and over == CONDUCT.name:
        where = {"equals": [{"field": "rule"}, {"text": rule_id}]}
    rows, inside = read_rows({"over": over, "where": where}, given.here)
    each = given.number("each", inside=inside)
    times = given.get("times", {"field": "count"} if over == CONDUCT.name else None)
    if times is None:
        return Entry(rule, SumOver(rows, each), limit, most)
    factor = read_number(times, inside.at("times"))
    return Entry(rule, SumOver(rows, Product((factor, each))), limit, most)
