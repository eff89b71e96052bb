"""What a valid policy may still not mean: told by `congvu policy lint`, refused by nobody."""

import re
from collections.abc import Iterator, Mapping

from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.base import Condition
from congvu_scoring.expressions.leaves import Literal, MeasureValue
from congvu_scoring.operators.comparisons import Compare
from congvu_scoring.operators.logic import All, Not

_NUMBERED = re.compile(r"\d+[/.-]\d+")
"""A clause that names a document by its number."""


def policy_warnings(policy: Policy) -> tuple[Bilingual, ...]:
    return (*_band_holes(policy), *_unknown_sources(policy))


def _band_holes(policy: Policy) -> Iterator[Bilingual]:
    """A band that ends above somewhere sends higher totals to a lower band."""
    for index, band in enumerate(policy.bands.table):
        if band.when is not None and _limits(band.when, policy.total, holds=True):
            yield Bilingual(
                vi=f"bands.table[{index}].when: giới hạn trên của {band.code}, nên giá trị "
                f"{policy.total} cao hơn có thể bị xếp mức thấp hơn",
                en=f"bands.table[{index}].when: it limits {band.code} from above, "
                f"so a higher {policy.total} can get a lower band",
            )


def _limits(condition: Condition, total: str, *, holds: bool) -> bool:
    """Whether `condition` (or, if not `holds`, its opposite) puts an upper limit to the total."""
    match condition:
        case All():
            return any(_limits(one, total, holds=holds) for one in condition.conditions)
        case Not():
            return _limits(condition.condition, total, holds=not holds)
        case Compare(left=MeasureValue(name=name), right=Literal()) if name == total:
            return condition.comparison in (("less", "at_most") if holds else _LOWER)
        case Compare(left=Literal(), right=MeasureValue(name=name)) if name == total:
            return condition.comparison in (_LOWER if holds else ("less", "at_most"))
    return False


_LOWER = ("greater", "at_least")


def _unknown_sources(policy: Policy) -> Iterator[Bilingual]:
    """Clauses that name a document, by a number such as 12/2026, that is none of `sources`."""
    known = [source.id for source in policy.sources]
    for path, clause in _clauses("", policy.document):
        if _NUMBERED.search(clause) and not any(source in clause for source in known):
            sources = ", ".join(known)
            yield Bilingual(
                vi=f"{path}: {vi_text(clause)} không nêu văn bản nào trong: {sources}",
                en=f"{path}: {clause!r} names none of the sources: {sources}",
            )


def _clauses(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            below = f"{path}.{key}".removeprefix(".")
            if key == "clause" and isinstance(item, str):
                yield below, item
            else:
                yield from _clauses(below, item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _clauses(f"{path}[{index}]", item)
