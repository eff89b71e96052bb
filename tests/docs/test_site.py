"""The documents' site, built as `make docs` does: whole, strict, nothing loaded from elsewhere."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from graphql import parse
from graphql.language import ObjectTypeDefinitionNode, TypeDefinitionNode

from congvu_kit.tools.env_example import meanings, variables
from deploy.site import commands, gathering, graph
from deploy.site.__main__ import LANGUAGES, PAGES, ROOT, build, folded, navigation, render
from docs.examples import DOCS, GUIDES, blocks

BUILD_S = 180
ID = re.compile(r'\bid="([^"]+)"')
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
LOADED = re.compile(r'<(?:script|img|iframe|link)\b[^>]*?\s(?:src|href)="([^"]+)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "built"
    build(ROOT, folder)
    return folder


def followed(start: Path) -> tuple[set[Path], set[str]]:
    """Every page that links lead to, and the links that lead nowhere, from a page on."""
    seen, dead, waiting = {start}, set(), [start]
    while waiting:
        page = waiting.pop()
        for link in LINK.findall(page.read_text()):
            told = urlsplit(link)
            if told.scheme or not told.path:
                continue
            target = (page.parent / unquote(told.path)).resolve()
            if not target.exists():
                dead.add(f"{page.name}: {link}")
            elif target.suffix == ".html" and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen, dead


@pytest.mark.timeout(BUILD_S)
def test_every_page_of_both_languages_is_reached_from_the_first(site: Path) -> None:
    seen, dead = followed(site / "index.html")

    pages = {each for each in site.rglob("*.html") if each.name != "404.html"}
    assert (pages - seen, dead) == (set(), set())
    for language, gathered in (("vi", gathering.vietnamese), ("en", gathering.english)):
        for place in gathered(ROOT):
            name = place.removesuffix(".md").replace("README", "index")
            assert site / language / f"{name}.html" in seen, place


@pytest.mark.timeout(BUILD_S)
def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {each for page in site.rglob("*.html") for each in LOADED.findall(page.read_text())}

    assert any("iframe-worker" in each for each in loaded)
    assert [each for each in loaded if urlsplit(each).netloc] == []


@pytest.mark.timeout(BUILD_S)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_for_a_file_shows_its_name(site: Path, language: str) -> None:
    for guide in GUIDES:
        shown = (site / language / f"{guide}.html").read_text()
        for block in blocks(DOCS / f"{guide}.md"):
            assert block.kind != "file" or f'"filename">{block.name}<' in shown, block.name


@pytest.mark.timeout(BUILD_S)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_references_tell_all_there_is(site: Path, language: str) -> None:
    folder = site / language / "reference"
    told = {each for page in folder.rglob("*.html") for each in ID.findall(page.read_text())}

    schema = parse((ROOT / graph.SCHEMA).read_text())
    types = [each for each in schema.definitions if isinstance(each, TypeDefinitionNode)]
    roots = [each for each in types if isinstance(each, ObjectTypeDefinitionNode)]
    assert {each.name.value for each in types} - told == set(graph.ROOTS)
    for root in roots:
        if root.name.value in graph.ROOTS:
            assert {each.name.value for each in root.fields or ()} <= told
    events = ROOT.glob("services/*/events/*.schema.json")
    assert {each.name.removesuffix(".schema.json") for each in events} <= told
    assert {"-".join(path) for path in commands.paths()} <= told
    shown = (folder / "settings.html").read_text()
    assert [each for each in variables(ROOT) if f">{each}<" not in shown] == []


@pytest.mark.parametrize("link", ["[x](nowhere.md)", "[x](index.md#nowhere)"])
def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path, link: str) -> None:
    (tmp_path / PAGES / "assets").mkdir(parents=True)
    page = tmp_path / PAGES / "index.md"

    page.write_text("# A page\n")
    assert (render(tmp_path, "en") / "index.html").exists()
    page.write_text(f"# A page\n\n{link}\n")
    with pytest.raises(subprocess.CalledProcessError):
        render(tmp_path, "en")


def test_a_new_page_is_among_the_guides() -> None:
    for language in LANGUAGES:
        guides = navigation(["index.md", "a-new-page.md"], language)[1]
        assert guides == {{"en": "Guides", "vi": "Hướng dẫn"}[language]: ["a-new-page.md"]}


ASK = """
const {readFileSync} = require("fs");
const [worker, index, ...queries] = process.argv.slice(1);
const told = [];
globalThis.self = {postMessage: each => told.push(each)};
(0, eval)(readFileSync(worker, "utf8"));
const answered = async before => {
  while (told.length === before) await new Promise(done => setTimeout(done, 1));
  return told[told.length - 1].data;
};
const filter = {
  input: {type: "operator", data: {operator: "and", operands: []}}, aggregation: {input: []}
};
(async () => {
  self.onmessage({data: {type: 0, data: JSON.parse(index)}});
  await answered(0);
  for (const input of queries) {
    const before = told.length;
    self.onmessage({data: structuredClone({type: 2, data: {input, filter}})});
    console.log(JSON.stringify((await answered(before)).items.map(each => each.id)));
  }
})();
"""
WRITTEN = ("Hội đồng cấp xã", "Cộng đồng dân cư", "Hoi dong", "Số liệu chỉ tiêu")


@pytest.mark.timeout(BUILD_S)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_finds_words_with_and_without_their_marks(site: Path, language: str) -> None:
    (worker,) = (site / language / "assets/javascripts/workers").glob("search.*.js")
    config = json.loads((site / language / "search.json").read_text())["config"]
    page = {"level": 1, "text": "", "path": [], "tags": []}
    items = [{**page, "location": f"{at}.html", "title": each} for at, each in enumerate(WRITTEN)]
    asked = ["đồng", "dong", "ĐỒNG", "hoi đong", "chi tieu", "Chỉ tiêu"]

    done = subprocess.run(
        ["node", "-e", ASK, worker, json.dumps({"config": config, "items": items}), *asked],
        capture_output=True,
        text=True,
        check=True,
    )

    found = [sorted(json.loads(line)) for line in done.stdout.splitlines()]
    assert found == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 2], [3], [3]]


def test_an_english_page_of_the_vietnamese_site_says_so() -> None:
    def saying(language: str) -> set[str]:
        pages = (gathering.vietnamese if language == "vi" else gathering.english)(ROOT)
        gathered = gathering.Gathered(ROOT, pages, language)
        return {place for place in pages if f"\n\n{gathering.ENGLISH}\n" in gathered.text(place)}

    own = {path.relative_to(DOCS / "vi").as_posix() for path in (DOCS / "vi").glob("*.md")}
    in_both = {each for each in gathering.english(ROOT) if gathering.IN_BOTH.fullmatch(each)}

    assert saying("vi") == gathering.english(ROOT).keys() - own - in_both
    assert (saying("en"), len(in_both) > 10) == (set(), True)
    assert "decisions/0001-embedded-profile.md" in saying("vi")


def test_a_search_of_another_kind_ends_the_build() -> None:
    with pytest.raises(ValueError, match="spells words in another way"):
        folded("search")


@pytest.mark.timeout(BUILD_S)
def test_commands_and_settings_are_told_in_vietnamese(site: Path) -> None:
    folder = site / "vi" / "reference"
    shown = {
        name: unescape((folder / f"{name}.html").read_text()) for name in ("commands", "settings")
    }

    assert "Mở kỳ: từ lúc này có thể giao việc trong kỳ." in shown["commands"]
    for english in ("Show this message", "[OPTIONS]", "[default: ", "[required]"):
        assert english not in shown["commands"]
    for name, meaning in meanings(ROOT).items():
        assert meaning["vi"].partition("`")[0] in shown["settings"], name
        assert meaning["means"] == meaning["vi"] or meaning["means"] not in shown["settings"], name
