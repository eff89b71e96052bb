"""A quarter of dossiers as the one-stop system would report them, and how they were rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from congvu_demo.generation.draws import (
    AFTER_LAST,
    Draws,
    after_working_days,
    at,
    is_working_day,
    working_days,
)
from congvu_demo.generation.people import Officer, Row

WORKLOAD = {"MC.01": 75, "TP.01": 60, "XD.01": 35, "KD.01": 40, "XH.01": 40, "GD.01": 15}
"""Dossiers of one officer in the quarter, by position."""

POPULAR = {
    "2.000815": 8, "1.001193": 6, "2.000635": 5, "1.004873": 4, "1.004222": 4, "1.004194": 4,
    "1.000894": 3, "2.000884": 3, "1.013225": 4, "2.000720": 3, "1.001776": 3, "1.014027": 3,
}  # fmt: skip
"""How much more often than the others a procedure is asked for."""

PROCEDURES_EACH = 4
LATE_SHARES = (0.0, 0.02, 0.04, 0.06, 0.14)
"""Officers differ: each draws one of these for the quarter."""

OPEN_SHARE = 0.3
"""Of the dossiers that are due after the quarter, how many it leaves undone."""

RATED_SHARE = 0.52
LAST_DAY = AFTER_LAST - timedelta(days=1)
CHANNELS = ("PORTAL", "PORTAL", "KIOSK", "KIOSK", "APP", "PAPER")
PLEASED = ("VERY_SATISFIED", "VERY_SATISFIED", "SATISFIED", "SATISFIED", "SATISFIED")
DISPLEASED = ("NEUTRAL", "NEUTRAL", "DISSATISFIED", "VERY_DISSATISFIED")
DRIVERS = ("SPEED", "ATTITUDE", "GUIDANCE", "FACILITIES", "RESULT")
PLEASED_SHARE, PLEASED_SHARE_LATE = 0.94, 0.35
BUSINESS = ("XD.01", "KD.01")


@dataclass(frozen=True)
class Dossier:
    """Times are ISO 8601 in Vietnam; `completed_at` is empty while it is open."""

    code: str
    procedure_code: str
    officer: str
    received_at: str
    due_at: str
    completed_at: str

    @property
    def late(self) -> bool:
        return self.completed_at > self.due_at


@dataclass(frozen=True)
class Rating:
    """`person` is the portal's token for whom it verified."""

    dossier: str
    person: str
    submitter: str
    channel: str
    answer: str
    driver: str
    answered_on: str


def dossiers(
    draws: Draws, agency: str, officers: Sequence[Officer], procedures: Sequence[Row]
) -> list[Dossier]:
    """In the order of their codes: running numbers within the day of receipt."""
    drafts: list[tuple[date, Officer, Row, float]] = []
    for officer in officers:
        mine = [row for row in procedures if officer.position in row["job_positions"].split(";")]
        weighted = [row for row in mine for _ in range(POPULAR.get(row["procedure_code"], 1))]
        chosen = _different(draws, weighted)
        late_share = draws.one(LATE_SHARES)
        for _ in range(WORKLOAD.get(officer.position, 0)):
            row = draws.one(chosen)
            drafts.append((_received(draws, row), officer, row, late_share))
    drafts.sort(key=lambda each: each[0])
    numbers: dict[date, int] = {}
    made: list[Dossier] = []
    for day, officer, row, late_share in drafts:
        numbers[day] = numbers.get(day, 0) + 1
        code = f"{agency}-{day:%y%m%d}-{numbers[day]:04d}"
        done = _done(draws, day, int(row["lead_days"]), late_share)
        made.append(_dossier(draws, code, officer, row, (day, done)))
    return made


def _different(draws: Draws, weighted: Sequence[Row]) -> list[Row]:
    chosen: list[Row] = []
    wanted = min(PROCEDURES_EACH, len({row["procedure_code"] for row in weighted}))
    while len(chosen) < wanted:
        row = draws.one(weighted)
        if row not in chosen:
            chosen.append(row)
    return chosen


def _received(draws: Draws, row: Row) -> date:
    """Early enough to be done in the quarter, with a few that are not."""
    days = working_days()
    spare = 1 if draws.chance(0.08) else int(row["lead_days"]) + 4
    return draws.one(days[: len(days) - spare])


def _done(draws: Draws, received: date, lead_days: int, late_share: float) -> date | None:
    """None when the quarter ends before."""
    due = after_working_days(received, lead_days)
    if draws.chance(late_share):
        done = after_working_days(due, 1 + draws.below(3))
    else:
        done = after_working_days(received, draws.below(lead_days + 1))
    left_open = due >= AFTER_LAST and draws.chance(OPEN_SHARE)
    return None if left_open or done >= AFTER_LAST else done


def _dossier(
    draws: Draws, code: str, officer: Officer, row: Row, days: tuple[date, date | None]
) -> Dossier:
    received, done = days
    hour, minute = draws.below(3), draws.below(60)
    return Dossier(
        code=code,
        procedure_code=row["procedure_code"],
        officer=officer.number,
        received_at=at(received, 8 + hour, minute),
        due_at=at(after_working_days(received, int(row["lead_days"])), 17),
        completed_at=at(done, 13 + hour, minute) if done else "",
    )


def ratings(
    draws: Draws, dossiers: Sequence[Dossier], officers: Mapping[str, Officer]
) -> list[Rating]:
    """About half of those served answer; who waited too long is seldom pleased."""
    made: list[Rating] = []
    for dossier in dossiers:
        if not dossier.completed_at or not draws.chance(RATED_SHARE):
            continue
        share = PLEASED_SHARE_LATE if dossier.late else PLEASED_SHARE
        pleased = draws.chance(share)
        driver = "SPEED" if dossier.late and not pleased else draws.one(DRIVERS)
        business = officers[dossier.officer].position in BUSINESS and draws.chance(0.4)
        made.append(
            Rating(
                dossier=dossier.code,
                person=f"vneid-demo-{len(made) + 1:04d}",
                submitter="BUSINESS" if business else "CITIZEN",
                channel=draws.one(CHANNELS),
                answer=draws.one(PLEASED if pleased else DISPLEASED),
                driver=driver,
                answered_on=_answered_on(draws, dossier).isoformat(),
            )
        )
    return made


def _answered_on(draws: Draws, dossier: Dossier) -> date:
    done = date.fromisoformat(dossier.completed_at[:10])
    day = done + timedelta(days=draws.below(4))
    return day if is_working_day(day) and day <= LAST_DAY else done
