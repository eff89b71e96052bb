"""The rows of a list: which ones, and what an expression over them has in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from congvu_scoring.expressions.base import Computed, Condition, Expression
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.leaves import TextLiteral
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given, read_condition
from congvu_scoring.expressions.reads import NO_RULE, Reads
from congvu_scoring.expressions.shapes import CONDITION, NAME
from congvu_scoring.expressions.sizes import Sizes
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.comparisons import OneOf
from congvu_scoring.operators.fields import NumberField, TextField
from congvu_scoring.operators.logic import All
from congvu_scoring.snapshots.sections import (
    CONDUCT,
    ELEMENTS,
    GROUPS_OF,
    PERIODS,
    ROW_SOURCES,
    Field,
    Section,
)
from congvu_scoring.snapshots.tables import Table

OVER = {"over": NAME}
NARROWED = {"by": NAME, "where": CONDITION}

GROUPING_SHIFT = 5
"""Looking at 32 rows for whether they belong to a group is one step."""


@dataclass(frozen=True, eq=False)
class Rows(Expression):
    """Which rows: a list, or the groups of a list by a text field, narrowed by a condition."""

    over: str
    by: str | None = None
    where: Condition | None = None

    @cached_property
    def reads_row(self) -> bool:
        return self.over == "group" or (self.where is not None and reaches_out(self.where))

    def table(self, env: Environment) -> Table:
        if env.known is None or self.reads_row:
            return self._table(env)
        if self not in env.known:
            env.known[self] = self._table(env)
        found: Table = env.known[self]
        return found

    def _table(self, env: Environment) -> Table:
        table = env.rows_of(self.over)
        if self.by is not None:
            rows = len(table)
            table = table.grouped(self.by)
            env.spend(rows * len(table) >> GROUPING_SHIFT)
        if self.where is not None and len(table):
            table = table.where(self.where.mask(env, table))
        return table

    def cost_over(self, inside: Iterable[Expression], sizes: Sizes) -> int:
        """The rows of all groups together are those of the list."""
        rows = 1 if self.over == "group" else sizes.rows(self.over)
        grouping = rows * rows >> GROUPING_SHIFT if self.by is not None else 0
        return 1 + grouping + rows * (1 + sum(each.cost(sizes) for each in inside))

    def reads(self) -> Reads:
        conduct = self._conduct_rules() if self.over == CONDUCT.name else NO_RULE
        inputs = frozenset({ELEMENTS.name}) if self.over == ELEMENTS.name else frozenset()
        return Reads(inputs, frozenset({self.over}), conduct=conduct)

    def _conduct_rules(self) -> frozenset[str] | None:
        """The rules whose rows are kept; None when rows of any rule are."""
        kept = self.where.conditions if isinstance(self.where, All) else (self.where,)
        for one in kept:
            if not isinstance(one, OneOf) or not isinstance(one.value, TextField):
                continue
            if one.value.name == "rule":
                found = {item.value for item in one.choices if isinstance(item, TextLiteral)}
                return frozenset(found) if len(found) == len(one.choices) else None
        return None

    def check_units(self, units: Units) -> None:
        units.check_below(self)


def reaches_out(expression: Expression) -> bool:
    """Whether it names a field of an outer row."""
    return any(
        isinstance(node, NumberField | TextField) and node.up > 0 for node in expression.walk()
    )


class OverRows(Computed):
    """A number made from rows: it changes with an outer row only if it names one."""

    rows: Rows

    @cached_property
    def reads_row(self) -> bool:
        return self.rows.reads_row or any(reaches_out(node) for node in self.operands())

    def cost(self, sizes: Sizes) -> int:
        return self.rows.cost_over(self.operands(), sizes)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return ()


def read_rows(given: Mapping[str, object] | Given, here: Location) -> tuple[Rows, Location]:
    """The rows, and the location inside them where their fields are known."""
    name = here.at("over").text(given["over"])
    section = _section(name, here.at("over"))
    by = given.get("by")
    if by is not None:
        field = section.field(here.at("by").text(by))
        if field is None or field.kind != "text":
            raise here.at("by").refuse(
                f"{by!r} is no text field of {name}", f"{by!r} không phải trường chữ của {name}"
            )
        section = Section(
            f"{GROUPS_OF}{section.name}",
            field.name,
            (Field(field.name, "text", choices=field.choices),),
        )
    inside = here.within(section)
    where: Condition | None = None
    if given.get("where") is not None:
        where = read_condition(given["where"], inside.at("where"))
    return Rows(name, None if by is None else str(by), where), inside


def _section(name: str, here: Location) -> Section:
    rows = here.scope.rows
    if name == "group":
        if not rows or not rows[-1].name.startswith(GROUPS_OF):
            raise here.refuse("there is no group here", "không có nhóm nào ở đây")
        return ROW_SOURCES[rows[-1].name.removeprefix(GROUPS_OF)]
    if name == PERIODS.name and not here.scope.rollup:
        raise here.refuse("periods are known only in roll_up", "periods chỉ có trong roll_up")
    if here.scope.rollup and name != PERIODS.name:
        raise here.refuse("a roll-up reads periods only", "tổng hợp kỳ chỉ đọc periods")
    if name not in ROW_SOURCES:
        raise here.unknown("list", name, (*ROW_SOURCES, "group"))
    return ROW_SOURCES[name]
