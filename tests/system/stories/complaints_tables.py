"""Who is who in the story of complaints and promises, and what it must come to: written apart from
the platform."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from congvu_demo.acts.world import today
from congvu_demo.client import Json
from system.plain_days import PlainDays

COMMUNE, DESK, LAND = "H32.32.31", "H32.32.31.01", "H32.32.31.02"
CHAIR, DESK_HEAD, LAND_HEAD, CLERK = "KN001", "KN002", "KN003", "KN004"
POSTS = {
    CHAIR: (COMMUNE, "LD.01", "HEAD"),
    DESK_HEAD: (DESK, "LD.03", "HEAD"),
    LAND_HEAD: (LAND, "LD.03", "HEAD"),
    CLERK: (LAND, "VP.01", "STAFF"),
}
OFFICE = "Chủ tịch Ủy ban nhân dân xã"
RATED = {LAND_HEAD: CLERK, CHAIR: LAND_HEAD}
"""By whom above them."""

STORY = (
    ("COMPLAINT_FILED", "SUBMITTER"),
    ("COMPLAINT_FORWARDED", "UNIT_HEAD"),
    ("COMPLAINT_CLASSIFIED", "UNIT_HEAD"),
    ("COMPLAINT_ANSWERED", "UNIT_HEAD"),
    ("COMPLAINT_DISPUTED", "SUBMITTER"),
    ("COMPLAINT_DECIDED", "SUPERIOR"),
)
SILENCE = (
    ("COMPLAINT_FILED", "SUBMITTER"),
    ("COMPLAINT_CLASSIFIED", "UNIT_HEAD"),
    ("COMPLAINT_ANSWERED", "UNIT_HEAD"),
    ("COMPLAINT_CLOSED", "PLATFORM"),
    ("COMPLAINT_REOPENED", "SUBMITTER"),
)
OVERDUE = (
    ("COMPLAINT_FILED", "SUBMITTER"),
    ("COMPLAINT_CLASSIFIED", "UNIT_HEAD"),
    ("COMPLAINT_ASSIGNED", "UNIT_HEAD"),
    ("COMPLAINT_ESCALATED", "PLATFORM"),
    ("COMPLAINT_ESCALATED", "PLATFORM"),
    ("COMPLAINT_ANSWERED", "UNIT_HEAD"),
)
"""What the public log tells of each of the three, by whom."""

PRIVATE = "Chờ ở quầy ba buổi, gọi số 0905 123 456 không ai nghe"
"""What the citizen wrote, for the unit alone."""

ANSWER_DAYS, REOPEN_DAYS = 10, 20
WAITED = timedelta(days=28)
"""Four weeks: no row of holidays leaves ten working days or more of them."""

MILESTONES = ("Niêm yết quy trình", "Trả kết quả trong ngày")
AMENDED = (*MILESTONES, "Trả kết quả tại nhà")
TASK_STEPS = ("Có mặt bằng", "Khởi công")
REACHED = "https://suoikien.example/niem-yet"

SCORES = Counter({5: 14, 4: 6, 2: 10})
"""How many of the thirty gave what."""


def plain_days(calendars: Sequence[Json]) -> PlainDays:
    """With what the province has said of its own days by then, for whichever story."""
    return PlainDays(
        frozenset(each["day"] for said in calendars for each in said["daysOff"]),
        frozenset(each["day"] for said in calendars for each in said["workedDays"]),
    )


def rating() -> dict[str, object]:
    """The mean of five to four places, who gave four or five, and what citizens find: met from
    80 %, in part from half of them."""
    count = SCORES.total()
    contented = sum(SCORES[score] for score in (4, 5))
    found = "VERIFIED_MET" if 100 * contented >= 80 * count else "PARTLY"
    return {
        "count": count,
        "share": round(Fraction(sum(score * n for score, n in SCORES.items()), 5 * count), 4),
        "scores": [SCORES[score] for score in range(1, 6)],
        "contented": (contented, count),
        "verdict": found if 2 * contented >= count else "MISSED",
    }


def pledge(text: str, milestones: tuple[str, ...], *, kind: str | None = None) -> dict[str, object]:
    dates = [today() + timedelta(days=5 * n) for n in range(1, len(milestones) + 1)]
    return {
        "text": text,
        "target": "98 % hồ sơ",
        "due": (today() + timedelta(days=20)).isoformat(),
        "beneficiaries": "Người dân xã",
        "milestones": list(milestones),
        "milestoneDates": [day.isoformat() for day in dates],
        "kind": kind,
    }
