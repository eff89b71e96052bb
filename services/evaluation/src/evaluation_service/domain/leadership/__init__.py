"""Leading: crises that were handled, and what those who are led and other agencies think."""
