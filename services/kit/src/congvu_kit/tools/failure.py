"""How a sub-command ends that was right and did not succeed."""

from collections.abc import Mapping
from typing import Any

import typer

from congvu_kit.tools.speech import said


class Failure(Exception):
    """What a sub-command raises to end with one clear line on stderr and exit code 1: in both
    languages, of which the terminal's is told, or what somebody else said already."""

    def __init__(self, told: str = "", *, vi: str = "", en: str = "") -> None:
        super().__init__(told or said(vi=vi, en=en))


class Refused(Failure):
    """What the platform refused, in its own words; the code is for programs, and a clerk's language
    has none of it. `field` is the one of the input that it is about."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        rule = f" [{problem['ruleId']}]" if problem.get("ruleId") else ""
        told = f"{problem['message']}{rule}"
        super().__init__(vi=told, en=f"{problem['code']}: {told}")
        self.field: str | None = problem.get("field")


class WrongCall(typer.BadParameter):
    """What the library cannot see of a command line that was wrong: in both languages, of which
    the terminal's is told."""

    def __init__(self, *, vi: str, en: str, param_hint: str | None = None) -> None:
        super().__init__(said(vi=vi, en=en), param_hint=param_hint)
