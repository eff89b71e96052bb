"""Rules and facts of citizens' feedback; no framework, no I/O, no clock of its own."""
