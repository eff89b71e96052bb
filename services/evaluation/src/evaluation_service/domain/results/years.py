"""What a year is made of: one row a month or quarter, with the sheet and the seal it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_scoring import CompiledPolicy, exact_text
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.periods.years import slots_of
from evaluation_service.domain.results.past import SUMS, PastResult, one_a_label


@dataclass(frozen=True, kw_only=True)
class YearRows:
    """As the engine reads them."""

    made_of: PeriodKind
    rows: tuple[Mapping[str, Json], ...]


def year_rows(
    past: Iterable[PastResult], made_of: PeriodKind, compiled: CompiledPolicy
) -> YearRows:
    """Of the families that the policy looks at (E-I19)."""
    policy = compiled.policy
    return YearRows(
        made_of=made_of,
        rows=tuple(
            year_row(each, policy.family)
            for each in one_a_label(in_slots(past, made_of), compiled)
            if policy.looks_at(each.family)
        ),
    )


def year_row(past: PastResult, family: str) -> dict[str, Json]:
    """As the engine makes a year of it; the bands of another family are not known, so its total
    is read."""
    row: dict[str, Json] = {"period": past.label, "state": past.state, **_known_by(past)}
    if past.band is not None and past.family == family:
        row["band"] = past.band
    numbers = dict(past.numbers())
    if past.total is not None:
        numbers["total"] = past.total
    return row | {name: exact_text(value) for name, value in numbers.items()}


def _known_by(past: PastResult) -> dict[str, Json]:
    """Its sheet and its seal, or the document; where two agencies rated it, those of both."""
    evidence: list[Json] = [dict(piece) for piece in past.proof]
    for each in past.origin:
        evidence.append({"ref": each.evaluation_id, "hash": each.result_hash})
    known: dict[str, Json] = {"evidence": evidence} if evidence else {}
    if len(past.origin) == 1 and not past.proof:
        [only] = past.origin
        named = (only.period_id, only.period_name, only.seal_hash)
        names = ("origin", "origin_name", "origin_hash")
        known |= {name: value for name, value in zip(names, named, strict=True) if value}
    else:
        evidence += [
            {"ref": each.period_id, "hash": each.seal_hash}
            for each in past.origin
            if each.seal_hash
        ]
    return known


def in_slots(results: Iterable[PastResult], made_of: PeriodKind) -> list[PastResult]:
    """The results of a year under the labels that it is made of: where an agency rates by months
    and another by quarters, a quarter is its months, and a month stands for each of a quarter's."""
    given = list(results)
    direct = {each.label for each in given if slots_of(each.label, made_of) == (each.label,)}
    found = []
    for each in given:
        slots = slots_of(each.label, made_of)
        if slots == (each.label,):
            found.append(each)
        else:
            free = [slot for slot in slots if slot not in direct]
            found += [_part_of(each, slot, len(slots)) for slot in free]
    return found


def _part_of(past: PastResult, slot: str, slots: int) -> PastResult:
    def numbers() -> Mapping[str, Fraction]:
        known = past.numbers()
        return {name: value / slots if name in SUMS else value for name, value in known.items()}

    return replace(past, label=slot, numbers=numbers)
