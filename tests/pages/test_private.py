"""The pages of the person rated: with their own token, kept nowhere, names instead of codes."""

import base64
import json
import time
from itertools import count

import httpx
import pytest

from pages.made_up import MadeUp, numbered, reader
from pages.test_public import LIVE, Tags
from pages_service.private import tree

PAGES = [
    "/ket-qua",
    "/ket-qua/phieu/e1",
    "/ket-qua/cho-xu-ly/REPORT",
]
FORM = "/ket-qua/phieu/e1/mau-so-01"
ALL = [*PAGES, FORM, f"{FORM}.pdf"]
FIXED: dict[str, object] = {"CivilServant.id": "cs_1", "Explanation.depth": 0}
SAME_SITE = {"sec-fetch-site": "same-origin"}


def token(lasting_s: int = 600, **claims: object) -> str:
    said = {"exp": time.time() + lasting_s, "officer": "cs_1", **claims}
    middle = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    return f"e30.{middle}.c2ln"


def bearer() -> dict[str, str]:
    return {"authorization": f"Bearer {token()}"}


async def read(graph: MadeUp, path: str) -> httpx.Response:
    async with reader(graph) as browser:
        response = await browser.get(path, headers=bearer())
    assert response.status_code == 200, response.text
    return response


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("empty", [False, True])
async def test_a_page_reads_in_both_languages_and_with_nothing_there(
    path: str, empty: bool
) -> None:
    fixed = {**FIXED, "Query.evaluation": {}, "Evaluation.civilServant": {}}
    for lang in ("vi", "en"):
        for turn in range(3):
            graph = MadeUp(fixed=fixed, turn=turn, empty=empty)
            html = Tags((await read(graph, f"{path}?lang={lang}")).text)
            assert html.elements[0] == ("html", {"lang": lang})
            assert {"main", "h1", "nav"} <= {tag for tag, _ in html.elements}


@pytest.mark.parametrize("path", PAGES)
async def test_no_text_of_the_graph_becomes_markup(path: str) -> None:
    numbers = count(1)
    hostile = MadeUp(text=lambda _: LIVE.format(n=next(numbers)), fixed=FIXED)
    ordinary = MadeUp(text=numbered(), fixed=FIXED)

    live, plain = Tags((await read(hostile, path)).text), Tags((await read(ordinary, path)).text)

    assert live.shape() == plain.shape()


async def test_evidence_leads_where_it_can_be_looked_up_and_nowhere_else() -> None:
    facts = "hệ số: 2 [https://kho.vn/a?b=1&c=2], [javascript:alert(1)]"
    fixed = {**FIXED, "Explanation.facts": facts}

    html = Tags((await read(MadeUp(fixed=fixed), "/ket-qua/phieu/e1")).text)

    outside = {
        (str(each["href"]), each.get("rel"))
        for tag, each in html.elements
        if tag == "a" and not str(each["href"]).startswith(("/", "#"))
    }
    assert outside == {("https://kho.vn/a?b=1&c=2", "noopener noreferrer")}


@pytest.mark.parametrize("path", ALL)
async def test_every_page_is_asked_with_the_readers_own_token_and_kept_nowhere(path: str) -> None:
    graph = MadeUp(fixed=FIXED)
    mine = bearer()

    async with reader(graph) as browser:
        first = await browser.get(path, headers=mine)
        asked = len(graph.asked)
        await browser.get(path, headers=mine)
        stranger = await browser.get(path)

    assert first.headers["cache-control"] == "no-store"
    assert {each["authorization"] for each in graph.headers} == {mine["authorization"]}
    assert len(graph.asked) == 2 * asked
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/ket-qua/vao")


@pytest.mark.parametrize(
    "bad",
    ["", "x", "a.b.c", token(-1), token(exp="soon"), token(exp=None), "a.bnVsbA.c", token() + "é"],
    ids=["none", "one part", "no JSON", "over", "no number", "no end", "null", "no ASCII"],
)
async def test_what_is_no_token_is_asked_for_again_and_asks_nothing(bad: str) -> None:
    graph = MadeUp(fixed=FIXED)

    async with reader(graph) as browser:
        response = await browser.get("/ket-qua", headers={b"cookie": f"ket_qua={bad}".encode()})
        form = await browser.post("/ket-qua/vao", data={"token": bad}, headers=SAME_SITE)

    assert (response.status_code, form.status_code) == (303, 400)
    assert "set-cookie" not in form.headers
    assert graph.asked == []


async def test_a_refused_token_is_said_in_words() -> None:
    async with reader(MadeUp(refusal="UNAUTHENTICATED")) as browser:
        response = await browser.get("/ket-qua", headers=bearer())

    assert response.status_code == 401
    assert "Cần đăng nhập lại" in response.text


async def test_signing_in_keeps_the_token_in_a_cookie_of_these_pages_until_it_expires() -> None:
    graph = MadeUp(fixed=FIXED)
    mine = token()

    async with reader(graph) as browser:
        answer = await browser.post("/ket-qua/vao", data={"token": mine}, headers=SAME_SITE)
        cookie = answer.headers["set-cookie"]
        sent = {"cookie": cookie.partition(";")[0]}
        page = await browser.get("/ket-qua", headers=sent)
        out = await browser.post("/ket-qua/ra", headers={**SAME_SITE, **sent})

    assert (answer.status_code, answer.headers["location"]) == (303, "/ket-qua")
    rest = {each.strip().partition("=")[0].lower() for each in cookie.split(";")[1:]}
    assert {"httponly", "secure", "path", "samesite", "max-age"} <= rest
    assert "Path=/ket-qua;" in cookie
    assert page.status_code == 200
    assert graph.headers[-1]["authorization"] == f"Bearer {mine}"
    assert 'ket_qua=""' in out.headers["set-cookie"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
@pytest.mark.parametrize("path", ["/ket-qua/vao", "/ket-qua/ra"])
async def test_no_page_elsewhere_signs_a_reader_in_or_out(site: str | None, path: str) -> None:
    headers = {"sec-fetch-site": site} if site else {}

    async with reader(MadeUp()) as browser:
        answer = await browser.post(path, data={"token": token()}, headers=headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_products_are_called_by_their_names() -> None:
    fixed = {
        **FIXED,
        "Explanation.textVi": "B.56.VB.02@1",
        "Explanation.textEn": "B.56.VB.02@1",
        "WorkProductVersion.id": "B.56.VB.02@1",
        "WorkProductVersion.nameVi": "Soạn thảo tờ trình",
        "WorkProductVersion.nameEn": None,
    }

    for lang in ("vi", "en"):
        html = Tags((await read(MadeUp(fixed=fixed), f"/ket-qua/phieu/e1?lang={lang}")).text)
        assert "B.56.VB.02@1" not in html.text
        assert "Soạn thảo tờ trình" in html.text


async def test_who_read_is_shown_to_the_person_alone() -> None:
    for person, shown in (("cs_1", True), ("cs_2", False)):
        fixed = {**FIXED, "CivilServant.id": person}
        html = Tags((await read(MadeUp(fixed=fixed), "/ket-qua/phieu/e1")).text)
        assert ("Ai đã xem số liệu của tôi" in html.text) is shown


async def test_the_official_form_may_do_nothing() -> None:
    fixed = {**FIXED, "Evaluation.printable": "<!doctype html><p>Mẫu số 01"}

    response = await read(MadeUp(fixed=fixed), "/ket-qua/phieu/e1/mau-so-01")

    assert response.text == "<!doctype html><p>Mẫu số 01"
    assert "sandbox" in response.headers["content-security-policy"]
    assert "script" not in response.headers["content-security-policy"]


def test_lines_are_a_tree_again() -> None:
    lines = [{"depth": depth, "name": at} for at, depth in enumerate([0, 1, 2, 2, 1, 0])]

    def shape(nodes: list[dict[str, object]]) -> list[object]:
        return [(each["name"], shape(each["parts"])) for each in nodes]  # type: ignore[arg-type]

    assert shape(tree(lines)) == [(0, [(1, [(2, []), (3, [])]), (4, [])]), (5, [])]
