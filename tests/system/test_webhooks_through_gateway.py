"""A webhook's whole life through the gateway, on the platform on which the story was told: its
service, its database and a receiver are the real ones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from congvu_local.ports import free_port
from support.polling import until
from support.receiving import receiving
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

CALLED_WITHIN_S = 60
FROM_THE_BEGINNING = "0"
METADATA = "http://169.254.169.254/latest/meta-data"
"""Where clouds tell their machines secrets."""

SERVICES = {
    "Catalogue": (Role.PERSONNEL_SYNC, "congvu.catalogue.release.published.v1"),
    "Evaluation": (Role.PERSONNEL_SYNC, "congvu.evaluation.evaluation.published.v1"),
    "Feedback": (Role.SERVICE_PORTAL, "congvu.feedback.index.computed.v1"),
}
"""Who listens to each, and to what of the story."""

CHANGES = {
    "subscribe{}Webhook": "SubscribeWebhookInput",
    "change{}Webhook": "ChangeWebhookInput",
    # pragma: allowlist nextline secret
    "rotate{}WebhookSecret": "RotateWebhookSecretInput",
    "replay{}Webhook": "ReplayWebhookInput",
}
LOOKING = """query($id: ID!) {
  listed: %Webhooks(first: 100) { edges { node { id state secret } } }
  sent: %WebhookDeliveries(webhookId: $id, first: 100) {
    edges { node { id state tries { failure } } }
  }
}"""


@dataclass
class System:
    """An account that has a webhook of one service."""

    told: Told
    service: str
    role: Role
    subject: str = "webhooks.story"

    def as_(self, role: Role) -> "System":
        return System(self.told, self.service, role, "somebody")

    def answer(self, query: str, **variables: Any) -> Any:
        token = self.told.platform.issuer.token(
            self.role, province=dataset().province, subject=self.subject
        )
        return httpx.post(
            f"{self.told.platform.base_url}/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {token}", "accept-language": "en"},
            timeout=30,
        ).json()

    def ask(self, query: str, **variables: Any) -> Any:
        answer = self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def do(self, change: str, key: str, **asked: Any) -> Mapping[str, Any]:
        name = change.format(self.service)
        query = f"""mutation($input: {CHANGES[change]}!) {{
          {name}(input: $input) {{
            ... on Webhook {{ id state secret }} ... on Problem {{ code message field }}
          }}
        }}"""
        given = {"idempotencyKey": f"{self.service}.{key}", **asked}
        answer: Mapping[str, Any] = self.ask(query, input=given)[name]
        return answer

    def subscribe(self, url: str, key: str = "subscribe") -> Mapping[str, Any]:
        wanted = [SERVICES[self.service][1]]
        asked = {"url": url, "eventTypes": wanted, "after": FROM_THE_BEGINNING}
        return self.do("subscribe{}Webhook", key, **asked)

    @property
    def looking(self) -> str:
        return LOOKING.replace("%", self.service.lower())

    def seen(self, webhook_id: str) -> tuple[list[Any], list[Any]]:
        """Its webhooks, and what was sent to one."""
        data = self.ask(self.looking, id=webhook_id)
        listed, sent = ([each["node"] for each in data[it]["edges"]] for it in ("listed", "sent"))
        return listed, sent


@pytest.fixture(params=SERVICES)
def system(told: Told, request: pytest.FixtureRequest) -> System:
    return System(told, request.param, SERVICES[request.param][0])


def test_a_webhook_is_called_with_what_happened_again_on_request_and_never_after_its_end(
    system: System, tmp_path: Path
) -> None:
    port, printed = free_port(), tmp_path / "printed"
    url = f"http://127.0.0.1:{port}/"
    made = system.subscribe(url)
    same = system.subscribe(url)
    hook = made["id"]

    def states() -> set[tuple[str, int]]:
        return {(each["state"], len(each["tries"])) for each in system.seen(hook)[1]}

    with receiving(port, made["secret"], tmp_path / "seen.sqlite", printed):
        until(
            lambda: printed.read_text() != "",
            within_s=CALLED_WITHIN_S,
            what="the receiver is called",
        )
        until(
            lambda: {state for state, _ in states()} == {"DELIVERED"},
            within_s=CALLED_WITHIN_S,
            what="all is taken",
        )
        handled = printed.read_text()
        before = states()
        again = system.do("replay{}Webhook", "again", webhookId=hook, after=FROM_THE_BEGINNING)
        until(
            lambda: {state for state, _ in states()} == {"DELIVERED"} and states() != before,
            within_s=CALLED_WITHIN_S,
            what="all is taken again",
        )
    turned = system.do("rotate{}WebhookSecret", "turn", webhookId=hook, overlapHours=1)
    paused = system.do("change{}Webhook", "pause", webhookId=hook, action="PAUSE")
    ended = system.do("change{}Webhook", "end", webhookId=hook, action="END")
    late = system.do("replay{}Webhook", "late", webhookId=hook, after=FROM_THE_BEGINNING)

    events = {json.loads(line)["type"] for line in handled.splitlines()}
    assert (same["id"], again["id"], events) == (hook, hook, {SERVICES[system.service][1]})
    assert printed.read_text() == handled  # what comes twice is handled once
    assert turned["secret"] not in (None, made["secret"])
    assert (paused["state"], ended["state"], late["code"]) == ("PAUSED", "ENDED", "CONFLICT")
    assert all(each["secret"] is None for each in system.seen(hook)[0])


@pytest.mark.parametrize("url", [METADATA, "http://10.0.0.7/", "ftp://hrm.example.vn/", "hrm"])
def test_where_nobody_is_called_is_refused_by_its_field_and_not_told_back(
    system: System, url: str
) -> None:
    refused = system.subscribe(url, key=url)

    assert (refused["code"], refused["field"]) == ("INVALID", "input.url")
    assert url not in refused["message"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.UNIT_HEAD, Role.AUDITOR])
@pytest.mark.parametrize("change", CHANGES)
def test_webhooks_are_for_systems(system: System, role: Role, change: str) -> None:
    asked = {"url": "https://hrm.example.vn/"} if "subscribe" in change else {"webhookId": "w"}

    refused = system.as_(role).do(change, f"{role}.{change}", **asked)

    assert refused["code"] == "FORBIDDEN"


def test_a_webhook_of_another_account_is_nobodys(system: System) -> None:
    made = system.subscribe(f"http://127.0.0.1:{free_port()}/", key="own")
    other = System(system.told, system.service, system.role, "webhooks.other")

    for change in ("change{}Webhook", "rotate{}WebhookSecret", "replay{}Webhook"):
        assert other.do(change, change, webhookId=made["id"])["code"] == "NOT_FOUND"
    looked = other.answer(other.looking, id=made["id"])
    assert [each["extensions"]["code"] for each in looked["errors"]] == ["FORBIDDEN"]
    assert made["id"] not in json.dumps(looked)
    system.do("change{}Webhook", "own.end", webhookId=made["id"], action="END")
