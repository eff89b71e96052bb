"""The reports against gaming: pure functions of a frozen period. A finding proposes, people decide.

None of them looks at fewer than `SMALLEST` people or rows, where chance alone decides.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluation_service.domain.fairness.findings import Finding, ReportKind
from evaluation_service.domain.fairness.rows import FrozenRows, PersonRow, Piece
from evaluation_service.domain.fairness.statistics import (
    CHANCE_MAX,
    EFFECT_MIN,
    at_least,
    median,
    upper_fence,
)
from evaluation_service.domain.oversight.figures import SMALLEST

COMPARED_MIN = 10
"""People of a duty group whose loads are compared: with fewer a fence says nothing."""

PIECES_MIN = 5
"""Pieces of work behind the highest band."""

LAST_DAYS = 5
"""Calendar days before the cut-off in which reports are late ones."""

D_GROUP = "D"


@dataclass(frozen=True, kw_only=True)
class Share:
    """`marked` of `whole` of one subject, which stands in `unit_id`."""

    subject: str
    unit_id: str
    marked: int
    whole: int


def _apart(shares: Iterable[Share], *, more: bool) -> dict[str, tuple[Share, Fraction, float]]:
    """Subjects that hold more (else: less) of what is marked than drawing at random explains, with
    what was expected of each and the chance over all who were looked at."""
    held = list(shares)
    total, marked = sum(each.whole for each in held), sum(each.marked for each in held)
    looked_at = [each for each in held if SMALLEST <= each.whole < total]
    found = {}
    for each in looked_at:
        seen, among = (each.marked, marked) if more else (each.whole - each.marked, total - marked)
        expected = Fraction(marked - each.marked, total - each.whole)
        gap = Fraction(each.marked, each.whole) - expected
        if (gap if more else -gap) < EFFECT_MIN:
            continue
        chance = at_least(total, among, each.whole, seen) * len(looked_at)
        if chance < CHANCE_MAX:
            found[each.subject] = each, expected, chance
    return found


def cherry_picking(rows: FrozenRows) -> list[Finding]:
    """People whose work is easier than that of their duty group."""
    shares, groups = [], _by_group(rows)
    for people in groups.values():
        pieces = [piece.coefficient for each in people for piece in each.work]
        if len(people) < SMALLEST or not pieces:
            continue
        middle = median(pieces)
        shares.append(
            [_share(each, len([p for p in each.work if p.coefficient > middle])) for each in people]
        )
    looked_at = max(1, len(shares))
    return [
        _of_person(ReportKind.CHERRY_PICKING, rows, share, expected, chance * looked_at)
        for group in shares
        for share, expected, chance in _apart(group, more=False).values()
        if chance * looked_at < CHANCE_MAX
    ]


def inflated_hours(rows: FrozenRows) -> list[Finding]:
    """People with far more converted work done than anybody of their duty group."""
    found = []
    for people in _by_group(rows).values():
        loads = [each.load for each in people]
        if len(people) < COMPARED_MIN:
            continue
        middle, fence = median(loads), upper_fence(loads)
        found += [
            Finding(
                kind=ReportKind.INFLATED_HOURS,
                unit_id=each.unit_id,
                civil_servant_id=each.civil_servant_id,
                evaluation_ids=(each.evaluation_id,),
                observed=each.load,
                expected=middle,
                people=len(people),
            )
            for each in people
            if each.load > fence and each.load > 2 * middle
        ]
    return found


def lenient_raters(rows: FrozenRows) -> list[Finding]:
    """Raters whose people's general points run ahead of their work."""
    gaps = {
        each.evaluation_id: each.general - each.result
        for each in rows.people
        if each.general is not None and each.result is not None
    }
    if not gaps:
        return []
    middle = median(list(gaps.values()))
    ahead = {id for id, gap in gaps.items() if gap > middle}
    rated: defaultdict[str, list[PersonRow]] = defaultdict(list)
    for each in rows.people:
        for rater in each.raters if each.evaluation_id in gaps else ():
            rated[rater].append(each)
    found = []
    looked_at = [rater for rater, people in rated.items() if SMALLEST <= len(people) < len(gaps)]
    for rater in looked_at:
        ids = tuple(sorted(each.evaluation_id for each in rated[rater]))
        seen = len(ahead.intersection(ids))
        expected = Fraction(len(ahead) - seen, len(gaps) - len(ids))
        chance = at_least(len(gaps), len(ahead), len(ids), seen) * len(looked_at)
        if Fraction(seen, len(ids)) - expected >= EFFECT_MIN and chance < CHANCE_MAX:
            found.append(
                Finding(
                    kind=ReportKind.LENIENT_RATER,
                    unit_id=rated[rater][0].unit_id,
                    civil_servant_id=rater,
                    evaluation_ids=ids,
                    observed=Fraction(seen, len(ids)),
                    expected=expected,
                    people=len(ids),
                    chance=chance,
                )
            )
    return found


def late_surge(rows: FrozenRows) -> list[Finding]:
    """Units whose work was reported in the last days."""
    shares = [
        Share(
            subject=each.unit_id, unit_id=each.unit_id, marked=each.late_reports, whole=each.reports
        )
        for each in rows.units
    ]
    return _of_units(ReportKind.LATE_SURGE, rows, _apart(shares, more=True))


def d_group(rows: FrozenRows) -> list[Finding]:
    """Units much of whose work is of group D, which nobody else has."""
    shares = []
    for unit_id, people in _by_unit(rows).items():
        pieces: list[Piece] = [piece for each in people for piece in each.work]
        other = len([piece for piece in pieces if piece.group == D_GROUP])
        shares.append(Share(subject=unit_id, unit_id=unit_id, marked=other, whole=len(pieces)))
    return _of_units(ReportKind.D_GROUP, rows, _apart(shares, more=True))


def paper_score(rows: FrozenRows) -> list[Finding]:
    """Units that score no less than others, and whose citizens are less satisfied."""
    means = {
        unit_id: sum(totals, Fraction(0)) / len(totals)
        for unit_id, people in _by_unit(rows).items()
        if (totals := [each.total for each in people if each.total is not None])
    }
    if not means:
        return []
    middle = median(list(means.values()))
    shares = [
        Share(subject=each.unit_id, unit_id=each.unit_id, marked=each.satisfied, whole=each.answers)
        for each in rows.units
    ]
    lower = _apart(shares, more=False)
    high = {id: found for id, found in lower.items() if id in means and means[id] >= middle}
    return _of_units(ReportKind.PAPER_SCORE, rows, high)


def tiny_samples(rows: FrozenRows) -> list[Finding]:
    """People with the highest band on very little work."""
    return [
        Finding(
            kind=ReportKind.TINY_SAMPLE,
            unit_id=each.unit_id,
            civil_servant_id=each.civil_servant_id,
            evaluation_ids=(each.evaluation_id,),
            observed=Fraction(len(each.work)),
            expected=Fraction(PIECES_MIN),
            people=1,
        )
        for each in rows.people
        if each.top and 0 < len(each.work) < PIECES_MIN
    ]


def same_evidence(rows: FrozenRows) -> list[Finding]:
    """Files that prove more than one piece of work."""
    proved: defaultdict[str, dict[str, PersonRow]] = defaultdict(dict)
    for each in rows.people:
        for piece in each.work:
            for proof in piece.proofs:
                proved[proof][piece.assignment_id] = each
    found: dict[tuple[str, ...], Finding] = {}
    for works in proved.values():
        if len(works) == 1:
            continue
        ids = tuple(sorted({each.evaluation_id for each in works.values()}))
        first = min(works.values(), key=lambda each: each.evaluation_id)
        known = found.get(ids)
        if known is None or known.observed < len(works):
            found[ids] = Finding(
                kind=ReportKind.SAME_EVIDENCE,
                unit_id=first.unit_id,
                civil_servant_id=first.civil_servant_id,
                evaluation_ids=ids,
                observed=Fraction(len(works)),
                expected=Fraction(1),
                people=len(ids),
            )
    return list(found.values())


REPORTS: Mapping[ReportKind, Callable[[FrozenRows], list[Finding]]] = {
    ReportKind.CHERRY_PICKING: cherry_picking,
    ReportKind.INFLATED_HOURS: inflated_hours,
    ReportKind.LENIENT_RATER: lenient_raters,
    ReportKind.LATE_SURGE: late_surge,
    ReportKind.D_GROUP: d_group,
    ReportKind.PAPER_SCORE: paper_score,
    ReportKind.TINY_SAMPLE: tiny_samples,
    ReportKind.SAME_EVIDENCE: same_evidence,
}


def _by_group(rows: FrozenRows) -> Mapping[str, Sequence[PersonRow]]:
    found: defaultdict[str, list[PersonRow]] = defaultdict(list)
    for each in rows.people:
        if each.work:
            found[each.duty_group].append(each)
    return found


def _by_unit(rows: FrozenRows) -> Mapping[str, Sequence[PersonRow]]:
    found: defaultdict[str, list[PersonRow]] = defaultdict(list)
    for each in rows.people:
        found[each.unit_id].append(each)
    return found


def _share(person: PersonRow, marked: int) -> Share:
    return Share(
        subject=person.evaluation_id,
        unit_id=person.unit_id,
        marked=marked,
        whole=len(person.work),
    )


def _of_person(
    kind: ReportKind, rows: FrozenRows, share: Share, expected: Fraction, chance: float
) -> Finding:
    person = next(each for each in rows.people if each.evaluation_id == share.subject)
    return Finding(
        kind=kind,
        unit_id=share.unit_id,
        civil_servant_id=person.civil_servant_id,
        evaluation_ids=(share.subject,),
        observed=Fraction(share.marked, share.whole),
        expected=expected,
        people=1,
        chance=chance,
    )


def _of_units(
    kind: ReportKind, rows: FrozenRows, found: Mapping[str, tuple[Share, Fraction, float]]
) -> list[Finding]:
    people = {unit_id: len(each) for unit_id, each in _by_unit(rows).items()}
    return [
        Finding(
            kind=kind,
            unit_id=unit_id,
            observed=Fraction(share.marked, share.whole),
            expected=expected,
            people=people.get(unit_id, 0),
            chance=chance,
        )
        for unit_id, (share, expected, chance) in found.items()
    ]
