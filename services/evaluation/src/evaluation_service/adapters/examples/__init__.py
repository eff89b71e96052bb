"""Examples of events, by room."""
