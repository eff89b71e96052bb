"""Who a newcomer can be: on the screen, by name, and in the playground of this machine alone."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from congvu_demo.showcase import callers, people
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import NotFound
from congvu_local.layout import PLAYGROUND_FILE
from congvu_local.platform import Platform
from congvu_local.screen import welcome
from congvu_local.settings import LocalSettings
from congvu_local.showcase import Showcase

SHOWCASE = Showcase(
    callers=[{"role": str(role), "label": "…", "claims": {"province": "56"}} for role in Role],
    examples=[{"name": "first", "query": "{ __typename }", "variables": {}, "role": ""}],
)


@pytest.mark.parametrize(("host", "tokens"), [("127.0.0.1", len(Role)), ("0.0.0.0", 0)])
def test_tokens_are_in_the_playground_only_while_it_is_this_machines_own(
    tmp_path: Path, host: str, tokens: int
) -> None:
    platform = Platform(settings=LocalSettings(data_dir=tmp_path, gateway_host=host))

    platform.write_playground(SHOWCASE)

    written = json.loads((tmp_path / PLAYGROUND_FILE).read_text())
    assert len(written["tokens"]) == tokens
    assert written["examples"] == SHOWCASE.examples


@pytest.mark.parametrize(
    ("name", "label"),
    [
        *((caller["role"], caller["label"]) for caller in callers()),
        ("Hoàng Công Tuấn", "Hoàng Công Tuấn, chuyên viên"),
        ("hoang cong tuan", "Hoàng Công Tuấn, chuyên viên"),
        ("Sở Nội vụ thẩm định", "Sở Nội vụ thẩm định"),
        *((each["names"][0], each["label"]) for each in people()),
    ],
)
def test_a_caller_is_found_by_role_name_and_number(name: str, label: str) -> None:
    assert Showcase.of_demo().caller(name)["label"] == label


@pytest.mark.parametrize("name", ["", "stranger", "CB999", "Tuấn"])
def test_who_is_not_there_is_told_the_roles_and_not_the_words(name: str) -> None:
    with pytest.raises(NotFound) as refused:
        SHOWCASE.caller(name)

    told = refused.value.message("en")
    assert all(role in told for role in Role)
    assert name not in told.split(" ")


@pytest.mark.parametrize("locale", ["C", "vi_VN.UTF-8"])
@pytest.mark.parametrize("command", [".venv/bin/congvu", "a/long/way/to/the/command/called/congvu"])
@pytest.mark.parametrize("showcase", [Showcase.plain(), Showcase.of_demo()], ids=["plain", "demo"])
def test_the_screen_fits_a_terminal_and_holds_no_token(
    monkeypatch: pytest.MonkeyPatch, showcase: Showcase, locale: str, command: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setattr(sys, "argv", [command])

    lines = list(welcome("http://127.0.0.1:65535", showcase.callers))

    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if re.search(r"eyJ|bearer", line, re.IGNORECASE)]
    assert all(any(f" {role} " in line for line in lines) for role in Role)


def test_the_first_query_on_the_screen_is_one_that_a_shell_understands() -> None:
    lines = list(welcome("http://here", SHOWCASE.callers))
    at = next(at for at, line in enumerate(lines) if "curl" in line)

    words = shlex.split(f"{lines[at].rstrip(chr(92))} {lines[at + 1]}")

    assert words[:3] == ["curl", "-s", "http://here/graphql"]
    assert set(json.loads(words[-1])) == {"query"}
