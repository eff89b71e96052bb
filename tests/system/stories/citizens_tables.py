"""Who said what in the story of the citizens, and what that must come to: counted from these tables
alone."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

WARD, TOWN = "H32.32.11", "H32.32.12"
TOWN_PARTS = ("H32.32.12.01", "H32.32.12.02")
CHAIR, INVENTOR, DEPUTY, CLERK = "CZ001", "CZ002", "CZ003", "CZ011"
STAFF = (CLERK, *(f"CZ{number:03}" for number in range(12, 17)))
MAYOR = "CZ021"
TOWN_OFFICER = "CZ022"
OTHER_HEADS = {MAYOR: TOWN, "CZ023": TOWN_PARTS[0], "CZ024": TOWN_PARTS[1]}
POSTS = {
    CHAIR: (WARD, "LD.01", "HEAD"),
    INVENTOR: (WARD, "LD.02", "DEPUTY"),
    DEPUTY: (WARD, "LD.02", "DEPUTY"),
    **{number: (WARD, "VP.01", "STAFF") for number in STAFF},
    TOWN_OFFICER: (TOWN, "VP.01", "STAFF"),
    **{number: (unit, "LD.01", "HEAD") for number, unit in OTHER_HEADS.items()},
}

ANSWERS: Mapping[str, tuple[int, int]] = {WARD: (7, 35), TOWN: (35, 35)}
"""Satisfied, of how many dossiers of one procedure."""

COMPLAINTS = (5, 4)
"""Due in the quarter, and answered by their date."""

PROMISES = ("VERIFIED_MET", "PARTLY", None)
"""What became of each; the last one was not assessed."""

CRISES: Sequence[tuple[str, int, int, bool]] = (
    ("RESOLVED", 4, 8, True),
    ("PARTLY", 10, 8, True),
    ("RESOLVED", 1, 8, False),
)
"""Outcome, hours, hours allowed, and whether another confirmed it."""

COORDINATION = (4, 3, 5)
BALLOTS: Sequence[tuple[int, int, bool]] = (
    (4, 5, True),
    (4, 5, True),
    (3, 4, True),
    (5, 4, False),
    (2, 5, False),
    (3, 4, False),
)
"""Of those who are led: how they are developed, how clearly work is shared, whether trained."""

REFORM = (10, 4, 7)
"""Days before, wanted and after."""

SCORE, RATERS = 1, 35
"""What each of them gives the mayor's promise, of 5."""

OF_CHAIR, OF_INVENTOR = 3, 2
"""Provisional points of the initiatives of the chair and of one deputy, which later fades."""

MARKS = {
    **dict.fromkeys(("I.1", "I.2"), Fraction(5)),
    **dict.fromkeys(("II.1", "II.2", "II.3", "II.4"), Fraction(5, 2)),
    **dict.fromkeys(("III.1", "III.2", "III.3", "III.4"), Fraction(5, 2)),
}
CREATIVE = "III.1"
TYPED = ("CRISIS", "PROCESS_REFORM")
"""What the chair's superior may type of PETITION-57, at its most."""
OF_OTHERS = ("COORDINATION", "PEOPLE", "TRANSPARENCY", "SOCIAL_IMPACT")
"""What others rate there, and the superior tries to type."""

LEFT = {"RESOLVED": Fraction(1), "PARTLY": Fraction(1, 2), "FAILED": Fraction(0)}


def mean(values: Sequence[Fraction | int]) -> Fraction:
    return sum(map(Fraction, values), Fraction(0)) / len(values)


def of_chair() -> dict[str, Fraction]:
    """The criteria of PETITION-57, each from what was said and confirmed."""
    crises = [
        LEFT[outcome] * (1 if hours <= allowed else Fraction(1, 2))
        for outcome, hours, allowed, confirmed in CRISES
        if confirmed
    ]
    developed, shared, trained = zip(*BALLOTS, strict=True)
    before, wanted, after = REFORM
    kept = [LEFT["RESOLVED" if each == "VERIFIED_MET" else "PARTLY"] for each in PROMISES if each]
    due, answered = COMPLAINTS
    satisfied, answers = ANSWERS[WARD]
    return {
        "CRISIS": mean(crises),
        "COORDINATION": mean(COORDINATION) / 5,
        "PEOPLE": (50 * mean(developed) / 5 + 30 * mean(shared) / 5 + 20 * mean(trained)) / 100,
        "PROCESS_REFORM": Fraction(before - after, before - wanted)
        + Fraction(3, 10) * Fraction(OF_CHAIR, 10),
        "TRANSPARENCY": (mean(kept) + Fraction(answered, due)) / 2,
        "SOCIAL_IMPACT": Fraction(satisfied, answers),
        "result": Fraction(1),
    }


def chairs_total() -> Fraction:
    weights = (10, 10, 5, 10, 15, 15, 35)
    shares = of_chair().values()
    return sum((w * share for w, share in zip(weights, shares, strict=True)), Fraction(0))


def deputys_total(points: Fraction, *, initiative: bool) -> Fraction:
    """Of the decree, where an initiative is asked for in đ: all that was assigned is done."""
    organised = Fraction(1) if initiative else Fraction(3, 4)
    general = sum(MARKS.values(), Fraction(0)) - MARKS[CREATIVE] + points
    return general + 70 * (5 + organised) / 6


def mayors_total() -> Fraction:
    """85 of what the decree gives, and 15 of what people gave the promise."""
    return 85 + Fraction(15 * SCORE, 5)
