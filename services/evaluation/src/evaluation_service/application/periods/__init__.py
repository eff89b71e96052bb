"""Evaluation periods, their steps and their seals."""
