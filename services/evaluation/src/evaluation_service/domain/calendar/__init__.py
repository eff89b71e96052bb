"""Working calendars: which days of a year are worked, by decision."""
