"""The playground in a real browser: tabs, history, roles and links, on a desk and on a phone."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.fixtures import StartGateway
from gateway.running import Gateway, World
from support.browser import CHROMIUM, Page, browser

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.timeout(240),
]

AXE = Path(__file__).parents[2] / "services/gateway/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST = "query First { whoami }"
SECOND = "query Second($n: Boolean!) { whoami @include(if: $n) }"
TOUCH_PX = 44
"""What a finger meets."""

RESULT = (
    "monaco.editor.getModels().find(({ uri }) => uri.path.endsWith('response.json')).getValue()"
)
READY = "document.body?.dataset.ready !== undefined"
TABS = "[...document.querySelectorAll('.graphiql-tab-button')].map((tab) => tab.textContent)"
ROLE = "document.getElementById('role').value"
NOW_ASKED = "(await import('/playground/tabs.js')).current()"
ALL_KEPT = "JSON.stringify({...localStorage})"


def chosen(box: str, value: object) -> str:
    """Somebody chooses in a box of the bar."""
    return (
        f"(() => {{ const box = document.getElementById('{box}'); box.value = '{value}';"
        " box.dispatchEvent(new Event('change')); return true; })()"
    )


@pytest.fixture
def offered(world: World, start_gateway: StartGateway, tmp_path: Path) -> tuple[Gateway, str]:
    """A gateway with two callers, and the token of the second."""
    tokens = {role: world.issuer.token(sub=role) for role in ("officer", "auditor")}
    examples = [
        {"name": "Một", "en": "One", "query": FIRST, "variables": {}, "role": "officer"},
        {"name": "Hai", "en": "Two", "query": SECOND, "variables": {"n": True}, "role": "auditor"},
    ]
    file = tmp_path / "playground.json"
    offers = [
        {"role": role, "label": f"Người {role}", "token": token} for role, token in tokens.items()
    ]
    file.write_text(json.dumps({"tokens": offers, "examples": examples}))
    return start_gateway(CONGVU_PLAYGROUND_FILE=str(file)), tokens["auditor"]


def asked(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.value(f"(async () => {NOW_ASKED})()")
    return found


def test_what_is_tried_stays_and_is_shared_without_a_token(
    offered: tuple[Gateway, str], tmp_path: Path
) -> None:
    gateway, token = offered
    with browser(tmp_path / "profile") as page:
        page.open(gateway.url)
        page.until(READY)
        assert page.value(TABS) == ["First"]

        page.value(chosen("example", 1))
        page.until(f"{TABS}.join() === 'First,Second'")
        assert page.value(ROLE) == "auditor"
        page.value("document.querySelector('.graphiql-execute-button').click()")
        page.until(f"{RESULT}.includes('{token}')")
        page.until("!document.getElementById('history').disabled")
        assert token not in page.value(ALL_KEPT)

        page.value("navigator.clipboard.writeText = async (text) => { self.copied = text }")
        page.value("document.getElementById('share').click()")
        link = page.until("self.copied")
        told = parse_qs(urlsplit(link).fragment)
        assert urlsplit(link).query == ""
        assert (told["query"], told["role"]) == ([SECOND], ["auditor"])
        assert json.loads(told["variables"][0]) == {"n": True}
        assert token not in link

        page.until("JSON.stringify(localStorage).split('Second').length > 2")
        page.value("new Promise((after) => setTimeout(after, 3000))")
        page.open(gateway.url)
        page.until(READY)
        page.until(f"{TABS}.length === 2")
        assert page.value(ROLE) == "auditor"
        page.value(chosen("role", ""))
        page.value(chosen("history", 0))
        page.until(f"{TABS}.length === 3")
        assert page.value(ROLE) == "auditor"
        assert asked(page)["query"] == SECOND

        page.value("localStorage.clear()")
        page.open("about:blank")
        page.open(link)
        page.until(READY)
        assert page.value(ROLE) == "auditor"
        assert asked(page)["query"] == SECOND
        assert page.value("location.href") == gateway.url


def test_a_token_typed_in_by_hand_is_not_kept(offered: tuple[Gateway, str], tmp_path: Path) -> None:
    gateway, token = offered
    typed = json.dumps({"authorization": f"Bearer {token}"})
    with browser(tmp_path / "profile") as page:
        page.open(gateway.url)
        page.until(READY)
        page.value(
            "monaco.editor.getModels().find(({ uri }) => uri.path.endsWith('request-headers.json'))"
            f".setValue({typed!r})"
        )
        page.value("document.querySelector('.graphiql-execute-button').click()")
        page.until(f"{RESULT}.includes('{token}')")
        page.until(f"{ALL_KEPT}.includes('congvu:history')")
        page.value("new Promise((done) => setTimeout(done, 700))")

        assert token not in page.value(ALL_KEPT)


def test_guides_open_as_pages_that_lead_to_each_other(
    offered: tuple[Gateway, str], tmp_path: Path
) -> None:
    gateway, _ = offered
    with browser(tmp_path / "profile") as page:
        page.screen(390, 844, mobile=True)
        page.open(gateway.url)
        page.until(READY)
        page.value(chosen("language", "vi"))
        address = page.value(
            "[...document.querySelectorAll('#links a')]"
            ".find(({ textContent }) => textContent === 'Tỉnh và xã').href"
        )

        page.open(address)
        page.until(f"{READY} && location.pathname === '/playground/guide.html'")
        assert page.value("document.documentElement.lang") == "vi"
        assert page.value("document.querySelectorAll('main h1, main pre, main ul').length > 3")
        assert page.value("document.documentElement.scrollWidth <= innerWidth")
        page.value(Path(AXE).read_text())
        assert page.value(f"axe.run({{runOnly: {RULES}}}).then((r) => r.violations)") == []
        leads = "[...document.querySelectorAll('main a')].map((a) => a.href)"
        inner = [each for each in page.value(leads) if each.startswith(gateway.base_url)]
        assert inner

        for each in inner:
            page.open(each)
            page.until(READY)
            assert not page.value("document.title").startswith("Không có"), each
        page.open(f"{gateway.base_url}/playground/guide.html?of=/playground/demo.json")
        page.until(f"{READY} && document.querySelector('main').textContent.includes('no such')")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_fits_the_screen_and_keeps_nobody_out(
    offered: tuple[Gateway, str], tmp_path: Path, width: int, height: int, language: str
) -> None:
    gateway, _ = offered
    with browser(tmp_path / "profile") as page:
        page.screen(width, height, mobile=width < 700)
        page.open(gateway.url)
        page.until(READY)
        page.value(chosen("language", language))
        page.value("document.getElementById('bar').open = true")
        page.value("document.getElementById('share').focus()")
        page.picture(tmp_path / "playground.png")

        assert page.value("document.documentElement.scrollWidth <= innerWidth")
        assert page.value("document.documentElement.lang") == language
        small = page.value(SMALL.replace("TOUCH_PX", str(TOUCH_PX)))
        assert width > 700 or small == []
        page.value(AXE.read_text() + ";true")
        found = page.value(CHECK.replace("RULES", json.dumps(RULES)))
        assert found == []


SMALL = """[...document.querySelectorAll('#bar :is(select, button, a, summary),'
  + '.graphiql-tab-button, .graphiql-tab-add, .graphiql-toolbar button, .graphiql-sidebar button')]
  .filter((each) => each.offsetParent)
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([, box]) => box.width < TOUCH_PX || box.height < TOUCH_PX || box.right > innerWidth)
  .map(([each, {width, height}]) => `${each.outerHTML.slice(0, 80)} ${width} x ${height}`)"""

CHECK = """axe.run(document.getElementById('bar'), {runOnly: RULES}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 120)}`))"""
"""Of the page that is ours; the explorer below it is another's."""
