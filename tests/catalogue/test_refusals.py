"""What is not there, not one's to name, too much or too little: refused whole, and by its field."""

import base64
from dataclasses import replace
from decimal import Decimal

import pytest

from catalogue import adjustment_steps, facts, inputs, people, proposal_steps, scenes
from catalogue.inputs import Input, call
from catalogue_service.adapters.graphql.imports.inputs import ImportRowInput
from catalogue_service.application.collections import PRODUCTS
from catalogue_service.domain.adjustments.adjustments import Norm, check_value
from catalogue_service.domain.common.kinds import LocalityType
from catalogue_service.domain.imports.rows import COLUMNS
from catalogue_service.domain.policy.policy import CataloguePolicy
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Invalid
from support.graph import Graph

Refused = tuple[str, str | None, str | None]


async def refused(
    uow: MemoryUnitOfWork, graph: Graph, mutation: str, actor: Actor, input: Input
) -> Refused:
    """Code, field and rule of the refusal, which changed nothing."""
    before = await scenes.everything(uow)
    answer = await call(graph, mutation, actor, input)
    assert answer["__typename"] == "Problem"
    assert await scenes.everything(uow) == before
    return answer["code"], answer["field"], answer["ruleId"]


SEEN: Input = {"expectedRevision": 1}
RETIRED: Input = {**SEEN, "effectiveTo": "2026-08-01", "decisionNumber": "1/QĐ", "reason": "x"}
UNKNOWN: list[tuple[str, Actor, Input, Refused]] = [
    ("reviseWorkProduct", people.EDITOR, {"code": "C.56.X", "content": inputs.CONTENT, **SEEN},
     ("NOT_FOUND", "input.code", "C-I8")),
    ("retireWorkProduct", people.HEAD, {"code": "C.56.X", **RETIRED},
     ("NOT_FOUND", "input.code", "C-I8")),
    ("submitVersion", people.EDITOR, {"versionId": "C.56.X@1", **SEEN},
     ("NOT_FOUND", "input.versionId", "C-I8")),
    ("publishRelease", people.HEAD,
     {"decisionNumber": "1", "effectiveFrom": "2026-07-01", "versionIds": ["C.56.X@1"]},
     ("NOT_FOUND", "input.versionIds.0", "C-I8")),
    ("decideLocalAdjustment", people.COMMITTEE, {"adjustmentId": "adj_x", "approve": True, **SEEN},
     ("NOT_FOUND", "input.adjustmentId", None)),
    ("decideProposal", people.COMMITTEE,
     {"proposalId": "prop_x", "accept": True, "reason": "x", **SEEN},
     ("NOT_FOUND", "input.proposalId", None)),
    ("withdrawProposal", people.EDITOR, {"proposalId": "prop_x", **SEEN},
     ("NOT_FOUND", "input.proposalId", None)),
    ("commentOnProposal", people.EDITOR, {"proposalId": "prop_x", "text": "x"},
     ("NOT_FOUND", "input.proposalId", None)),
    ("proposeChange", people.EDITOR,
     {"kind": "CHANGE", "group": "B", "code": "B.56.X", "content": inputs.CONTENT,
      "justification": "x"},
     ("NOT_FOUND", "input.code", "C-I8")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mutation", "actor", "input", "told"), UNKNOWN, ids=[each[0] for each in UNKNOWN]
)
async def test_what_is_not_there_is_an_error(
    uow: MemoryUnitOfWork,
    graph: Graph,
    *,
    mutation: str,
    actor: Actor,
    input: Input,
    told: Refused,
) -> None:
    assert await refused(uow, graph, mutation, actor, input) == told


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"province": "5"}, ("INVALID", "input.province", None)),
        ({"province": "056"}, ("INVALID", "input.province", None)),
        ({"unitId": None}, ("INVALID", "input.unitId", "C-I6")),
        ({"group": "B", "code": "B.56.1"}, ("INVALID", "input.unitId", "C-I6")),
        ({"code": "C.56."}, ("INVALID", "input.code", "C-I6")),
        ({"code": "C.56.a"}, ("INVALID", "input.code", "C-I6")),
        ({"code": "C.56." + "X" * 60}, ("INVALID", "input.code", "C-I6")),
    ],
)
async def test_C_I6_a_list_and_a_code_are_named_as_they_are_written(
    uow: MemoryUnitOfWork, graph: Graph, named: Input, told: Refused
) -> None:
    await facts.tell_units(uow, facts.UNIT)
    input = {**await inputs.new_product(uow), **named}

    assert await refused(uow, graph, "draftWorkProduct", people.PROVINCE_EDITOR, input) == told


async def test_nobody_hears_more_than_that_they_are_nobody(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    nameless = {"group": "C", "code": "nonsense", "content": inputs.CONTENT}

    told = await refused(uow, graph, "draftWorkProduct", ANONYMOUS, nameless)

    assert told == ("UNAUTHENTICATED", None, None)


async def test_C_I6_a_code_that_is_taken_is_not_proposed_again(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.draft(uow, scenes.PLAN)

    told = await refused(uow, graph, "proposeChange", people.EDITOR, await inputs.wish(uow))

    assert told == ("CONFLICT", "input.code", "C-I6")


@pytest.mark.parametrize("code", [scenes.BIRTH, "C.56.UNKNOWN"])
async def test_C_I9_a_product_does_not_replace_itself_nor_does_an_unknown_one(
    uow: MemoryUnitOfWork, graph: Graph, code: str
) -> None:
    input = {**await inputs.published(uow), "replacementCode": code}

    told = await refused(uow, graph, "retireWorkProduct", people.HEAD, input)

    assert told[0] in ("INVALID", "NOT_FOUND")


async def test_C_I9_a_replacement_is_of_the_same_province_or_the_nation(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    input = {**await inputs.published(uow), "replacementCode": "B.01.1"}
    await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch"))
    async with uow.begin() as tx:
        plan = await tx.store(PRODUCTS).get(scenes.PLAN)
        elsewhere = replace(plan.catalogue, province="01")
        await tx.store(PRODUCTS).save(replace(plan, id="B.01.1", catalogue=elsewhere, revision=0))

    told = await refused(uow, graph, "retireWorkProduct", people.HEAD, input)

    assert told == ("INVALID", "input.replacementCode", "C-I9")


async def test_a_release_has_1_to_500_versions_and_each_code_once(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    first = await scenes.published(uow)
    twins = [first, await scenes.approved_again(uow, first)]
    ready = await scenes.approved(uow, "C.56.22363.2", scenes.named("Khác"))
    decision = inputs.decision(ready)

    none = await refused(uow, graph, "publishRelease", people.HEAD, {**decision, "versionIds": []})
    many = await refused(
        uow, graph, "publishRelease", people.HEAD, {**decision, "versionIds": [ready.id] * 501}
    )
    twice = await refused(
        uow,
        graph,
        "publishRelease",
        people.HEAD,
        {**decision, "versionIds": [each.id for each in twins]},
    )

    assert none == many == ("INVALID", "input.versionIds", None)
    assert twice == ("INVALID", "input.versionIds", "C-I2")


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
async def test_a_comment_has_1_to_4000_characters(
    uow: MemoryUnitOfWork, graph: Graph, text: str
) -> None:
    input = {**await inputs.remark(uow), "text": text}

    told = await refused(uow, graph, "commentOnProposal", people.EDITOR, input)

    assert told == ("INVALID", "input.text", None)
    assert "code" not in await call(
        graph, "commentOnProposal", people.EDITOR, {**input, "text": "x" * 4000}
    )


async def test_a_proposal_has_at_most_200_comments(uow: MemoryUnitOfWork) -> None:
    proposal = await proposal_steps.propose(uow)
    for number in range(200):
        proposal.comment(str(number), "editor", scenes.NOW)

    with pytest.raises(Invalid):
        proposal.comment("201", "editor", scenes.NOW)

    assert len(proposal.comments) == 200


async def test_versions_of_different_products_are_not_compared(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    one = await scenes.published(uow)
    other = await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch"))

    [told] = await graph.errors(
        "query($a: ID!, $b: ID!) { versionChanges(before: $a, after: $b) { field } }",
        a=one.id,
        b=other.id,
    )

    assert (told["code"], told["field"]) == ("INVALID", "after")


async def test_C_I7_a_norm_that_the_version_does_not_name_is_not_adjusted(
    uow: MemoryUnitOfWork,
) -> None:
    version = await scenes.draft(uow, content=scenes.named("Việc", lead_days=None))

    with pytest.raises(Invalid, match="says nothing") as refusal:
        check_value(
            version.content,
            Norm.LEAD_DAYS,
            Decimal(1),
            LocalityType.SPECIAL,
            CataloguePolicy(id="56"),
        )

    assert refusal.value.rule_id == "C-I7"


async def test_C_I8_a_shared_norm_is_adjusted_and_another_units_is_not(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    input = await inputs.wished_norm(uow)
    await scenes.published(uow)
    of_the_commune = {**input, "versionId": f"{scenes.BIRTH}@1", "unitId": "unit_team"}

    told = await refused(
        uow, graph, "proposeLocalAdjustment", adjustment_steps.TEAM_HEAD, of_the_commune
    )

    assert told == ("NOT_FOUND", "input.versionId", "C-I8")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"file": {"name": "a.csv", "contentBase64": "A" * 1_333_340}}, "at most 1000000 bytes"),
        ({"file": {"name": "a.csv", "contentBase64": "*"}}, "not in base64"),
        ({"file": {"name": "a.csv", "contentBase64": ""}, "rows": [inputs.ROW]}, "not both"),
        (
            {
                "file": {
                    "name": "a.csv",
                    "contentBase64": base64.b64encode(b"a,b,c").decode(),
                    "headings": [{"heading": "a", "column": "price"}],
                }
            },
            "a column that is none of",
        ),
    ],
)
async def test_a_file_that_cannot_be_taken_says_why(
    uow: MemoryUnitOfWork, graph: Graph, more: Input, reason: str
) -> None:
    before = await scenes.everything(uow)

    answer = await call(graph, "importWorkProducts", people.EDITOR, more)

    assert (answer["code"], answer["field"]) == ("INVALID", "input.file")
    assert reason in answer["message"]
    assert await scenes.everything(uow) == before


def test_a_row_of_an_import_has_every_column_of_a_sheet() -> None:
    fields = ImportRowInput.__strawberry_definition__.fields  # type: ignore[attr-defined]

    assert [field.python_name for field in fields] == ["row", *COLUMNS]
