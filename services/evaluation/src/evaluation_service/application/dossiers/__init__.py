"""Dossiers of the one-stop portal: recorded, joined to work, listed when they count nowhere."""
