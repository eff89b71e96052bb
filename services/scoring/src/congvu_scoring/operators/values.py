"""Leaves that are named: switches, weights, inputs of the snapshot, fields of a row, the result."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.exact import exact_text
from congvu_scoring.expressions.base import Computed, Number, Text, number_input
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.leaves import TextLiteral
from congvu_scoring.expressions.location import Location, Scope
from congvu_scoring.expressions.operator import Manual, NumberOperator, TextOperator, operator
from congvu_scoring.expressions.reading import Given, check_texts
from congvu_scoring.expressions.reads import NOTHING, Reads
from congvu_scoring.expressions.shapes import NAME, NUMBER, Choice, Either, Keys
from congvu_scoring.expressions.units import Units
from congvu_scoring.snapshots.sections import NUMBER_INPUTS, STATES, TEXT_INPUTS


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

    def reads(self) -> Reads:
        return Reads(constants=frozenset({self.name}))

    def unit(self, units: Units) -> str | None:
        return None


@dataclass(frozen=True, eq=False)
class TextConstant(Text):
    """A switch with named values."""

    name: str

    def evaluate(self, env: Environment) -> str:
        return str(env.constants[self.name])

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, self.evaluate(env)),)

    def reads(self) -> Reads:
        return Reads(constants=frozenset({self.name}))

    def known_values(self, scope: Scope) -> tuple[str, tuple[str, ...]]:
        values = tuple(key for key, _ in scope.switches[self.name].values)
        return f"value of switch {self.name}", values


@operator("switch")
class SwitchValue(NumberOperator, TextOperator):
    argument = text_argument = NAME
    manual = Manual("numbers", "{switch: NAME}", "a numeric switch; as a text, a named one")

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        name = here.text(body)
        switch = here.scope.switches.get(name)
        if switch is None or not switch.numeric:
            numeric = [key for key, item in here.scope.switches.items() if item.numeric]
            raise here.unknown("numeric switch", name, numeric)
        return Constant(name)

    @classmethod
    def read_text(cls, body: object, here: Location) -> Text:
        name = here.text(body)
        if not cls.is_text(name, here):
            named = [key for key, item in here.scope.switches.items() if not item.numeric]
            raise here.unknown("switch with named values", name, named)
        return TextConstant(name)

    @classmethod
    def is_text(cls, name: str, here: Location) -> bool:
        switch = here.scope.switches.get(name)
        return switch is not None and not switch.numeric

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return f"{formula.say('công tắc', 'switch')} {body}"


@operator("weight")
class WeightValue(NumberOperator):
    argument = NAME
    manual = Manual("numbers", "{weight: NAME}", "a weight")

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        name = here.text(body)
        if name not in here.scope.weights:
            raise here.unknown("weight", name, here.scope.weights)
        return Constant(name)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return str(body)


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

    def reads(self) -> Reads:
        found = frozenset({self.path})
        return Reads(inputs=found, needed=found if self.default is None else frozenset())

    def unit(self, units: Units) -> str | None:
        return units.of_input(self.path)


@dataclass(frozen=True, eq=False)
class TextInput(Text):
    path: str
    default: str = ""

    def evaluate(self, env: Environment) -> str:
        return env.snapshot.texts.get(self.path, self.default)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.path, self.evaluate(env) or "–"),)

    def reads(self) -> Reads:
        return Reads(inputs=frozenset({self.path}))

    def known_values(self, scope: Scope) -> tuple[str, tuple[str, ...]] | None:
        declared = scope.inputs.get(self.path)
        values = declared.values if declared else TEXT_INPUTS.get(self.path, ())
        return (f"value of {self.path}", values) if values else None


@operator("input")
class InputValue(NumberOperator, TextOperator):
    argument = Either((NAME, Keys({"path": NAME}, {"default": NUMBER})))
    text_argument = Either((NAME, Keys({"path": NAME}, {"default": NAME})))
    manual = Manual(
        "numbers", ("{input: PATH}", "{input: {path, default}}"), "a number or text of the snapshot"
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        default: Number | None = None
        if isinstance(body, Mapping):
            given = Given.read(cls.argument, body, here)
            default = given.number("default") if given.has("default") else None
            body = given["path"]
        path = here.text(body)
        declared = here.scope.inputs.get(path)
        if path not in NUMBER_INPUTS and (declared is None or declared.values):
            numeric = [name for name, item in here.scope.inputs.items() if not item.values]
            raise here.unknown("number input", path, (*NUMBER_INPUTS, *numeric))
        return NumberInput(path, default)

    @classmethod
    def read_text(cls, body: object, here: Location) -> Text:
        default = ""
        if isinstance(body, Mapping):
            given = Given.read(cls.text_argument, body, here)
            default = given.name("default") if given.get("default") else ""
            body = given["path"]
        path = here.text(body)
        if not cls.is_text(path, here):
            texts = [name for name, item in here.scope.inputs.items() if item.values]
            raise here.unknown("text input", path, (*TEXT_INPUTS, *texts))
        found = TextInput(path, default)
        if default:
            check_texts(found, (TextLiteral(default),), here)
        return found

    @classmethod
    def is_text(cls, name: str, here: Location) -> bool:
        declared = here.scope.inputs.get(name)
        return name in TEXT_INPUTS or bool(declared and declared.values)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        if not given:
            return str(body)
        return f"{given['path']} ({formula.fallback(given.get('default', '–'))})"


@dataclass(frozen=True, eq=False)
class OutcomeNumber(Computed):
    """The total or counted total, for rules and triggers."""

    name: str

    def evaluate(self, env: Environment) -> Fraction:
        value = env.outcome.get(self.name)
        if not isinstance(value, Fraction):
            raise env.missing("chưa có tổng điểm", "there is no total")
        return value

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, exact_text(self.evaluate(env))),)

    def unit(self, units: Units) -> str | None:
        return None


@dataclass(frozen=True, eq=False)
class OutcomeText(Text):
    """The band, raw band or state, for rules and triggers."""

    name: str

    def evaluate(self, env: Environment) -> str:
        return str(env.outcome.get(self.name, ""))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(self.name, self.evaluate(env) or "–"),)

    def reads(self) -> Reads:
        return NOTHING

    def known_values(self, scope: Scope) -> tuple[str, tuple[str, ...]]:
        return ("state", STATES) if self.name == "state" else ("band", scope.bands)


@operator("result")
class Result(NumberOperator, TextOperator):
    argument = Choice(("total", "counted_total"))
    text_argument = Choice(("band", "raw_band", "state"))
    manual = Manual(
        "numbers", ("{result: total}", "{result: counted_total}"), "in rules and triggers only"
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        return OutcomeNumber(cls._name(body, cls.argument.values, here))

    @classmethod
    def read_text(cls, body: object, here: Location) -> Text:
        return OutcomeText(cls._name(body, cls.text_argument.values, here))

    @classmethod
    def _name(cls, body: object, names: tuple[str, ...], here: Location) -> str:
        if not here.scope.outcome:
            raise here.refuse("the result is not known here", "chưa có kết quả ở đây")
        return here.choice(body, names, "result")

    @classmethod
    def is_text(cls, name: str, here: Location) -> bool:
        return name in cls.text_argument.values

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return str(body)


@operator("text")
class TextItself(TextOperator):
    argument = text_argument = NAME
    manual = Manual("texts", "{text: X}", "X itself, where a plain X would be taken for a measure")

    @classmethod
    def read_text(cls, body: object, here: Location) -> Text:
        return TextLiteral(here.text(body))

    @classmethod
    def is_text(cls, name: str, here: Location) -> bool:
        return True

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return str(body)
