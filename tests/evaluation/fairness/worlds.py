"""Random periods in which nobody games anything, and the same with one case put in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from evaluation_service.domain.fairness.findings import ReportKind
from evaluation_service.domain.fairness.rows import FrozenRows, PersonRow, Piece, UnitRow

UNITS, PEOPLE, PIECES = 5, 12, 20
COEFFICIENTS = (1, 2, 3, 5, 8)
SEEDED_UNIT, SEEDED = "u0", "u0.p0"


def clean(random: Random) -> FrozenRows:
    """Work, points, answers and dates fall to everybody alike."""
    people = [
        _person(random, f"u{at}", f"u{at}.p{each}") for at in range(UNITS) for each in range(PEOPLE)
    ]
    units = [_unit(random, f"u{at}") for at in range(UNITS)]
    return FrozenRows(tuple(people), tuple(units))


def _person(random: Random, unit_id: str, id: str) -> PersonRow:
    work = tuple(
        Piece(
            assignment_id=f"{id}.{each}",
            group="D" if random.random() < 0.1 else "C",
            coefficient=Fraction(random.choice(COEFFICIENTS)),
            completed=Fraction(random.randint(1, 3)),
            proofs=frozenset({f"{id}.{each}.pdf"}),
        )
        for each in range(PIECES)
    )
    general, result = (Fraction(random.randint(60, 100), 100) for _ in range(2))
    return PersonRow(
        evaluation_id=f"eval.{id}",
        civil_servant_id=id,
        unit_id=unit_id,
        duty_group="ho-tich",
        raters=frozenset({f"head.{unit_id}"}),
        general=general,
        result=result,
        total=30 * general + 70 * result,
        top=random.random() < 0.2,
        work=work,
    )


def _unit(random: Random, unit_id: str) -> UnitRow:
    answers = random.randint(30, 90)
    return UnitRow(
        unit_id=unit_id,
        reports=PEOPLE * PIECES,
        late_reports=sum(random.random() < 0.2 for _ in range(PEOPLE * PIECES)),
        satisfied=sum(random.random() < 0.85 for _ in range(answers)),
        answers=answers,
    )


def _changed(rows: FrozenRows, id: str, change: Callable[[PersonRow], PersonRow]) -> FrozenRows:
    """Of one person, or of everybody of a unit."""
    people = [
        change(each) if id in (each.civil_servant_id, each.unit_id) else each
        for each in rows.people
    ]
    return replace(rows, people=tuple(people))


def _work(change: Callable[[Piece], Piece]) -> Callable[[PersonRow], PersonRow]:
    return lambda person: replace(person, work=tuple(map(change, person.work)))


def _unit_is(rows: FrozenRows, change: Callable[[UnitRow], UnitRow]) -> FrozenRows:
    first, *rest = rows.units
    return replace(rows, units=(change(first), *rest))


def _on_paper(rows: FrozenRows) -> FrozenRows:
    scored = _changed(rows, SEEDED_UNIT, lambda each: replace(each, total=Fraction(98)))
    return _unit_is(scored, lambda unit: replace(unit, satisfied=30, answers=60))


SEEDS: Mapping[ReportKind, tuple[str, Callable[[FrozenRows], FrozenRows]]] = {
    ReportKind.CHERRY_PICKING: (
        SEEDED,
        lambda rows: _changed(rows, SEEDED, _work(lambda p: replace(p, coefficient=Fraction(1)))),
    ),
    ReportKind.INFLATED_HOURS: (
        SEEDED,
        lambda rows: _changed(rows, SEEDED, _work(lambda p: replace(p, completed=9 * p.completed))),
    ),
    ReportKind.LENIENT_RATER: (
        f"head.{SEEDED_UNIT}",
        lambda rows: _changed(
            rows,
            SEEDED_UNIT,
            lambda each: replace(each, general=Fraction(1), result=Fraction(3, 5)),
        ),
    ),
    ReportKind.LATE_SURGE: (
        SEEDED_UNIT,
        lambda rows: _unit_is(rows, lambda unit: replace(unit, late_reports=PEOPLE * PIECES // 2)),
    ),
    ReportKind.D_GROUP: (
        SEEDED_UNIT,
        lambda rows: _changed(rows, SEEDED_UNIT, _work(lambda p: replace(p, group="D"))),
    ),
    ReportKind.PAPER_SCORE: (SEEDED_UNIT, _on_paper),
    ReportKind.TINY_SAMPLE: (
        SEEDED,
        lambda rows: _changed(
            rows, SEEDED, lambda each: replace(each, top=True, work=each.work[:2])
        ),
    ),
    ReportKind.SAME_EVIDENCE: (
        SEEDED,
        lambda rows: _changed(
            rows, SEEDED, _work(lambda p: replace(p, proofs=frozenset({"bien-ban.pdf"})))
        ),
    ),
}
"""By the report that must find it: whom it is about, and what is done to a clean period."""
