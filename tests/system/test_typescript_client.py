"""From nothing to results with the TypeScript client alone, over a line that loses answers."""

import asyncio
import json
import subprocess
from fractions import Fraction
from typing import Any

import pytest

from congvu_demo.acts.ballots import applicant_hash
from congvu_demo.acts.world import today
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from congvu_local.node import node_binary
from support.typescript import compiled
from system.stories.acting import this_quarter
from system.telling import Told
from system.vendor import PLANNED, Vendor

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

Json = dict[str, Any]


def given(vendor: Vendor, release: str | None) -> Json:
    data, clerk = dataset(), vendor.person("clerk")
    codes = [f"{vendor.commune}-{today():%y%m%d}-{n:04d}" for n in range(2)]
    return {
        "url": vendor.told.platform.base_url,
        "key": f"clients/{vendor.number}",
        "tokens": {
            "hrm": vendor.token(Role.PERSONNEL_SYNC),
            "admin": vendor.token(Role.PERIOD_ADMIN),
            "head": vendor.token(Role.MANAGER, "head"),
            "clerk": vendor.token(Role.OFFICER, "clerk"),
            "portal": vendor.token(Role.SERVICE_PORTAL),
        },
        "personnel": vendor.personnel(),
        "unitId": data.unit_id(vendor.commune),
        "officeId": data.unit_id(vendor.office),
        "clerk": {"id": data.civil_servant_id(clerk), "system": data.system, "ref": clerk},
        "release": release,
        "quarter": [each.isoformat() for each in this_quarter()],
        "today": today().isoformat(),
        "planned": PLANNED,
        "served": vendor.served,
        "dossiers": [{"code": code, "applicantHash": applicant_hash(code, "v")} for code in codes],
    }


@pytest.fixture(scope="module")
def story(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Json:
    vendor = Vendor(told, 82)
    program = compiled(tmp_path_factory.mktemp("typescript")) / "test/story.js"

    def chapter(name: str, release: str | None = None) -> Json:
        done = subprocess.run(
            [node_binary(), program, name],
            input=json.dumps(given(vendor, release)),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        found: Json = json.loads(done.stdout)
        return found

    return chapter("personnel") | chapter("quarter", asyncio.run(vendor.own_procedure()))


def test_what_was_sent_over_a_line_that_broke_is_done_once(story: Json) -> None:
    assert (story["first"], story["again"]) == ([5, 0], [0, 5])
    assert story["changed"] == [True, True, False, False]


def test_problems_are_exceptions_that_name_code_field_and_rule(story: Json) -> None:
    other = {"code": "IDEMPOTENCY_MISMATCH", "field": "input.idempotencyKey", "ruleId": None}
    assert story["otherBody"] == other
    assert story["nobody"]["code"] == "UNAUTHENTICATED"
    assert story["ownWork"]["code"] == "FORBIDDEN"


def test_results_are_exact_and_heard(story: Json) -> None:
    exact = Fraction(story["totalExact"])
    assert story["evaluated"] == 3
    assert story["completed"] == {PLANNED: ["2", "0"], "C.56.3182.1.001193": ["2", "1"]}
    assert abs(Fraction(story["total"]) - exact) < Fraction(1, 10**6)
    assert Fraction(story["pointsExact"]) == exact
    assert story["subscribed"] == story["heard"]
    assert story["heard"] == {
        "type": "congvu.evaluation.evaluation.published.v1",
        "total": story["totalExact"],
    }


def test_a_complaint_is_followed_by_its_receipt_without_a_token(story: Json) -> None:
    assert story["complaintOf"] == dataset().unit_id("H32.31.82.01")
