"""The rules of evaluation; no framework, no I/O, no clock of its own."""
