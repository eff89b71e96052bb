"""The command line, its client, and the contracts that are committed."""
