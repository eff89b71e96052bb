"""Units, positions, people and their appointments."""
