"""The feed of changes: what was published of periods, units and people, from a cursor on."""

from congvu_kit.application.ports import Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.feeds import FeedChange
from evaluation_service.application.access import NATIONAL, WHOLE_PROVINCE
from evaluation_service.application.collections import FEED
from evaluation_service.domain.organisations import org_evaluations
from evaluation_service.domain.periods import period_events
from evaluation_service.domain.results import events

OF_PEOPLE = (events.EvaluationPublished.TYPE, events.EvaluationCorrected.TYPE)
"""For who looks after the whole province's results; each one shown is on record."""

TOLD = (
    *(each.TYPE for each in period_events.PeriodEvent.__subclasses__()),
    org_evaluations.OrgEvaluationPublished.TYPE,
    org_evaluations.OrgEvaluationCorrected.TYPE,
    *OF_PEOPLE,
)
"""What is published, and nothing of how it came to be."""


async def list_changes(
    reader: Actor, tx: Transaction, province: str | None = None, *, first: int, after: str | None
) -> Page[FeedChange]:
    """Of one province, oldest first; raise `Forbidden` for who is no system or office of it."""
    reader.require(*WHOLE_PROVINCE, Role.SERVICE_PORTAL)
    wanted = province or reader.province
    if wanted is None:
        raise Invalid(en="name the province", vi="Cần nêu tỉnh.", field="province")
    if not (reader.has(Role.PERSONNEL_SYNC) and NATIONAL in reader.scopes):
        reader.require_province(wanted)
    sees_people = reader.has(*WHOLE_PROVINCE)

    def shown(change: FeedChange) -> bool:
        return sees_people or change.event_type not in OF_PEOPLE

    return await FEED.read(
        tx, wanted, wanted=None if sees_people else shown, first=first, after=after
    )
