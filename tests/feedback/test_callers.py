"""Every mutation meets its callers: nobody, every wrong role in the right place, the right role in
every wrong place, and each that may; what it leaves is read back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Participant, Role
from congvu_kit.domain.aggregate import Event
from feedback import people
from feedback.callers import SENDING, Case, Named
from feedback.cases import CASES
from feedback.scenes import enter, everything, log_of, new_key, rate, rating
from feedback_service.adapters.graphql.schema import Mutation
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.needs import Needs
from support.graph import Graph

PLACES = (people.COUNTER, people.WARD, people.OTHER_WARD)
TEXT = "{ text on logSequence }"
VERSION = (
    "{ number text target due beneficiaries milestones publishedOn reason logSequence "
    "milestoneDates }"
)
SHOWN = {
    "Submission": "id kind unit { id } dossier lapsed enteredBy surveyRoundId procedureCode answer "
    "drivers channel submitterType receivedOn",
    "Erasure": "ownerId erased",
    "SurveyRound": "id revision unit { id } name instrumentCode instrumentVersion population "
    "sample channels startsOn endsOn closedOn openedSequence closedSequence answered",
    "FeedbackReport": "taken refused results { submissionId complaintId problem { code } }",
    "Complaint": f"id revision state unit {{ id }} channel submitterType filedOn answerBy dueOn "
    f"category summary {TEXT} answers {TEXT} disputeUntil disputes "
    f"decision {{ verdict remedied reason {TEXT} }} closedOn basis closingReason {TEXT} "
    f"duplicateOf logSequence reopenUntil "
    f"forwards {{ fromUnit {{ id }} reason {TEXT} }}",
    "Commitment": f"id revision state unit {{ id }} leader {{ id }} current {VERSION} "
    f"versions {VERSION} progress {{ on note evidence percent milestone logSequence }} "
    "kind promisedBy { id } milestones { number text due reached { logSequence } } "
    "found assessment assessedOn rating { count minimum share scores }",
    "CommitmentDraft": "id revision unit { id } "
    "pledge { text target due beneficiaries milestones kind milestoneDates }",
    "RatingReview": "id revision unit { id } source doubts answers satisfied state "
    "openedOn decideBy decidedOn decisionSequence",
    "PublicLogEntry": "sequence hash type by subject "
    "fields { name commitment value salt hiddenBy }",
    "LogCheckpoint": "id size root at note",
    "DataRequest": "id revision ownerId unit { id } right state filedOn answerBy answeredOn ground "
    "reason logSequence",
    "Webhook": "id url province state stoppedFor position owner eventTypes",
}
READ = {
    "Webhook": "{ it: feedbackWebhooks { edges { node { %s } } } }",
    "Submission": "query($id: ID!) { it: submission(id: $id) { %s } }",
    "SurveyRound": "query($id: ID!) { it: surveyRound(id: $id) { %s } }",
    "RatingReview": "query($id: ID!) { it: ratingReview(id: $id) { %s } }",
    "Complaint": "query($id: ID!) { it: complaint(id: $id) { %s } }",
    "DataRequest": "query($id: ID!) { it: dataRequest(id: $id) { %s } }",
    "Commitment": "query($id: ID!) { it: commitment(id: $id) { %s } }",
    "PublicLogEntry": "{ it: publicLog { edges { node { %s } } } }",
    "LogCheckpoint": "{ it: logCheckpoints { edges { node { %s } } } }",
}
"""Where the store shows what a mutation answered."""

each_case = pytest.mark.parametrize("case", CASES, ids=str)
each_right = pytest.mark.parametrize(
    ("case", "right"),
    [
        pytest.param(case, right, id=f"{case} by {right.subject}")
        for case in CASES
        for right in case.right
    ],
)


def test_every_mutation_is_among_the_cases() -> None:
    fields = Mutation.__strawberry_definition__.fields  # type: ignore[attr-defined]
    names = {field.python_name for field in fields}

    assert {_snake(case.mutation) for case in CASES} == names


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


async def ask(graph: Graph, case: Case, about: Named, actor: Actor, as_: Actor) -> Any:
    """As `actor`, with the input that `as_` would send."""
    given = {"idempotencyKey": new_key(), **case.input, **about}
    in_rows = "rows" in given
    if as_.has(Role.SERVICE_PORTAL) and case.may >= SENDING and not in_rows:
        given = {"submitterToken": people.CITIZEN.subject, **given}
    return await graph.do(
        case.mutation, given, actor, f"... on {case.returns} {{ {SHOWN[case.returns]} }}"
    )


async def refused(
    graph: Graph, uow: MemoryUnitOfWork, case: Case, about: Named, *, actor: Actor, as_: Actor
) -> str:
    """The code, once it is sure that nothing was saved, logged or sent."""
    rows, events = await everything(uow), list(uow.outbox)
    answer = await ask(graph, case, about, actor, as_)
    assert answer["__typename"] == ("FeedbackReport" if "results" in answer else "Problem"), actor
    problem = answer["results"][0]["problem"] if "results" in answer else answer
    assert problem is not None, actor
    assert (await everything(uow), list(uow.outbox)) == (rows, events)
    code: str = problem["code"]
    return code


@each_right
async def test_the_wrong_role_in_the_right_place(
    case: Case, right: Actor, uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    about = await case.given(uow, needs)

    assert await refused(graph, uow, case, about, actor=ANONYMOUS, as_=right) == "UNAUTHENTICATED"
    for role in [*sorted(set(Role) - case.may), None]:
        actor = replace(right, roles=frozenset({role} if role else ()))
        assert await refused(graph, uow, case, about, actor=actor, as_=right) == "FORBIDDEN", role


@each_case
async def test_the_right_role_in_the_wrong_place(
    case: Case, uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    about = await case.given(uow, needs)

    for actor in case.misplaced:
        assert await refused(graph, uow, case, about, actor=actor, as_=actor) == "FORBIDDEN", actor


@each_right
async def test_who_may_does_and_it_is_saved_logged_and_sent(
    case: Case, right: Actor, uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    about = await case.given(uow, needs)
    logged, sent = len(await log_of(uow)), len(uow.outbox)

    answer = await ask(graph, case, about, right, right)

    assert answer.pop("__typename") == case.returns, answer
    assert {name: answer[name] for name in case.shows} == case.shows
    await enter(uow, needs)
    if case.returns in READ:
        assert await stored(graph, case.returns, answer) == answer
    entries = (await log_of(uow))[logged:]
    assert [(entry.type.value, entry.by.value) for entry in entries] == [
        (type, case.right[right]) for type in case.entries
    ]
    for entry in entries:
        shown = {field.name: field.value for field in entry.fields}
        assert shown.pop("province", "56") == "56"
        for bound in ("row", "rating_row", "path"):
            shown.pop(bound, None)
        assert shown.pop("unit", people.COUNTER) in PLACES
        assert shown == case.tells
    if case.returns == "Complaint" and case.right[right].startswith("UNIT"):
        complaint = await uow.reading().store(COMPLAINTS).get(answer["id"])
        assert Participant.of(right) in complaint.handled_by
    subjects = {answer.get("id"), answer.get("ownerId"), answer.get("subject")}
    subjects |= {id for row in answer.get("results", ()) for id in row.values() if id}
    assert {entry.subject for entry in entries} <= subjects
    assert sorted(short(event) for event in uow.outbox[sent:]) == list(case.events)


def short(event: Event) -> str:
    return event.TYPE.removeprefix("congvu.feedback.").removesuffix(".v1")


async def stored(graph: Graph, kind: str, answer: Mapping[str, Any]) -> Any:
    document = READ[kind] % SHOWN[kind]
    if "$id" in document:
        reader = people.CITIZEN if answer.get("dossier") == "AWAITED" else people.BOARD
        return (await graph.ask(document, reader, id=answer["id"]))["it"]
    reader = people.PORTAL if kind == "Webhook" else people.BOARD
    edges = (await graph.ask(document, reader))["it"]["edges"]
    key = "sequence" if kind == "PublicLogEntry" else "id"
    [node] = [edge["node"] for edge in edges if edge["node"][key] == answer[key]]
    return node


@each_case
async def test_an_old_or_unknown_revision_is_a_conflict(
    case: Case, uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    about = await case.given(uow, needs)
    revision = about.get("expectedRevision")
    if not isinstance(revision, int):
        kind = graph.input_of(case.mutation).removesuffix("!")
        fields = await graph.ask(f'{{ it: __type(name: "{kind}") {{ inputFields {{ name }} }} }}')
        assert {"name": "expectedRevision"} not in fields["it"]["inputFields"]
        return

    for wrong in (revision - 1, revision + 1):
        for right in case.right:
            named = {**about, "expectedRevision": wrong}
            assert await refused(graph, uow, case, named, actor=right, as_=right) == "CONFLICT"


async def test_a_problem_tells_rule_and_field_in_the_callers_language(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    await rate(uow, needs, rating())

    problem = await ask(graph, CASES[0], {}, people.PORTAL, people.PORTAL)

    assert problem == {
        "__typename": "Problem",
        "code": "CONFLICT",
        "message": "this dossier was rated already, and the first rating stands",
        "field": "input.answer",
        "ruleId": "F-I4",
    }


async def test_a_key_used_for_another_body_is_a_mismatch(graph: Graph) -> None:
    async def rating_under(key: str, answer: str) -> Any:
        about: Named = {"idempotencyKey": key, "answer": answer}
        return await ask(graph, CASES[0], about, people.PORTAL, people.PORTAL)

    first = await rating_under("k", "SATISFIED")
    again = await rating_under("k", "SATISFIED")
    other = await rating_under("k", "NEUTRAL")

    assert first == again
    assert first["__typename"] == "Submission"
    assert other["code"] == "IDEMPOTENCY_MISMATCH"
