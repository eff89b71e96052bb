"""`python -m deploy.site [FOLDER]` (`make docs`): the documents' site in FOLDER (var/site), one for
each language. Exits 1 when a link leads nowhere or a page is not as its builder wants it."""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from deploy.site import commands, events, gathering, graph, settings
from deploy.site.words import Words

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
TITLE = "Công vụ KPI"
PAGES = "pages"
AS_IS = '.normalize("NFKD").toLowerCase()'
FOLDED = r'.normalize("NFKD").replace(/\p{M}/gu,"").toLowerCase().replace(/đ/g,"d")'
ENTRY = """\
<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>Công vụ KPI</title>
<meta http-equiv="refresh" content="0; url=vi/index.html">
<a href="vi/index.html">Tiếng Việt</a> <a href="en/index.html">English</a></html>
"""


def build(root: Path, folder: Path) -> None:
    """Raise `CalledProcessError` when a page or a link is at fault."""
    shutil.rmtree(folder, ignore_errors=True)
    for language in LANGUAGES:
        source = folder / ".source" / language
        stage(root, source / PAGES, Words(language))
        render(source, language).rename(folder / language)
    (folder / "index.html").write_text(ENTRY)
    shutil.rmtree(folder / ".source")


def stage(root: Path, folder: Path, words: Words) -> None:
    """All pages and files of one language, as the builder takes them."""
    pages = (gathering.vietnamese if words.language == "vi" else gathering.english)(root)
    gathered = gathering.Gathered(root, pages, words.language)
    texts = {place: gathered.text(place) for place in pages}
    for made in (graph, events, commands, settings):
        texts.update(made.pages(root, words))
    for place, text in texts.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    copied = {**gathering.files(root), "assets/iframe-worker.js": HERE / "iframe-worker.js"}
    for place, path in copied.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / place)


def render(source: Path, language: str) -> Path:
    """The site of the pages in a folder, and where it is; raise where they are at fault."""
    (source / "zensical.toml").write_text(configured(source / PAGES, language))
    builder = Path(sys.executable).with_name("zensical")
    subprocess.run([builder, "build", "--strict"], cwd=source, check=True)
    for worker in (source / "site" / "assets/javascripts/workers").glob("search.*.js"):
        worker.write_text(folded(worker.read_text()))
    return source / "site"


def folded(worker: str) -> str:
    """The builder's search, for which a letter is the same with and without its marks: its own
    leaves marks where they are, and knows no d for đ. Raise `ValueError` where it is another."""
    before, found, after = worker.partition(AS_IS)
    if not found or AS_IS in after:
        raise ValueError("the search of the builder spells words in another way")
    return f"{before}{FOLDED}{after}"


def configured(pages: Path, language: str) -> str:
    """The builder's settings."""
    settled: dict[str, Any] = tomllib.loads((HERE / "zensical.toml").read_text())["project"]
    settled["site_name"] = TITLE
    settled["docs_dir"] = PAGES
    settled["theme"]["language"] = language
    settled["extra"]["alternate"] = [
        {"name": name, "link": f"../{other}/index.html", "lang": other}
        for other, name in LANGUAGES.items()
    ]
    settled["nav"] = navigation(
        [path.relative_to(pages).as_posix() for path in sorted(pages.rglob("*.md"))], language
    )
    return f"project = {inline(settled)}\n"


def navigation(places: Sequence[str], language: str) -> list[object]:
    """Every page, each in its section."""
    sections = tomllib.loads((HERE / "sections.toml").read_text())["section"]
    held: list[list[tuple[int, str]]] = [[] for _ in sections]
    for place in places:
        _, number, rank = max(
            (len(pattern), number, rank)
            for number, section in enumerate(sections)
            for rank, pattern in enumerate(section["pages"])
            if fnmatchcase(place, pattern)
        )
        held[number].append((rank, place))
    top: list[object] = []
    inside: dict[str, list[object]] = {}
    for section, found in zip(sections, held, strict=True):
        inside[section["en"]] = [place for _, place in sorted(found)]
        over = inside[section["within"]] if "within" in section else top
        over.append({section[language]: inside[section["en"]]})
    return top


def inline(value: object) -> str:
    """As TOML, on one line."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(k)} = {inline(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0] if arguments else "var/site").resolve()
    try:
        build(ROOT, folder)
    except subprocess.CalledProcessError:
        return 1
    sys.stdout.write(f"{folder}/index.html\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
