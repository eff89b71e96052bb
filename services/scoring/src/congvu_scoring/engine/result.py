"""What scoring gives back: the numbers, the band and why, and the document that is hashed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from congvu_kit.domain.canonical import Json, fingerprint
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import display, exact_text
from congvu_scoring.common.limits import OverLimit
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.outcome import FiredTrigger, InForce
from congvu_scoring.engine.snapshot_codes import not_read
from congvu_scoring.engine.yearly import explained, is_year, method_of
from congvu_scoring.expressions.environment import NotEvaluable
from congvu_scoring.expressions.explanation import Explanation, Input, LineFact, line
from congvu_scoring.snapshots.snapshot import Snapshot

State = Literal["SCORED", "NOT_EVALUABLE", "NOT_RATED"]


@dataclass(frozen=True, slots=True)
class NextBand:
    """The band above, where it starts (`strictly`: above that), and the points that were missing.

    `held_by` names the rules that kept the person below it whatever the points. A band that goes
    by conditions alone has no threshold.
    """

    band: str
    threshold: Fraction | None
    strictly: bool
    missing: Fraction | None
    held_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreResult:
    """`total` is the exact computed score and stays whatever the band becomes (E-I9)."""

    compiled: CompiledPolicy
    snapshot: Snapshot
    state: State
    components: Mapping[str, Fraction]
    total: Fraction | None
    counted_total: Fraction | None
    raw_band: str | None
    band: str | None
    reasons: tuple[str, ...]
    in_force: tuple[InForce, ...]
    fired: tuple[FiredTrigger, ...]
    why_not: tuple[Rule, Bilingual] | None

    @property
    def triggers(self) -> tuple[str, ...]:
        return tuple(trigger.id for trigger in self.fired)

    @property
    def refused(self) -> bool:
        """The inputs themselves: there is nothing to explain but why."""
        return self.state != "SCORED" and bool(self.reasons)

    @cached_property
    def not_read(self) -> tuple[str, ...]:
        """Events, elements and lists of the snapshot that no rule reads."""
        return not_read(self.compiled.policy, self.compiled.reads, self.snapshot)

    def document(self) -> dict[str, Json]:
        """Canonical: the same snapshot and policy give the same bytes."""
        policy = self.compiled.policy
        return {
            "format": "congvu.result/1",
            "policy": {"id": policy.id, "version": policy.version, "hash": policy.hash},
            "settings": self.compiled.settings(),
            "snapshot_hash": self.snapshot.hash,
            "state": self.state,
            "components": {key: exact_text(value) for key, value in self.components.items()},
            "total": _text(self.total),
            "total_display": None if self.total is None else display(self.total),
            "counted_total": _text(self.counted_total),
            "raw_band": self.raw_band,
            "band": self.band,
            "reasons": list(self.reasons),
            "rules_in_force": [item.rule.rule.id for item in self.in_force],
            "triggers": list(self.triggers),
            "not_scored_because": None if self.why_not is None else self.why_not[0].id,
        }

    def hash(self) -> str:
        return fingerprint(self.document())

    def explanation(self) -> Explanation:
        """Built when first asked for; the points of its leaves sum to the total exactly."""
        return self._explained

    @cached_property
    def line_facts(self) -> Sequence[LineFact]:
        """What the lines of the explanation read, line by line."""
        return [
            LineFact(number, place, node.rule_id, given)
            for number, node in enumerate(self.explanation().lines(), start=1)
            for place, given in enumerate(node.inputs, start=1)
        ]

    @cached_property
    def _explained(self) -> Explanation:
        if is_year(self.snapshot) and not self.refused:
            year = explained(self.compiled, self.snapshot, self.total)
            return year._replace(children=(*year.children, *self._held()))
        env = self.compiled.environment(self.snapshot)
        env.known = {}
        if self.total is None or self.why_not is not None:
            rule, text = self.why_not or (env.rule, Bilingual("Không có điểm", "No score"))
            return line(rule, text, None, Fraction(0), inputs=self._ignored())
        measure = self.compiled.policy.measures[self.compiled.policy.total]
        env.rule = measure.rule
        try:
            nodes = measure.value.explain(env, Fraction(1))
        except OverLimit as long:
            # Of a policy from before there was a limit: the score stands.
            text = Bilingual(long.vi, long.en)
            return line(measure.rule, text, self.total, self.total, inputs=self._ignored())
        held = self._held()
        alone = nodes if held or len(nodes) > 1 or any(node.children for node in nodes) else ()
        inputs = nodes[0].inputs if nodes and not alone else ()
        return line(
            measure.rule,
            measure.rule.text,
            self.total,
            self.total,
            inputs=(*inputs, *self._ignored()),
            children=(*alone, *held),
        )

    def _held(self) -> tuple[Explanation, ...]:
        """What moved the band, which gives and takes no points."""
        return tuple(
            line(each.rule.rule, each.rule.rule.text, None, Fraction(0), inputs=each.inputs)
            for each in self.in_force
            if each.changed
        )

    def _ignored(self) -> tuple[Input, ...]:
        return tuple(Input("not read", path) for path in self.not_read)

    def next_band(self) -> NextBand | None:
        """What the band above would have needed; None at the top or without a score."""
        table = self.compiled.policy.bands.table
        codes = [band.code for band in table]
        if self.band is None or self.band == codes[0]:
            return None
        above = table[codes.index(self.band) - 1]
        missing, least = None, above.least(self.compiled.constants)
        if is_year(self.snapshot) and method_of(self.compiled).bands:
            least = None
        if least is not None and self.total is not None:
            bands = self.compiled.policy.bands
            env = self.compiled.environment(self.snapshot)
            measured = self.total if bands.of is None else bands.of.evaluate(env)
            missing = max(Fraction(0), least - measured)
        held = tuple(item.rule.rule.id for item in self.in_force if item.changed)
        return NextBand(above.code, least, above.strictly, missing, held)


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def unscored(
    compiled: CompiledPolicy,
    snapshot: Snapshot,
    state: State,
    components: Mapping[str, Fraction],
    because: NotEvaluable,
) -> ScoreResult:
    """A result without total and band, with the reason."""
    return ScoreResult(
        compiled=compiled,
        snapshot=snapshot,
        state=state,
        components=components,
        total=None,
        counted_total=None,
        raw_band=None,
        band=None,
        reasons=(),
        in_force=(),
        fired=(),
        why_not=(because.rule, because.text),
    )
