"""Aggregates record what happened to them; the unit of work carries it to the outbox."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import ClassVar, Self

from congvu_kit.domain.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. `TYPE` is the CloudEvent type, version included.

    `revision` is the aggregate's after the change, and given as it is saved: whoever keeps a copy
    keeps the highest. Events of before tell none.
    """

    TYPE: ClassVar[str]

    revision: int = field(default=0, init=False, compare=False)

    def as_of(self, revision: int) -> Self:
        stamped = copy(self)
        object.__setattr__(stamped, "revision", revision)
        return stamped


@dataclass(kw_only=True)
class Aggregate:
    """`revision` counts the saves and guards against lost updates; `sequence` counts the events."""

    id: str
    revision: int = 0
    sequence: int = 0

    def record(self, event: Event) -> None:
        # Kept beside the fields, so that storing and comparing see the state alone.
        self.__dict__.setdefault("_recorded", []).append(event)

    @property
    def recorded(self) -> Sequence[Event]:
        """What happened since the last save."""
        return tuple(self.__dict__.get("_recorded", ()))

    def pull_events(self) -> Sequence[Event]:
        """The events since the last call, in order, as of the save that follows."""
        events: list[Event] = self.__dict__.pop("_recorded", [])
        return [event.as_of(self.revision + 1) for event in events]

    def expect_revision(self, expected: int) -> None:
        """Raise `Conflict` when somebody saved since the caller looked."""
        if self.revision != expected:
            raise Conflict(
                en=f"this is at revision {self.revision}, you expected {expected}: read it again",
                vi="Nội dung vừa được người khác cập nhật. Vui lòng tải lại rồi thực hiện lại.",
                field="input.expectedRevision",
            )
