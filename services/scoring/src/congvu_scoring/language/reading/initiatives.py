"""What initiatives feed: a criterion, or a scale of their own that rules read."""

from congvu_scoring.engine.initiatives import InitiativeRules
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import EXACT, NAME, RULED, Keys

NAME_OF = "initiatives"
_POINTS = Keys({"most": EXACT, "step": EXACT})
INITIATIVES = Keys({**RULED}, {"criterion": NAME, "points": _POINTS})


def read_initiatives(value: object, here: Location) -> InitiativeRules:
    given = Given.read(INITIATIVES, value, here).of_rule(NAME_OF)
    if given.has("criterion") == given.has("points"):
        raise given.here.refuse("give criterion or points", "cần criterion hoặc points")
    rule = given.rule(NAME_OF)
    if given.has("criterion"):
        return InitiativeRules(rule, given.name("criterion"))
    points = Given.read(_POINTS, given["points"], given.at("points"))
    most, step = points.exact("most"), points.exact("step")
    if step <= 0 or most <= 0 or (most / step).denominator != 1:
        raise points.here.refuse(
            "most is some steps, and more than nothing", "most phải là bội số dương của step"
        )
    return InitiativeRules(rule, None, most, step)
