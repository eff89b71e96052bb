"""The legal values of a text, where they are known: a misspelt code can never be equal to it."""

from congvu_scoring.expressions.base import Text
from congvu_scoring.expressions.place import Place
from congvu_scoring.operators.timeline import TIMELINE
from congvu_scoring.operators.values import (
    OutcomeText,
    TextConstant,
    TextField,
    TextInput,
    TextLiteral,
)
from congvu_scoring.snapshots.sections import HISTORY, PERIODS, STATES, TEXT_INPUTS

_BANDED = (HISTORY.name, PERIODS.name, TIMELINE)


def check_texts(value: Text, compared: tuple[Text, ...], place: Place) -> None:
    """Refuse a literal that `value` can never be, with the value that was meant."""
    for one, others in ((value, compared), *((other, (value,)) for other in compared)):
        known = _known_values(one, place)
        if known is None:
            continue
        kind, values = known
        for other in others:
            if isinstance(other, TextLiteral) and other.value and other.value not in values:
                raise place.unknown(kind, other.value, values)


def _known_values(value: Text, place: Place) -> tuple[str, tuple[str, ...]] | None:
    """What is named, and every value it can have; None when anything may stand there."""
    found: tuple[str, tuple[str, ...]] | None = None
    match value:
        case OutcomeText():
            found = ("state", STATES) if value.name == "state" else ("band", place.scope.bands)
        case TextConstant():
            switch = place.scope.switches[value.name]
            found = (f"value of switch {value.name}", tuple(key for key, _ in switch.values))
        case TextInput():
            declared = place.scope.inputs.get(value.path)
            values = declared.values if declared else TEXT_INPUTS.get(value.path, ())
            found = (f"value of {value.path}", values) if values else None
        case TextField():
            found = _of_field(value, place)
    return found


def _of_field(value: TextField, place: Place) -> tuple[str, tuple[str, ...]] | None:
    section = place.scope.rows[-1 - value.up]
    origin = section.name.removeprefix("groups of ")
    if value.name == "band" and origin in _BANDED:
        return "band", (*place.scope.bands, *place.scope.former_bands)
    field = section.field(value.name)
    if field is None or not field.choices:
        return None
    return f"{value.name} of {origin}", field.choices
