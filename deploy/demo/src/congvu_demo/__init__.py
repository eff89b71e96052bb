"""An invented commune's quarter, and the main story of the platform told on it."""
