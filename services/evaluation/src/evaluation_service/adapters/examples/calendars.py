"""An example of a calendar that is published, with one day swapped for another."""

from datetime import date

from evaluation_service.domain.calendar import calendars

_DAY_OFF = calendars.DayOff(
    day=date(2026, 8, 31),
    kind=calendars.DayOffKind.SWAPPED,
    name="Hoán đổi với thứ Bảy 22/8/2026",
    basis=calendars.CalendarBasis.ANNOUNCED,
    source="Thông báo của Bộ Nội vụ về nghỉ Tết Âm lịch và Quốc khánh năm 2026",
)

CALENDAR = calendars.WorkingCalendarPublished(
    calendar_id="cal_3c4d5e6f7a8b59a0b1c2d3e4f5a6b7c8",
    year=2026,
    province="00",
    edition=1,
    days_off=(_DAY_OFF,),
    worked_days=(calendars.WorkedDay(day=date(2026, 8, 22), in_place_of=date(2026, 8, 31)),),
    announced=True,
    source=_DAY_OFF.source,
    decision_number=None,
)
