"""The agreement that a policy asks for: kind, parties, term, weights, lock, publication."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from congvu_scoring.engine.agreement import AgreementKind, AgreementRules, Heaviest, Signer
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import EXACT, FLAG, NAME, RULED, WHOLE, Choice, Keys, ListOf

_KINDS: Mapping[str, AgreementKind] = {
    "RESPONSIBILITY_CONTRACT": "RESPONSIBILITY_CONTRACT",
    "PERFORMANCE_AGREEMENT": "PERFORMANCE_AGREEMENT",
    "OUTPUT_AGREEMENT": "OUTPUT_AGREEMENT",
    "LAB_PLAN": "LAB_PLAN",
}
_ITEMS: Mapping[str, Literal["indicators", "elements"]] = {
    "indicators": "indicators",
    "elements": "elements",
}
_SIGNERS: Mapping[str, Signer] = {"LEADER": "LEADER", "SUPERIOR": "SUPERIOR"}
_MONTHS_MAX, _DAYS_MAX = 120, 366
_WHOLE_WEIGHT = Fraction(100)
_TERM = Keys({"least": WHOLE, "most": WHOLE})
_HEAVIEST = Keys({"key": NAME, "least": EXACT, "most": EXACT})
AGREEMENT = Keys(
    {
        "kind": Choice(tuple(_KINDS)),
        "items": Choice(tuple(_ITEMS)),
        "signing": ListOf(Choice(tuple(_SIGNERS)), 2),
        "term_months": _TERM,
        **RULED,
    },
    {
        "publishes": FLAG,
        "publishes_results": FLAG,
        "dimensions": FLAG,
        "locks_after_days": WHOLE,
        "least_weight": EXACT,
        "heaviest": _HEAVIEST,
    },
)


def read_agreement(value: object, here: Location) -> AgreementRules:
    given = Given.read(AGREEMENT, value, here).of_rule("agreement")
    least, most = _term(given)
    items = _ITEMS[given.choice("items", tuple(_ITEMS), "list")]
    heaviest = _heaviest(given) if given.has("heaviest") else None
    dimensions = given.get("dimensions") is True
    if heaviest is not None and items != "elements":
        raise given.at("heaviest").refuse("only elements have names", "chỉ yếu tố mới có tên")
    if dimensions and items != "indicators":
        raise given.at("dimensions").refuse(
            "only indicators measure outputs", "chỉ chỉ tiêu mới đo đầu ra"
        )
    return AgreementRules(
        given.rule("agreement"),
        _KINDS[given.choice("kind", tuple(_KINDS), "kind of agreement")],
        items,
        _signing(given),
        least,
        most,
        given.get("publishes") is True,
        given.get("publishes_results") is True,
        dimensions,
        _whole(given, "locks_after_days", _DAYS_MAX) if given.has("locks_after_days") else None,
        _weight(given, "least_weight") if given.has("least_weight") else None,
        heaviest,
    )


def _term(given: Given) -> tuple[int, int]:
    term = Given.read(_TERM, given["term_months"], given.at("term_months"))
    least, most = _whole(term, "least", _MONTHS_MAX), _whole(term, "most", _MONTHS_MAX)
    if least > most:
        raise term.here.refuse("least is more than most", "tối thiểu lớn hơn tối đa")
    return least, most


def _signing(given: Given) -> tuple[Signer, ...]:
    """Each side once: nobody signs for both."""
    named = [
        spot.choice(item, tuple(_SIGNERS), "party") for item, spot in given.items("signing", 2)
    ]
    if len(set(named)) != len(named):
        raise given.at("signing").refuse("each party signs once", "mỗi bên chỉ ký một lần")
    return tuple(_SIGNERS[each] for each in named)


def _heaviest(given: Given) -> Heaviest:
    inner = Given.read(_HEAVIEST, given["heaviest"], given.at("heaviest"))
    least, most = _weight(inner, "least"), _weight(inner, "most")
    if least > most:
        raise inner.here.refuse("least is more than most", "tối thiểu lớn hơn tối đa")
    return Heaviest(inner.name("key"), least, most)


def _weight(given: Given, key: str) -> Fraction:
    weight = given.exact(key)
    if not 0 <= weight <= _WHOLE_WEIGHT:
        raise given.at(key).refuse("a weight lies in 0 to 100", "trọng số nằm trong 0 đến 100")
    return weight


def _whole(given: Given, key: str, most: int) -> int:
    number = given.whole(key)
    if not 1 <= number <= most:
        raise given.at(key).refuse(f"it lies in 1 to {most}", f"giá trị nằm trong 1 đến {most}")
    return number
