"""Every query meets every kind of caller."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from feedback import people
from feedback.commitments.steps import draft, publish
from feedback.data_requests.steps import ask, reply
from feedback.log.steps import checkpoint
from feedback.readers import EVERYBODY
from feedback.reviews.steps import burst
from feedback.scenes import PERIOD, all_of, dossier_fact, file, log_of, rate, rating
from feedback.surveys.steps import opened
from feedback_service.adapters.graphql.schema import Query
from feedback_service.application.collections import FEED, SUBMISSIONS
from feedback_service.application.feed.queries import OF_COMPLAINTS
from feedback_service.application.needs import Needs
from feedback_service.application.reactions import HandlerFact, keep_dossier
from feedback_service.domain.data_requests.data_request import DataRight
from feedback_service.domain.log.receipt import receipt_text
from support.graph import Graph
from support.webhooks import WEBHOOK_ID, a_webhook

IN_SCOPE = {"manager", "manager complained of", "head", "head above", "board", "auditor"} | {
    "auditor of the unit",
    "board member complained of",
}
COMPLAINED_OF = {
    "officer complained of",
    "manager complained of",
    "board member complained of",
}


@dataclass(frozen=True)
class Read:
    """`sees` gets what is there, `finds_nothing` null or an empty page, the rest a refusal."""

    document: str
    sees: set[str]
    finds_nothing: set[str]


REVIEWERS = {"board", "board member complained of", "auditor", "auditor of the unit"}
ALL = set(EVERYBODY)
NODES = "{ edges { node { hash } } }"
MAY_LIST_OTHERS = {
    "head elsewhere",
    "head in another province",
    "head above in another province",
    "board elsewhere",
    "auditor elsewhere",
}
READS = {
    "complaint": Read(
        "query($complaint: ID!) { it: complaint(id: $complaint) { id } }",
        sees := IN_SCOPE
        | {"sender", "portal", "national portal", "officer complained of", "officer of the unit"},
        ALL - sees,
    ),
    "complaint_overview": Read(
        f'{{ it: complaintOverview(unitId: "{people.COUNTER}") {{ answered }} }}', ALL, set()
    ),
    "complaint_by_receipt": Read(
        "query($receipt: String!) { it: complaintByReceipt(receipt: $receipt) { state } }",
        ALL,
        set(),
    ),
    "complaint.details": Read(
        "query($complaint: ID!) { it: complaint(id: $complaint) { details { text } } }",
        details := (IN_SCOPE | {"sender"}) - COMPLAINED_OF,
        ALL - details,
    ),
    "complaint.submitter": Read(
        "query($complaint: ID!) { it: complaint(id: $complaint) { submitter { name } } }",
        set(),
        ALL,
    ),
    "complaints": Read("{ it: complaints { edges { node { id } } } }", IN_SCOPE, MAY_LIST_OTHERS),
    "submission": Read(
        "query($submission: ID!) { it: submission(id: $submission) { id } }",
        submission := IN_SCOPE | {"sender"},
        ALL - submission,
    ),
    "submission.comment": Read(
        "query($submission: ID!) { it: submission(id: $submission) { comment } }",
        comment := submission - COMPLAINED_OF,
        ALL - comment,
    ),
    "submissions": Read("{ it: submissions { edges { node { id } } } }", IN_SCOPE, MAY_LIST_OTHERS),
    "submitter_reads": Read(
        f"query($submission: ID!) {{ it: submitterReads(ownerId: $submission) {NODES} }}",
        set(),
        {"sender", "auditor", "auditor of the unit"},
    ),
    "feedback_read_chains": Read(
        "{ it: feedbackReadChains { edges { node { id } } } }",
        set(),
        {"auditor", "auditor of the unit", "auditor elsewhere"},
    ),
    "feedback_read_entries": Read(
        f'{{ it: feedbackReadEntries(chainId: "56") {NODES} }}', set(), set()
    ),
    "rating_review": Read(
        "query($review: ID!)"
        " { it: ratingReview(id: $review) { submissions { edges { cursor } } } }",
        REVIEWERS,
        ALL - REVIEWERS,
    ),
    "rating_reviews": Read(
        "{ it: ratingReviews { edges { node { id } } } }",
        REVIEWERS,
        {"board elsewhere", "auditor elsewhere"},
    ),
    "data_request": Read(
        "query($request: ID!) { it: dataRequest(id: $request) { id } }",
        asked := {"sender", "board", "auditor", "auditor of the unit"},
        ALL - asked,
    ),
    "data_request.kept": Read(
        "query($request: ID!) { it: dataRequest(id: $request) { kept { values { value } } } }",
        {"sender"},
        ALL - {"sender"},
    ),
    "data_requests": Read(
        "{ it: dataRequests { edges { node { id } } } }",
        {"board", "auditor", "auditor of the unit"},
        {"board elsewhere", "auditor elsewhere", "board member complained of"},
    ),
    "survey_round": Read("query($round: ID!) { it: surveyRound(id: $round) { id } }", ALL, set()),
    "survey_rounds": Read(
        f'{{ it: surveyRounds(unitId: "{people.WARD}") {{ edges {{ cursor }} }} }}', ALL, set()
    ),
    "satisfaction": Read(
        f'{{ it: satisfaction(unitId: "{people.COUNTER}", periodId: "{PERIOD}") {{ answers }} }}',
        ALL,
        set(),
    ),
    "satisfaction_indexes": Read(
        f'{{ it: satisfactionIndexes(periodId: "{PERIOD}") {{ edges {{ cursor }} }} }}',
        ALL,
        set(),
    ),
    "commitment": Read(
        "query($commitment: ID!) { it: commitment(id: $commitment) { id } }", ALL, set()
    ),
    "commitments": Read("{ it: commitments { edges { node { id } } } }", ALL, set()),
    "commitment_overview": Read(
        f'{{ it: commitmentOverview(unitId: "{people.WARD}") {{ promises }} }}', ALL, set()
    ),
    "commitment_drafts": Read(
        "{ it: commitmentDrafts { edges { node { id } } } }",
        {"head above"},
        {
            "head",
            "head elsewhere",
            "head in another province",
            "head above in another province",
            "head of no unit",
        },
    ),
    "feedback_changes": Read(
        '{ it: feedbackChanges(province: "56") { edges { cursor } } }',
        REVIEWERS | {"portal", "national portal"},
        {"period admin"},
    ),
    "feedback_webhooks": Read(
        "{ it: feedbackWebhooks { edges { cursor } } }",
        {"portal", "auditor", "auditor of the unit"},
        {"national portal", "portal elsewhere", "auditor elsewhere"},
    ),
    "feedback_webhook_deliveries": Read(
        f'{{ it: feedbackWebhookDeliveries(webhookId: "{WEBHOOK_ID}") {{ edges {{ cursor }} }} }}',
        {"portal", "auditor", "auditor of the unit"},
        set(),
    ),
    "public_log": Read("{ it: publicLog { edges { node { sequence } } } }", ALL, set()),
    "public_log_head": Read("{ it: publicLogHead { size } }", ALL, set()),
    "log_proof": Read("{ it: logProof(sequence: 1) { size } }", ALL, set()),
    "inclusion_proof": Read("{ it: inclusionProof(sequence: 1) }", ALL, set()),
    "log_checkpoints": Read("{ it: logCheckpoints { edges { node { id } } } }", ALL, set()),
}


def test_every_query_is_among_the_reads() -> None:
    fields = Query.__strawberry_definition__.fields  # type: ignore[attr-defined]

    assert {name.partition(".")[0] for name in READS} == {field.python_name for field in fields}


async def told_of_two_officers(uow: MemoryUnitOfWork) -> None:
    both = (people.LAN_ID, people.MINH_ID)
    handlers = tuple(HandlerFact(civil_servant_id=each) for each in both)
    async with uow.begin() as tx:
        await keep_dossier(dossier_fact(1, handlers=handlers), tx)


@pytest.fixture
async def world(uow: MemoryUnitOfWork, needs: Needs) -> Mapping[str, str]:
    """A complaint and a rating by one citizen, a commitment, and a checkpoint."""
    made = {
        "review": (await burst(uow, needs)).id,
        "complaint": (await file(uow, needs)).id,
        "submission": (await rate(uow, needs, rating(comment="Tốt"))).id,
        "commitment": (await publish(uow, needs)).id,
        "round": (await opened(uow)).id,
        "draft": (await draft(uow, needs)).id,
    }
    asked = await ask(uow, needs, made["complaint"], DataRight.SEE)
    made["request"] = (await reply(uow, needs, asked)).id
    await checkpoint(uow, needs, people.BOARD)
    await a_webhook(uow, people.PORTAL)
    async with uow.begin() as tx:
        await FEED.append(OF_COMPLAINTS[0], {"province": "56"}, tx)
    [filed, *_] = [each for each in await log_of(uow) if each.subject == made["complaint"]]
    made["receipt"] = receipt_text(
        needs.signer.origin,
        sequence=filed.number,
        leaf=filed.hash,
        subject=filed.subject,
        at=filed.at,
    )
    return made


async def outcome(graph: Graph, document: str, actor: Actor, world: Mapping[str, str]) -> str:
    used = {name: value for name, value in world.items() if f"${name}:" in document}
    result = await graph.execute(document, actor, used)
    if result.errors:
        [code] = {error.extensions["code"] for error in result.errors}
        wanted = "UNAUTHENTICATED" if actor == ANONYMOUS else "FORBIDDEN"
        return "refused" if code == wanted else f"refused as {code}"
    return "sees" if _something(result.data["it"]) else "finds nothing"


def _something(answer: Any) -> bool:
    """Whether there is a value in it somewhere: null and an empty page are none."""
    if isinstance(answer, dict):
        return any(_something(value) for value in answer.values())
    if isinstance(answer, list):
        return any(_something(value) for value in answer)
    return answer is not None


@pytest.mark.parametrize("name", READS)
async def test_everybody_sees_what_is_theirs_and_nothing_else(
    name: str, graph: Graph, world: Mapping[str, str]
) -> None:
    read = READS[name]

    seen = {who: await outcome(graph, read.document, EVERYBODY[who], world) for who in EVERYBODY}

    wanted = {
        who: "sees"
        if who in read.sees
        else "finds nothing"
        if who in read.finds_nothing
        else "refused"
        for who in EVERYBODY
    }
    assert seen == wanted


@pytest.mark.parametrize("kind", ["Complaint", "Commitment", "OrgUnit"])
async def test_an_entity_is_shown_to_those_who_may_query_it(
    kind: str, graph: Graph, world: Mapping[str, str]
) -> None:
    id = people.COUNTER if kind == "OrgUnit" else world[kind.lower()]
    document = (
        f"query($of: [_Any!]!) {{ _entities(representations: $of) {{ ... on {kind} {{ id }} }} }}"
    )
    sees = READS["complaint"].sees if kind == "Complaint" else ALL

    for who, actor in EVERYBODY.items():
        asked = {"__typename": kind, "id": id}
        [found] = (await graph.ask(document, actor, of=[asked]))["_entities"]
        assert found == ({"id": id} if who in sees else None), who


async def test_F_I3_what_one_of_two_officers_is_not_shown_the_other_is_not_either(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    """A dossier that two handled, rated by its applicant and complained of."""
    await told_of_two_officers(uow)
    world = {
        "complaint": (await file(uow, needs)).id,
        "submission": (await rate(uow, needs, rating(comment="Tốt"))).id,
    }
    asked = {name: read.document for name, read in READS.items() if "$review" not in read.document}
    for reader in COMPLAINED_OF:
        first = EVERYBODY[reader]
        second = replace(first, subject="minh", officer=people.MINH_ID)
        for name, document in asked.items():
            if "$commitment" not in document:
                both = [await outcome(graph, document, each, world) for each in (first, second)]
                assert both[0] == both[1], (name, reader)


async def test_a_rating_of_two_officers_work_counts_once_in_their_unit(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    await told_of_two_officers(uow)

    await rate(uow, needs, rating(comment="Tốt"))

    asked = f'{{ it: satisfaction(unitId: "{people.WARD}", periodId: "{PERIOD}") {{ answers }} }}'
    assert (await graph.ask(asked))["it"] == {"answers": 1}
    [submission] = await all_of(uow, SUBMISSIONS)
    assert submission.officers == {people.LAN_ID, people.MINH_ID}
