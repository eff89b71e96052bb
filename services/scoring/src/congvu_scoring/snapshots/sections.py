"""The lists of a snapshot: what a row of each is called and holds.

One description serves reading, writing, type checks of policies and the documentation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

FieldKind = Literal["number", "text", "flag", "evidence"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field without default is required, unless `optional`."""

    name: str
    kind: FieldKind = "number"
    default: Fraction | str | bool | None = None
    optional: bool = False
    minimum: Fraction | None = None
    above: Fraction | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`label` is the field that names a row in explanations."""

    name: str
    label: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


_ZERO = Fraction(0)
_ONE = Fraction(1)


def _count(name: str) -> Field:
    return Field(name, default=_ZERO, minimum=_ZERO)


def _part(name: str) -> Field:
    """Written only where there is some, so that a snapshot without any keeps its hash."""
    return Field(name, optional=True, minimum=_ZERO)


def _text(name: str, *choices: str, default: str | None = None) -> Field:
    return Field(name, "text", default=default, optional=default is None, choices=choices)


_EVIDENCE = Field("evidence", "evidence", optional=True)
STATES = ("SCORED", "NOT_EVALUABLE", "NOT_RATED")

WORK = Section(
    "work",
    "item",
    (
        Field("item", "text"),
        _text("orientation", "ADMIN_PROCEDURE", "PUBLIC_SERVICE"),
        _text("kind", "SPEARHEAD", "HARD", "SOFT"),
        Field("coefficient", above=_ZERO),
        Field("assigned", minimum=_ZERO),
        Field("completed", minimum=_ZERO),
        _count("quality_failures"),
        _count("quality_exempt"),
        _count("late"),
        _count("late_exempt"),
        _part("unreviewed"),
        _part("unreviewed_late"),
        _text("assignment"),
        _text("origin"),
        _text("origin_name"),
        _text("origin_hash"),
        _EVIDENCE,
    ),
)
INDICATORS = Section(
    "indicators",
    "code",
    (
        Field("code", "text"),
        _text("perspective"),
        Field("weight", default=_ONE, minimum=_ZERO),
        Field("baseline", default=_ZERO),
        Field("target"),
        Field("actual", optional=True),
        _text("direction", "UP", "DOWN", default="UP"),
        Field("shared", "flag", default=False),
        _text("parent"),
        _EVIDENCE,
    ),
)
CONDUCT = Section(
    "conduct",
    "rule",
    (
        Field("rule", "text"),
        Field("count", default=_ONE, minimum=_ZERO),
        Field("points", optional=True),
        _EVIDENCE,
    ),
)
FAULTS = Section(
    "faults",
    "step",
    (
        Field("step", "text"),
        Field("working_days_late", default=_ZERO, minimum=_ZERO),
        Field("count", default=_ONE, minimum=_ZERO),
        _EVIDENCE,
    ),
)
EVENTS = Section("events", "event", (Field("event", "text"), _text("decision")))
HISTORY = Section(
    "history",
    "period",
    (
        Field("period", "text"),
        Field("total", optional=True),
        _text("band"),
        _text("state", *STATES, default="SCORED"),
        _text("family"),
        _EVIDENCE,
    ),
)
PROCEDURES = Section(
    "procedures",
    "procedure",
    (
        Field("procedure", "text"),
        Field("answers", minimum=_ZERO),
        Field("satisfied", minimum=_ZERO),
    ),
)
CRISES = Section(
    "crises",
    "crisis",
    (
        Field("crisis", "text"),
        _text("outcome", "RESOLVED", "PARTLY", "FAILED", default="FAILED"),
        Field("hours", minimum=_ZERO),
        Field("hours_allowed", above=_ZERO),
        _EVIDENCE,
    ),
)
GENERAL = Section("general", "criterion", (Field("criterion", "text"), Field("points")))
ELEMENTS = Section(
    "elements",
    "key",
    (Field("key", "text"), Field("value"), Field("weight", optional=True, minimum=_ZERO)),
)
PERIODS = Section(
    "periods",
    "period",
    (
        Field("period", "text"),
        _text("state", *STATES, default="SCORED"),
        Field("total", optional=True),
        _text("band"),
        Field("weight", default=_ONE, minimum=_ZERO),
        Field("numerator", optional=True, minimum=_ZERO),
        Field("denominator", optional=True, minimum=_ZERO),
        Field("general", optional=True, minimum=_ZERO),
        Field("result", optional=True),
        _text("origin"),
        _text("origin_name"),
        _text("origin_hash"),
        _EVIDENCE,
    ),
)
INITIATIVES = Section(
    "initiatives",
    "initiative",
    (
        Field("initiative", "text"),
        Field("kind", "text"),
        Field("points", minimum=_ZERO),
        Field("state", "text"),
        _EVIDENCE,
    ),
)
"""What stands behind the points of a criterion that initiatives feed, or is read by rules."""
MADE_OF = "made_of"
"""Of a snapshot of a year: what its `periods` are, without which it is the year's own facts."""
PARTS_OF_A_YEAR = ("MONTH", "QUARTER")

GROUPS_OF = "groups of "
"""Begins the name of a list that goes by a field of another list."""
TIMELINE = "timeline"
"""The history and the current period in order of time."""

SNAPSHOT_LISTS: Mapping[str, Section] = {
    section.name: section
    for section in (
        WORK,
        INDICATORS,
        CONDUCT,
        FAULTS,
        EVENTS,
        HISTORY,
        PROCEDURES,
        CRISES,
        PERIODS,
        INITIATIVES,
    )
}
ROW_SOURCES: Mapping[str, Section] = {
    **SNAPSHOT_LISTS,
    **{section.name: section for section in (GENERAL, ELEMENTS)},
}

UNITS = (
    "ratio",
    "percent",
    "points",
    "level",
    "count",
    "products",
    "hours",
    "days",
    "months",
    "years",
    "people",
    "money",
)
SUBJECT_KINDS = ("STAFF", "DEPUTY", "LEADER", "UNIT")
UNIT_RATIOS = (
    "unit.quantity",
    "unit.quality",
    "unit.progress",
    "unit.on_time",
    "unit.answered",
    "unit.kept",
)
"""Of a unit: what of its work was completed, well, and in time; what of that which citizens asked
of it was in time, or kept."""
UNIT_COUNTS = (
    "unit.workload",
    "unit.people",
    "unit.dossiers",
    "unit.complaints",
    "unit.commitments",
)
"""Of a unit: what its ratios are of."""
CITIZENS = tuple(
    f"citizens.{whose}{name}"
    for whose in ("", "own_")
    for name in ("received", "due", "answered", "decided", "upheld")
)
"""Complaints about the unit and, `own_`, about the person."""
PROMISES = ("citizens.promised", "citizens.kept", "citizens.partly", "citizens.published")
"""Promises of the person that fell due and were assessed, kept in time, kept in part; and how many
the person published in the period."""
OPINIONS = (
    "colleagues.development",
    "colleagues.sharing",
    "colleagues.trained",
    "colleagues.coordination",
)
"""What those who are led think of how they are developed and work is shared, how many of them were
trained, and what other agencies think of how work is coordinated; of the best, `_n` how many."""
OPINION_COUNTS = tuple(f"{path}_n" for path in OPINIONS)
NUMBER_INPUTS = frozenset(
    {
        "general_total",
        "working_days",
        "unit.subordinates",
        "unit.not_completed",
        "unit.average_total",
        *UNIT_RATIOS,
        *UNIT_COUNTS,
        "satisfaction.index",
        "satisfaction.n",
        *CITIZENS,
        *PROMISES,
        *OPINIONS,
        *OPINION_COUNTS,
    }
)
TEXT_INPUTS: Mapping[str, tuple[str, ...]] = {
    "subject.kind": SUBJECT_KINDS,
    "subject.duty_group": (),
    "subject.unit": (),
    "subject.position": (),
    "unit.organising": ("FULL", "SHORTCOMING"),
    "unit.unity": ("FULL", "CONFLICT"),
    "unit.field": (),
    "unit.band": (),
    "period": (),
}
REFUSED = ("refused.rule", "refused.vi", "refused.en")
"""Why no snapshot could be made of what is known of a person; there is no score then, and no policy
reads them."""
SIGNED = ("agreement.ref", "agreement.hash")
"""The signed version of an agreement that the rows are of; no policy reads it."""
