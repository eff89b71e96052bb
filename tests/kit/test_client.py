"""Talking to the platform from the command line: every failure is one clear line."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import Gateway, endpoint, progress

slept: list[float] = []
Answer = Callable[[httpx.Request], httpx.Response]


def gateway(*answers: Any, token: str = "") -> tuple[Gateway, list[httpx.Request]]:
    """A platform that gives these answers one after the other: JSON, a response, an error."""
    left, asked = list(answers), []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    transport = httpx.MockTransport(respond)
    return Gateway("http://x/graphql", token, transport=transport, sleep=slept.append), asked


def test_a_query_gives_the_data_and_shows_the_token() -> None:
    client, asked = gateway({"data": {"a": 1}}, token="secret")

    assert client.query("{ a }", {"v": 2}) == {"a": 1}
    assert asked[0].headers["authorization"] == "Bearer secret"
    digest = hashlib.sha256(b"{ a }").hexdigest()
    assert json.loads(asked[0].content) == {
        "documentId": f"sha256:{digest}",
        "query": "{ a }",
        "variables": {"v": 2},
    }


def test_without_a_token_none_is_shown() -> None:
    client, asked = gateway({"data": {}})

    client.query("{ a }", {})

    assert "authorization" not in asked[0].headers


def test_a_refused_query_is_a_failure_with_every_reason() -> None:
    client, _ = gateway({"data": None, "errors": [{"message": "one"}, {"message": "two"}]})

    with pytest.raises(Failure, match="one; two"):
        client.query("{ a }", {})


def test_an_answer_that_is_no_json_is_a_failure() -> None:
    client, _ = gateway(httpx.Response(502, text="<html>"))

    with pytest.raises(Failure, match=r"http://x/graphql answered 502, no JSON"):
        client.query("{ a }", {})


def test_a_lost_connection_is_tried_again() -> None:
    client, asked = gateway(httpx.ConnectError("refused"), {"data": {"a": 1}})

    assert client.query("{ a }", {}) == {"a": 1}
    assert len(asked) == 2


def test_a_mutation_gives_its_result() -> None:
    client, _ = gateway({"data": {"placeDesk": {"id": "d1"}}})

    assert client.mutate("mutation", "placeDesk", {}) == {"id": "d1"}


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ({"code": "INVALID", "message": "no", "ruleId": "C-I3"}, r"^INVALID: no \[C-I3\]$"),
        ({"code": "CONFLICT", "message": "no", "ruleId": None}, "^CONFLICT: no$"),
    ],
)
def test_a_problem_is_a_failure_with_code_and_rule(problem: dict[str, object], told: str) -> None:
    client, _ = gateway({"data": {"placeDesk": problem}})

    with pytest.raises(Failure, match=told):
        client.mutate("mutation", "placeDesk", {})


def test_a_problem_in_vietnamese_has_no_code_of_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    problem = {"code": "CONFLICT", "message": "Kỳ đã đóng.", "ruleId": "E-I3", "field": None}
    client, _ = gateway({"data": {"placeDesk": problem}})

    with pytest.raises(Failure, match=r"^Kỳ đã đóng\. \[E-I3\]$"):
        client.mutate("mutation", "placeDesk", {})


def test_pages_follow_each_other_to_the_last() -> None:
    def page(ids: list[int], *, more: bool) -> dict[str, object]:
        info = {"hasNextPage": more, "endCursor": str(ids[-1])}
        return {"data": {"desks": {"edges": [{"node": {"id": i}} for i in ids], "pageInfo": info}}}

    client, asked = gateway(page([1, 2], more=True), page([3], more=False))

    nodes = list(client.pages("query", "desks", {"first": 2}))

    assert nodes == [{"id": 1}, {"id": 2}, {"id": 3}]
    assert b'"after":null' in asked[0].content
    assert b'"after":"2"' in asked[1].content


def test_progress_in_a_pipe_is_a_line_for_each_hundred_rows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress("rows") as advance:
        for rows in (99, 1, 50, 50, 1):
            advance(rows)

    assert capsys.readouterr().err == "rows: 100\nrows: 200\nrows: 201\n"


def test_progress_that_was_told_is_not_told_twice(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("rows") as advance:
        advance(100)

    assert capsys.readouterr().err == "rows: 100\n"


def too_many(**headers: str) -> httpx.Response:
    return httpx.Response(429, json={"errors": [{"message": "too many"}]}, headers=headers)


def test_who_asks_too_often_waits_as_long_as_the_gateway_says() -> None:
    slept.clear()
    refusals = [too_many(**{"retry-after": "7"}), too_many()]
    client, asked = gateway(*refusals, {"data": {"a": 1}})

    assert client.query("{ a }", {}) == {"a": 1}
    assert (slept, len(asked)) == ([7, 1], 3)


def test_a_gateway_that_never_answers_is_not_waited_for_for_ever() -> None:
    slept.clear()
    client, _ = gateway(*[too_many(**{"retry-after": "60"})] * 9)

    with pytest.raises(Failure, match="too many"):
        client.query("{ a }", {})

    assert sum(slept) == 300


def test_a_gateway_that_says_at_once_is_asked_only_so_often() -> None:
    slept.clear()
    client, asked = gateway(*[too_many(**{"retry-after": "0"})] * 302)

    with pytest.raises(Failure, match="too many"):
        client.query("{ a }", {})

    assert (sum(slept), len(asked)) == (0, 301)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://127.0.0.1:4000", "http://127.0.0.1:4000/graphql"),
        ("https://kpi.example.vn/", "https://kpi.example.vn/graphql"),
        ("https://kpi.example.vn/api/graphql", "https://kpi.example.vn/api/graphql"),
        ("log.json", "log.json"),
    ],
)
def test_an_address_without_a_path_means_its_graph(address: str, asked: str) -> None:
    assert endpoint(address) == asked
