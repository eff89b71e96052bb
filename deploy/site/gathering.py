"""The pages of the repository as the site needs them: where each stands, and its links made to
lead there."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DOCS = Path("docs")
VIETNAMESE = DOCS / "vi"
PROJECT = (
    "*.md",
    "services/*.md",
    "services/*/README.md",
    "deploy/*/README.md",
    "clients/README.md",
)
FILES = {
    "services/gateway/schema.graphql": "files/schema.graphql",
    "services/gateway/supergraph.graphql": "files/supergraph.graphql",
    "docs/asyncapi.yaml": "files/asyncapi.yaml",
    ".env.example": "files/env.example",
}
"""What a reader takes along, and where it lies in the site."""

MADE = {
    "services/gateway/schema.graphql": "reference/graph/index.md",
    "docs/asyncapi.yaml": "reference/events.md",
    ".env.example": "reference/settings.md",
}
"""Where a link to the source of a reference leads: to what is made of it."""

FENCE = re.compile(r"^( *)(```+).*?^\1\2`*$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(rf"(?:^<!-- file: \S+ -->\n)?{FENCE.pattern}", FENCE.flags)
TITLE = re.compile(r"^<!-- file: (\S+) -->\n```(\w+)$", re.MULTILINE)
"""A block that the reader puts into a file shows the file's name."""

EXAMPLE = re.compile(r"^<!-- example: (?P<key>.+) -->$", re.MULTILINE)
"""In a Vietnamese page: here stands the block of the English page in which the key occurs."""

HEADING = re.compile(r"^# .+$", re.MULTILINE)
IN_BOTH = re.compile(r"policies/(?!language\.md).+")
"""Pages that say everything in both languages."""

ENGLISH = "*Trang này viết bằng tiếng Anh, dành cho người phát triển.*"
"""Under the title of a page of the Vietnamese site that has no Vietnamese twin."""

LINK = re.compile(r"(?P<mark>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<to>[^)\s]+)\)")


def english(root: Path) -> dict[str, Path]:
    """Source by place in the site."""
    found = {
        path.relative_to(root / DOCS).as_posix(): path
        for path in sorted((root / DOCS).rglob("*.md"))
        if root / VIETNAMESE not in path.parents
    }
    for pattern in PROJECT:
        for path in sorted(root.glob(pattern)):
            found[f"project/{path.relative_to(root).as_posix()}"] = path
    return found


def vietnamese(root: Path) -> dict[str, Path]:
    """As `english`, with the Vietnamese page wherever there is one."""
    translated = {
        path.relative_to(root / VIETNAMESE).as_posix(): path
        for path in sorted((root / VIETNAMESE).rglob("*.md"))
    }
    return {**english(root), **translated}


def files(root: Path) -> dict[str, Path]:
    """What is not a page, by its place: pictures, examples, contracts."""
    found = {
        path.relative_to(root / DOCS).as_posix(): path
        for path in sorted((root / DOCS).rglob("*"))
        if path.is_file() and path.suffix not in {".md", ".yaml"}
    }
    return {**found, **{place: root / name for name, place in FILES.items()}}


def with_examples(root: Path, source: Path) -> str:
    """The text of a page, a Vietnamese one with the examples that it takes from the English page;
    raise `LookupError` where a key does not name one block."""
    text = source.read_text()
    if root / VIETNAMESE not in source.parents:
        return text
    twin = root / DOCS / source.relative_to(root / VIETNAMESE)
    blocks = [each[0] for each in BLOCK.finditer(twin.read_text())] if twin.exists() else []

    def block(match: re.Match[str]) -> str:
        found = [each for each in blocks if match["key"] in each]
        if len(found) != 1:
            raise LookupError(f"{source.name}: {match['key']} is in {len(found)} blocks")
        return found[0]

    return EXAMPLE.sub(block, text)


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    at = 0
    for block in FENCE.finditer(text):
        yield False, text[at : block.start()]
        yield True, block[0]
        at = block.end()
    yield False, text[at:]


@dataclass(frozen=True)
class Gathered:
    """The pages of one site, source by place."""

    root: Path
    pages: Mapping[str, Path]
    language: str = "en"

    @cached_property
    def places(self) -> dict[Path, str]:
        """Where each file of the repository stands in the site; a page in the other language
        stands where its twin does."""
        found = {path: place for place, path in english(self.root).items()}
        found.update({path: place for place, path in self.pages.items()})
        found.update({path: place for place, path in files(self.root).items()})
        return {**found, **{self.root / name: place for name, place in MADE.items()}}

    def text(self, place: str) -> str:
        """A page with its links as they lead in the site. What the site does not have is named by
        its path in the repository."""
        source = self.pages[place]
        text = TITLE.sub(r'```\2 title="\1"', with_examples(self.root, source))
        if self.language == "vi" and self._is_english(place):
            text = HEADING.sub(lambda title: f"{title[0]}\n\n{ENGLISH}", text, count=1)
        return "".join(
            piece if fenced else LINK.sub(lambda match: self._link(match, source, place), piece)
            for fenced, piece in _pieces(text)
        )

    def _is_english(self, place: str) -> bool:
        translated = self.root / VIETNAMESE in self.pages[place].parents
        return not translated and IN_BOTH.fullmatch(place) is None

    def _link(self, match: re.Match[str], source: Path, place: str) -> str:
        to, _, anchor = match["to"].partition("#")
        if "://" in to or not to:
            return match[0]
        target = (source.parent / to).resolve()
        if (target / "README.md").exists():
            target /= "README.md"
        found = self.places.get(target)
        if found is None:
            if not target.exists():
                return match[0]
            path = target.relative_to(self.root).as_posix()
            return match["text"] if path in match["text"] else f"{match['text']} (`{path}`)"
        if self.pages.get(found, target) != target:
            anchor = ""  # The twin in the other language has headings of its own.
        relative = posixpath.relpath(found, posixpath.dirname(place))
        return f"{match['mark']}[{match['text']}]({relative}{'#' if anchor else ''}{anchor})"
