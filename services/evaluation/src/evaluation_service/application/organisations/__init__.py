"""Rating units, and what their data say."""
