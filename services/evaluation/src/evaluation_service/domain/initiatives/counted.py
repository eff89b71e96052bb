"""What initiatives feed in a policy, and what they give it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, exact, exact_text
from congvu_scoring.engine.vocabulary import Scale, not_known

SETTING = "initiative_criterion"
"""Named the criterion in policies from before the section `initiatives`."""

Row = Mapping[str, Json]


@dataclass(frozen=True, kw_only=True)
class CountedInitiatives:
    """Rows of the snapshot, and the points of the criterion that they give, if they feed one."""

    rows: tuple[Row, ...] = ()
    points: Mapping[str, Json] = field(default_factory=dict)


NO_INITIATIVES = CountedInitiatives()


def scale_of(policy: CompiledPolicy) -> tuple[str, Scale] | None:
    """What the points may be, under the name of the criterion or of the section; None where
    initiatives count for nothing."""
    rules = policy.policy.initiatives
    if rules is not None and rules.criterion is None:
        return rules.rule.id, Scale(Fraction(0), rules.most, rules.step)
    named = rules.criterion if rules else policy.policy.workflow.settings.get(SETTING)
    scale = policy.vocabulary.criteria.get(named or "")
    return None if named is None or scale is None else (named, scale)


def check_setting(policy: CompiledPolicy) -> None:
    """Raise `Invalid` where the setting names no criterion: initiatives would count for nothing."""
    named = policy.policy.workflow.settings.get(SETTING)
    if named is not None and named not in policy.vocabulary.criteria:
        meant = not_known(named, sorted(policy.vocabulary.criteria))
        raise Invalid(
            en=f"workflow.settings.{SETTING} names no criterion of the policy{meant.en}",
            vi=f"Thiết lập về sáng kiến của quy chế không nêu tiêu chí nào của quy chế{meant.vi}.",
            field="input.id",
            rule_id="initiatives",
        )


def counted(rows: Iterable[Row], policy: CompiledPolicy) -> CountedInitiatives:
    """Together at most the criterion's whole points, in place of what was typed for it; where
    they feed none, the rows alone, which rules read."""
    given, found = tuple(rows), scale_of(policy)
    if not given or found is None:
        return NO_INITIATIVES
    criterion, scale = found
    if criterion not in policy.vocabulary.criteria:
        return CountedInitiatives(rows=given)
    total = sum((exact(row["points"], "points") for row in given), Fraction(0))
    most = total if scale.high is None else min(total, scale.high)
    return CountedInitiatives(rows=given, points={criterion: exact_text(most)})


def with_initiatives(document: Mapping[str, Json], found: CountedInitiatives) -> dict[str, Json]:
    """The snapshot with their rows, and the points that they give in place of typed ones."""
    if not found.rows:
        return dict(document)
    general = document.get("general")
    typed = general if isinstance(general, Mapping) else {}
    marks = {"general": {**typed, **found.points}} if found.points else {}
    return {**document, "initiatives": list(found.rows), **marks}


def with_row(document: Mapping[str, Json], row: Row, policy: CompiledPolicy) -> dict[str, Json]:
    """The snapshot with one initiative as it is now."""
    known = document.get("initiatives")
    rows: Sequence[Json] = known if isinstance(known, list) else []
    others = [
        each
        for each in rows
        if isinstance(each, Mapping) and each["initiative"] != row["initiative"]
    ]
    return with_initiatives(document, counted([*others, row], policy))
