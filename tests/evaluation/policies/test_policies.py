"""Policies are drafted, approved by somebody else, published, and never change."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.plain import plain
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import review_scenes, scenes
from evaluation.people import (
    ADMIN,
    CHAIR,
    COMMITTEE,
    LAN,
    OTHER_ADMIN,
    OTHER_COMMITTEE,
    person,
)
from evaluation_service.application.collections import POLICIES
from evaluation_service.application.policies.commands import (
    DOCUMENT_MAX_CHARS,
    DraftPolicy,
    draft_policy,
    keep_shipped,
)
from evaluation_service.domain.policies.policies import PolicyState
from support.graph import Graph

BOTH = person("both", Role.PERIOD_ADMIN, Role.STEERING_COMMITTEE)
FIELDS = "... on ScoringPolicy { id state revision hash derivedFrom titleVi document }"
DECISION = {"number": "50/QĐ-UBND", "decidedOn": "2026-08-10"}


async def derive(
    graph: Graph,
    *,
    actor: Actor = ADMIN,
    policy_id: str = "KH-STAFF",
    rate: str = "0.25",
    base: str = "ND335-2025-STAFF",
    overrides: Mapping[str, str] | None = None,
) -> Any:
    asked = {
        "idempotencyKey": scenes.key(),
        "base": base,
        "policyId": policy_id,
        "titleVi": "Quy chế của tỉnh",
        "titleEn": "The province's own",
        "overrides": [
            {"name": name, "value": value}
            for name, value in (overrides or {"quota_rate": rate}).items()
        ],
    }
    return await graph.do("derivePolicy", asked, actor, FIELDS)


async def step(graph: Graph, name: str, policy: Any, actor: Actor, **more: object) -> Any:
    asked = {
        "idempotencyKey": scenes.key(),
        "id": policy["id"],
        "expectedRevision": policy["revision"],
        **more,
    }
    return await graph.do(name, asked, actor, FIELDS)


async def publish(graph: Graph, policy: Any, actor: Actor = COMMITTEE) -> Any:
    return await step(
        graph, "publishPolicy", policy, actor, decision=DECISION, effectiveFrom="2026-08-10"
    )


async def test_a_derived_policy_is_approved_published_and_pinned(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)

    draft = await derive(graph)
    approved = await step(graph, "approvePolicy", draft, COMMITTEE)
    published = await publish(graph, approved)
    period = await scenes.open_period(
        uow, staff_policy="KH-STAFF", starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1)
    )

    assert (draft["id"], draft["state"]) == ("KH-STAFF@1", "DRAFT")
    assert draft["derivedFrom"] == shipped_policy("ND335-2025-STAFF").ref
    assert (approved["state"], published["state"]) == ("APPROVED", "PUBLISHED")
    assert published["hash"] == draft["hash"]
    assert period.policies.staff.reference == "KH-STAFF@1"


async def test_a_draft_rates_nobody(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    await derive(graph)

    with pytest.raises(Exception, match="there is no such published policy"):
        await scenes.open_period(uow, staff_policy="KH-STAFF")
    with pytest.raises(Exception, match="is DRAFT, not PUBLISHED"):
        await scenes.open_period(uow, staff_policy="KH-STAFF@1")


async def test_bounds_of_the_base_hold(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)

    outside = await derive(graph, rate="0.26")
    draft = await derive(graph)
    document = json.loads(draft["document"])
    document["version"] = 2
    document["bands"]["table"][0]["at_least"] = 80
    loosened = await graph.do(
        "draftPolicy",
        {"idempotencyKey": scenes.key(), "document": json.dumps(document)},
        ADMIN,
        FIELDS,
    )

    assert (outside["code"], outside["ruleId"]) == ("INVALID", "quota_rate")
    assert (loosened["code"], loosened["ruleId"]) == ("INVALID", "derived_from")
    assert "bands.table[0].at_least" in loosened["message"]
    assert await uow.reading().store(POLICIES).find("KH-STAFF@2") is None


async def test_a_province_moves_the_last_day_of_a_stage_within_the_law_s_dates(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy("IN-SPARROW"), tx)

    async def moved(day: str) -> Any:
        days = {"ACCEPTING.last_day": day}
        return await derive(graph, base="IN-SPARROW", policy_id="KH-STAGES", overrides=days)

    refused = [await moved(day) for day in ("07-31", "01-15")]
    approved = await step(graph, "approvePolicy", await moved("10-15"), COMMITTEE)
    published = await publish(graph, approved)

    assert [(each["code"], each["ruleId"]) for each in refused] == [
        ("INVALID", "policy"),
        ("INVALID", "ACCEPTING"),
    ]
    stages = json.loads(published["document"])["workflow"]["stages"]
    assert [stage["last_day"] for stage in stages] == ["05-15", "06-30", "07-31", "10-15"]
    document = json.loads(published["document"]) | {"version": 2}
    document["workflow"]["stages"][3]["remind"] = []
    beyond = await graph.do(
        "draftPolicy",
        {"idempotencyKey": scenes.key(), "document": json.dumps(document)},
        ADMIN,
        FIELDS,
    )
    assert "workflow.stages[3].remind" in beyond["message"]


async def test_a_setting_that_names_no_criterion_is_refused_when_it_is_published(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    """Initiatives would count for nothing, and nobody would be told."""
    found = {}
    for named in ("III.1", "III.11"):
        document = dict(shipped_policy("ND335-2025-STAFF").document)
        del document["initiatives"]
        document |= {"id": f"KH-{named}", "version": 1}
        document["workflow"] = {"settings": {"initiative_criterion": named}}
        draft = await graph.do(
            "draftPolicy",
            {"idempotencyKey": scenes.key(), "document": json.dumps(plain(document))},
            ADMIN,
            FIELDS,
        )
        approved = await step(graph, "approvePolicy", draft, COMMITTEE)
        found[named] = await publish(graph, approved)

    assert found["III.1"]["state"] == "PUBLISHED"
    assert (found["III.11"]["code"], found["III.11"]["ruleId"]) == ("INVALID", "initiatives")


async def test_a_published_policy_is_immutable(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    draft = await derive(graph)
    published = await publish(graph, await step(graph, "approvePolicy", draft, COMMITTEE))

    again = await step(graph, "revisePolicy", published, ADMIN, document=published["document"])
    twice = await publish(graph, published)
    shipped = await step(
        graph,
        "approvePolicy",
        {"id": shipped_policy("ND335-2025-STAFF").ref, "revision": 1},
        COMMITTEE,
    )

    assert [(each["code"], each["ruleId"]) for each in (again, twice, shipped)] == [
        ("CONFLICT", "C-I1"),
        ("CONFLICT", "C-I1"),
        ("FORBIDDEN", "C-I1"),
    ]
    kept = await uow.reading().store(POLICIES).get("KH-STAFF@1")
    assert (kept.state, kept.hash) == (PolicyState.PUBLISHED, published["hash"])


async def test_the_drafter_never_approves(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    draft = await derive(graph, actor=BOTH)

    refused = await step(graph, "approvePolicy", draft, BOTH)

    assert (refused["code"], refused["ruleId"]) == ("FORBIDDEN", "C-I3")
    assert (await uow.reading().store(POLICIES).get(draft["id"])).state is PolicyState.DRAFT


async def test_nobody_approves_what_they_wrote_anew(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    draft = await derive(graph)
    document = json.dumps({**json.loads(draft["document"]), "title": {"vi": "Mới", "en": "New"}})
    rewritten = await step(graph, "revisePolicy", draft, BOTH, document=document)

    refused = await step(graph, "approvePolicy", rewritten, BOTH)
    approved = await step(graph, "approvePolicy", rewritten, COMMITTEE)

    assert (refused["code"], refused["ruleId"]) == ("FORBIDDEN", "C-I3")
    assert approved["state"] == "APPROVED"


@pytest.mark.parametrize(
    ("base", "actor", "said"),
    [("KH-STAFF@1", OTHER_ADMIN, "is of province '56'"), ("KH-DRAFT@1", ADMIN, "is DRAFT")],
)
async def test_only_published_policies_of_ones_own_reach_are_a_base(
    uow: MemoryUnitOfWork, graph: Graph, base: str, actor: Actor, said: str
) -> None:
    await scenes.commune(uow)
    own = await review_scenes.approved(uow, await review_scenes.derived(uow))
    await review_scenes.put_in_force(uow, own)
    await review_scenes.derived(uow, id="KH-DRAFT")
    known = await uow.reading().store(POLICIES).count()

    refused = await derive(graph, actor=actor, policy_id="NEW-STAFF", base=base)

    assert (refused["code"], refused["field"], refused["ruleId"]) == (
        "INVALID",
        "input.base",
        "E-I1",
    )
    assert said in refused["message"]
    assert await uow.reading().store(POLICIES).count() == known


async def test_versions_follow_each_other_and_ids_have_one_owner(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    first = await derive(graph)

    again = await derive(graph)
    stolen = await derive(graph, actor=OTHER_ADMIN)
    shipped = await derive(graph, policy_id="UEB-VNU")

    assert first["id"] == "KH-STAFF@1"
    assert [each["code"] for each in (again, stolen, shipped)] == ["CONFLICT"] * 3


@pytest.mark.parametrize(
    ("actor", "code"), [(ANONYMOUS, "UNAUTHENTICATED"), (CHAIR, "FORBIDDEN"), (LAN, "FORBIDDEN")]
)
async def test_only_period_admins_draft(
    uow: MemoryUnitOfWork, graph: Graph, actor: Actor, code: str
) -> None:
    await scenes.commune(uow)
    known = await uow.reading().store(POLICIES).count()

    refused = await derive(graph, actor=actor)

    assert refused["code"] == code
    assert await uow.reading().store(POLICIES).count() == known


async def test_another_provinces_committee_approves_nothing(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    draft = await derive(graph)

    refused = await step(graph, "approvePolicy", draft, OTHER_COMMITTEE)

    assert refused["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "input.document"),
        ("format: nonsense", "'id' is missing"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("x" * 100_001, "100000 characters"),
    ],
)
async def test_what_is_no_policy_is_refused(
    uow: MemoryUnitOfWork, graph: Graph, document: str, said: str
) -> None:
    refused = await graph.do(
        "draftPolicy", {"idempotencyKey": scenes.key(), "document": document}, ADMIN, FIELDS
    )

    assert refused["code"] == "INVALID"
    assert said in refused["message"]


async def test_a_command_with_a_longer_document_is_refused_too(uow: MemoryUnitOfWork) -> None:
    """The graph counts before it parses; whoever makes the command otherwise is told the same."""
    await scenes.commune(uow)
    document = (await review_scenes.derived(uow)).document.replace('"version":1', '"version":2', 1)
    command = DraftPolicy(
        actor=ADMIN, idempotency_key=scenes.key(), document=document + " " * DOCUMENT_MAX_CHARS
    )

    with pytest.raises(Invalid, match="100000 characters"):
        await perform(draft_policy, command, uow)

    assert await uow.reading().store(POLICIES).find("KH-STAFF@2") is None


async def test_drafts_are_seen_in_their_province_only(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    await derive(graph)
    query = "query($id: ID!) { scoringPolicy(id: $id) { id } }"

    async def seen(actor: Actor, id: str) -> bool:
        return (await graph.ask(query, actor, id=id))["scoringPolicy"] is not None

    assert await seen(ADMIN, "KH-STAFF@1")
    assert not await seen(OTHER_ADMIN, "KH-STAFF@1")
    assert not await seen(ANONYMOUS, "KH-STAFF@1")
    assert await seen(ANONYMOUS, shipped_policy("ND335-2025-STAFF").ref)


async def test_comments_count_towards_the_length_of_a_document(graph: Graph) -> None:
    """They are gone from the JSON, so nothing behind the graph sees how long it was."""
    document = "id: X\n#" + "x" * DOCUMENT_MAX_CHARS

    refused = await graph.do(
        "draftPolicy", {"idempotencyKey": scenes.key(), "document": document}, ADMIN, FIELDS
    )

    assert (refused["code"], refused["field"]) == ("INVALID", "input.document")
    assert "characters" in refused["message"]
