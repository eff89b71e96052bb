"""Runs conformance files: cases, rankings and roll-ups against the scoring engine."""

from congvu_scoring.conformance.running import CaseOutcome, run_file

__all__ = ["CaseOutcome", "run_file"]
