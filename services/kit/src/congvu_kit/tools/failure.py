"""How a sub-command ends that was right and did not succeed."""


class Failure(Exception):
    """What a sub-command raises to end with one clear line on stderr and exit code 1."""
