"""Running a use case once, and what it may ask of a store."""
