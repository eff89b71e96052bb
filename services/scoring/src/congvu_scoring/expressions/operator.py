"""An operator of the policy language: all that is known about one word stands in one class."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from inspect import isabstract
from typing import ClassVar, Literal, TypeVar

from congvu_scoring.expressions.base import Condition, Number, Text
from congvu_scoring.expressions.formula import Formula, Language
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.shapes import Shape

Section = Literal["numbers", "lists", "measures", "conditions", "texts"]


@dataclass(frozen=True, slots=True)
class Manual:
    """Its row in the manual: the table, how it is written, and what that gives."""

    section: Section
    written: str | tuple[str, ...]
    gives: str

    def row(self) -> str:
        forms = (self.written,) if isinstance(self.written, str) else self.written
        return f"| {', '.join(f'`{form}`' for form in forms)} | {self.gives} |"


class Operator(ABC):
    """`argument` is what stands behind the word; `also` are names other languages have for it."""

    word: ClassVar[str]
    argument: ClassVar[Shape]
    manual: ClassVar[Manual]
    also: ClassVar[tuple[str, ...]] = ()

    @classmethod
    @abstractmethod
    def write(cls, body: object, formula: Formula) -> str:
        """The formula for people, in the language of `formula`."""


class NumberOperator(Operator):
    @classmethod
    @abstractmethod
    def read(cls, body: object, here: Location) -> Number: ...


class ConditionOperator(Operator):
    @classmethod
    @abstractmethod
    def read(cls, body: object, here: Location) -> Condition: ...


class TextOperator(Operator):
    text_argument: ClassVar[Shape]

    @classmethod
    @abstractmethod
    def read_text(cls, body: object, here: Location) -> Text: ...

    @classmethod
    @abstractmethod
    def is_text(cls, name: str, here: Location) -> bool:
        """Whether, as an operand of `equals`, it can only be a text."""


NUMBERS: dict[str, type[NumberOperator]] = {}
CONDITIONS: dict[str, type[ConditionOperator]] = {}
TEXTS: dict[str, type[TextOperator]] = {}
OPERATORS: dict[str, type[Operator]] = {}
"""By word; complete once `congvu_scoring.operators` is imported."""

T = TypeVar("T", bound=Operator)


def operator(word: str) -> Callable[[type[T]], type[T]]:
    """Make a class the operator `word`; `TypeError` names what it has left out."""

    def register(found: type[T]) -> type[T]:
        needed = ["argument", "manual"]
        if issubclass(found, TextOperator):
            needed = ["text_argument", *needed]
        absent = [name for name in needed if not hasattr(found, name)]
        if isabstract(found):
            absent += sorted(found.__abstractmethods__)
        if absent or word in OPERATORS:
            raise TypeError(f"operator {word}: {', '.join(absent) or 'is there already'}")
        found.word = word
        OPERATORS[word] = found
        if issubclass(found, NumberOperator):
            NUMBERS[word] = found
        if issubclass(found, ConditionOperator):
            CONDITIONS[word] = found
        if issubclass(found, TextOperator):
            TEXTS[word] = found
        return found

    return register


def formula_in(language: Language) -> Formula:
    return Formula(language, lambda word: OPERATORS[word].write)
