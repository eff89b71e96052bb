"""What stands in the cells of a policy's page."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files

from congvu_scoring import exact_text
from congvu_scoring.documents.citations import cited
from congvu_scoring.documents.yaml_documents import parse_yaml
from congvu_scoring.engine.agreement import AgreementRules
from congvu_scoring.engine.initiatives import InitiativeRules
from congvu_scoring.engine.others import RatedByOthers
from congvu_scoring.engine.policy import BandRule, Stage
from congvu_scoring.expressions.declarations import Switch
from congvu_scoring.expressions.formula import Language


@cache
def shipped_vectors() -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Every shipped case with the file it stands in."""
    folder = files("congvu_scoring.policies").joinpath("vectors")
    found = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        document = parse_yaml(file.read_text(encoding="utf-8"), file.name)
        sections = document if isinstance(document, Mapping) else {}
        for kind in ("cases", "rankings", "rollups"):
            found += [(file.name, case) for case in sections.get(kind) or []]
    return tuple(found)


def effect_text(rule: BandRule) -> str:
    effect = rule.effect
    parts = [
        f"{sign} {value}"
        for sign, value in (
            ("=", effect.band),
            ("≤", effect.band_at_most),
            ("≥", effect.band_at_least),
            ("−", effect.lower_by or None),
            ("+", effect.raise_by or None),
        )
        if value is not None
    ]
    if effect.counted_total is not None:
        parts.append("counted_total")
    return ", ".join(parts)


def range_text(low: object, high: object) -> str:
    if low is None and high is None:
        return "–"
    return f"{'…' if low is None else low} – {'…' if high is None else high}"


def row_text(row: Mapping[str, str], language: str) -> str:
    """A row by its columns; a clause as it is cited."""
    cells = (cited(text, language) if name == "clause" else text for name, text in row.items())
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or "–"


def weight_texts(agreed: AgreementRules) -> Iterator[str]:
    """What the weights of an agreement are held to."""
    yield "Σ = 100"
    if agreed.heaviest is not None:
        named = agreed.heaviest
        yield f"`{named.key}` {exact_text(named.least)}–{exact_text(named.most)} = max"
    if agreed.least_weight is not None:
        yield f"≥ {exact_text(agreed.least_weight)}"


def fed_text(rules: InitiativeRules) -> str:
    """The criterion that initiatives feed, or the range and step of their points."""
    if rules.criterion is not None:
        return f"`{rules.criterion}`"
    return f"0–{exact_text(rules.most or Fraction(0))}; {exact_text(rules.step or Fraction(0))}"


def choices_text(switch: Switch, language: Language) -> str:
    """The values of a switch with what they mean, or its range."""
    if switch.numeric:
        return range_text(switch.low, switch.high)
    values = ((name, text.vi if language == "vi" else text.en) for name, text in switch.values)
    return "; ".join(f"`{name}` {said}" for name, said in values)


def lifted_text(rules: RatedByOthers) -> str:
    """The switch, and its value, at which what others rate may be typed."""
    return "–" if rules.lifted_by is None else " = ".join(f"`{each}`" for each in rules.lifted_by)


def day_text(stage: Stage, movable: str) -> str:
    """Its last day with those between which it may be moved, or how many days it has."""
    if stage.days is not None:
        return f"+{stage.days}"
    text = f"{stage.last_day}/{stage.last_month}"
    if stage.movable is None:
        return text
    first, last = (f"{day}/{month}" for month, day in stage.movable)
    return f"{text} ({movable} {first} – {last})"
