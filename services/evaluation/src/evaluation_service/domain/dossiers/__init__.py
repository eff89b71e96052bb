"""Dossiers of the one-stop portal, and the work that they count for."""
