"""Runs conformance files: cases, rankings and roll-ups against the scoring engine."""

from congvu_scoring.conformance.running import Outcome, run_file

__all__ = ["Outcome", "run_file"]
