"""Aggregates record what happened to them; the unit of work carries it to the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.domain.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. `TYPE` is the CloudEvent type, version included."""

    TYPE: ClassVar[str]


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
        """The events since the last call, in order."""
        events: list[Event] = self.__dict__.pop("_recorded", [])
        return events

    def expect_revision(self, expected: int) -> None:
        """Raise `Conflict` when somebody saved since the caller looked."""
        if self.revision != expected:
            raise Conflict(
                en=f"this is at revision {self.revision}, you expected {expected}: read it again",
                vi=f"mục này đang ở bản sửa {self.revision}, bạn gửi {expected}: hãy đọc lại",
                field="input.expectedRevision",
            )
