"""The public site: two languages, every code in words, nothing that runs, nothing secret."""

import re
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest
from graphql import GraphQLEnumType

from congvu_kit.domain.labels import known
from pages.made_up import MadeUp, numbered, reader, schema
from pages_service.english import ENGLISH
from pages_service.rendering import RENAMED
from pages_service.settings import PagesSettings

TEMPLATES = Path(__file__).parents[2] / "services/pages/src/pages_service/templates"
SAID = re.compile(r"""\b_\((["'])(.*?)\1\)""")
KINDS = re.compile(r"""(?:word\(|, )"([A-Z]\w+)",""")
PUBLIC: dict[str, object] = {
    "OrgUnit.province": "56",
    "EvaluationPeriod.province": "56",
    "PublicLogEntry.at": "2026-11-26T10:00:00.000Z",
}
PAGES = [
    "/cong-khai",
    "/cong-khai/giai-thich",
    "/cong-khai/tinh/56",
    "/cong-khai/tinh/56?ky=EvaluationPeriod.id&sau=x",
    "/cong-khai/tinh/56/don-vi/u1",
    "/cong-khai/tinh/56/cam-ket",
    "/cong-khai/cam-ket/c1",
    "/cong-khai/ky/p1",
    "/cong-khai/tinh/56/du-lieu",
    "/cong-khai/nhat-ky",
    "/cong-khai/nhat-ky?muc=7",
]


class Tags(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def shape(self) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]


async def read(graph: MadeUp, path: str) -> str:
    async with reader(graph) as browser:
        response = await browser.get(path)
    assert response.status_code == 200, response.text
    return response.text


def test_every_sentence_has_its_english_and_no_english_is_left_over() -> None:
    said = {text for file in TEMPLATES.glob("*.html") for _, text in SAID.findall(file.read_text())}

    assert len(said) > 50
    assert said == set(ENGLISH)


def test_every_code_of_a_kind_that_is_shown_has_words() -> None:
    shown = {kind for file in TEMPLATES.glob("*.html") for kind in KINDS.findall(file.read_text())}
    kinds = {name: schema().type_map[name] for name in shown}

    missing = {
        f"{name}.{code}"
        for name, kind in kinds.items()
        if isinstance(kind, GraphQLEnumType)
        for code in kind.values
        if not known(name.removeprefix("Evaluation") if name in RENAMED else name, code)
    }
    assert len(kinds) > 10
    assert missing == set()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("empty", [False, True])
async def test_a_page_reads_in_both_languages_whatever_the_codes_and_with_nothing_there(
    path: str, empty: bool
) -> None:
    known = ("Query.orgUnit", "Query.commitment", "Query.evaluationPeriod", "LogProof.entry")
    fixed = {**PUBLIC, **{name: {} for name in known}}
    for turn in range(2):
        graph = MadeUp(fixed=fixed, turn=turn, empty=empty)
        separator = "&" if "?" in path else "?"
        for lang in ("vi", "en"):
            html = Tags(await read(graph, f"{path}{separator}lang={lang}"))
            tags = [tag for tag, _ in html.elements]
            assert html.elements[0] == ("html", {"lang": lang})
            assert [tags.count(each) for each in ("main", "h1", "header", "nav", "footer")] == [
                1
            ] * 5
            assert not {"script", "style", "iframe", "object"} & set(tags)


LIVE = "\"><script>alert({n})</script><img src=x onerror=alert({n})>'{{{{7*7}}}}&amp;javascript:{n}"


@pytest.mark.parametrize("path", PAGES)
async def test_no_text_of_the_graph_becomes_markup(path: str) -> None:
    numbers = count(1)
    hostile = MadeUp(text=lambda _: LIVE.format(n=next(numbers)), fixed=PUBLIC)
    ordinary = MadeUp(text=numbered(), fixed=PUBLIC)
    path = path if "muc" in path else path.partition("?")[0]

    live, plain = Tags(await read(hostile, path)), Tags(await read(ordinary, path))

    assert live.shape() == plain.shape()
    links = [str(each["href"]) for _, each in live.elements if "href" in each]
    licence = PagesSettings().licence_url
    assert all(each.startswith(("/", "#", "data:,")) or each == licence for each in links)


async def test_units_with_too_few_answers_show_no_figure_and_are_not_ranked() -> None:
    few = {
        **PUBLIC,
        "SatisfactionIndex.index": None,
        "SatisfactionIndex.intervalLow": None,
        "SatisfactionIndex.intervalHigh": None,
        "SatisfactionIndex.answers": 7,
        "SatisfactionIndex.minimum": 30,
        "Ratio.share": None,
    }
    graph = MadeUp(text=numbered(), fixed=few)

    html = await read(graph, "/cong-khai/tinh/56")

    assert "Chưa đủ phiếu để công bố chỉ số: 7/30" in " ".join(Tags(html).text.split())
    assert "%" not in html.replace("95 %", "")
    names = re.findall(r"OrgUnit\.name-(\d+)", html)
    assert names == sorted(names, key=int)


async def test_the_figures_are_those_of_the_graph() -> None:
    html = Tags(await read(MadeUp(fixed=PUBLIC), "/cong-khai/tinh/56/don-vi/u1"))

    text = " ".join(html.text.split())
    assert "85,7%" in text
    assert "Số phiếu được tính41 (cần ít nhất 41)" in text
    assert "26/11/2026" in text


async def test_a_public_page_is_asked_for_by_nobody_and_brings_no_cookie() -> None:
    graph = MadeUp(fixed=PUBLIC)
    secret = {"authorization": "Bearer x", "cookie": "ket_qua=x"}

    async with reader(graph) as browser:
        response = await browser.get("/cong-khai/tinh/56", headers=secret)

    assert "set-cookie" not in response.headers
    assert [each.get("authorization") for each in graph.headers] == [None] * len(graph.asked)
    assert [each.get("cookie") for each in graph.headers] == [None] * len(graph.asked)


async def test_a_page_is_made_once_for_all_and_not_sent_again_to_whom_has_it() -> None:
    graph = MadeUp(fixed=PUBLIC)

    async with reader(graph) as browser:
        first = await browser.get("/cong-khai/tinh/56")
        asked = len(graph.asked)
        again = await browser.get("/cong-khai/tinh/56?unknown=1")
        kept = await browser.get(
            "/cong-khai/tinh/56", headers={"if-none-match": first.headers["etag"]}
        )

    assert (again.text, len(graph.asked)) == (first.text, asked)
    assert (kept.status_code, kept.content) == (304, b"")
    assert first.headers["cache-control"] == "public, max-age=30"


@pytest.mark.parametrize(
    ("refusal", "status"), [("UNAVAILABLE", 503), ("RATE_LIMITED", 503), ("INTERNAL", 502)]
)
async def test_what_the_graph_does_not_answer_is_said_and_not_kept(
    refusal: str, status: int
) -> None:
    graph = MadeUp(refusal=refusal, fixed=PUBLIC)

    async with reader(graph) as browser:
        refused = await browser.get("/cong-khai/tinh/56")
        graph.refusal = None
        answered = await browser.get("/cong-khai/tinh/56")

    assert (refused.status_code, answered.status_code) == (status, 200)
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "fixed"),
    [
        ("/cong-khai/tinh/56/don-vi/none", {"Query.orgUnit": None}),
        ("/cong-khai/tinh/57/don-vi/u1", {}),
        ("/cong-khai/tinh/56?ky=none", {}),
        ("/cong-khai/cam-ket/none", {"Query.commitment": None}),
        ("/cong-khai/ky/none", {"Query.evaluationPeriod": None}),
        ("/cong-khai/none", {}),
    ],
)
async def test_what_is_not_there_is_404_in_words(path: str, fixed: dict[str, object]) -> None:
    async with reader(MadeUp(fixed={**PUBLIC, **fixed})) as browser:
        response = await browser.get(path)

    assert response.status_code == 404
    assert "Không có trang này" in response.text


async def test_every_page_may_load_nothing_from_elsewhere_and_run_nothing() -> None:
    async with reader(MadeUp(fixed=PUBLIC)) as browser:
        for path in (*PAGES, "/cong-khai/none"):
            policy = (await browser.get(path)).headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; style-src 'self'; img-src data:")
            assert "unsafe" not in policy
