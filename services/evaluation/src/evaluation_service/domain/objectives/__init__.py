"""Objectives by level and perspective, and the readings of their indicators."""
