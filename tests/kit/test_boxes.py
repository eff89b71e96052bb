"""What happens in a box stays in the box."""

import asyncio
import math
import operator
import os
import time

import pytest

from congvu_kit.adapters.boxes import MIB, RULE, Boxes, Limits
from congvu_kit.domain.errors import Invalid, RateLimited

BOXES = Boxes(most=1, waiting=1, limits=Limits(cpu_s=1, wall_s=3, answer_bytes=MIB))


def test_a_box_is_a_process_that_is_used_again_and_not_for_ever() -> None:
    boxes = Boxes(readings=2)

    processes = [boxes.run(os.getpid, field="file") for _ in range(4)]

    assert processes[0] == processes[1] != processes[2] == processes[3]
    assert os.getpid() not in processes


@pytest.mark.parametrize(
    ("work", "arguments", "said"),
    [
        (os.abort, (), "breaks down"),
        (os._exit, (0,), "breaks down"),
        (operator.mul, ("x", 2 * MIB), "memory"),
        (operator.mul, ("x", 10**12), "memory"),
        (time.sleep, (60,), "more than 1 s"),
        (math.factorial, (10**7,), "more than 1 s"),
    ],
)
def test_a_reading_that_goes_wrong_is_a_refused_file(
    work: object, arguments: tuple[object, ...], said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refusal:
        BOXES.run(work, *arguments, field="input.file")  # type: ignore[arg-type]

    assert (refusal.value.field, refusal.value.rule_id) == ("input.file", RULE)
    assert BOXES.run(operator.add, 1, 2, field="file") == 3


def test_a_box_sees_none_of_the_secrets_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVU_GATEWAY_SECRET", "x" * 32)

    assert Boxes().run(os.getenv, "CONGVU_GATEWAY_SECRET", field="file") is None


def test_what_is_printed_in_a_box_is_no_answer() -> None:
    boxes = Boxes()

    assert boxes.run(os.system, "echo x", field="file") == 0
    assert boxes.run(print, "x", field="file") is None


async def test_only_so_many_wait() -> None:
    first, second = (
        asyncio.create_task(BOXES.ask(time.sleep, 0.2, field="input.file")) for _ in range(2)
    )
    await asyncio.sleep(0)

    with pytest.raises(RateLimited) as refusal:
        await BOXES.ask(time.sleep, 0.2, field="input.file")
    await asyncio.gather(first, second)

    assert refusal.value.field == "input.file"
    assert await BOXES.ask(operator.add, 1, 2, field="input.file") == 3
