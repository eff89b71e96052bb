"""Fields of a row, and of the row outside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.expressions.base import (
    Combined,
    Computed,
    Condition,
    Number,
    Text,
    number_input,
    stated,
)
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.formula import Formula
from congvu_scoring.expressions.location import Location, Scope
from congvu_scoring.expressions.operator import (
    ConditionOperator,
    Manual,
    NumberOperator,
    TextOperator,
    operator,
)
from congvu_scoring.expressions.reads import NOTHING, Reads
from congvu_scoring.expressions.shapes import NAME
from congvu_scoring.expressions.units import Units
from congvu_scoring.snapshots.sections import GROUPS_OF, HISTORY, PERIODS, TIMELINE, Section
from congvu_scoring.snapshots.tables import Column, Table

_BANDED = (HISTORY.name, PERIODS.name, TIMELINE)


@dataclass(frozen=True, eq=False)
class NumberField(Computed):
    """A field of the row; `up` counts lists outwards, 0 being the innermost."""

    name: str
    up: int = 0

    @cached_property
    def reads_row(self) -> bool:
        return True

    def evaluate(self, env: Environment) -> Fraction:
        table, index = self._place(env)
        column = table.numbers[self.name]
        if not column.has(index):
            label = table.label(index)
            raise env.missing(
                f"{label}: thiếu giá trị {self.name}", f"{label}: {self.name} is missing"
            )
        return column.at(index)

    def _place(self, env: Environment) -> tuple[Table, int]:
        return (env.table, env.index) if not self.up else env.outer[-self.up]

    def column(self, env: Environment, table: Table) -> Column:
        column = table.numbers[self.name]
        if self.up or column.present is not None:
            return super().column(env, table)
        return column

    def facts(self, env: Environment) -> tuple[Input, ...]:
        table, index = self._place(env)
        column = table.numbers[self.name]
        if not column.has(index):
            return (number_input(self.name, self.evaluate(env)),)
        return (stated(self.name, column.text(index)),)

    def fact_columns(self, env: Environment, table: Table) -> dict[str, Sequence[Input]] | None:
        column = table.numbers[self.name]
        if self.up or column.present is not None:
            return None

        def told() -> Sequence[Input]:
            return [stated(self.name, text or "") for text in column.texts()]

        return {self.name: env.of_table((NumberField, self.name), table, told)}

    def title(self, env: Environment) -> Bilingual:
        label = env.table.label(env.index)
        return Bilingual(label, label)

    def unit(self, units: Units) -> str | None:
        return None


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

    def reads(self) -> Reads:
        return NOTHING

    def known_values(self, scope: Scope) -> tuple[str, tuple[str, ...]] | None:
        section = scope.rows[-1 - self.up]
        origin = section.name.removeprefix(GROUPS_OF)
        if self.name == "band" and origin in _BANDED:
            return "band", (*scope.bands, *scope.former_bands)
        field = section.field(self.name)
        if field is None or not field.choices:
            return None
        return f"{self.name} of {origin}", field.choices


class _FieldOf(NumberOperator, TextOperator):
    """`up` lists outwards."""

    up: int
    argument = text_argument = NAME

    @classmethod
    def _section(cls, here: Location) -> Section:
        rows = here.scope.rows
        if len(rows) <= cls.up:
            raise here.refuse("there is no list around it", "không nằm trong danh sách nào")
        return rows[-1 - cls.up]

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        name = here.text(body)
        section = cls._section(here)
        found = section.field(name)
        if found is None or found.kind != "number":
            if found is not None:
                raise here.refuse(
                    f"{name!r} of {section.name} is a {found.kind}, and a number is expected",
                    f"{name!r} của {section.name} không phải số",
                )
            known = [item.name for item in section.fields if item.kind == "number"]
            raise here.unknown(f"number field of {section.name}", name, known)
        return NumberField(name, cls.up)

    @classmethod
    def read_text(cls, body: object, here: Location) -> Text:
        name = here.text(body)
        section = cls._section(here)
        found = section.field(name)
        if found is None or found.kind != "text":
            known = [item.name for item in section.fields if item.kind == "text"]
            raise here.unknown(f"text field of {section.name}", name, known)
        return TextField(name, cls.up)

    @classmethod
    def is_text(cls, name: str, here: Location) -> bool:
        rows = here.scope.rows
        found = rows[-1 - cls.up].field(name) if len(rows) > cls.up else None
        return found is not None and found.kind == "text"

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return str(body)


@operator("field")
class FieldOfRow(_FieldOf):
    up = 0
    manual = Manual("lists", "{field: NAME}", "a field of the row, number or text")


@operator("outer")
class FieldOfOuterRow(_FieldOf):
    up = 1
    manual = Manual("lists", "{outer: NAME}", "a field of the row outside, in a list within a list")


@operator("flag")
@dataclass(frozen=True, eq=False)
class Flag(Combined, ConditionOperator):
    """A true-or-false field of the row."""

    name: str
    argument = NAME
    manual = Manual("conditions", "{flag: shared}", "the row's flag is true")

    @cached_property
    def reads_row(self) -> bool:
        return True

    def evaluate(self, env: Environment) -> bool:
        return bool(env.table.cells[self.name][env.index])

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        name = here.text(body)
        section = here.scope.rows[-1] if here.scope.rows else None
        found = section.field(name) if section else None
        if found is None or found.kind != "flag":
            raise here.refuse(f"no true-or-false field {name!r} here", f"không có trường {name!r}")
        return cls(name)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return f"{body} {formula.say('được đánh dấu', 'is marked')}"
