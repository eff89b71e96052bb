"""Facts kept of other services, from their events."""
