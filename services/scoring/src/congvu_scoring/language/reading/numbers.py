"""Numbers of the policy language: literals, names, and the arithmetic operators."""

from collections.abc import Callable, Mapping

from congvu_scoring.common.exact import exact, is_exact
from congvu_scoring.expressions.base import Number
from congvu_scoring.expressions.place import Place
from congvu_scoring.operators.arithmetic import (
    Average,
    Difference,
    FirstAvailable,
    Highest,
    Lowest,
    Product,
    Quotient,
    Rounded,
    Sum,
)
from congvu_scoring.operators.values import (
    Constant,
    Literal,
    MeasureValue,
    Missing,
    NumberField,
    NumberInput,
    OutcomeNumber,
)
from congvu_scoring.snapshots.sections import NUMBER_INPUTS

Reader = Callable[[object, Place], Number]
_ALSO = {
    "times": "multiply",
    "plus": "add",
    "minus": "subtract",
    "mean": "average",
    "avg": "average",
    "case": "choose",
    "product": "multiply",
}
"""What other languages call an operator."""
NOT_EVALUABLE = "NOT_EVALUABLE"


def read_number(value: object, place: Place) -> Number:
    """A literal, the name of a measure above, NOT_EVALUABLE, or one operator."""
    if is_exact(value):
        return Literal(exact(value, place.path))
    if isinstance(value, str):
        if value == NOT_EVALUABLE:
            return Missing()
        if value not in place.scope.measures:
            _check_order(value, place)
            raise place.unknown("measure (defined above)", value, place.scope.measures)
        return MeasureValue(value)
    if not isinstance(value, Mapping) or len(value) != 1:
        raise place.refuse(
            f"a number or exactly one operator is expected, not {value!r}",
            "cần một số hoặc đúng một toán tử",
        )
    operator, body = next(iter(value.items()))
    reader = number_operators().get(str(operator))
    if reader is None:
        raise place.unknown("number operator", operator, number_operators(), _ALSO)
    return reader(body, place.at(str(operator)))


def _check_order(value: str, place: Place) -> None:
    """A measure used too early, and a formula in words, are no unknown names."""
    if value == place.scope.measuring:
        raise place.refuse("a measure cannot use itself", "chỉ số không thể dùng chính nó")
    if value in place.scope.every_measure:
        raise place.refuse(
            f"measure {value!r} stands below; one uses only those above it",
            f"chỉ số {value!r} nằm bên dưới; chỉ được dùng chỉ số ở trên",
        )
    if any(sign in value for sign in "*/+()") or " - " in value:
        raise place.refuse(
            f"{value!r} is a formula in words; write operators: {{multiply: [x, y]}}",
            f"{value!r} là công thức dạng chữ; hãy ghi toán tử: {{multiply: [x, y]}}",
        )


def number_operators() -> Mapping[str, Reader]:
    """Every operator; the ones over rows and the measures refer back to this module."""
    from congvu_scoring.language.reading.measures import MEASURE_OPERATORS
    from congvu_scoring.language.reading.row_numbers import ROW_OPERATORS

    return {**ARITHMETIC_OPERATORS, **ROW_OPERATORS, **MEASURE_OPERATORS}


def read_numbers(body: object, place: Place, least: int = 1) -> tuple[Number, ...]:
    items = place.items(body, least)
    return tuple(read_number(item, place.at(index)) for index, item in enumerate(items))


def _add(body: object, place: Place) -> Number:
    return Sum(read_numbers(body, place))


def _subtract(body: object, place: Place) -> Number:
    first, *others = read_numbers(body, place, 2)
    return Difference(first, others[0] if len(others) == 1 else Sum(tuple(others)))


def _multiply(body: object, place: Place) -> Number:
    return Product(read_numbers(body, place, 2))


def _divide(body: object, place: Place) -> Number:
    given = place.mapping(body, ("of", "by", "if_zero"))
    return Quotient(
        read_number(given["of"], place.at("of")),
        read_number(given["by"], place.at("by")),
        read_number(given["if_zero"], place.at("if_zero")),
    )


def _clamp(body: object, place: Place) -> Number:
    given = place.mapping(body, ("value",), ("low", "high"))
    value = read_number(given["value"], place.at("value"))
    if "low" not in given and "high" not in given:
        raise place.refuse("give low, high or both", "cần low, high hoặc cả hai")
    if "high" in given:
        value = Lowest((value, read_number(given["high"], place.at("high"))))
    if "low" in given:
        value = Highest((value, read_number(given["low"], place.at("low"))))
    return value


def _round(body: object, place: Place) -> Number:
    given = place.mapping(body, ("value", "places"))
    places = place.at("places").whole(given["places"])
    return Rounded(read_number(given["value"], place.at("value")), places, "HALF_UP")


def _floor(body: object, place: Place) -> Number:
    return Rounded(read_number(body, place), 0, "FLOOR")


def _ceiling(body: object, place: Place) -> Number:
    return Rounded(read_number(body, place), 0, "CEILING")


def read_average(body: object, place: Place) -> Number:
    return Average(read_numbers(body, place))


def read_min(body: object, place: Place) -> Number:
    return Lowest(read_numbers(body, place, 2))


def read_max(body: object, place: Place) -> Number:
    return Highest(read_numbers(body, place, 2))


def _first_available(body: object, place: Place) -> Number:
    return FirstAvailable(read_numbers(body, place, 2))


def _input(body: object, place: Place) -> Number:
    default: Number | None = None
    if isinstance(body, Mapping):
        given = place.mapping(body, ("path",), ("default",))
        if given.get("default") is not None:
            default = read_number(given["default"], place.at("default"))
        body = given["path"]
    path = place.text(body)
    declared = place.scope.inputs.get(path)
    if path not in NUMBER_INPUTS and (declared is None or declared.values):
        numeric = [name for name, item in place.scope.inputs.items() if not item.values]
        raise place.unknown("number input", path, (*NUMBER_INPUTS, *numeric))
    return NumberInput(path, default)


def _field(body: object, place: Place) -> Number:
    return _row_field(body, place, 0)


def _outer(body: object, place: Place) -> Number:
    return _row_field(body, place, 1)


def _row_field(body: object, place: Place, up: int) -> Number:
    name = place.text(body)
    rows = place.scope.rows
    if len(rows) <= up:
        raise place.refuse("there is no list around it", "không nằm trong danh sách nào")
    section = rows[-1 - up]
    found = section.field(name)
    if found is None or found.kind != "number":
        known = [item.name for item in section.fields if item.kind == "number"]
        if found is not None:
            raise place.refuse(
                f"{name!r} of {section.name} is a {found.kind}, and a number is expected",
                f"{name!r} của {section.name} không phải số",
            )
        raise place.unknown(f"number field of {section.name}", name, known)
    return NumberField(name, up)


def _switch(body: object, place: Place) -> Number:
    name = place.text(body)
    switch = place.scope.switches.get(name)
    if switch is None or not switch.numeric:
        numeric = [key for key, item in place.scope.switches.items() if item.numeric]
        raise place.unknown("numeric switch", name, numeric)
    return Constant(name)


def _weight(body: object, place: Place) -> Number:
    name = place.text(body)
    if name not in place.scope.weights:
        raise place.unknown("weight", name, place.scope.weights)
    return Constant(name)


def _result(body: object, place: Place) -> Number:
    if not place.scope.outcome:
        raise place.refuse("the result is not known here", "chưa có kết quả ở đây")
    return OutcomeNumber(place.choice(body, ("total", "counted_total"), "result"))


ARITHMETIC_OPERATORS: dict[str, Reader] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "clamp": _clamp,
    "round": _round,
    "floor": _floor,
    "ceiling": _ceiling,
    "first_available": _first_available,
    "input": _input,
    "field": _field,
    "outer": _outer,
    "switch": _switch,
    "weight": _weight,
    "result": _result,
}
