"""A survey round (đợt khảo sát): who was asked, with which form, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Invalid
from feedback_service.domain.submissions.submission import Channel

PEOPLE_MAX = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """The form that was asked with: answers to another version are no trend."""

    code: str
    version: int


@dataclass(kw_only=True)
class SurveyRound(Aggregate):
    """`population` are those who might have been asked, `sample` those who were, of the unit and
    those below it, from `starts_on` to `ends_on`. `answered` is counted when it ends."""

    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    name: str
    instrument: Instrument
    population: int
    sample: int
    channels: tuple[Channel, ...]
    starts_on: date
    ends_on: date
    opened_sequence: int
    closed_on: date | None = None
    closed_sequence: int | None = None
    answered: int | None = None

    def require_sound(self) -> None:
        """Raise `Invalid` for a sample larger than who is asked of, or days the wrong way round."""
        if not 0 < self.sample <= self.population <= PEOPLE_MAX:
            raise Invalid(
                en=f"1 <= sample <= population <= {PEOPLE_MAX}",
                vi=f"Cỡ mẫu phải từ 1 đến bằng tổng thể; tổng thể có tối đa {PEOPLE_MAX} người.",
                field="input.sample",
            )
        if self.ends_on < self.starts_on:
            raise Invalid(
                en="ends before it starts",
                vi="Ngày kết thúc không được trước ngày bắt đầu.",
                field="input.endsOn",
            )
        if not self.channels or self.instrument.version < 1:
            raise Invalid(
                en="names its channels and a version from 1",
                vi="Phải nêu kênh và phiên bản từ 1.",
                field="input.channels",
            )

    def require_asked(
        self, unit_path: Sequence[str], channel: Channel, on: date, *, field: str
    ) -> None:
        """Raise `Invalid` for an answer that this round did not ask for."""
        asked = self.unit_id in unit_path and channel in self.channels
        if self.closed_on is not None or not asked or not self.starts_on <= on <= self.ends_on:
            raise Invalid(
                en="this survey round does not ask for it: another unit, channel or day, or closed",
                vi="Đợt khảo sát này không hỏi việc đó: khác đơn vị, kênh, ngày, hoặc đã kết thúc.",
                field=field,
            )

    def close(self, on: date, *, answered: int, sequence: int) -> None:
        if self.closed_on is not None:
            raise Conflict(en="this round is closed", vi="Đợt khảo sát đã kết thúc.")
        self.closed_on, self.answered, self.closed_sequence = on, answered, sequence
