"""The guide for portals, walked as it stands: each example is sent in its order, to services that
know the demo's commune, and is taken."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from congvu_demo.acts.personnel import whole_commune
from congvu_demo.dataset import dataset
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import adapter
from congvu_kit.domain.actor import Actor, Role
from docs.test_hrm_guide import EXAMPLES as HRM_EXAMPLES
from docs.test_hrm_guide import HRM, SYNC
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback import scenes
from feedback_service.adapters.graphql.schema import schema as feedback
from feedback_service.adapters.subscriptions import REACTIONS
from feedback_service.application.collections import COMPLAINTS
from support.clock import FixedClock
from support.graph import Graph

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/integrate-portal.md").read_text()
CALL = re.compile(r"^```graphql\n(mutation \w+.*?)^```\n\n```json\n(.*?)^```", re.M | re.S)
EXAMPLES = [(text, json.loads(given)) for text, given in CALL.findall(GUIDE)]

PORTAL = Actor(subject="portal-56", roles=frozenset({Role.SERVICE_PORTAL}), province="56")
CITIZEN = Actor(subject="vneid-1", roles=frozenset({Role.CITIZEN}))
WARD = "H32.31.07"


class Walk:
    """Two services, with evaluation's events handed on to feedback."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 9, 15, 3, tzinfo=UTC))
        self.results, self.words = MemoryUnitOfWork(self.clock), MemoryUnitOfWork(self.clock)
        self.needs = scenes.make_needs()
        self.evaluation = Graph(evaluation, self.results)
        self.feedback = Graph(feedback, self.words, needs=self.needs)
        self.known: dict[str, Any] = {}
        self._told = 0

    async def begin(self) -> None:
        for given in (whole_commune(dataset(), "demo"), HRM_EXAMPLES[0]["input"]):
            await self.evaluation.ask(SYNC, HRM, input=given)
        await self.hand_on()
        listed = '{ orgUnits(province: "56", first: 100) { edges { node { id code } } } }'
        found = (await self.evaluation.ask(listed, HRM))["orgUnits"]["edges"]
        [self.known["unit_1"]] = [e["node"]["id"] for e in found if e["node"]["code"] == WARD]

    async def hand_on(self) -> None:
        for event in self.results.outbox[self._told :]:
            for each in REACTIONS:
                if each.event_type == event.TYPE:
                    fact = adapter(each.fact).validate_json(adapter(type(event)).dump_json(event))
                    async with self.words.begin() as tx:
                        await each.reaction(fact, tx)
        self._told = len(self.results.outbox)

    async def send(self, text: str, given: Any) -> Any:
        """As the portal, with the ids of this walk in the place of the guide's."""
        said = json.dumps(given)
        for name, id in self.known.items():
            said = said.replace(f'"{name}"', f'"{id}"')
        given = json.loads(said)["input"]
        if "complaintId" in given:
            complaint = await self.words.reading().store(COMPLAINTS).get(given["complaintId"])
            given["expectedRevision"] = complaint.revision
        graph = self.evaluation if "DossierReport" in text else self.feedback
        [answer] = (await graph.ask(text, PORTAL, input=given)).values()
        await self.hand_on()
        await scenes.enter(self.words, self.needs)
        return answer


@pytest.fixture
async def walk() -> Walk:
    made = Walk()
    await made.begin()
    return made


async def answered(walk: Walk) -> None:
    """The unit's part: it says what the complaint is about, and answers."""
    unit = walk.known["unit_1"]
    head = Actor(
        subject="truong",
        roles=frozenset({Role.UNIT_HEAD}),
        province="56",
        unit=unit,
        officer="cs_head_of_the_ward",
    )
    steps = (
        ("classifyComplaint", {"category": "DELAY", "summary": "Hồ sơ bị trả lại hai lần"}),
        ("answerComplaint", {"answer": "Đã gửi phiếu hướng dẫn và xin lỗi"}),
    )
    for name, more in steps:
        complaint = await walk.words.reading().store(COMPLAINTS).get(walk.known["cpl_1"])
        about = {"complaintId": complaint.id, "expectedRevision": complaint.revision}
        given = {"idempotencyKey": scenes.new_key(), **about, **more}
        answer = await walk.feedback.do(name, given, head, "... on Complaint { id state }")
        assert answer["__typename"] == "Complaint", answer


async def silent(walk: Walk) -> None:
    """Another complaint, answered and left by its sender until it closed by itself."""
    [(text, given)] = [each for each in EXAMPLES if "fileComplaint" in each[0]]
    another = {"input": {**given["input"], "idempotencyKey": "complain-2"}}
    walk.known["cpl_1"] = (await walk.send(text, another))["id"]
    await answered(walk)
    walk.clock.pass_days(20)
    await scenes.sweep(walk.words)


BEFORE = {"disputeAnswer": answered, "reopenComplaint": silent}
"""What others do before a step can be taken."""

WANTED: dict[str, dict[str, Any]] = {
    "recordDossierEvents": {"results": [{"standing": "UNMATCHED", "reason": "UNKNOWN_PROCEDURE"}]},
    "submitSatisfaction": {"dossier": "KNOWN"},
    "rateService": {"kind": "VISIT"},
    "submitSuggestion": {"kind": "SUGGESTION"},
    "fileComplaint": {"state": "RECEIVED", "answerBy": "2026-09-29"},
    "disputeAnswer": {"state": "DISPUTED"},
    "reopenComplaint": {"state": "REOPENED"},
    "submitFeedbackBulk": {"taken": 2, "refused": 0},
    "fileDataRequest": {"state": "RECEIVED"},
}


async def test_every_example_is_taken_in_its_order(walk: Walk) -> None:
    names = []
    for text, given in EXAMPLES:
        [name] = re.findall(r"^  (\w+)\(input", text, re.MULTILINE)
        names.append(name)
        if name in BEFORE:
            await BEFORE[name](walk)

        answer = await walk.send(text, given)

        wanted = dict(WANTED[name])
        for row, told in zip(wanted.pop("results", []), answer.get("results", []), strict=False):
            assert {key: told[key] for key in row} == row, told["problem"]
        assert {key: answer.get(key) for key in wanted} == wanted, (name, answer)
        if name == "fileComplaint":
            walk.known["cpl_1"] = answer["id"]
    assert names == [*WANTED]


async def test_the_queries_show_what_became_of_it(walk: Walk) -> None:
    queries = {
        name: text
        for text in re.findall(r"^```graphql\n(query \w+.*?)^```", GUIDE, re.M | re.S)
        for name in re.findall(r"^query (\w+)", text)
    }
    [complain] = [each for each in EXAMPLES if "fileComplaint" in each[0]]
    await walk.send(*EXAMPLES[0])
    filed = await walk.send(*complain)
    walk.known["cpl_1"] = filed["id"]
    await answered(walk)

    # The names of units are evaluation's, and joined by the gateway.
    asked = queries["Status"].replace("{ name }", "{ id }")
    status = await walk.feedback.ask(asked, receipt=filed["receipt"])
    story = await walk.feedback.ask(queries["Story"], complaint=filed["id"])

    assert status["complaintByReceipt"]["state"] == "ANSWERED"
    assert [each["node"]["type"] for each in story["publicLog"]["edges"]] == [
        "COMPLAINT_FILED",
        "COMPLAINT_CLASSIFIED",
        "COMPLAINT_ANSWERED",
    ]


async def test_the_retry_rule_holds_for_every_example(walk: Walk) -> None:
    """The same key and body again is the first answer, whatever was done between."""
    for text, given in EXAMPLES:
        if any(name in text for name in BEFORE):
            continue
        first = await walk.send(text, given)
        if "fileComplaint" in text:
            walk.known["cpl_1"] = first["id"]
        again = await walk.send(text, given)
        assert again == first


def test_the_codes_of_the_table_are_those_of_the_graph() -> None:
    schema = (ROOT / "services/feedback/schema.graphql").read_text()
    kind = re.search(r"enum ProblemCode[^{]*\{(.*?)^\}", schema, re.M | re.S)
    assert kind is not None
    codes = set(re.findall(r"^  ([A-Z_]{5,})$", kind[1], re.MULTILINE))
    table = GUIDE.partition("| what comes |")[2].partition("\n\n")[0]

    assert codes <= set(re.findall(r"`([A-Z_]{5,})`", table))
    assert len(codes) >= 8


def test_the_events_of_the_table_are_those_that_feedback_tells() -> None:
    published = {
        path.name.removeprefix("congvu.feedback.").partition(".v1")[0]
        for path in (ROOT / "services/feedback/events").glob("*.schema.json")
    }
    rows = GUIDE.partition("| event, `congvu.feedback.` |")[2]
    told: set[str] = set()
    for row in re.findall(r"^\| (`[^|]+) \|", rows, re.MULTILINE):
        names = re.findall(r"`([\w.]+)`", row)
        first = names[0].removesuffix(".v1")
        family = first.partition(".")[0]
        told |= {first, *(f"{family}{each}" for each in names[1:])}

    assert told == published
