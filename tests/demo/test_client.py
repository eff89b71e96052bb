"""The client: refusals are data, and whatever is safe to repeat is repeated."""

import json
from collections.abc import Callable

import httpx
import pytest

from congvu_demo.client import BATCH, Caller, Gateway, NoAnswer, Refused

CALLER = Caller("somebody", "token")
PROBLEM = {
    "__typename": "Problem",
    "code": "FORBIDDEN",
    "message": "không",
    "field": None,
    "ruleId": "C-I3",
}

Answer = Callable[[httpx.Request], httpx.Response]


def gateway(answer: Answer, *, patience_s: float = 5.0) -> Gateway:
    return Gateway("http://gateway", patience_s=patience_s, transport=httpx.MockTransport(answer))


def answers(*responses: httpx.Response) -> Answer:
    """One after the other."""
    waiting = iter(responses)
    return lambda request: next(waiting)


def data(**fields: object) -> httpx.Response:
    return httpx.Response(200, json={"data": fields})


def error(code: str) -> httpx.Response:
    body = {"errors": [{"message": "đang bận", "extensions": {"code": code}}]}
    return httpx.Response(200, json=body)


async def test_a_problem_is_raised_with_its_rule() -> None:
    async with gateway(answers(data(m0=PROBLEM))) as client:
        with pytest.raises(Refused) as refused:
            await client.do(CALLER, "approveVersion", {}, "WorkProductVersion { id }")

    assert (refused.value.code, refused.value.rule_id) == ("FORBIDDEN", "C-I3")
    assert str(refused.value) == "FORBIDDEN: không"


async def test_an_absent_service_is_asked_again() -> None:
    found = data(orgUnit={"name": "xã"})
    responses = answers(httpx.Response(502, text="bad"), error("UNAVAILABLE"), found)

    async with gateway(responses) as client:
        assert await client.ask(CALLER, "{ orgUnit { name } }") == {"orgUnit": {"name": "xã"}}


async def test_patience_ends() -> None:
    async with gateway(lambda _: httpx.Response(503, text="busy"), patience_s=0) as client:
        with pytest.raises(NoAnswer, match="HTTP 503 busy"):
            await client.ask(CALLER, "{ orgUnit { name } }")


async def test_other_refusals_are_final() -> None:
    async with gateway(answers(error("FORBIDDEN"))) as client:
        with pytest.raises(Refused, match="FORBIDDEN"):
            await client.ask(CALLER, "{ orgUnit { name } }")


async def test_what_another_service_has_not_heard_of_is_tried_again() -> None:
    missing = {**PROBLEM, "code": "NOT_FOUND"}
    done = {"__typename": "EvaluationPeriod", "id": "period_1"}

    async with gateway(answers(data(m0=missing), data(m0=done))) as client:
        made = await client.do(
            CALLER, "openPeriod", {}, "EvaluationPeriod { id }", again_on=("NOT_FOUND",)
        )

    assert made["id"] == "period_1"


async def test_many_calls_go_in_few_requests_and_answers_keep_their_order() -> None:
    sizes = []

    def echo(request: httpx.Request) -> httpx.Response:
        variables = json.loads(request.content)["variables"]
        sizes.append(len(variables))
        made = {
            f"m{name[1:]}": {"__typename": "Submission", "id": value["key"]}
            for name, value in variables.items()
        }
        return data(**made)

    async with gateway(echo) as client:
        made = await client.do_all(
            CALLER, "submitSatisfaction", [{"key": n} for n in range(60)], "Submission { id }"
        )

    assert [each["id"] for each in made] == list(range(60))
    assert sizes == [BATCH] * 4
