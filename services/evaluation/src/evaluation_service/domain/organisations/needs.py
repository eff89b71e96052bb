"""What a unit still needs from people before it can be rated. What systems record comes by itself,
and is taken to be there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_scoring import CompiledPolicy, Snapshot, exact_text, score_anyway
from evaluation_service.domain.objectives.scorecards import Scorecard
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.readiness.gaps import GapKind

FULL = "1"
ANY = ""
"""The one perspective of a policy that knows none."""


@dataclass(frozen=True)
class UnitNeeds:
    """By the policy for units: it is asked whether it comes to a score."""

    compiled: CompiledPolicy
    known: dict[tuple[frozenset[str], frozenset[str]], bool] = field(default_factory=dict)

    def gaps_of(
        self, unit_id: str, unit: OrgEvaluation | None, scorecard: Scorecard | None
    ) -> tuple[GapKind, ...]:
        """Nothing is missing of a unit outside those of a pilot."""
        pilots = self.compiled.policy.units
        if pilots and unit_id not in pilots:
            return ()
        rated = frozenset(each.key for each in unit.given.general) if unit else frozenset()
        lines = scorecard.lines if scorecard else ()
        aimed = frozenset(line.perspective or ANY for line in lines)
        if not self._scored(self._criteria, self._perspectives):
            return ()
        gaps = []
        if not self._scored(rated & self._criteria, self._perspectives):
            gaps.append(GapKind.UNIT_UNRATED)
        unread = scorecard is not None and scorecard.lacking
        if unread or not self._scored(self._criteria, aimed & self._perspectives):
            gaps.append(GapKind.UNIT_OBJECTIVES)
        return tuple(gaps)

    @property
    def _criteria(self) -> frozenset[str]:
        return frozenset(self.compiled.vocabulary.criteria)

    @property
    def _perspectives(self) -> frozenset[str]:
        return self.compiled.vocabulary.perspectives or frozenset([ANY])

    def _scored(self, rated: frozenset[str], aimed: frozenset[str]) -> bool:
        """With these criteria rated and objectives of these perspectives reached."""
        if (rated, aimed) not in self.known:
            result = score_anyway(
                self.compiled, Snapshot.from_document(self._document(rated, aimed))
            )
            self.known[rated, aimed] = result.why_not is None
        return self.known[rated, aimed]

    def _document(self, rated: frozenset[str], aimed: frozenset[str]) -> Mapping[str, Json]:
        data = [path for path in self.compiled.reads.inputs if path.startswith("unit.")]
        scales = self.compiled.vocabulary.criteria
        rows: Sequence[Json] = [_reached(name) for name in sorted(aimed)]
        return {
            "subject": {"kind": "UNIT"},
            "general": {key: exact_text(scales[key].high or Fraction(1)) for key in sorted(rated)},
            "indicators": [*rows],
            "unit": {path.removeprefix("unit."): FULL for path in data},
            "satisfaction": {"index": FULL, "n": "1000000"},
        }


def _reached(perspective: str) -> Json:
    row: dict[str, Json] = {
        "code": perspective or "ALL",
        "weight": "100",
        "baseline": "0",
        "target": FULL,
        "actual": FULL,
        "direction": "UP",
        "shared": False,
    }
    return row if perspective is ANY else {**row, "perspective": perspective}
