"""What a policy declares before its measures: sources, switches, weights, inputs."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from congvu_scoring.common.bilingual import Words
from congvu_scoring.common.exact import exact
from congvu_scoring.engine.policy import SourceText
from congvu_scoring.expressions.declarations import DeclaredInput, Switch, Weight, WeightGroup
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.measures import read_rule
from congvu_scoring.snapshots.sections import SUBJECT_KINDS, UNITS

HUNDRED = Fraction(100)
_SOURCE_KINDS = ("LAW", "READ", "DEFAULT")


def read_sources(value: object, place: Place) -> tuple[SourceText, ...]:
    spots = [(place.at(index), item) for index, item in enumerate(place.items(value))]
    read = [spot.keep(_source, item, spot) for spot, item in spots]
    return tuple(source for source in read if source is not None)


def _source(value: object, place: Place) -> SourceText:
    given = place.mapping(value, ("id", "kind", "text"))
    return SourceText(
        place.at("id").text(given["id"]),
        place.at("text").words(given["text"]),
        place.at("kind").choice(given["kind"], _SOURCE_KINDS, "kind of source"),
    )


def read_date(value: object, place: Place) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(place.text(value))
    except ValueError as error:
        raise place.refuse(f"{value!r} is no date YYYY-MM-DD", f"{value!r} sai ngày") from error


def read_subjects(value: object, place: Place) -> tuple[str, ...]:
    kinds = place.items(value)
    return tuple(place.choice(kind, SUBJECT_KINDS, "subject") for kind in kinds)


def read_switches(value: object, place: Place) -> Mapping[str, Switch]:
    switches = {}
    for name, item in place.names(value).items():
        spot = place.at(name).of_rule(name)
        # A switch that cannot be read still has its name, so that nothing else complains of it.
        switches[name] = spot.keep(_switch, name, item, spot) or _stand_in(name, item)
    return switches


def _stand_in(name: str, value: object) -> Switch:
    given = value if isinstance(value, Mapping) else {}
    named = given.get("values")
    keys = tuple(map(str, named)) if isinstance(named, Mapping) else ()
    words = Words(name, name)
    return Switch(name, words, "", "0", tuple((key, words) for key in keys))


def _switch(name: str, value: object, place: Place) -> Switch:
    given = place.mapping(value, ("default", "clause", "text"), ("values", "min", "max"))
    rule = read_rule(given, place, name)
    if given.get("values") is not None:
        values = tuple(
            (key, place.at("values").at(key).words(words))
            for key, words in place.at("values").names(given["values"]).items()
        )
        default = place.at("default").choice(
            given["default"], [key for key, _ in values], "value of the switch"
        )
        return Switch(name, rule.words, rule.clause, default, values)
    low, high = read_bounds(given, place)
    default_number = exact(given["default"], place.at("default").path)
    check_within(default_number, low, high, place.at("default"))
    return Switch(name, rule.words, rule.clause, str(given["default"]), (), low, high)


def read_bounds(
    given: Mapping[str, object], place: Place
) -> tuple[Fraction | None, Fraction | None]:
    low = None if given.get("min") is None else exact(given["min"], place.at("min").path)
    high = None if given.get("max") is None else exact(given["max"], place.at("max").path)
    if low is not None and high is not None and low > high:
        raise place.refuse("min is above max", "min lớn hơn max")
    return low, high


def check_within(
    value: Fraction, low: Fraction | None, high: Fraction | None, place: Place
) -> None:
    if (low is not None and value < low) or (high is not None and value > high):
        raise place.refuse(
            f"{value} lies outside {low} to {high}", f"{value} ngoài khoảng {low} đến {high}"
        )


def read_weight_groups(value: object, place: Place) -> tuple[WeightGroup, ...]:
    spots = [
        (name, item, place.at(name).of_rule(name)) for name, item in place.names(value).items()
    ]
    read = [spot.keep(_weight_group, name, item, spot) for name, item, spot in spots]
    return tuple(group for group in read if group is not None)


def _weight_group(name: str, value: object, place: Place) -> WeightGroup:
    given = place.mapping(value, ("clause", "text", "items"))
    rule = read_rule(given, place, name)
    weights = []
    for key, item in place.at("items").names(given["items"]).items():
        spot = place.at("items").at(key)
        fields = spot.mapping(item, ("text",), ("default", "min", "max", "rest"))
        low, high = read_bounds(fields, spot)
        rest = fields.get("rest") is True
        if rest == (fields.get("default") is not None):
            raise spot.refuse("give a default, or rest: true", "cần default hoặc rest: true")
        weights.append(
            Weight(
                key,
                spot.at("text").words(fields["text"]),
                None if rest else exact(fields["default"], spot.at("default").path),
                Fraction(0) if low is None else low,
                HUNDRED if high is None else high,
                rest,
            )
        )
    if sum(weight.rest for weight in weights) > 1:
        raise place.refuse(
            "only one weight can take the rest", "chỉ một trọng số nhận phần còn lại"
        )
    return WeightGroup(rule, tuple(weights))


def read_inputs(value: object, place: Place) -> Mapping[str, DeclaredInput]:
    inputs = {}
    for path, item in place.names(value).items():
        spot = place.at(path)
        inputs[path] = spot.keep(_declared, path, item, spot) or DeclaredInput(
            path, Words(path, path), "", None, None
        )
    return inputs


def _declared(path: str, value: object, place: Place) -> DeclaredInput:
    named = path.startswith(("elements.", "general.", "unit.", "satisfaction."))
    if not named and path not in ("general_total", "working_days"):
        raise place.refuse(
            "an input starts with elements., general., unit. or satisfaction.",
            "đầu vào phải bắt đầu bằng elements., general., unit. hoặc satisfaction.",
        )
    given = place.mapping(value, ("text",), ("unit", "min", "max", "values"))
    if "unit" in given:
        place.at("unit").choice(given["unit"], UNITS, "unit")
    low, high = read_bounds(given, place)
    values = given.get("values")
    return DeclaredInput(
        path,
        place.at("text").words(given["text"]),
        str(given.get("unit", "")),
        low,
        high,
        ()
        if values is None
        else tuple(place.text(entry) for entry in place.at("values").items(values)),
    )
