"""Texts of the policy language: codes, names, switches with named values."""

from collections.abc import Mapping

from congvu_scoring.expressions.base import Text
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.known_texts import check_texts
from congvu_scoring.operators.values import (
    OutcomeText,
    TextConstant,
    TextField,
    TextInput,
    TextLiteral,
)
from congvu_scoring.snapshots.sections import TEXT_INPUTS

TEXT_OPERATORS = ("field", "outer", "input", "switch", "result", "text")
_OUTCOMES = ("band", "raw_band", "state")


def looks_like_text(value: object, place: Place) -> bool:
    """Whether an operand of `equals` can only be a text."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return False
    operator, body = next(iter(value.items()))
    name = str(body.get("path") if isinstance(body, Mapping) else body)
    if operator in ("field", "outer"):
        return _is_text_field(name, place, 1 if operator == "field" else 2)
    if operator == "input":
        declared = place.scope.inputs.get(name)
        return name in TEXT_INPUTS or bool(declared and declared.values)
    if operator == "switch":
        switch = place.scope.switches.get(name)
        return switch is not None and not switch.numeric
    return operator == "text" or (operator == "result" and name in _OUTCOMES)


def _is_text_field(name: str, place: Place, position: int) -> bool:
    rows = place.scope.rows
    found = rows[-position].field(name) if len(rows) >= position else None
    return found is not None and found.kind == "text"


def read_text(value: object, place: Place) -> Text:
    """A plain string is itself; anything else is one operator."""
    if not isinstance(value, Mapping):
        return TextLiteral(place.text(value))
    if len(value) != 1:
        raise place.refuse("one operator is expected", "cần đúng một toán tử")
    operator, body = next(iter(value.items()))
    below = place.at(str(operator))
    match operator:
        case "text":
            return TextLiteral(below.text(body))
        case "field" | "outer":
            return _field(body, below, 0 if operator == "field" else 1)
        case "input":
            return _input(body, below)
        case "switch":
            return _switch(body, below)
        case "result":
            if not place.scope.outcome:
                raise below.refuse("the result is not known here", "chưa có kết quả ở đây")
            return OutcomeText(below.choice(body, _OUTCOMES, "result"))
    raise place.unknown("text operator", operator, TEXT_OPERATORS)


def _field(body: object, place: Place, up: int) -> Text:
    name = place.text(body)
    rows = place.scope.rows
    if len(rows) <= up:
        raise place.refuse("there is no list around it", "không nằm trong danh sách nào")
    section = rows[-1 - up]
    found = section.field(name)
    if found is None or found.kind != "text":
        known = [item.name for item in section.fields if item.kind == "text"]
        raise place.unknown(f"text field of {section.name}", name, known)
    return TextField(name, up)


def _input(body: object, place: Place) -> Text:
    default = ""
    if isinstance(body, Mapping):
        given = place.mapping(body, ("path",), ("default",))
        default = place.at("default").text(given["default"]) if given.get("default") else ""
        body = given["path"]
    path = place.text(body)
    declared = place.scope.inputs.get(path)
    if path not in TEXT_INPUTS and not (declared and declared.values):
        texts = [name for name, item in place.scope.inputs.items() if item.values]
        raise place.unknown("text input", path, (*TEXT_INPUTS, *texts))
    found = TextInput(path, default)
    if default:
        check_texts(found, (TextLiteral(default),), place)
    return found


def _switch(body: object, place: Place) -> Text:
    name = place.text(body)
    switch = place.scope.switches.get(name)
    if switch is None or switch.numeric:
        named = [key for key, item in place.scope.switches.items() if not item.numeric]
        raise place.unknown("switch with named values", name, named)
    return TextConstant(name)
