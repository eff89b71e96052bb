"""The public log: every mutation and its callers."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BASIS, BOARD, Case, Named, nothing
from feedback.scenes import answered
from feedback_service.application.needs import Needs


async def an_answer_in_the_log(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    await answered(uow, needs)
    return {"sequence": 3}


CASES = [
    Case(
        mutation="redactLogEntry",
        given=an_answer_in_the_log,
        input={**BASIS, "fields": ["answer"], "reason": "COURT_ORDER"},
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=[people.HANOI_BOARD],
        returns="PublicLogEntry",
        shows={"sequence": 3, "type": "COMPLAINT_ANSWERED"},
        entries=["REDACTED"],
        tells={
            "entry": "3",
            "hidden": "answer",
            "cause": "COURT_ORDER",
            "legal_basis": "Điều 16 Nghị định 13/2023/NĐ-CP",
        },
    ),
    Case(
        mutation="publishCheckpoint",
        given=nothing,
        input={},
        may=frozenset({Role.REVIEW_BOARD, Role.PERIOD_ADMIN}),
        right={**BOARD, people.PERIOD_ADMIN: ""},
        misplaced=[],
        returns="LogCheckpoint",
        shows={"size": 0, "at": "2026-08-03T02:00:00+00:00"},
        events=["log.checkpointed"],
    ),
]
