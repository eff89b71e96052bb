"""Which days are worked: read by everybody, and by whatever counts days."""

from datetime import date, datetime

from congvu_kit.application.ports import In, Transaction
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.application.collections import CALENDARS
from evaluation_service.domain.calendar.calendars import WorkingCalendar, calendar_id
from evaluation_service.domain.common.places import COUNTRY

SPAN_MAX_DAYS = 366


async def find_calendar(year: int, province: str, tx: Transaction) -> WorkingCalendar | None:
    return await tx.store(CALENDARS).find(calendar_id(year, province))


async def working_days(
    province: str, tx: Transaction, *, at: datetime | None = None
) -> WorkingDays:
    """Of a province: the country's years, and what the province has besides; as they were at an
    instant, so that what is counted in several steps is counted by one calendar."""
    calendars = tx.store(CALENDARS)
    found = await calendars.select(In("province", [COUNTRY, province]))
    years = [each.days(at) for each in found]
    return WorkingDays.of(year for year in years if year is not None)


def check_span(starts_on: date, ends_on: date) -> None:
    if not 0 <= (ends_on - starts_on).days <= SPAN_MAX_DAYS:
        raise Invalid(
            en=f"endsOn must be 0 to {SPAN_MAX_DAYS} days after startsOn",
            vi=f"Ngày kết thúc phải sau ngày bắt đầu, tối đa {SPAN_MAX_DAYS} ngày.",
            field="endsOn",
        )
