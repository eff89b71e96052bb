"""Each query and who sees what of it: strangers the published, the province's people its drafts."""

from typing import Any

import pytest

from catalogue import adjustment_steps, facts, people, proposal_steps, scenes
from catalogue.people import person
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.application.access import READERS_OF_DRAFTS
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.webhooks import SYSTEMS
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from support.graph import Graph
from support.webhooks import WEBHOOK_ID, a_webhook

PUBLISHED, REVISION = f"{scenes.BIRTH}@1", f"{scenes.BIRTH}@2"
DRAFT_CODE = "C.56.22363.9"
DRAFT = f"{DRAFT_CODE}@1"

READERS = [person(f"reader-{role}", role) for role in READERS_OF_DRAFTS]
NOT_READERS = frozenset(set(Role) - {*READERS_OF_DRAFTS})
STRANGERS = [
    ANONYMOUS,
    person("all-but-readers", *NOT_READERS, unit=people.COMMUNE),
    person("another-province", *Role, province="01", unit=people.COMMUNE),
    people.NOWHERE,
]


@pytest.fixture
async def stocked(uow: MemoryUnitOfWork) -> MemoryUnitOfWork:
    """One published product with its revision in work, a draft of almost the same name, and a
    local adjustment and two proposals that wait."""
    await facts.tell_units(uow, facts.UNIT, facts.PROVINCE)
    first = await scenes.published(uow)
    await scenes.draft(uow, DRAFT_CODE, scenes.named("Đăng ký khai sinh."))
    await scenes.revise(uow, first, scenes.named("Bản nháp kín"))
    await adjustment_steps.propose(uow, version_id=PUBLISHED)
    await proposal_steps.propose(uow)
    await proposal_steps.propose(uow, code="B.00.QG-1", province="00")
    return uow


BIRTH_DOCUMENT = f"""{{ workProduct(code: "{scenes.BIRTH}") {{
  version(asOf: "2026-07-01") {{ id history {{ by }} nearDuplicates {{ code }} }}
  latestVersion {{ id }} versions {{ edges {{ node {{ id }} }} }} }} }}"""

VIEWS: dict[str, tuple[str, Any, Any]] = {
    "workProduct": (
        BIRTH_DOCUMENT,
        {
            "version": {"id": PUBLISHED, "history": [{"by": None}] * 5, "nearDuplicates": []},
            "latestVersion": {"id": PUBLISHED},
            "versions": {"edges": [{"node": {"id": PUBLISHED}}]},
        },
        {
            "version": {
                "id": PUBLISHED,
                "history": [{"by": by} for by in ("editor", "editor", "appraiser", "head", "head")],
                "nearDuplicates": [{"code": DRAFT_CODE}],
            },
            "latestVersion": {"id": REVISION},
            "versions": {"edges": [{"node": {"id": REVISION}}, {"node": {"id": PUBLISHED}}]},
        },
    ),
    "workProduct of a draft": (
        f'{{ workProduct(code: "{DRAFT_CODE}") {{ code latestVersion {{ id }} }} }}',
        None,
        {"code": DRAFT_CODE, "latestVersion": {"id": DRAFT}},
    ),
    "workProductVersion": (
        f'{{ workProductVersion(id: "{DRAFT}") {{ id }} }}',
        "NOT_FOUND",
        {"id": DRAFT},
    ),
    "versionChanges": (
        f'{{ versionChanges(before: "{PUBLISHED}", after: "{REVISION}") {{ field }} }}',
        "NOT_FOUND",
        [{"field": "nameVi"}],
    ),
    "versionChanges the other way": (
        f'{{ versionChanges(before: "{REVISION}", after: "{PUBLISHED}") {{ field }} }}',
        "NOT_FOUND",
        [{"field": "nameVi"}],
    ),
    "_entities": (
        f"""{{ _entities(representations: [
          {{__typename: "WorkProductVersion", id: "{DRAFT}"}},
          {{__typename: "WorkProductVersion", id: "{PUBLISHED}"}},
          {{__typename: "WorkProduct", id: "{DRAFT_CODE}"}},
          {{__typename: "WorkProduct", id: "{scenes.BIRTH}"}}
        ]) {{ ... on WorkProductVersion {{ id }} ... on WorkProduct {{ code }} }} }}""",
        [None, {"id": PUBLISHED}, None, {"code": scenes.BIRTH}],
        [{"id": DRAFT}, {"id": PUBLISHED}, {"code": DRAFT_CODE}, {"code": scenes.BIRTH}],
    ),
    "localAdjustments": (
        """{ localAdjustments(province: "56") { edges { node {
          state history { action by } version { id } } } } }""",
        {"edges": []},
        {
            "edges": [
                {
                    "node": {
                        "state": "PROPOSED",
                        "history": [{"action": "PROPOSED", "by": "editor"}],
                        "version": {"id": PUBLISHED},
                    }
                }
            ]
        },
    ),
}


async def seen(graph: Graph, view: str, actor: Actor) -> Any:
    """What the query answers, or the code of its refusal."""
    document, _, _ = VIEWS[view]
    result = await graph.execute(document, actor, {})
    if result.errors:
        return result.errors[0].extensions["code"]
    return result.data[view.split(maxsplit=1)[0]]


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda actor: str(actor.subject))
@pytest.mark.parametrize("view", VIEWS)
async def test_strangers_see_what_is_published(
    stocked: MemoryUnitOfWork, graph: Graph, view: str, stranger: Actor
) -> None:
    _, public, _ = VIEWS[view]

    assert await seen(graph, view, stranger) == public


@pytest.mark.parametrize("reader", READERS, ids=lambda actor: str(actor.subject))
@pytest.mark.parametrize("view", VIEWS)
async def test_each_role_of_the_catalogue_sees_its_provinces_drafts(
    stocked: MemoryUnitOfWork, graph: Graph, view: str, reader: Actor
) -> None:
    _, _, own = VIEWS[view]

    assert await seen(graph, view, reader) == own


PUBLIC = {
    "workProducts": "{ workProducts { edges { node { code } } } }",
    "catalogueRelease": "",
    "catalogueReleases": '{ catalogueReleases(province: "56") { edges { node { id } } } }',
    "catalogueChanges": "{ catalogueChanges { pageInfo { endCursor } } }",
    "catalogueFacets": '{ catalogueFacets(province: "56") { groups { group products } } }',
    "effectiveNorms": f"""{{ effectiveNorms(code: "{scenes.BIRTH}", unitId: "{people.COMMUNE}",
      asOf: "2026-07-01") {{ coefficient {{ value }} }} }}""",
    "cataloguePolicy": '{ cataloguePolicy(province: "56") { revision } }',
    "importTemplate": "{ importTemplate(format: CSV) { name } }",
}


@pytest.mark.parametrize("name", PUBLIC)
async def test_the_rest_is_public_and_the_same_for_everybody(
    stocked: MemoryUnitOfWork, graph: Graph, name: str
) -> None:
    document = PUBLIC[name]
    if name == "catalogueRelease":
        release_id = (await scenes.stored(stocked, PUBLISHED)).release_id
        versions = "versions { edges { node { id } } }"
        document = f'{{ catalogueRelease(id: "{release_id}") {{ {versions} }} }}'

    answers = [await graph.ask(document, actor) for actor in (*STRANGERS, *READERS)]

    assert answers[0][name]
    assert all(each == answers[0] for each in answers)


RESTRICTED = {
    "workProductVersions",
    "changeProposals",
    "catalogueWebhooks",
    "catalogueWebhookDeliveries",
}


def test_every_query_is_looked_at() -> None:
    query = schema._schema.query_type
    assert query is not None

    looked_at = {view.split()[0] for view in VIEWS} | set(PUBLIC) | RESTRICTED
    assert set(query.fields) - {"_service"} == looked_at


async def codes(graph: Graph, document: str, actor: Actor) -> Any:
    """Of the one listing in `document`, or the code of the refusal."""
    result = await graph.execute(document, actor, {})
    if result.errors:
        return result.errors[0].extensions["code"]
    [listing] = result.data.values()
    return [edge["node"]["code"] for edge in listing["edges"]]


VERSIONS = "{ workProductVersions { edges { node { code } } } }"
OF_UNIT = (
    f'{{ workProductVersions(filter: {{unitId: "{people.COMMUNE}"}}) {{ edges {{ node {{ code }} }}'
    " } }"
)


async def test_versions_in_work_are_for_the_provinces_own_people(
    stocked: MemoryUnitOfWork, graph: Graph
) -> None:
    nobody, no_reader, elsewhere, nowhere = STRANGERS

    for document in (VERSIONS, OF_UNIT):
        assert await codes(graph, document, nobody) == "UNAUTHENTICATED"
        assert await codes(graph, document, no_reader) == "FORBIDDEN"
        assert await codes(graph, document, nowhere) == "FORBIDDEN"
        for reader in READERS:
            assert len(await codes(graph, document, reader)) == 3
    assert await codes(graph, VERSIONS, elsewhere) == []
    assert await codes(graph, OF_UNIT, elsewhere) == "FORBIDDEN"


TO_US = "{ changeProposals { edges { node { code } } } }"
SENT = "{ changeProposals(sent: true) { edges { node { code } } } }"


async def test_proposals_are_for_those_who_sent_and_those_who_got_them(
    stocked: MemoryUnitOfWork, graph: Graph
) -> None:
    nobody, _, elsewhere, nowhere = STRANGERS
    others = frozenset(set(Role) - {*READERS_OF_DRAFTS, Role.MANAGER})
    no_reader = person("no-reader", *others, unit=people.COMMUNE)
    nation = person("nation", Role.STEERING_COMMITTEE, province="00")

    for document in (TO_US, SENT):
        assert await codes(graph, document, nobody) == "UNAUTHENTICATED"
        assert await codes(graph, document, no_reader) == "FORBIDDEN"
        assert await codes(graph, document, elsewhere) == []
        assert await codes(graph, document, nowhere) == []
    seen = await graph.ask(
        "{ changeProposals { edges { node { proposedBy history { action by } } } } }", READERS[0]
    )
    assert seen["changeProposals"]["edges"] == [
        {"node": {"proposedBy": "editor", "history": [{"action": "PROPOSED", "by": "editor"}]}}
    ]
    for reader in (*READERS, person("manager", Role.MANAGER)):
        assert await codes(graph, TO_US, reader) == [scenes.PLAN]
        sent = await codes(graph, SENT, reader)
        assert sorted(sent) == ["B.00.QG-1", scenes.PLAN]  # Both of one instant: in any order.
    assert await codes(graph, TO_US, nation) == ["B.00.QG-1"]
    assert await codes(graph, SENT, nation) == []


async def test_the_draft_of_a_proposal_is_seen_where_drafts_of_its_list_are(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    nation = person("nation", Role.STEERING_COMMITTEE, province="00")
    proposal = await proposal_steps.propose(uow, code="B.00.QG-1", province="00")
    proposal = await proposal_steps.decide(uow, proposal, actor=nation)
    document = "{ changeProposals(sent: %s) { edges { node { version { id } } } } }"

    own = await graph.ask(document % "false", nation)
    asking = await graph.ask(document % "true", people.EDITOR)

    assert own["changeProposals"]["edges"] == [{"node": {"version": {"id": proposal.version_id}}}]
    assert asking["changeProposals"]["edges"] == [{"node": {"version": None}}]


async def test_a_webhook_is_for_its_account_and_the_auditors_of_its_province(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    hrm = person("hrm", Role.PERSONNEL_SYNC)
    await a_webhook(uow, hrm)
    looks = (
        "{ it: catalogueWebhooks { edges { cursor } } }",
        f"""{{ it: catalogueWebhookDeliveries(webhookId: "{WEBHOOK_ID}", state: DELIVERED)
          {{ edges {{ cursor }} }} }}""",
    )

    async def seen(actor: Actor) -> list[Any]:
        answers = [await graph.execute(each, actor, {}) for each in looks]
        return [
            each.errors[0].extensions["code"] if each.errors else len(each.data["it"]["edges"])
            for each in answers
        ]

    for reader in (hrm, person("HRM", Role.SERVICE_PORTAL), person("aud", Role.AUDITOR)):
        assert await seen(reader) == [1, 1]
    assert await seen(person("other", Role.PERSONNEL_SYNC)) == [0, "FORBIDDEN"]
    assert await seen(person("aud", Role.AUDITOR, province="01")) == [0, "FORBIDDEN"]
    assert await seen(person("hrm", *set(Role) - {*SYSTEMS, Role.AUDITOR})) == ["FORBIDDEN"] * 2
    assert await seen(ANONYMOUS) == ["UNAUTHENTICATED"] * 2
