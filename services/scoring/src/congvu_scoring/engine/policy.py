"""A scoring policy as read and checked: pure data and expression trees, immutable."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.plain import plain
from congvu_scoring.engine.agreement import AgreementRules
from congvu_scoring.engine.consequences import Consequences
from congvu_scoring.engine.initiatives import InitiativeRules
from congvu_scoring.engine.others import RatedByOthers
from congvu_scoring.expressions.base import Condition, Number, Text
from congvu_scoring.expressions.declarations import DeclaredInput, Switch, WeightGroup

CITIZENS = ("DOSSIERS", "COMMITMENTS")
"""The evidence of citizens a policy may read: how satisfied the applicants of the unit's dossiers
were, or how the commitments of the person were rated."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A named number of a policy. `shown` ones are the components of a result."""

    rule: Rule
    value: Number
    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    shown: bool = True
    evidence: bool = False

    def allows(self, value: Fraction) -> bool:
        too_low = self.low is not None and value < self.low
        return not too_low and not (self.high is not None and value > self.high)


@dataclass(frozen=True, slots=True)
class Constraint:
    """Must hold, else the policy (or, when it reads inputs, the snapshot) is refused."""

    rule: Rule
    require: Condition
    reads_snapshot: bool


@dataclass(frozen=True, slots=True)
class StateRule:
    rule: Rule
    when: Condition
    state: Literal["NOT_EVALUABLE", "NOT_RATED"]


@dataclass(frozen=True, slots=True)
class Band:
    """Reached at a threshold (or, if `strictly`, above it) and when its condition holds.

    The threshold is a number, or what a numeric switch says. The lowest band has neither threshold
    nor condition.
    """

    code: str
    text: Bilingual
    threshold: Fraction | None
    strictly: bool = False
    when: Condition | None = None
    switch: str | None = None

    def least(self, constants: Mapping[str, object]) -> Fraction | None:
        chosen = None if self.switch is None else constants[self.switch]
        return chosen if isinstance(chosen, Fraction) else self.threshold


@dataclass(frozen=True, slots=True)
class Bands:
    """Best first. `places` rounds the total, half up, before the band is read."""

    rule: Rule
    table: tuple[Band, ...]
    of: Number | None
    places: Number | None
    read_on: Text | None
    former: tuple[str, ...] = ()
    """Codes earlier rules gave, which a history may still hold."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(band.code for band in self.table)

    @property
    def known(self) -> tuple[str, ...]:
        """Every code a past period may have."""
        return (*self.codes, *self.former)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a gate, cap, veto or hard fail does to the result; the computed total stays."""

    band: str | None = None
    band_at_most: str | None = None
    band_at_least: str | None = None
    lower_by: int = 0
    raise_by: int = 0
    counted_total: Number | None = None


@dataclass(frozen=True, slots=True)
class BandRule:
    kind: Literal["HARD_FAIL", "VETO", "GATE", "CAP"]
    rule: Rule
    when: Condition
    effect: Effect


@dataclass(frozen=True, slots=True)
class Trigger:
    """Raises a case for people to decide; the machine never acts on it."""

    rule: Rule
    when: Condition
    case: Bilingual


@dataclass(frozen=True, slots=True)
class Quota:
    """`top` may be at most `rate` of the final count of `base` in each scope."""

    rule: Rule
    top: str
    otherwise: str
    base: tuple[tuple[str, tuple[str, ...]], ...]
    """Bands counted, by value of the switch; a single entry with key '' when there is none."""
    base_switch: str | None
    rate: Number
    scopes: tuple[str, ...]
    order: tuple[str, ...]
    rounding: Literal["FLOOR", "HALF_UP", "CEILING"] = "FLOOR"


@dataclass(frozen=True, slots=True)
class RollUpMethod:
    """A total, bands by condition, or both: conditions come first, then `otherwise`.

    `otherwise` None reads the band from the total.
    """

    rule: Rule
    total: Number | None
    bands: tuple[tuple[Condition, str], ...] = ()
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class RollUp:
    switch: str | None
    methods: Mapping[str, RollUpMethod]


DayOfYear: TypeAlias = tuple[int, int]
"""Month and day."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A workflow step and its last day: a date of the year after, or days after the last step.

    `level` says who acts on the file of a person: 0 the person, 1 the superior, 2 the superior's
    superior and so on; None for a step of another thing. `remind` are days before the last day,
    `shown` is when the person sees the figures of the stage, `movable` are the months and days
    within which a derived policy may put its last day.
    """

    id: str
    text: Bilingual
    clause: str
    actor: str
    last_month: int | None
    last_day: int | None
    days: int | None
    when_late: Literal["MOVE_ON", "WAIT"]
    level: int | None = None
    remind: tuple[int, ...] = ()
    shown: Literal["AT_ONCE", "PUBLISHED", "NEVER"] = "PUBLISHED"
    movable: tuple[DayOfYear, DayOfYear] | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """`counts` are the stages whose figures count: the first that gave one wins it."""

    stages: tuple[Stage, ...] = ()
    final_month: int | None = None
    final_day: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    counts: tuple[str, ...] = ()

    @property
    def of_a_file(self) -> "Workflow":
        """The stages that a person's file goes through."""
        staged = tuple(stage for stage in self.stages if stage.level is not None)
        return replace(self, stages=staged)


@dataclass(frozen=True, slots=True)
class SourceText:
    """Where the rules come from; `kind` LAW, READ or DEFAULT tells how sure it is."""

    id: str
    text: Bilingual
    kind: str


@dataclass(frozen=True)
class Policy:
    """One version of a scoring policy."""

    id: str
    version: int
    title: Bilingual
    summary: Bilingual
    sources: tuple[SourceText, ...]
    subjects: tuple[str, ...]
    units: tuple[str, ...]
    """Units of a pilot; empty means every unit."""
    citizens: str
    """Whose opinion of what `satisfaction` is: one of `CITIZENS`."""
    effective_from: date | None
    effective_to: date | None
    switches: Mapping[str, Switch]
    weight_groups: tuple[WeightGroup, ...]
    inputs: Mapping[str, DeclaredInput]
    measures: Mapping[str, Measure]
    total: str
    constraints: tuple[Constraint, ...]
    states: tuple[StateRule, ...]
    bands: Bands
    rules: tuple[BandRule, ...]
    triggers: tuple[Trigger, ...]
    quotas: tuple[Quota, ...]
    roll_up: RollUp | None
    workflow: Workflow
    consequences: Consequences
    agreement: AgreementRules | None
    """What must be signed before anybody is rated; None where nothing is."""
    initiatives: InitiativeRules | None
    """What initiatives feed; None where they count for nothing."""
    rated_by_others: RatedByOthers | None
    """What nobody types; None where everything it reads may be."""
    family: str
    """Which policies are one system: whose results a history is of (E-I19)."""
    history: frozenset[str] | None
    """The families whose results it looks back at; None for those of any."""
    document: Mapping[str, object]
    """What it was read from, for derivation, comparison and printing."""
    hash: str
    standing: frozenset[str] = frozenset()
    """Its switches that the language gives to every policy, and the document does not declare."""

    @property
    def ref(self) -> str:
        return f"{self.id}@{self.version}"

    @cached_property
    def text(self) -> str:
        """The document as JSON in its own order: a measure may only name those above it."""
        return json.dumps(plain(self.document), ensure_ascii=False, separators=(",", ":"))

    def looks_at(self, family: object) -> bool:
        """Whether results of that family count as former ones; those that name none are its own."""
        return family is None or self.history is None or family in self.history
