"""Who and what is rated in the story of units, and what that must come to: counted from these
tables alone."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

COMMUNE, OFFICE = "H32.32.01", "H32.32.01.01"
TOWN, FIRST, SECOND = "H32.32.02", "H32.32.02.01", "H32.32.02.02"
CHAIR, DEPUTY, HEAD, CLERK, TYPIST = "UB001", "UB002", "UB003", "UB004", "UB005"
MAYOR, HEAD_1, CLERK_1, HEAD_2, CLERK_2 = "UB011", "UB012", "UB013", "UB014", "UB015"
POSTS = {
    CHAIR: (COMMUNE, "LD.01", "HEAD"),
    DEPUTY: (COMMUNE, "LD.02", "DEPUTY"),
    HEAD: (OFFICE, "LD.03", "HEAD"),
    CLERK: (OFFICE, "VP.01", "STAFF"),
    TYPIST: (OFFICE, "VP.01", "STAFF"),
    MAYOR: (TOWN, "LD.01", "HEAD"),
    HEAD_1: (FIRST, "LD.03", "HEAD"),
    CLERK_1: (FIRST, "VP.01", "STAFF"),
    HEAD_2: (SECOND, "LD.03", "HEAD"),
    CLERK_2: (SECOND, "VP.01", "STAFF"),
}
REPORT, MONTHLY = "B.56.VB.02", "B.56.VB.03"
COEFFICIENTS = {REPORT: 3, MONTHLY: 2}
"""15 and 10 points, where the reference product has 5."""

Work = Sequence[tuple[str, str, int, int, int]]
"""Whose, what, assigned, done, of bad quality."""

OF_COMMUNE: Work = (
    (HEAD, REPORT, 2, 2, 0),
    (CLERK, REPORT, 4, 4, 0),
    (CLERK, MONTHLY, 3, 3, 1),
    (TYPIST, MONTHLY, 3, 3, 0),
)
OF_TOWN: Work = (
    (HEAD_1, REPORT, 2, 2, 0),
    (CLERK_1, MONTHLY, 3, 3, 0),
    (HEAD_2, REPORT, 2, 2, 0),
    (CLERK_2, MONTHLY, 3, 3, 0),
)
NORM = 12
"""Reference products of one person and period (KHANHHOA-2025, declared)."""

REACHED = {"ADMIN_REFORM": 50, "CITIZEN_SERVICE": 90, "SOCIO_ECONOMIC": 100}
WEIGHTS = {"ADMIN_REFORM": 40, "CITIZEN_SERVICE": 30, "SOCIO_ECONOMIC": 30}
SCORECARD_APPEAL = ("ADMIN_REFORM", 90)

MANAGED = {FIRST: 98, SECOND: 80}
MANAGEMENT_APPEAL = (SECOND, 100)
DOSSIERS = {FIRST: (3, 4), SECOND: (4, 5)}
"""Completed in time, of how many."""

ANSWERS = {FIRST: ("SATISFIED", "VERY_SATISFIED", "DISSATISFIED")}
ENOUGH = len(ANSWERS[FIRST])
THEMES = {"PLAN": 30, "PROGRESS": 25, "MANAGEMENT": 20, "PROCEDURES": 25}
CRITERIA = ("POLICY_LAW", "DISCIPLINE", "HEAD", "ENVIRONMENT")
BANDS = ((90, "HTXS"), (70, "HTT"), (50, "HT"))
QUOTA = Fraction(20, 100)


def band(total: Fraction) -> str:
    return next((code for least, code in BANDS if total >= least), "KHT")


def converted(work: Work) -> Fraction:
    return Fraction(sum(COEFFICIENTS[product] * given for _, product, given, _, _ in work))


def of_unit(work: Work, unit: str) -> Work:
    return [row for row in work if POSTS[row[0]][0] == unit]


def share(work: Work, *, less: Fraction = Fraction(0)) -> Fraction:
    """Done of what was assigned; `less` of a product for each of bad quality."""
    done = sum(
        (
            COEFFICIENTS[product] * max(Fraction(0), made - less * bad)
            for _, product, _, made, bad in work
        ),
        Fraction(0),
    )
    return done / converted(work)


def of_person(number: str) -> Fraction:
    """KHANHHOA-2025: k x C x (1 - 0.25 x failures) over k x A."""
    mine = [row for row in OF_COMMUNE if row[0] == number]
    done = sum(
        COEFFICIENTS[product] * made * (1 - Fraction(bad, 4)) for _, product, _, made, bad in mine
    )
    return 100 * done / converted(mine)


def of_scorecard(reached: Mapping[str, int]) -> Fraction:
    return sum(
        (Fraction(WEIGHTS[each] * value, 100) for each, value in reached.items()), Fraction(0)
    )


def of_citizens(unit: str) -> Fraction:
    """Dossiers in time and satisfied answers, equally; what nobody said is left out."""
    in_time, all_of = DOSSIERS[unit]
    parts = [Fraction(in_time, all_of)]
    if unit in ANSWERS:
        good = [each for each in ANSWERS[unit] if not each.startswith("DIS")]
        parts.append(Fraction(len(good), len(ANSWERS[unit])))
    return sum(parts, Fraction(0)) / len(parts)


def of_agency(unit: str, managed: int) -> Fraction:
    work = of_unit(OF_TOWN, unit)
    parts = {
        "PLAN": share(work),
        "PROGRESS": (share(work, less=Fraction(1, 4)) + share(work)) / 2,
        "MANAGEMENT": Fraction(managed, 100),
        "PROCEDURES": of_citizens(unit),
    }
    return 30 + 70 * sum((THEMES[name] * value for name, value in parts.items()), Fraction(0)) / 100


def ranked(totals: Mapping[str, Fraction]) -> dict[str, str]:
    """Excellent are at most a fifth of those rated good, rounded up; the best first."""
    good = [each for each in totals.values() if each >= 70]
    room = -int(-QUOTA * len(good) / (1 + QUOTA) // 1)
    best = sorted(totals, key=lambda each: totals[each], reverse=True)[:room]
    return {
        unit: "HTT" if band(total) == "HTXS" and unit not in best else band(total)
        for unit, total in totals.items()
    }


def agencies(managed: Mapping[str, int]) -> dict[str, Fraction]:
    return {unit: of_agency(unit, value) for unit, value in managed.items()}


def wilson(good: int, of: int) -> tuple[Fraction, Fraction]:
    """The 95 % interval to four places, from the two roots of (p - x)² = z²·x(1-x)/n."""
    z2 = 1.959964**2
    p, a, b = good / of, 1 + z2 / of, 2 * good / of + z2 / of
    reach = math.sqrt(b * b - 4 * a * p * p)
    low, high = (b - reach) / (2 * a), (b + reach) / (2 * a)
    return Fraction(f"{low:.4f}"), Fraction(f"{high:.4f}")
