"""Who was rated how in the story of a year, and what that must come to: counted from these tables
alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

COMMUNE, TARGETED = "H32.31.92", "H32.31.93"
CHAIR, DEPUTY, CLERK, MOTHER, MAYOR = "YX001", "YX002", "YX003", "YX004", "YX005"
POSTS = {
    CHAIR: (COMMUNE, "LD.01", "HEAD"),
    DEPUTY: (COMMUNE, "LD.02", "DEPUTY"),
    CLERK: (COMMUNE, "VP.01", "STAFF"),
    MOTHER: (COMMUNE, "VP.01", "STAFF"),
    MAYOR: (TARGETED, "LD.01", "HEAD"),
}
RATED_BY = {"STAFF": "STAFF", "DEPUTY": "DEPUTY", "HEAD": "LEADER"}
OF_DECREE = (CLERK, MOTHER, DEPUTY, CHAIR)
PRODUCT = "A.56.LD.01@1"

DONE: Mapping[str, int] = {CHAIR: 4, DEPUTY: 4, CLERK: 4, MOTHER: 2}
"""Of four that were assigned to each in this quarter."""

GENERAL: Mapping[str, Fraction] = {
    CHAIR: Fraction(30),
    DEPUTY: Fraction(28),
    CLERK: Fraction(27),
    MOTHER: Fraction(20),
}
LED: Mapping[str, tuple[str, str]] = {CHAIR: ("FULL", "CONFLICT"), DEPUTY: ("SHORTCOMING", "FULL")}
EARLIER: Mapping[str, tuple[int | None, ...]] = {
    CHAIR: (92, 91, 90),
    DEPUTY: (70, 80, 75),
    CLERK: (88, 92, 95),
    MOTHER: (None, 60, 50),
}
"""Totals of the quarters before this one, from documents; the mother was on leave in the first."""

MARKS = {
    **dict.fromkeys(("I.1", "I.2"), Fraction(5)),
    **dict.fromkeys(("II.1", "II.2", "II.3", "II.4"), Fraction(5, 2)),
    **dict.fromkeys(("III.1", "III.2", "III.3", "III.4"), Fraction(5, 2)),
}
BANDS = ((90, "HTXS"), (70, "HTT"), (50, "HT"))
QUOTA = Fraction(20, 100)


def band(total: Fraction) -> str:
    return next((code for least, code in BANDS if total >= least), "KHT")


def of_quarter(number: str, done: Mapping[str, int]) -> Fraction:
    """General criteria, and 70 of the results: staff by a, b, c, leaders by d, đ, e as well."""
    ratio = Fraction(done[number], 4)
    if number not in LED:
        return GENERAL[number] + 70 * ratio
    led = (CLERK, MOTHER, DEPUTY) if number == CHAIR else (CLERK, MOTHER)
    half = Fraction(1, 2)
    d = half if any(band(of_quarter(each, done)) == "KHT" for each in led) else Fraction(1)
    organised, united = LED[number]
    marks = {"FULL": Fraction(1), "CONFLICT": half, "SHORTCOMING": half}
    others = d + marks[organised] + marks[united]
    return GENERAL[number] + 70 * (3 * ratio + others) / 6


def earlier(number: str, quarters: int) -> list[int]:
    return [total for total in EARLIER[number][:quarters] if total is not None]


def of_year(number: str, done: Mapping[str, int], quarters: int, but: int = 0) -> Fraction:
    """The average of what was rated; `but` quarters are withdrawn."""
    rated = [Fraction(each) for each in earlier(number, quarters)[but:]]
    rated.append(of_quarter(number, done))
    return sum(rated, Fraction(0)) / len(rated)


def bands_with_quota(totals: Mapping[str, Fraction]) -> dict[str, str]:
    """Excellent are at most a fifth of those rated good, on the final counts; the best first."""
    good = [total for total in totals.values() if total >= 70]
    room = int(QUOTA * len(good) / (1 + QUOTA))
    best = sorted(totals, key=lambda each: totals[each], reverse=True)[:room]
    found = {number: band(total) for number, total in totals.items()}
    return {
        number: "HTT" if code == "HTXS" and number not in best else code
        for number, code in found.items()
    }


def quarter_days(year: int, number: int) -> tuple[date, date]:
    first = date(year, 3 * number - 2, 1)
    return first, (first + timedelta(days=95)).replace(day=1)


def year_days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)


def points_of(number: str) -> list[dict[str, str]]:
    """The whole marks, less what is missing to the table's sum, criterion after criterion."""
    missing, found = 30 - GENERAL[number], list[dict[str, str]]()
    for key, most in reversed(MARKS.items()):
        less = min(most, missing)
        missing -= less
        found.append({"key": key, "points": str(float(most - less))})
    return found
