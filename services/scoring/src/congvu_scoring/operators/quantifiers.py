"""Whether every row, or some row, meets a condition."""

from dataclasses import dataclass
from functools import cached_property

from congvu_scoring.expressions.base import Combined, Condition
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.formula import Formula
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import ConditionOperator, Manual, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import CONDITION, Keys
from congvu_scoring.expressions.sizes import Sizes
from congvu_scoring.operators.rows import NARROWED, OVER, Rows, reaches_out, read_rows


@dataclass(frozen=True, eq=False)
class _Quantified(Combined, ConditionOperator):
    rows: Rows
    meets: Condition
    argument = Keys({**OVER, "meets": CONDITION}, NARROWED)

    @cached_property
    def reads_row(self) -> bool:
        return self.rows.reads_row or any(reaches_out(node) for node in self.operands())

    def cost(self, sizes: Sizes) -> int:
        return self.rows.cost_over(self.operands(), sizes)

    def deciding(self, env: Environment, *, holding: bool) -> tuple[Input, ...]:
        """The rows that decided it."""
        table = self.rows.table(env)
        return tuple(
            Input(self.rows.over, table.label(index))
            for index in env.each(table)
            if self.meets.evaluate(env) == holding
        )

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        given = Given.read(cls.argument, body, here)
        rows, inside = read_rows(given, here)
        return cls(rows, given.condition("meets", inside))


@operator("every")
class Every(_Quantified):
    """True also when there is no row."""

    manual = Manual(
        "conditions", "{every: {over, by, where, meets}}", "every row (also when there is none)"
    )

    def evaluate(self, env: Environment) -> bool:
        table = self.rows.table(env)
        return all(self.meets.evaluate(env) for _ in env.each(table))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.deciding(env, holding=False)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.rows("mọi", "every", body)


@operator("some")
class Some(_Quantified):
    manual = Manual("conditions", "{some: {over, by, where, meets}}", "at least one row")

    def evaluate(self, env: Environment) -> bool:
        table = self.rows.table(env)
        return any(self.meets.evaluate(env) for _ in env.each(table))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.deciding(env, holding=True)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.rows("có ít nhất một", "some", body)
