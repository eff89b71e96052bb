"""Plumbing that every service of Công vụ KPI shares; no domain word in it."""
