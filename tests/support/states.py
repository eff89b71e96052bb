"""State machines as tables: each step in each state leads to one right state, or is refused."""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from congvu_kit.domain.aggregate import Event
from congvu_kit.domain.errors import Conflict

Step = Callable[[Any], object]
Move = tuple[StrEnum, Sequence[type[Event]]]
"""Where a step leads, and the events it records."""


@dataclass(frozen=True)
class Machine:
    """`moves` name, for each step, the states it may be taken in, and what comes of it.

    `make` gives an aggregate in a state; it has `state` and `pull_events`.
    """

    make: Callable[[Any], Any]
    states: type[StrEnum]
    moves: Mapping[str, tuple[Step, Mapping[Any, Move]]]


def to(state: StrEnum, *events: type[Event]) -> Move:
    return state, events


def staying(states: Iterable[StrEnum], *events: type[Event]) -> dict[StrEnum, Move]:
    return {state: (state, events) for state in states}


def pairs(machines: Mapping[str, Machine]) -> list[Any]:
    """Every (machine, step, state), as parameters."""
    return [
        pytest.param(machine, step, state, id=f"{name}-{step}-{state}")
        for name, machine in machines.items()
        for step in machine.moves
        for state in machine.states
    ]


def take(machine: Machine, step: str, state: StrEnum) -> None:
    """Take the step in the state; fail unless it leads where the table says or is refused whole."""
    run, moves = machine.moves[step]
    aggregate = machine.make(state)
    before = copy.deepcopy(aggregate)

    if state in moves:
        reached, events = moves[state]
        run(aggregate)
    else:
        reached, events = state, ()
        with pytest.raises(Conflict):
            run(aggregate)
        assert aggregate == before

    assert aggregate.state is reached
    assert [type(event) for event in aggregate.pull_events()] == list(events)
