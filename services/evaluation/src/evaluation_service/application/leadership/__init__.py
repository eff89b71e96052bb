"""Leading: crises, and secret ballots on leaders."""
