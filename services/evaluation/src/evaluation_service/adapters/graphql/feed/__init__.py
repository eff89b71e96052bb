"""A superior's desk: what waits, and what is done for a whole unit at once."""
