"""Which criterion of a policy initiatives feed, and what they give it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_scoring import CompiledPolicy, exact, exact_text
from congvu_scoring.engine.vocabulary import Scale

CRITERION = "initiative_criterion"
"""The policy's setting that names it, such as III.1 of the decree (creative product)."""

Row = Mapping[str, Json]


@dataclass(frozen=True, kw_only=True)
class CountedInitiatives:
    """Rows of the snapshot, and the points of the criterion that they give."""

    rows: tuple[Row, ...] = ()
    points: Mapping[str, Json] = field(default_factory=dict)


NO_INITIATIVES = CountedInitiatives()


def criterion_of(policy: CompiledPolicy) -> tuple[str, Scale] | None:
    """With its range; None where initiatives count for nothing."""
    workflow = policy.policy.workflow
    named = workflow.settings.get(CRITERION, "") if workflow else ""
    scale = policy.vocabulary.criteria.get(named)
    return None if scale is None else (named, scale)


def counted(rows: Iterable[Row], policy: CompiledPolicy) -> CountedInitiatives:
    """Together at most the criterion's whole points, in place of what was typed for it."""
    given, found = tuple(rows), criterion_of(policy)
    if not given or found is None:
        return NO_INITIATIVES
    criterion, scale = found
    total = sum((exact(row["points"], "points") for row in given), Fraction(0))
    most = total if scale.high is None else min(total, scale.high)
    return CountedInitiatives(rows=given, points={criterion: exact_text(most)})


def with_row(document: Mapping[str, Json], row: Row, policy: CompiledPolicy) -> dict[str, Json]:
    """The snapshot with one initiative as it is now."""
    known = document.get("initiatives")
    rows: Sequence[Json] = known if isinstance(known, list) else []
    others = [
        each
        for each in rows
        if isinstance(each, Mapping) and each["initiative"] != row["initiative"]
    ]
    found = counted([*others, row], policy)
    general = document.get("general")
    typed = dict(general) if isinstance(general, Mapping) else {}
    if not found.rows:
        return dict(document)
    return {**document, "initiatives": list(found.rows), "general": {**typed, **found.points}}
