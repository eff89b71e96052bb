"""Bulk calls: each row succeeds or is refused on its own, inside one transaction."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self, TypeAlias, TypeVar

from congvu_kit.application.numbers import require_bounded
from congvu_kit.application.personal_numbers import OWN_ROWS, refuse_citizen_numbers
from congvu_kit.application.times import refuse_future
from congvu_kit.domain.errors import Code, DomainError, Transient

Row = TypeVar("Row")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why one row was refused, in both languages: a `DomainError` that can be stored."""

    code: Code
    vi: str
    en: str
    field: str | None
    rule_id: str | None

    @classmethod
    def of(cls, error: DomainError) -> Self:
        return cls(
            code=error.code, vi=error.vi, en=error.en, field=error.field, rule_id=error.rule_id
        )

    def message(self, language: str) -> str:
        """The text in `language` (`vi` or `en`)."""
        return self.vi if language == "vi" else self.en


Rows: TypeAlias = Annotated[tuple[Row | Refusal, ...], OWN_ROWS]
"""What a bulk command carries: rows, and the refusals of those that did not fit their type."""


async def each_row(
    rows: Iterable[Row | Refusal],
    take: Callable[[Row], Awaitable[R]],
    *,
    now: datetime,
    checked: bool = False,
) -> list[R | Refusal]:
    """What `take` gives for each row, or why it refused it. A transient failure says nothing about
    the row: it ends the transaction, and the whole call is run again. Rows that were `checked` are
    made of what the door has seen, or of what is stored."""
    results: list[R | Refusal] = []
    for row in rows:
        if isinstance(row, Refusal):
            results.append(row)
            continue
        try:
            if not checked:
                require_bounded(row, "")
                refuse_future(row, now, "")
                refuse_citizen_numbers(row, "")
            results.append(await take(row))
        except Transient:
            raise
        except DomainError as error:
            results.append(Refusal.of(error))
    return results
