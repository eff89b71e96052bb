"""The one form of a number, of a day and of an instant; and that no number comes in without."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Command
from congvu_kit.application.numbers import unbounded
from congvu_kit.application.perform import perform
from congvu_kit.application.personal_numbers import OWN_ROWS
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.numbers import ANY, Bounded, decimal_in
from congvu_kit.graph.scalars import SCALARS
from kit.desks import DESKS, SOMEBODY, Desk

SIZE = Bounded(least=Decimal(0), most=Decimal(100), places=2, strictly=True, rule_id="D-I1")

NO_NUMBERS = [
    "", " ", "1,5", "1_000", "1 000", "+1", "-0", "-0.0", "01", ".5", "5.", "1e3", "1E-999999",
    "NaN", "sNaN", "Infinity", "0x1", "1/2", "١٢", "１２", "१", "1\n", "1" * 10_000, "1\x00",
    True, False, 1, 2.5, None, [1], ["1"], {"$gt": "1"},
]  # fmt: skip


@pytest.mark.parametrize("text", ["0", "7", "-3", "2.5", "0.000001", "999999999999999", "5.00"])
def test_a_number_is_digits_and_a_full_stop(text: str) -> None:
    assert decimal_in(text) == Decimal(text)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_anything_else_is_no_number(text: object) -> None:
    assert decimal_in(text) is None
    with pytest.raises(Invalid):
        ANY.read(text, "input.value")


@pytest.mark.parametrize(
    "number", ["0", "-1", "100.01", "0.001", "1E+1", "1E-9", "NaN", "Infinity"]
)
def test_a_number_outside_is_refused_by_its_name(number: str) -> None:
    with pytest.raises(Invalid) as refused:
        SIZE.check(Decimal(number), "input.rows.3.size")

    error = refused.value
    assert (error.field, error.rule_id) == ("input.rows.3.size", "D-I1")
    assert error.en == (
        "size must be a number more than 0 and at most 100, with at most 2 decimal places, "
        "such as 2.5"
    )
    assert error.vi == (
        "Phải là số lớn hơn 0 và không quá 100, tối đa 2 chữ số thập phân, ví dụ 2,5."
    )


@pytest.mark.parametrize("number", ["0.01", "100", "99.99"])
def test_a_number_inside_is_itself(number: str) -> None:
    assert SIZE.check(Decimal(number), "size") == SIZE.read(number, "size") == Decimal(number)


@dataclass(frozen=True, kw_only=True)
class Board:
    size: Annotated[Decimal, SIZE] | None = None


@dataclass(frozen=True, kw_only=True)
class Build(Command):
    operation: ClassVar[str] = "build"

    desk_id: str
    sizes: tuple[Annotated[Decimal, SIZE], ...] = ()
    boards: tuple[Board, ...] = ()
    rows: Annotated[tuple[Board, ...], OWN_ROWS] = ()


async def build(command: Build, tx: Transaction) -> Desk:
    desk = Desk(id=command.desk_id, name="Bàn", rank=0)
    await tx.store(DESKS).save(desk)
    return desk


ASKED = Build(actor=SOMEBODY, idempotency_key="k", desk_id="d1")
TOO_MUCH = Decimal(101)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sizes": (Decimal(1), TOO_MUCH)}, "input.sizes.1"),
        ({"boards": (Board(), Board(size=TOO_MUCH))}, "input.boards.1.size"),
    ],
)
async def test_a_commands_numbers_are_checked_at_the_door(
    changes: dict[str, Any], field: str
) -> None:
    uow = MemoryUnitOfWork()

    with pytest.raises(Invalid) as refused:
        await perform(build, replace(ASKED, **changes), uow)

    assert refused.value.field == field
    assert await uow.reading().store(DESKS).count() == 0


async def test_a_row_is_refused_by_itself() -> None:
    rows = (Board(size=TOO_MUCH), Board(size=Decimal(1)))

    async def size_of(row: Board) -> Decimal | None:
        return row.size

    bad, good = await each_row(rows, size_of, now=datetime(2026, 8, 10, tzinfo=UTC))

    await perform(build, replace(ASKED, rows=rows), MemoryUnitOfWork())
    assert isinstance(bad, Refusal)
    assert bad.field == "size"
    assert good == Decimal(1)


def test_a_number_of_any_size_is_found_wherever_it_stands() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Inner:
        deep: Decimal
        text: str

    @dataclass(frozen=True, kw_only=True)
    class Open(Build):
        own: Decimal | None
        inner: tuple[Inner, ...] | None

    assert list(unbounded(Build)) == []
    # A local class cannot name its own scope, so the hints are given whole.
    Open.__annotations__ |= {"own": Decimal | None, "inner": tuple[Inner, ...] | None}
    assert list(unbounded(Open)) == ["Open.own", "Inner.deep"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Decimal, "2.5", Decimal("2.5")),
        (date, "2028-02-29", date(2028, 2, 29)),
        (datetime, "2026-07-01T08:30:00+07:00", datetime(2026, 7, 1, 1, 30, tzinfo=UTC)),
        (datetime, "2026-07-01T01:30:00.123456789Z", datetime(2026, 7, 1, 1, 30, 0, 123456, UTC)),
    ],
)
def test_a_scalar_reads_its_one_form(kind: type, text: str, value: object) -> None:
    assert SCALARS[kind].parse_value(text) == value  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((Decimal, value) for value in [*NO_NUMBERS, "1" * 16, "1.1234567", "0." + "1" * 25]),
        *(
            (date, value)
            for value in [
                "", "2025-W27-2", "20250701", "2025-7-1", "2025-02-30", "1899-12-31", "3000-01-01",
                "2025-07-01T00:00:00Z", "２０２５-07-01", "2025-07-01 ", 20250701, True, None, [],
            ]
        ),
        *(
            (datetime, value)
            for value in [
                "", "2025-07-01", "2025-07-01T08:00:00", "2025-07-01 08:00:00Z", "2025-W27-2T08Z",
                "2025-07-01T24:00:00Z", "2025-07-01T08:00:60Z", "2025-07-01T08:00:00+15:00",
                "2025-07-01T08:00:00z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", 0,
                True, None, {}, [],
            ]
        ),
    ],
)  # fmt: skip
def test_a_scalar_reads_nothing_else_and_quotes_nothing(kind: type, value: object) -> None:
    with pytest.raises(ValueError, match=f"^not a {SCALARS[kind].name}$"):
        SCALARS[kind].parse_value(value)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+2"), "100"),
        (Decimal("0.10"), "0.10"),
        (date(2026, 7, 1), "2026-07-01"),
        (datetime(2026, 7, 1, tzinfo=UTC), "2026-07-01T00:00:00+00:00"),
    ],
)
def test_a_scalar_is_written_without_exponent(value: object, text: str) -> None:
    assert SCALARS[type(value)].serialize(value) == text  # type: ignore[misc]
