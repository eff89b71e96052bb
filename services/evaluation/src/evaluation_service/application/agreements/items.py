"""The items of a version: elements as they are said, objectives as they stand."""

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy
from evaluation_service.application.access import Post
from evaluation_service.application.collections import OBJECTIVES, SCORECARDS
from evaluation_service.application.objectives.owners import weight_scope
from evaluation_service.domain.agreements.content import (
    RULE,
    AgreementContent,
    AgreementItem,
    check_items,
    items_of_elements,
    items_of_objectives,
)
from evaluation_service.domain.objectives.scorecards import WHOLE, scorecard_id, weights
from evaluation_service.domain.periods.periods import EvaluationPeriod


async def agreed_items(
    content: AgreementContent,
    post: Post,
    period: EvaluationPeriod,
    compiled: CompiledPolicy,
    tx: Transaction,
) -> tuple[AgreementItem, ...]:
    """Raise `Invalid` for what the policy refuses."""
    rules = compiled.policy.agreement
    assert rules is not None  # whoever asks has looked
    wrong = content.details if rules.items == "elements" else content.elements
    if wrong:
        raise Invalid(
            en=f"{compiled.ref} agrees on {rules.items} only",
            vi=f"Quy chế {compiled.ref} chỉ ký kết "
            + ("các yếu tố." if rules.items == "elements" else "các mục tiêu."),
            field="input.content",
            rule_id=RULE,
        )
    if rules.items == "elements":
        items = items_of_elements(content.elements)
    else:
        items = await _of_objectives(content, post, period, compiled, tx)
    check_items(items, rules)
    return items


async def _of_objectives(
    content: AgreementContent,
    post: Post,
    period: EvaluationPeriod,
    compiled: CompiledPolicy,
    tx: Transaction,
) -> tuple[AgreementItem, ...]:
    """Those of the period that are in force, once the policy takes them together."""
    id = scorecard_id(period.id, post.unit.id, post.appointment.appointment_id)
    card = await tx.store(SCORECARDS).find(id)
    lines = card.lines if card else ()
    if not lines:
        raise Invalid(
            en="the objectives come first (defineObjective), then their agreement",
            vi="Giao mục tiêu trước, rồi mới ký kết.",
            field="input.content",
            rule_id=RULE,
        )
    if any(each != WHOLE for each in weights(lines, weight_scope(compiled)).values()):
        raise Invalid(
            en="the weights of the objectives do not sum to 100 yet",
            vi="Tổng trọng số các mục tiêu chưa đủ 100.",
            field="input.content",
            rule_id="E-I6",
        )
    if card is not None and card.refusal is not None:
        raise Invalid(
            en=card.refusal.en,
            vi=card.refusal.vi,
            field="input.content",
            rule_id=card.refusal.rule_id,
        )
    found = await tx.store(OBJECTIVES).find_many([line.objective_id for line in lines])
    titles = {each.id: each.content.title for each in found if each}
    return items_of_objectives(lines, titles, content.details)
