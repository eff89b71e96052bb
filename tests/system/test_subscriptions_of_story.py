"""What the story told, heard by GraphQL subscriptions from the gateway and the real services."""

import json
from typing import Any

import httpx
import pytest

from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

HEARD_WITHIN_S = 30
HEARD = {
    "resultPublished": (Role.PERSONNEL_SYNC, "congvu.evaluation.evaluation.published.v1"),
    "complaintUpdated": (Role.SERVICE_PORTAL, "congvu.feedback.complaint.filed.v1"),
    "indexComputed": (Role.SERVICE_PORTAL, "congvu.feedback.index.computed.v1"),
    "releasePublished": (Role.PERSONNEL_SYNC, "congvu.catalogue.release.published.v1"),
}
"""What each listens to, and an event of the story among it."""


def heard(told: Told, field: str, role: Role, wanted: str = "", after: str | None = None) -> Any:
    """The first event of that type, or what is answered instead of events."""
    query = f"""subscription($after: String) {{
      {field}(after: $after) {{ cursor eventType province payload }}
    }}"""
    token = told.platform.issuer.token(role, province=dataset().province, subject="hears")
    with httpx.stream(
        "POST",
        f"{told.platform.base_url}/graphql/stream",
        json={"query": query, "variables": {"after": after}},
        headers={"authorization": f"Bearer {token}", "accept": "text/event-stream"},
        timeout=HEARD_WITHIN_S,
    ) as answer:
        for line in answer.iter_lines():
            name, _, text = line.partition(": ")
            if name == "data" and text:
                said = json.loads(text)
                if "errors" in said or said["data"][field]["eventType"] == wanted:
                    return said
    raise AssertionError("the stream ended")


@pytest.mark.parametrize("field", HEARD)
def test_what_happened_is_heard_from_the_beginning_and_behind_a_cursor(
    told: Told, field: str
) -> None:
    role, wanted = HEARD[field]

    first = heard(told, field, role, wanted)["data"][field]

    assert first["province"] == dataset().province
    assert json.loads(first["payload"])
    behind = heard(told, field, role, "", after="no cursor")
    assert behind["errors"][0]["extensions"]["code"] == "INVALID"


@pytest.mark.parametrize("field", ["resultPublished", "complaintUpdated"])
def test_a_person_who_may_not_read_the_feed_hears_nothing_of_it(told: Told, field: str) -> None:
    refused = heard(told, field, Role.OFFICER)

    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
