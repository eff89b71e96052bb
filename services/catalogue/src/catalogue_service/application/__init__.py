"""What the catalogue does for its callers: one use case, one transaction."""
