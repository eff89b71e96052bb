"""Comparisons of numbers and of texts, and tests of one text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import ClassVar, Literal

from congvu_scoring.common.exact import is_exact
from congvu_scoring.expressions.base import Combined, Condition, Number, Text
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import ConditionOperator, Manual, operator
from congvu_scoring.expressions.reading import Given, check_texts, is_text, read_number, read_text
from congvu_scoring.expressions.shapes import NAME, OPERAND, TEXT, Keys, ListOf
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.logic import Not
from congvu_scoring.snapshots.tables import Table

Comparison = Literal["less", "at_most", "greater", "at_least", "equals", "not_equals"]
_COMPARES: Mapping[Comparison, Callable[[Fraction, Fraction], bool]] = {
    "less": lt,
    "at_most": le,
    "greater": gt,
    "at_least": ge,
    "equals": eq,
    "not_equals": ne,
}


@dataclass(frozen=True, eq=False)
class Compare(Combined):
    comparison: Comparison
    left: Number
    right: Number

    def evaluate(self, env: Environment) -> bool:
        return _COMPARES[self.comparison](self.left.evaluate(env), self.right.evaluate(env))

    def check_units(self, units: Units) -> None:
        units.same((self.left, self.right))
        units.check_below(self)


class _Comparing(ConditionOperator):
    """Two numbers; `sign` stands between them."""

    comparison: Comparison
    sign: str
    argument = ListOf(OPERAND, 2, 2)

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        pair = here.items(body, 2)
        if len(pair) != 2:  # noqa: PLR2004  # a comparison has two sides
            raise here.refuse("exactly two operands are expected", "cần đúng hai toán hạng")
        if any(is_text(item, here) for item in pair):
            one, other = read_text(pair[0], here.at(0)), read_text(pair[1], here.at(1))
            check_texts(one, (other,), here)
            return cls.of_texts(OneOf(one, (other,)), here)
        _check_declared_text(pair, here)
        left, right = read_number(pair[0], here.at(0)), read_number(pair[1], here.at(1))
        return Compare(cls.comparison, left, right)

    @classmethod
    def of_texts(cls, same: Condition, here: Location) -> Condition:
        raise here.refuse("texts have no order", "chuỗi ký tự không so sánh lớn nhỏ")

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        left, right = formula.each(body)
        return f"{left} {cls.sign} {right}"


def _check_declared_text(pair: Sequence[object], here: Location) -> None:
    """An input compared with a bare code is meant as a text, which only `values` declare."""
    for one, other in (pair, reversed(pair)):
        path = one.get("input") if isinstance(one, Mapping) else None
        declared = here.scope.inputs.get(str(path))
        is_code = isinstance(other, str) and not is_exact(other)
        if is_code and declared and other not in here.scope.measures:
            raise here.refuse(
                f"{path} is declared as a number; declare its values to compare it with {other!r}",
                f"{path} được khai là số; hãy khai values để so sánh với {other!r}",
            )


@operator("less")
class Less(_Comparing):
    comparison, sign = "less", "<"
    manual = Manual("conditions", "{less: [x, y]}", "x < y")
    also = ("<", "below")


@operator("at_most")
class AtMost(_Comparing):
    comparison, sign = "at_most", "≤"
    manual = Manual("conditions", "{at_most: [x, y]}", "x ≤ y")
    also = ("<=",)


@operator("greater")
class Greater(_Comparing):
    comparison, sign = "greater", ">"
    manual = Manual("conditions", "{greater: [x, y]}", "x > y")
    also = (">", "more", "above")


@operator("at_least")
class AtLeast(_Comparing):
    comparison, sign = "at_least", "≥"
    manual = Manual("conditions", "{at_least: [x, y]}", "x ≥ y")
    also = (">=",)


@operator("equals")
class Equals(_Comparing):
    comparison, sign = "equals", "="
    manual = Manual(
        "conditions",
        "{equals: [x, y]}",
        "x = y; also of texts, when one side is a text field, text input, named switch or "
        "`{text: X}`",
    )
    also = ("==",)

    @classmethod
    def of_texts(cls, same: Condition, here: Location) -> Condition:
        return same


@operator("not_equals")
class NotEquals(_Comparing):
    comparison, sign = "not_equals", "≠"
    manual = Manual("conditions", "{not_equals: [x, y]}", "x ≠ y; of texts like `equals`")

    @classmethod
    def of_texts(cls, same: Condition, here: Location) -> Condition:
        return Not(same)


@operator("one_of")
@dataclass(frozen=True, eq=False)
class OneOf(Combined, ConditionOperator):
    """A text is one of the given ones."""

    value: Text
    choices: tuple[Text, ...]
    argument = Keys({"of": TEXT, "values": ListOf(TEXT, 1)})
    manual = Manual("conditions", "{one_of: {of: TEXT, values: [A, B]}}", "the text is one of them")
    also = ("in",)

    def evaluate(self, env: Environment) -> bool:
        value = self.value.evaluate(env)
        return any(value == choice.evaluate(env) for choice in self.choices)

    def mask(self, env: Environment, table: Table) -> Sequence[bool]:
        if any(choice.reads_row for choice in self.choices) or not self.reads_row:
            return super().mask(env, table)
        wanted = {choice.evaluate(env) for choice in self.choices}
        return [self.value.evaluate(env) in wanted for _ in env.each(table)]

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        given = Given.read(cls.argument, body, here)
        values = given.items("values")
        of = given.text("of")
        choices = tuple(read_text(item, spot) for item, spot in values)
        check_texts(of, choices, given.at("values"))
        return cls(of, choices)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        values = ", ".join(formula.each(given["values"]))
        return f"{formula.write(given['of'])} {formula.say('thuộc', 'in')} {{{values}}}"


@dataclass(frozen=True, eq=False)
class _Affix(Combined, ConditionOperator):
    value: Text
    affixes: tuple[str, ...]
    key: ClassVar[str]
    label: ClassVar[tuple[str, str]]

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        given = Given.read(cls.argument, body, here)
        affixes = [item for item, _ in given.items(cls.key)]
        return cls(given.text("of"), tuple(here.text(affix) for affix in affixes))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        affixes = ", ".join(formula.each(given[cls.key]))
        return f"{formula.write(given['of'])} {formula.say(*cls.label)} {affixes}"


@operator("starts_with")
class StartsWith(_Affix):
    key, label = "prefixes", ("bắt đầu bằng", "starts with")
    argument = Keys({"of": TEXT, "prefixes": ListOf(NAME, 1)})
    manual = Manual("conditions", '{starts_with: {of: TEXT, prefixes: ["C.56"]}}', "one of them")

    def evaluate(self, env: Environment) -> bool:
        return self.value.evaluate(env).startswith(self.affixes)


@operator("ends_with")
class EndsWith(_Affix):
    key, label = "suffixes", ("kết thúc bằng", "ends with")
    argument = Keys({"of": TEXT, "suffixes": ListOf(NAME, 1)})
    manual = Manual("conditions", '{ends_with: {of: TEXT, suffixes: ["@2"]}}', "one of them")

    def evaluate(self, env: Environment) -> bool:
        return self.value.evaluate(env).endswith(self.affixes)
