"""Reading numbers, conditions and texts: a leaf, or one operator that reads itself."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import exact, is_exact
from congvu_scoring.common.limits import LITERAL_MAX_BITS, short
from congvu_scoring.expressions.base import Condition, Number, Text
from congvu_scoring.expressions.leaves import Always, Literal, MeasureValue, Missing, TextLiteral
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import CONDITIONS, NUMBERS, TEXTS, Operator
from congvu_scoring.expressions.shapes import Shape

NOT_EVALUABLE = "NOT_EVALUABLE"
T = TypeVar("T", bound=Operator)


def read_number(value: object, here: Location) -> Number:
    """A literal, the name of a measure above, NOT_EVALUABLE, or one operator."""
    if is_exact(value):
        number = exact(value, here.path)
        if max(map(int.bit_length, number.as_integer_ratio())) > LITERAL_MAX_BITS:
            raise here.refuse("a number has at most 77 digits", "một số có tối đa 77 chữ số")
        return Literal(number)
    if isinstance(value, str):
        if value == NOT_EVALUABLE:
            return Missing()
        if value not in here.scope.measures:
            _check_order(value, here)
            raise here.unknown("measure (defined above)", value, here.scope.measures)
        return MeasureValue(value)
    if not isinstance(value, Mapping) or len(value) != 1:
        raise here.refuse(
            f"a number or exactly one operator is expected, not {short(value)}",
            "cần một số hoặc đúng một toán tử",
        )
    word, body = next(iter(value.items()))
    found = NUMBERS.get(str(word))
    if found is None:
        raise here.unknown("number operator", word, NUMBERS, _meant(NUMBERS))
    return found.read(body, here.at(str(word)))


def _check_order(value: str, here: Location) -> None:
    """A measure used too early, and a formula as text, are no unknown names."""
    if value == here.scope.measuring:
        raise here.refuse("a measure cannot use itself", "chỉ số không thể dùng chính nó")
    if value in here.scope.every_measure:
        raise here.refuse(
            f"measure {value!r} stands below; one uses only those above it",
            f"chỉ số {value!r} nằm bên dưới; chỉ được dùng chỉ số ở trên",
        )
    if any(sign in value for sign in "*/+()") or " - " in value:
        raise here.refuse(
            f"{short(value)} is a formula in words; write operators: {{multiply: [x, y]}}",
            f"{short(value)} là công thức dạng chữ; hãy ghi toán tử: {{multiply: [x, y]}}",
        )


def _meant(operators: Mapping[str, type[T]]) -> Mapping[str, str]:
    return {name: word for word, found in operators.items() for name in found.also}


def read_condition(value: object, here: Location) -> Condition:
    if isinstance(value, bool):
        return Always(value)
    if not isinstance(value, Mapping) or len(value) != 1:
        raise here.refuse(
            f"a condition with exactly one operator is expected, not {short(value)}",
            "cần một điều kiện có đúng một toán tử",
        )
    word, body = next(iter(value.items()))
    found = CONDITIONS.get(str(word))
    if found is None:
        raise here.unknown("condition", word, CONDITIONS, _meant(CONDITIONS))
    return found.read(body, here.at(str(word)))


def read_text(value: object, here: Location) -> Text:
    """A plain string is itself; anything else is one operator."""
    if not isinstance(value, Mapping):
        return TextLiteral(here.text(value))
    if len(value) != 1:
        raise here.refuse("one operator is expected", "cần đúng một toán tử")
    word, body = next(iter(value.items()))
    found = TEXTS.get(str(word))
    if found is None:
        raise here.unknown("text operator", word, TEXTS)
    return found.read_text(body, here.at(str(word)))


def is_text(value: object, here: Location) -> bool:
    """Whether an operand of `equals` can only be a text."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return False
    word, body = next(iter(value.items()))
    found = TEXTS.get(str(word))
    name = str(body.get("path") if isinstance(body, Mapping) else body)
    return found is not None and found.is_text(name, here)


def check_texts(value: Text, compared: tuple[Text, ...], here: Location) -> None:
    """Refuse a literal that `value` can never be, with the value that was meant."""
    for one, others in ((value, compared), *((other, (value,)) for other in compared)):
        known = one.known_values(here.scope)
        if known is None:
            continue
        kind, values = known
        for other in others:
            if isinstance(other, TextLiteral) and other.value and other.value not in values:
                raise here.unknown(kind, other.value, values)


class Given:
    """A mapping whose keys were checked against its shape, and where it stands."""

    def __init__(self, values: Mapping[str, object], here: Location) -> None:
        self.values = values
        self.here = here

    @classmethod
    def read(cls, shape: Shape, value: object, here: Location) -> "Given":
        keys = shape.keys()
        return cls(here.mapping(value, tuple(keys.required), tuple(keys.optional)), here)

    def of_rule(self, rule: str) -> "Given":
        return Given(self.values, self.here.of_rule(rule))

    def named(self) -> "Given":
        """For the rule that its `id` names."""
        return self.of_rule(self.name("id"))

    def at(self, key: str) -> Location:
        return self.here.at(key)

    def has(self, key: str) -> bool:
        """Whether the key is written, and not as null."""
        return self.values.get(key) is not None

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __getitem__(self, key: str) -> object:
        return self.values[key]

    def get(self, key: str, default: object = None) -> object:
        return self.values.get(key, default)

    def number(self, key: str, default: object = None, inside: Location | None = None) -> Number:
        return read_number(self.values.get(key, default), (inside or self.here).at(key))

    def condition(self, key: str, inside: Location | None = None) -> Condition:
        return read_condition(self.values[key], (inside or self.here).at(key))

    def text(self, key: str) -> Text:
        return read_text(self.values[key], self.at(key))

    def exact(self, key: str, default: object = None) -> Fraction:
        return exact(self.values.get(key, default), self.at(key).path)

    def exact_or_none(self, key: str) -> Fraction | None:
        return self.exact(key) if self.has(key) else None

    def whole(self, key: str, default: int = 0) -> int:
        return self.at(key).whole(self.values.get(key, default))

    def name(self, key: str, default: object = None) -> str:
        return self.at(key).text(self.values.get(key, default))

    def choice(self, key: str, choices: Sequence[str], kind: str, default: object = None) -> str:
        return self.at(key).choice(self.values.get(key, default), choices, kind)

    def bilingual(self, key: str) -> Bilingual:
        return self.at(key).bilingual(self.values[key])

    def items(self, key: str, least: int = 1) -> list[tuple[object, Location]]:
        """The entries of a list, each with where it stands."""
        here = self.at(key)
        listed = here.items(self.values.get(key, []), least)
        return [(item, here.at(index)) for index, item in enumerate(listed)]

    def entries(self, key: str) -> list[tuple[str, object, Location]]:
        """Those of a mapping with names the author chose."""
        here = self.at(key)
        named = here.names(self.values.get(key, {}))
        return [(name, item, here.at(name)) for name, item in named.items()]

    def rule(self, rule_id: str) -> Rule:
        """The clause and the sentence that stand behind a rule; both are required."""
        for key in ("clause", "text"):
            if not self.has(key):
                raise self.here.of_rule(rule_id).refuse(f"the {key} is missing", f"thiếu {key}")
        return Rule(rule_id, self.name("clause"), self.bilingual("text"))


def read_numbers(shape: Shape, body: object, here: Location) -> tuple[Number, ...]:
    """The list form of an argument."""
    listed = here.items(body, shape.listed().least)
    return tuple(read_number(item, here.at(index)) for index, item in enumerate(listed))
