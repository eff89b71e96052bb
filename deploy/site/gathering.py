"""The pages of the repository as the site needs them: where each stands, and its links made to
lead there."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

DOCS = Path("docs")
VIETNAMESE = DOCS / "vi"
PROJECT = ("*.md", "services/*.md", "services/*/README.md", "deploy/*/README.md")
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
EXAMPLE = re.compile(r"^<!-- example: (?P<key>.+) -->$", re.MULTILINE)
"""In a Vietnamese page: here stands the block of the English page in which the key occurs."""

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


def places(root: Path, pages: Mapping[str, Path]) -> dict[Path, str]:
    """Where each file of the repository stands in the site; a page in the other language stands
    where its twin does."""
    found = {path: place for place, path in {**english(root), **vietnamese(root), **pages}.items()}
    for place, path in english(root).items():
        found.setdefault(path, place)
    found.update({path: place for place, path in files(root).items()})
    return {**found, **{root / name: place for name, place in MADE.items()}}


def with_examples(root: Path, source: Path) -> str:
    """The text of a page, a Vietnamese one with the examples that it takes from the English page;
    raise `LookupError` where a key does not name one block."""
    text = source.read_text()
    if root / VIETNAMESE not in source.parents:
        return text
    twin = root / DOCS / source.relative_to(root / VIETNAMESE)
    blocks = [each[0] for each in FENCE.finditer(twin.read_text())] if twin.exists() else []

    def block(match: re.Match[str]) -> str:
        found = [each for each in blocks if match["key"] in each]
        if len(found) != 1:
            raise LookupError(f"{source.name}: {match['key']} is in {len(found)} blocks")
        return found[0]

    return EXAMPLE.sub(block, text)


def rewritten(source: Path, place: str, known: Mapping[Path, str], root: Path) -> str:
    """The text of a page with its links as they lead in the site. What the site does not have is
    named by its path in the repository."""
    text = with_examples(root, source)
    pieces = []
    for fenced, piece in _pieces(text):
        pieces.append(
            piece if fenced else LINK.sub(lambda m: _link(m, source, place, known, root), piece)
        )
    return "".join(pieces)


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    at = 0
    for block in FENCE.finditer(text):
        yield False, text[at : block.start()]
        yield True, block[0]
        at = block.end()
    yield False, text[at:]


def _link(
    match: re.Match[str], source: Path, place: str, known: Mapping[Path, str], root: Path
) -> str:
    to, _, anchor = match["to"].partition("#")
    if "://" in to or not to:
        return match[0]
    target = (source.parent / to).resolve()
    readme = target / "README.md"
    found = known.get(target) or known.get(readme)
    if found is None:
        if not target.exists():
            return match[0]
        path = target.relative_to(root).as_posix()
        return match["text"] if path in match["text"] else f"{match['text']} (`{path}`)"
    relative = posixpath.relpath(found, posixpath.dirname(place))
    return f"{match['mark']}[{match['text']}]({relative}{'#' if anchor else ''}{anchor})"
