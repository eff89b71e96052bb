"""The words of every domain: actors, aggregates, errors, ids, time. No I/O, no framework."""
