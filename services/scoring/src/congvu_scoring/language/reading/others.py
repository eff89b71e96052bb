"""What others rate: elements that nobody types, and the choice that lifts it."""

from congvu_scoring.engine.others import RATED_BY_OTHERS, RatedByOthers
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import BILINGUAL, NAME, RULED, Keys, MapOf

_LIFTED = Keys({"switch": NAME, "value": NAME})
OTHERS = Keys({"elements": MapOf(BILINGUAL), **RULED}, {"lifted_by": _LIFTED})


def read_rated_by_others(value: object, here: Location) -> RatedByOthers:
    given = Given.read(OTHERS, value, here).of_rule(RATED_BY_OTHERS)
    elements = {key: spot.bilingual(text) for key, text, spot in given.entries("elements")}
    if not elements:
        raise given.at("elements").refuse("name at least one element", "nêu ít nhất một yếu tố")
    lifted = _lifted(given) if given.has("lifted_by") else None
    return RatedByOthers(given.rule(RATED_BY_OTHERS), elements, lifted)


def _lifted(given: Given) -> tuple[str, str]:
    inner = Given.read(_LIFTED, given["lifted_by"], given.at("lifted_by"))
    switches = inner.here.scope.switches
    name = inner.choice("switch", tuple(switches), "switch")
    values = tuple(value for value, _ in switches[name].values)
    return name, inner.choice("value", values, "value of the switch")
