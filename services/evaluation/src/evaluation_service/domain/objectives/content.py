"""What an objective says: its indicator and weight, and what SMART asks of it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import label
from congvu_kit.domain.text import camel
from congvu_scoring import reached
from evaluation_service.domain.common.numbers import Measure, Weight

TITLE_MAX_CHARS = 300
TEXT_MAX_CHARS = 1000


class Direction(StrEnum):
    UP = "UP"
    DOWN = "DOWN"


class Frequency(StrEnum):
    ONCE = "ONCE"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, kw_only=True)
class ObjectiveIndicator:
    """`system` is the account of the system whose figures count besides those of people."""

    target: Measure
    direction: Direction = Direction.UP
    baseline: Measure | None = None
    unit_of_measure: str | None = None
    data_source: str | None = None
    frequency: Frequency | None = None
    system: str | None = None

    @property
    def start(self) -> Decimal:
        return self.baseline if self.baseline is not None else Decimal(0)

    def reached_by(self, value: Decimal) -> Fraction:
        return reached(
            Fraction(self.start),
            Fraction(self.target),
            Fraction(value),
            down=self.direction is Direction.DOWN,
        )


@dataclass(frozen=True, kw_only=True)
class ObjectiveContent:
    """A `shared` one of a leader counts in the scorecard of the unit, there under
    `unit_perspective`, and not in the leader's own score."""

    title: str
    weight: Weight
    indicator: ObjectiveIndicator
    description: str | None = None
    perspective: str | None = None
    parent_id: str | None = None
    shared: bool = False
    unit_perspective: str | None = None

    @property
    def measured(self) -> tuple[object, ...]:
        """What of it moves a score."""
        indicator = self.indicator
        stated = (indicator.baseline, indicator.target, indicator.direction, indicator.system)
        counted = (self.shared, self.unit_perspective)
        return (self.perspective, self.weight, *stated, *counted)

    def check(self) -> None:
        """Raise `Invalid` for what is too long, missing, or the wrong way round."""
        indicator = self.indicator
        for name, text, most in (
            ("title", self.title, TITLE_MAX_CHARS),
            ("description", self.description, TEXT_MAX_CHARS),
            ("indicator.unitOfMeasure", indicator.unit_of_measure, TITLE_MAX_CHARS),
            ("indicator.dataSource", indicator.data_source, TITLE_MAX_CHARS),
        ):
            if text is not None and not 0 < len(text.strip()) <= most:
                raise Invalid(
                    en=f"{name} has 1 to {most} characters",
                    vi=f"Phải có từ 1 đến {most} ký tự.",
                    field=f"input.content.{name}",
                )
        _require_smart(self)
        down = indicator.direction is Direction.DOWN
        if indicator.target != indicator.start and down != (indicator.target < indicator.start):
            raise Invalid(
                en="the target lies on the wrong side of the baseline",
                vi="Chỉ tiêu ngược hướng so với mức nền.",
                field="input.content.indicator.target",
                rule_id="SMART",
            )


_QUESTIONS = (
    ("S", "description"),
    ("M", "indicator.unit_of_measure"),
    ("M", "indicator.data_source"),
    ("A", "indicator.baseline"),
    ("T", "indicator.frequency"),
)
"""Specific, Measurable, Achievable, Time-bound: the field that answers each. Relevant is the parent
objective, which the policy asks for."""


def smart_gaps(content: ObjectiveContent) -> tuple[str, ...]:
    """`M:indicator.unitOfMeasure` for each question left open, in SMART order."""
    stated = {**vars(content), **{f"indicator.{k}": v for k, v in vars(content.indicator).items()}}
    return tuple(f"{letter}:{camel(name)}" for letter, name in _QUESTIONS if stated[name] is None)


def _require_smart(content: ObjectiveContent) -> None:
    """Raise `Invalid` that lists everything missing at once."""
    gaps = smart_gaps(content)
    if gaps:
        listed = ", ".join(gaps)
        missing_labels = ", ".join(label("field", gap.rpartition(".")[2], "vi") for gap in gaps)
        raise Invalid(
            en=f"not complete yet, missing {listed}",
            vi=f"Chưa đủ thông tin. Còn thiếu: {missing_labels}.",
            field=f"input.content.{gaps[0][2:]}",
            rule_id="SMART",
        )
