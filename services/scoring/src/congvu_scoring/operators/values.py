"""Leaves of the tree: literals, switches, inputs of the snapshot, fields of a row, measures."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from congvu_scoring.common.bilingual import Words
from congvu_scoring.common.exact import exact_text
from congvu_scoring.expressions.base import Number, Text, number_input
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.snapshots.tables import Column, Evidence, Table


@dataclass(frozen=True, eq=False)
class Literal(Number):
    value: Fraction
    constant = True

    def evaluate(self, env: Environment) -> Fraction:
        return self.value


@dataclass(frozen=True, eq=False)
class Constant(Number):
    """A numeric switch or a weight."""

    name: str
    constant = True

    def evaluate(self, env: Environment) -> Fraction:
        value = env.constants[self.name]
        assert isinstance(value, Fraction)  # the loader checked the type
        return value

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (number_input(self.name, self.evaluate(env)),)


@dataclass(frozen=True, eq=False)
class MeasureValue(Number):
    """Another measure of the policy, by name."""

    name: str

    def evaluate(self, env: Environment) -> Fraction:
        return env.measure(self.name)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        measure = env.measures[self.name]
        value = env.measure(self.name)
        before = env.rule, env.outer
        env.rule, env.outer = measure.rule, ()
        parts = measure.value.explain(env, scale)
        env.rule, env.outer = before
        if len(parts) == 1 and parts[0].text_vi == measure.rule.words.vi:
            return parts
        return (line(measure.rule, measure.rule.words, value, scale * value, children=parts),)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (number_input(self.name, env.measure(self.name)),)


@dataclass(frozen=True, eq=False)
class NumberInput(Number):
    """A number of the snapshot by path; without default its absence makes the measure missing."""

    path: str
    default: Number | None = None

    def evaluate(self, env: Environment) -> Fraction:
        found = env.snapshot.numbers.get(self.path)
        if found is not None:
            return found
        if self.default is not None:
            return self.default.evaluate(env)
        raise env.missing(f"thiếu dữ liệu {self.path}", f"the input {self.path} is missing")

    def facts(self, env: Environment) -> tuple[Input, ...]:
        found = env.snapshot.numbers.get(self.path)
        if found is not None:
            return (number_input(self.path, found),)
        return (Input(self.path, "–"),)


@dataclass(frozen=True, eq=False)
class TextInput(Text):
    path: str
    default: str = ""

    def evaluate(self, env: Environment) -> str:
        return env.snapshot.texts.get(self.path, self.default)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.path, self.evaluate(env) or "–"),)


@dataclass(frozen=True, eq=False)
class NumberField(Number):
    """A field of the row; `up` counts lists outwards, 0 being the innermost."""

    name: str
    up: int = 0

    @cached_property
    def reads_row(self) -> bool:
        return True

    def evaluate(self, env: Environment) -> Fraction:
        table, index = (env.table, env.index) if not self.up else env.outer[-self.up]
        column = table.numbers[self.name]
        if not column.has(index):
            label = table.label(index)
            raise env.missing(
                f"{label}: thiếu giá trị {self.name}", f"{label}: {self.name} is missing"
            )
        return column.at(index)

    def column(self, env: Environment, table: Table) -> Column:
        column = table.numbers[self.name]
        if self.up or column.present is not None:
            return super().column(env, table)
        return column

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (number_input(self.name, self.evaluate(env)),)

    def words(self, env: Environment) -> Words:
        label = env.table.label(env.index)
        return Words(label, label)


@dataclass(frozen=True, eq=False)
class TextField(Text):
    name: str
    up: int = 0

    @cached_property
    def reads_row(self) -> bool:
        return True

    def evaluate(self, env: Environment) -> str:
        table, index = (env.table, env.index) if not self.up else env.outer[-self.up]
        cell = table.cells[self.name][index]
        return "" if cell is None else str(cell)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, self.evaluate(env) or "–"),)


@dataclass(frozen=True, eq=False)
class TextLiteral(Text):
    value: str

    def evaluate(self, env: Environment) -> str:
        return self.value


@dataclass(frozen=True, eq=False)
class TextConstant(Text):
    """A switch with named values."""

    name: str

    def evaluate(self, env: Environment) -> str:
        return str(env.constants[self.name])

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, self.evaluate(env)),)


@dataclass(frozen=True, eq=False)
class OutcomeNumber(Number):
    """The total or counted total, for rules and triggers."""

    name: str

    def evaluate(self, env: Environment) -> Fraction:
        value = env.outcome.get(self.name)
        if not isinstance(value, Fraction):
            raise env.missing("chưa có tổng điểm", "there is no total")
        return value

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, exact_text(self.evaluate(env))),)


@dataclass(frozen=True, eq=False)
class OutcomeText(Text):
    """The band, raw band or state, for rules and triggers."""

    name: str

    def evaluate(self, env: Environment) -> str:
        return str(env.outcome.get(self.name, ""))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, self.evaluate(env) or "–"),)


@dataclass(frozen=True, eq=False)
class Missing(Number):
    """Written NOT_EVALUABLE: this branch has no value."""

    vi: str = "không đủ căn cứ chấm điểm"
    en: str = "there is no basis for a score"
    constant = True

    def evaluate(self, env: Environment) -> Fraction:
        raise env.missing(self.vi, self.en)


def evidence_of(table: Table, index: int) -> tuple[Evidence, ...]:
    cells = table.cells.get("evidence")
    found = cells[index] if cells else ()
    return found if isinstance(found, tuple) else ()
