"""What follows from results: pay by band, training, proposals."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeVar

from congvu_scoring.engine.consequences import RATE_MAX, Consequences, Pay, Proposal, Training
from congvu_scoring.expressions.base import Number
from congvu_scoring.expressions.leaves import Literal as Constant
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    BILINGUAL,
    CONDITION,
    NAME,
    NUMBER,
    RULED,
    Choice,
    Keys,
    ListOf,
    MapOf,
)

T = TypeVar("T")

EACH_MAX = 5
"""Pay rules, and proposals, of a policy."""

PERIODS = ("MONTH", "QUARTER", "YEAR")
_PAID: Mapping[str, Literal["ADDITIONAL_INCOME", "BONUS"]] = {
    "ADDITIONAL_INCOME": "ADDITIONAL_INCOME",
    "BONUS": "BONUS",
}
_PROPOSED: Mapping[str, Literal["PROMOTION", "PLACEMENT", "WARNING"]] = {
    "PROMOTION": "PROMOTION",
    "PLACEMENT": "PLACEMENT",
    "WARNING": "WARNING",
}
_FOR = {"periods": ListOf(Choice(PERIODS), 1)}
_PAY = Keys({"id": NAME, "kind": Choice(tuple(_PAID)), "rates": MapOf(NUMBER), **RULED}, _FOR)
_TRAINING = Keys({"weak_below": NUMBER, **RULED})
_PROPOSAL = Keys(
    {
        "id": NAME,
        "kind": Choice(tuple(_PROPOSED)),
        "when": CONDITION,
        "proposal": BILINGUAL,
        **RULED,
    },
    _FOR,
)
CONSEQUENCES = Keys(
    {},
    {
        "pay": ListOf(_PAY, most=EACH_MAX),
        "training": _TRAINING,
        "proposals": ListOf(_PROPOSAL, most=EACH_MAX),
    },
)


def read_consequences(value: object, here: Location) -> Consequences:
    given = Given.read(CONSEQUENCES, value, here)
    spot = given.at("training")
    training = spot.gather(_training, given["training"], spot) if given.has("training") else None
    return Consequences(
        tuple(_each("pay", _pay, given)), training, tuple(_each("proposals", _proposal, given))
    )


def _each(key: str, read: Callable[[object, Location], T], given: Given) -> Iterator[T]:
    items = given.items(key, 0)
    if len(items) > EACH_MAX:
        raise given.at(key).refuse(f"at most {EACH_MAX}", f"tối đa {EACH_MAX}")
    for item, spot in items:
        found = spot.gather(read, item, spot.named_by(item))
        if found is not None:
            yield found


def _pay(value: object, here: Location) -> Pay:
    given = Given.read(_PAY, value, here).named()
    spot, codes = given.at("rates"), given.here.scope.bands
    rates = Given(spot.mapping(given["rates"], codes), spot)
    return Pay(
        given.rule(given.here.rule),
        _PAID[given.choice("kind", tuple(_PAID), "kind of pay")],
        _periods(given),
        {code: _constant(rates, code, RATE_MAX) for code in codes},
    )


def _training(value: object, here: Location) -> Training:
    given = Given.read(_TRAINING, value, here).of_rule("training")
    return Training(given.rule("training"), _constant(given, "weak_below", 1))


def _proposal(value: object, here: Location) -> Proposal:
    given = Given.read(_PROPOSAL, value, here).named()
    return Proposal(
        given.rule(given.here.rule),
        _PROPOSED[given.choice("kind", tuple(_PROPOSED), "kind of proposal")],
        _periods(given),
        given.condition("when"),
        given.bilingual("proposal"),
    )


def _periods(given: Given) -> tuple[str, ...]:
    named = given.at("periods").items(given.get("periods", PERIODS))
    return tuple(given.at("periods").choice(each, PERIODS, "kind of period") for each in named)


def _constant(given: Given, key: str, most: int) -> Number:
    """The same for everybody: what a rate is must be known before anybody is rated."""
    number, here = given.number(key), given.at(key)
    if number.reads_in_all().facts:
        raise here.refuse(
            "it is the same for everybody: a number, or a switch",
            "giá trị chung cho mọi người: một số hoặc một công tắc",
        )
    if isinstance(number, Constant) and not 0 <= number.value <= most:
        raise here.refuse(f"it lies in 0 to {most}", f"giá trị nằm trong 0 đến {most}")
    return number
