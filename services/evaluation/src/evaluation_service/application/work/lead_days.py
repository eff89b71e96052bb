"""When work is due that nobody set a day for: the product's lead days, in working days."""

from datetime import date

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.working_days import Term
from evaluation_service.application.access import Post
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import LEAD_ADJUSTMENTS, VERSIONS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.timed_work import LeadTerm


async def lead_term(
    version_id: str, period: EvaluationPeriod, post: Post, tx: Transaction
) -> LeadTerm:
    """Counted from today, or from the first day of a period that is still to begin. Raise `Invalid`
    for a product without lead days."""
    today = business_date(tx.now)
    count = await _lead_days(version_id, post.unit.path, today, tx)
    if count is None:
        raise Invalid(
            en="the catalogue names no lead days of this product: say dueOn",
            vi="Danh mục không quy định thời hạn của sản phẩm này. Vui lòng nêu hạn hoàn thành.",
            field="input.dueOn",
        )
    days = await working_days(post.unit.province, tx)
    return LeadTerm.of(Term(since=max(today, period.starts_on), days=count), days)


async def _lead_days(
    version_id: str, path: tuple[str, ...], today: date, tx: Transaction
) -> int | None:
    """As adjusted for the nearest unit upwards, or the product's own."""
    found = await tx.store(LEAD_ADJUSTMENTS).select(
        Eq("version_id", version_id), In("unit_id", list(path))
    )
    in_force = [each for each in found if each.in_force(today)]
    if in_force:
        return int(max(in_force, key=lambda each: path.index(each.unit_id)).value)
    version = await tx.store(VERSIONS).find(version_id)
    return version.lead_days if version else None
