"""Results that come from elsewhere: handed over by another agency, or from before the platform."""
