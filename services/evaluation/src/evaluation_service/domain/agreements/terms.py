"""How long an agreement may run."""

from calendar import monthrange
from datetime import date

from congvu_kit.domain.errors import Invalid
from congvu_scoring.engine.agreement import AgreementRules
from evaluation_service.domain.agreements.content import RULE
from evaluation_service.domain.periods.periods import EvaluationPeriod


def check_term(
    starts_on: date, ends_on: date, period: EvaluationPeriod, rules: AgreementRules
) -> None:
    """Raise `Invalid` unless it is as long as the policy says, and runs in the period."""
    least, most = rules.least_months, rules.most_months
    if not months_after(starts_on, least) <= ends_on <= months_after(starts_on, most):
        raise Invalid(
            en=f"the term is {least} to {most} months",
            vi=f"Thời hạn từ {least} đến {most} tháng.",
            field="input.endsOn",
            rule_id=RULE,
        )
    if not (starts_on < period.ends_on and period.starts_on < ends_on):
        raise Invalid(
            en="the term has no day in the period",
            vi="Thời hạn không có ngày nào trong kỳ.",
            field="input.startsOn",
            rule_id=RULE,
        )


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day; the last day there is, past that."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))
