"""Who was given what, what came of it, and what the managers noted about conduct."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from congvu_demo.generation.dossiers import LAST_DAY, Dossier
from congvu_demo.generation.draws import Draws, after_working_days, working_days
from congvu_demo.generation.people import Officer
from congvu_demo.generation.products import product_code

SHARED_WORK = {
    "LD.01": ("A.56.LD.01", "A.56.LD.02", "A.56.LD.03", "A.56.LD.04", "A.56.LD.06"),
    "LD.02": ("A.56.LD.01", "A.56.LD.02", "A.56.LD.03", "A.56.LD.04"),
    "LD.03": ("A.56.LD.05", "A.56.LD.03", "A.56.LD.04"),
    "LD.04": ("A.56.LD.05", "A.56.LD.06"),
    "VP.01": ("B.56.VB.02", "B.56.VB.03", "B.56.TH.01", "B.56.TH.02", "B.56.TH.03"),
    "TC.01": ("B.56.TC.01", "B.56.VB.02", "B.56.VB.03", "D.56.PH.03"),
}
OTHER_WORK = ("B.56.VB.01", "B.56.VB.02", "B.56.VB.03", "D.56.PH.01", "D.56.PH.02", "D.56.PH.04")
OTHER_WORK_EACH = 2
"""What officers with dossiers do besides them."""

QUANTITIES = (1, 2, 3, 4)
OUTAGE = "Cổng Dịch vụ công gián đoạn theo Thông báo số 112/TB-VP"
RUSH = "Nhiều hồ sơ đến cùng một ngày"
CAUSES = 7
"""Claims of an objective cause in the quarter; the last one is refused."""

WEAK, SLOW, IDLE = "CB018", "CB013", "CB024"
"""One officer makes mistakes, one does half of what was planned, one next to nothing."""

GROUP_III = ("III.1", "III.2", "III.3", "III.4")
MERITS = {
    "III.1": "Có sáng kiến rút ngắn thời gian giải quyết hồ sơ",
    "III.2": "Nhận nhiệm vụ khó của tổ công tác liên ngành",
    "III.3": "Chủ động chịu trách nhiệm về kết quả được giao",
    "III.4": "Quyết định kịp thời trong thẩm quyền",
}


@dataclass(frozen=True)
class Plan:
    """One assignment; `done` is empty where the portal's dossiers count it."""

    officer: str
    product: str
    quantity: int
    due_on: str
    done: str = ""
    completed_on: str = ""
    failures: int = 0
    cause: str = ""
    cause_count: int = 0
    cause_reason: str = ""
    cause_confirmed: str = ""


@dataclass(frozen=True)
class Criterion:
    """A general criterion scored by the superior; others keep the policy's default."""

    officer: str
    criterion: str
    points: str
    reason: str


def plans(draws: Draws, officers: Sequence[Officer], dossiers: Sequence[Dossier]) -> list[Plan]:
    received = Counter((each.officer, each.procedure_code) for each in dossiers)
    late = Counter((each.officer, each.procedure_code) for each in dossiers if each.late)
    causes = dict.fromkeys(sorted(late, key=lambda pair: (-late[pair], pair))[:CAUSES])
    made: list[Plan] = []
    for officer in officers:
        made += [
            _of_dossiers(officer.number, procedure, count, late, list(causes))
            for (number, procedure), count in sorted(received.items())
            if number == officer.number
        ]
        made += [_of_work(draws, officer, product) for product in _shared(draws, officer)]
    return made


def _of_dossiers(
    officer: str,
    procedure: str,
    count: int,
    late: Counter[tuple[str, str]],
    causes: list[tuple[str, str]],
) -> Plan:
    plan = {"officer": officer, "product": product_code(procedure), "quantity": count}
    due_on = LAST_DAY.isoformat()
    pair = (officer, procedure)
    if pair not in causes:
        return Plan(**plan, due_on=due_on)  # type: ignore[arg-type] # three of its own fields
    confirmed = pair != causes[-1]
    return Plan(
        **plan,  # type: ignore[arg-type] # three of its own fields
        due_on=due_on,
        cause="LATE",
        cause_count=(late[pair] + 1) // 2,
        cause_reason=OUTAGE if confirmed else RUSH,
        cause_confirmed="true" if confirmed else "false",
    )


def _shared(draws: Draws, officer: Officer) -> Sequence[str]:
    return SHARED_WORK.get(officer.position) or draws.some(OTHER_WORK, OTHER_WORK_EACH)


def _of_work(draws: Draws, officer: Officer, product: str) -> Plan:
    quantity = draws.one(QUANTITIES)
    due = draws.one(working_days()[10:-4])
    done = _done(draws, officer.number, quantity)
    slow = officer.number == WEAK or draws.chance(0.07)
    finished = after_working_days(due, 1 + draws.below(3)) if slow else _before(draws, due)
    return Plan(
        officer=officer.number,
        product=product,
        quantity=quantity,
        due_on=due.isoformat(),
        done=str(done),
        completed_on=finished.isoformat() if done else "",
        failures=min(done, 1) if officer.number == WEAK or draws.chance(0.08) else 0,
    )


def _done(draws: Draws, number: str, quantity: int) -> int:
    if number == IDLE:
        return quantity // 2 if draws.chance(0.5) else 0
    if number == SLOW:
        return (quantity + 1) // 2
    if number == WEAK:
        return max(1, quantity - 2)
    return quantity - 1 if quantity > 1 and draws.chance(0.08) else quantity


def _before(draws: Draws, due: date) -> date:
    return due - timedelta(days=draws.below(5))


def criteria(draws: Draws, officers: Sequence[Officer]) -> list[Criterion]:
    made = []
    for officer in officers:
        if officer.number == WEAK:
            made.append(
                Criterion(officer.number, "I.2", "3", "Hai lần vắng họp giao ban không lý do")
            )
            continue
        if officer.number in (SLOW, IDLE):
            continue
        earned = draws.some(GROUP_III, draws.below(5))
        made += [
            Criterion(officer.number, name, draws.one(("1.5", "2", "2.5")), MERITS[name])
            for name in sorted(earned)
        ]
    return made
