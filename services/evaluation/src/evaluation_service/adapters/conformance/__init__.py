"""Runs conformance files: cases, rankings and roll-ups against the scoring engine."""

from .running import Outcome, run_file

__all__ = ["Outcome", "run_file"]
