"""How an argument is written: one description for the reader, the JSON Schema and the manual."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from congvu_kit.domain.canonical import Json


class Shape(ABC):
    @abstractmethod
    def schema(self) -> dict[str, Json]:
        """The JSON Schema of what may be written."""

    def keys(self) -> "Keys":
        """The mapping form of it."""
        raise TypeError(f"{self} is never written as a mapping")

    def listed(self) -> "ListOf":
        """The list form of it."""
        raise TypeError(f"{self} is never written as a list")


@dataclass(frozen=True)
class Defined(Shape):
    """Has a name of its own under `$defs`."""

    name: str

    def schema(self) -> dict[str, Json]:
        return {"$ref": f"#/$defs/{self.name}"}


@dataclass(frozen=True)
class Plain(Shape):
    """`rules` are the keywords of JSON Schema themselves."""

    rules: Mapping[str, Json]

    def schema(self) -> dict[str, Json]:
        return dict(self.rules)


@dataclass(frozen=True)
class Choice(Shape):
    values: tuple[str, ...]

    def schema(self) -> dict[str, Json]:
        return {"enum": list(self.values)}


@dataclass(frozen=True)
class ListOf(Shape):
    item: Shape
    least: int = 0
    most: int | None = None

    def listed(self) -> "ListOf":
        return self

    def schema(self) -> dict[str, Json]:
        bounds: dict[str, Json] = {"minItems": self.least} if self.least else {}
        if self.most is not None:
            bounds["maxItems"] = self.most
        return {"type": "array", "items": self.item.schema(), **bounds}


@dataclass(frozen=True)
class MapOf(Shape):
    """Its keys are names the author chooses."""

    item: Shape

    def schema(self) -> dict[str, Json]:
        return {"type": "object", "additionalProperties": self.item.schema()}


@dataclass(frozen=True)
class Keys(Shape):
    """A mapping with these keys and no others; `least` of them when none is required."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    least: int = 0

    def keys(self) -> "Keys":
        return self

    def schema(self) -> dict[str, Json]:
        shapes = {**self.required, **self.optional}
        least: dict[str, Json] = {"minProperties": self.least} if self.least else {}
        return {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in shapes.items()},
            "required": list(self.required),
            "additionalProperties": False,
            **least,
        }


@dataclass(frozen=True)
class Either(Shape):
    shapes: tuple[Shape, ...]

    def keys(self) -> Keys:
        return next(shape for shape in self.shapes if isinstance(shape, Keys))

    def listed(self) -> ListOf:
        return next(shape for shape in self.shapes if isinstance(shape, ListOf))

    def schema(self) -> dict[str, Json]:
        return {"anyOf": [shape.schema() for shape in self.shapes]}


NUMBER, CONDITION, TEXT = Defined("number"), Defined("condition"), Defined("text")
EXACT, NAME, BILINGUAL = Defined("exact"), Defined("name"), Defined("bilingual")
OPERAND = Either((NUMBER, TEXT))
WHOLE = Plain({"type": ["integer", "string"]})
FLAG = Plain({"type": "boolean"})
RULED: Mapping[str, Shape] = {"clause": NAME, "text": BILINGUAL}
"""What stands behind every rule."""
