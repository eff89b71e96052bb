"""How the story is told: each step, what came back, and whether that was right."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from rich.console import Console

from congvu_demo.acts.catalogue import Version
from congvu_demo.acts.world import World
from congvu_demo.client import Json, Refused
from congvu_demo.place import Place
from congvu_demo.story.words import in_vietnamese
from congvu_kit.tools.speech import said


class Unexpected(Exception):
    """The platform did not do what the story says."""


@dataclass(frozen=True)
class Refusal:
    """A refusal that had to come, and did."""

    what: str
    code: str
    rule_id: str | None
    message: str


class Teller(Protocol):
    def step(self, number: int, title: str) -> None:
        """A new step begins."""

    def said(self, text: str) -> None:
        """What came back."""

    def held(self, what: str, value: object) -> None:
        """An expectation that was met."""

    def refused(self, refusal: Refusal) -> None: ...


class ConsoleTeller:
    """Colours on a terminal, plain lines in a pipe; in the terminal's language."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def step(self, number: int, title: str) -> None:
        self._print(f"\n{number:2}. {_told(title)}", "bold")

    def said(self, text: str) -> None:
        self._print(f"      {_told(text)}")

    def held(self, what: str, value: object) -> None:
        self._print(f"    ✓ {_told(what)}: {_told(str(value))}", "green")

    def refused(self, refusal: Refusal) -> None:
        rule = f" [{refusal.rule_id}]" if refusal.rule_id else ""
        as_expected = said(vi="bị từ chối đúng quy định", en="refused, as it must be")
        what = f"{_told(refusal.what)}: {refusal.code}{rule} {refusal.message}"
        self._print(f"    ✗ {as_expected}: {what}", "yellow")

    def _print(self, text: str, style: str | None = None) -> None:
        self._console.print(text, style=style, soft_wrap=True)


def _told(text: str) -> str:
    return said(vi=in_vietnamese(text), en=text)


@dataclass
class Facts:
    """What one step leaves for the next."""

    drafts: list[Version] = field(default_factory=list)
    release_ids: list[str] = field(default_factory=list)
    revised: str = ""
    period: Json = field(default_factory=dict)
    assignments: dict[str, Json] = field(default_factory=dict)
    complaint: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    world: World
    place: Place
    teller: Teller
    facts: Facts = field(default_factory=Facts)

    def said(self, text: str) -> None:
        self.teller.said(text)

    def expect(self, what: str, got: object, wanted: object) -> None:
        """Raise `Unexpected` unless they are equal."""
        if got != wanted:
            raise Unexpected(f"{what}: wanted {wanted!r}, got {got!r}")
        self.teller.held(what, got)

    async def refuses(
        self, what: str, attempt: Awaitable[object], code: str, rule_id: str | None = None
    ) -> None:
        """Raise `Unexpected` unless the attempt is refused for exactly this reason."""
        try:
            came = await attempt
        except Refused as refusal:
            if (refusal.code, refusal.rule_id) != (code, rule_id):
                raise Unexpected(
                    f"{what}: refused, but as {refusal.code} {refusal.rule_id}, "
                    f"not {code} {rule_id}: {refusal.message}"
                ) from refusal
            self.teller.refused(Refusal(what, code, rule_id, refusal.message))
        else:
            raise Unexpected(f"{what}: was to be refused with {code}, but came back {came!r}")


Tell = Callable[[Story], Awaitable[None]]


@dataclass(frozen=True)
class Step:
    title: str
    tell: Tell
