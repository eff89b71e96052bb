"""Rules and facts of the catalogue; no framework, no I/O, no clock of its own."""
