"""What a satisfaction index is made of: by procedure, channel and driver, and of how many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedback_service.domain.indexes.figures import ProcedureAnswers


class IndexDimension(StrEnum):
    PROCEDURE = "PROCEDURE"
    CHANNEL = "CHANNEL"
    DRIVER = "DRIVER"


@dataclass(frozen=True, kw_only=True)
class AnswersOf:
    """Answers that count, of one channel or about one driver."""

    value: str
    satisfied: int
    answers: int

    @property
    def told(self) -> str:
        return f"{self.value}={self.satisfied}/{self.answers}"


@dataclass(frozen=True, kw_only=True)
class Served:
    """Dossiers of one procedure completed in the period, and those of them whose owner could
    rate: the portal told who handed them in."""

    procedure_code: str
    completed: int
    offered: int


@dataclass(frozen=True, kw_only=True)
class IndexDetails:
    """Of the `in_time` and `late` completed dossiers the one-stop system told so; `contented`
    are the complaints due that were answered by their date and never disputed."""

    in_time: int = 0
    late: int = 0
    contented: int = 0
    channels: tuple[AnswersOf, ...] = ()
    drivers: tuple[AnswersOf, ...] = ()
    served: tuple[Served, ...] = ()

    @property
    def offered(self) -> int:
        return sum(each.offered for each in self.served)


@dataclass(frozen=True, kw_only=True)
class CountedPart:
    """`population` and `offered` are known of procedures only: nobody counts the visitors of a
    channel, or those who thought of a driver."""

    value: str
    satisfied: int
    answers: int
    population: int | None = None
    offered: int | None = None


def parts_of(
    by: IndexDimension, details: IndexDetails, procedures: Sequence[ProcedureAnswers]
) -> list[CountedPart]:
    """In the order of their names."""
    match by:
        case IndexDimension.PROCEDURE:
            return [*_of_procedures(details.served, procedures)]
        case IndexDimension.CHANNEL:
            found = details.channels
        case IndexDimension.DRIVER:
            found = details.drivers
    return [
        CountedPart(value=each.value, satisfied=each.satisfied, answers=each.answers)
        for each in found
    ]


def _of_procedures(
    served: Sequence[Served], answered: Sequence[ProcedureAnswers]
) -> Iterator[CountedPart]:
    """Also those that nobody rated, and those of which only answers came in the period."""
    answers: Mapping[str, ProcedureAnswers] = {each.procedure_code: each for each in answered}
    dossiers: Mapping[str, Served] = {each.procedure_code: each for each in served}
    for code in sorted(answers.keys() | dossiers.keys()):
        said, done = answers.get(code), dossiers.get(code)
        yield CountedPart(
            value=code,
            satisfied=said.satisfied if said else 0,
            answers=said.answers if said else 0,
            population=done.completed if done else 0,
            offered=done.offered if done else 0,
        )
