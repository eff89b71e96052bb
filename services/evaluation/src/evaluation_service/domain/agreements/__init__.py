"""Agreements that leaders and superiors sign, and what counts of them."""
