"""What a policy refuses of what was entered for a person, before there is any work to score."""

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, Snapshot, score
from evaluation_service.domain.readiness.gaps import GapKind, RefusedInputs
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.snapshots import SUBJECT_KINDS, given_sections


def entered_snapshot(evaluation: Evaluation, inputs: GivenInputs) -> Snapshot:
    subject = {"kind": SUBJECT_KINDS[evaluation.role], "duty_group": evaluation.duty_group}
    return Snapshot.from_document({"subject": subject, **given_sections(inputs)})


def refused_inputs(compiled: CompiledPolicy, evaluation: Evaluation) -> RefusedInputs | None:
    """Of everything entered so far together, such as weights that do not sum to 100."""
    try:
        score(compiled, entered_snapshot(evaluation, evaluation.given))
    except Invalid as refused:
        known = (refused.field or "").startswith("snapshot.")
        return RefusedInputs(
            kind=GapKind.UNKNOWN_CODE if known else GapKind.BROKEN_RULE,
            rule_id=refused.rule_id or compiled.policy.id,
            vi=refused.vi,
            en=refused.en,
        )
    return None
