"""What a policy refuses of what was entered for a person, or finds too little, before there is any
work to score."""

from collections.abc import Collection

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, Snapshot, score
from evaluation_service.domain.agreements.counted import SignedItems
from evaluation_service.domain.readiness.gaps import GapKind, RefusedInputs
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.snapshots import SUBJECT_KINDS, given_sections

ENTERED = frozenset({"general", "elements", "conduct"})
"""What superiors enter; no fact of another source is among it."""

MEASURED = frozenset({"indicators"})
"""What objectives and readings say."""

PAST = frozenset({"history", "periods"})
"""What may always be empty."""


def entered_snapshot(evaluation: Evaluation, inputs: GivenInputs) -> Snapshot:
    subject = {"kind": SUBJECT_KINDS[evaluation.role], "duty_group": evaluation.duty_group}
    return Snapshot.from_document({"subject": subject, **given_sections(inputs)})


def refused_inputs(
    compiled: CompiledPolicy, evaluation: Evaluation, agreed: SignedItems | None = None
) -> RefusedInputs | None:
    """Of everything entered so far together, such as weights that do not sum to 100."""
    if agreed is not None and agreed.of_elements:
        return _agreed_in_part(compiled, evaluation.given, agreed)
    found = refusal_of(compiled, entered_snapshot(evaluation, evaluation.given), ENTERED)
    if found is not None and found.kind is not GapKind.INCOMPLETE_INPUTS:
        return found
    return _rated_in_part(compiled, evaluation.given) or found


def refusal_of(
    compiled: CompiledPolicy, entered: Snapshot, names: Collection[str]
) -> RefusedInputs | None:
    """A policy that reads nothing else than what is named has said whether it is enough."""
    try:
        result = score(compiled, entered)
    except Invalid as refused:
        known = (refused.field or "").startswith("snapshot.")
        return RefusedInputs(
            kind=GapKind.UNKNOWN_CODE if known else GapKind.BROKEN_RULE,
            rule_id=refused.rule_id or compiled.policy.id,
            vi=refused.vi,
            en=refused.en,
        )
    if result.why_not is None or not _reads_only(compiled, names):
        return None
    rule, text = result.why_not
    return RefusedInputs(kind=GapKind.INCOMPLETE_INPUTS, rule_id=rule.id, vi=text.vi, en=text.en)


def _rated_in_part(compiled: CompiledPolicy, given: GivenInputs) -> RefusedInputs | None:
    """The rest of what the policy needs; where nothing is rated, that is another gap."""
    missing: list[str] = []
    for name, rated in (("general", given.general), ("elements", given.elements)):
        keys = {each.key for each in rated}
        asked = (path.partition(".") for path in compiled.reads.needed)
        missing += [
            key for section, _, key in asked if keys and section == name and key not in keys
        ]
    return _not_rated(compiled, missing)


def _agreed_in_part(
    compiled: CompiledPolicy, given: GivenInputs, agreed: SignedItems
) -> RefusedInputs | None:
    """Its weights were looked at when it was signed: each element of it has to be rated."""
    rated = {each.key for each in given.elements}
    return _not_rated(compiled, [e.code for e in agreed.items if rated and e.code not in rated])


def _not_rated(compiled: CompiledPolicy, missing: Collection[str]) -> RefusedInputs | None:
    if not missing:
        return None
    names = ", ".join(sorted(missing))
    return RefusedInputs(
        kind=GapKind.INCOMPLETE_INPUTS,
        rule_id=compiled.policy.id,
        vi=f"Chưa chấm: {names}.",
        en=f"not rated yet: {names}",
    )


def _reads_only(compiled: CompiledPolicy, names: Collection[str]) -> bool:
    inputs = {path.partition(".")[0] for path in compiled.reads.inputs}
    return inputs | compiled.reads.lists - PAST <= set(names)
