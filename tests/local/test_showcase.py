"""What the playground is given, and what it is not given when others can open it."""

import json
import shlex
from pathlib import Path

import pytest

from congvu_kit.domain.actor import Role
from congvu_local.layout import PLAYGROUND_FILE
from congvu_local.platform import Platform
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


def test_the_first_query_comes_with_the_token_of_its_role(tmp_path: Path) -> None:
    platform = Platform(settings=LocalSettings(data_dir=tmp_path))
    query = "query Q($id: ID!) {\n  orgUnit(id: $id) { name }\n}"
    first = {"name": "first", "query": query, "variables": {"id": "u'1"}, "role": "auditor"}
    showcase = Showcase(callers=SHOWCASE.callers, examples=[first])

    words = shlex.split(showcase.first_query("http://here/graphql", platform.issuer))

    assert words[:3] == ["curl", "-s", "http://here/graphql"]
    assert words[6].startswith("authorization: Bearer ey")
    assert json.loads(words[8]) == {
        "query": "query Q($id: ID!) { orgUnit(id: $id) { name } }",
        "variables": {"id": "u'1"},
    }


def test_a_first_query_for_everybody_comes_without_a_token(tmp_path: Path) -> None:
    platform = Platform(settings=LocalSettings(data_dir=tmp_path))

    words = shlex.split(SHOWCASE.first_query("http://here/graphql", platform.issuer))

    assert words[3:] == [
        *("-H", "content-type: application/json"),
        *("-d", '{"query": "{ __typename }", "variables": {}}'),
    ]
