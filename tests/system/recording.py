"""A teller that keeps what the story shows, to assert on it afterwards."""

from dataclasses import dataclass, field

from congvu_demo.story.telling import Refusal


@dataclass
class Recording:
    titles: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    met: dict[str, object] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def step(self, number: int, title: str) -> None:
        self.titles.append(title)

    def said(self, text: str) -> None:
        self.lines.append(text)

    def held(self, what: str, value: object) -> None:
        self.met[what] = value

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)
