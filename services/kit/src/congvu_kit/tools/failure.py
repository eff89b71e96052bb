"""How a sub-command ends that was right and did not succeed."""

from congvu_kit.tools.speech import said


class Failure(Exception):
    """What a sub-command raises to end with one clear line on stderr and exit code 1: in both
    languages, of which the terminal's is told, or what somebody else said already."""

    def __init__(self, told: str = "", *, vi: str = "", en: str = "") -> None:
        super().__init__(told or said(vi=vi, en=en))
