"""Stages of a file: who acts, until when, and in whose place."""
