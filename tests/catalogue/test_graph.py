"""The subgraph as callers meet it: each mutation by four callers, and the public reads."""

import base64
import io
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType

from catalogue import scenes, test_adjusting, test_proposing
from catalogue.people import (
    APPRAISER,
    AUDITOR,
    COMMITTEE,
    EDITOR,
    HEAD,
    OFFICER,
    OTHER_APPRAISER,
    OTHER_COMMITTEE,
    OTHER_EDITOR,
    OTHER_HEAD,
    person,
)
from catalogue.test_reactions import UNIT
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.adapters.sheets import write
from catalogue_service.application import reactions
from catalogue_service.domain.checking import checked
from catalogue_service.domain.kinds import Catalogue, Group
from catalogue_service.domain.policy import CataloguePolicy
from catalogue_service.domain.rows import cells_of
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from support.graph import Graph

STRANGER_HEAD = person("stranger", Role.UNIT_HEAD, province="01", unit="unit_ha_noi")

CONTENT = {
    "nameVi": "Đăng ký khai sinh",
    "unitOfMeasure": "hồ sơ",
    "complexity": "N1",
    "points": "12.5",
    "standardHours": "0.5",
    "leadDays": 1,
    "qualityCriteria": ["Đúng thẩm quyền"],
    "evidenceRequired": ["Mã hồ sơ một cửa"],
    "orientation": "PUBLIC_SERVICE",
    "jobPositions": ["ho-tich"],
    "legalBasis": "Luật Hộ tịch 2014",
    "procedureCode": "1.001193",
}
POLICY = {
    "decisionNumber": "5/QĐ",
    "expectedRevision": 0,
    "referencePoints": "25",
    "bounds": [
        {
            "complexity": f"N{n}",
            "leastCoefficient": "0.1",
            "mostCoefficient": str(4 * n),
            "mostPoints": str(100 * n),
        }
        for n in range(1, 6)
    ],
    "reaches": [
        {"locality": kind, "percent": "10"}
        for kind in ("URBAN", "RURAL", "MOUNTAIN", "DISADVANTAGED", "SPECIAL")
    ],
    "unitFields": ["legalBasis", "leadDays"],
}

Prepare = Callable[[MemoryUnitOfWork], Awaitable[dict[str, Any]]]


async def nothing(_: MemoryUnitOfWork) -> dict[str, Any]:
    return {"group": "C", "code": scenes.BIRTH, "content": CONTENT, "province": "56"}


async def a_draft(uow: MemoryUnitOfWork) -> dict[str, Any]:
    version = await scenes.draft(uow)
    return {"versionId": version.id, "expectedRevision": version.rev}


async def a_draft_to_revise(uow: MemoryUnitOfWork) -> dict[str, Any]:
    version = await scenes.draft(uow)
    return {
        "code": version.code,
        "expectedRevision": version.rev,
        "content": {**CONTENT, "points": "5"},
    }


async def submitted(uow: MemoryUnitOfWork) -> dict[str, Any]:
    version = await scenes.submit(uow, await scenes.draft(uow))
    return {"versionId": version.id, "expectedRevision": version.rev}


async def submitted_with_reason(uow: MemoryUnitOfWork) -> dict[str, Any]:
    return {**await submitted(uow), "reason": "Chưa rõ"}


async def appraised(uow: MemoryUnitOfWork) -> dict[str, Any]:
    version = await scenes.appraise(uow, await scenes.submit(uow, await scenes.draft(uow)))
    return {"versionId": version.id, "expectedRevision": version.rev}


async def approved(uow: MemoryUnitOfWork) -> dict[str, Any]:
    version = await scenes.approved(uow)
    return {
        "decisionNumber": "283/QĐ-UBND",
        "effectiveFrom": "2026-07-01",
        "versionIds": [version.id],
    }


async def published(uow: MemoryUnitOfWork) -> dict[str, Any]:
    await scenes.published(uow)
    return {
        "code": scenes.BIRTH,
        "expectedRevision": (await scenes.product(uow)).rev,
        "effectiveTo": "2026-08-01",
        "decisionNumber": "300/QĐ",
        "reason": "Bãi bỏ",
    }


async def rows(_: MemoryUnitOfWork) -> dict[str, Any]:
    row = {
        "row": 2,
        "group": "C",
        "code": scenes.BIRTH,
        "nameVi": "Khai sinh",
        "unitOfMeasure": "hồ sơ",
        "points": "5",
    }
    return {"rows": [row]}


async def a_policy(_: MemoryUnitOfWork) -> dict[str, Any]:
    return {**POLICY, "province": "56"}


async def a_place(uow: MemoryUnitOfWork) -> dict[str, Any]:
    for fact in (UNIT, test_adjusting.PROVINCE):
        async with uow.begin() as tx:
            await reactions.keep_unit(fact, tx)
    version = await scenes.published(uow, scenes.PLAN)
    return {
        "versionId": version.id,
        "unit": UNIT.unit_id,
        "norm": "COEFFICIENT",
        "value": "3",
        "justification": "Miền núi",
        "validFrom": "2026-07-01",
        "validTo": "2027-07-01",
    }


async def an_adjustment(uow: MemoryUnitOfWork) -> dict[str, Any]:
    await a_place(uow)
    adjustment = await test_adjusting.propose(uow)
    return {
        "adjustmentId": adjustment.id,
        "expectedRevision": adjustment.rev,
        "approve": True,
    }


async def a_wish(_: MemoryUnitOfWork) -> dict[str, Any]:
    return {
        "kind": "ADD",
        "group": "B",
        "province": "56",
        "code": scenes.PLAN,
        "content": CONTENT,
        "justification": "Cần",
    }


async def a_proposal(uow: MemoryUnitOfWork) -> dict[str, Any]:
    proposal = await test_proposing.propose(uow)
    return {
        "proposalId": proposal.id,
        "expectedRevision": proposal.rev,
        "accept": True,
        "reason": "Phù hợp",
    }


async def a_discussion(uow: MemoryUnitOfWork) -> dict[str, Any]:
    return {"proposalId": (await test_proposing.propose(uow)).id, "text": "Đồng ý"}


async def own_proposal(uow: MemoryUnitOfWork) -> dict[str, Any]:
    proposal = await test_proposing.propose(uow)
    return {"proposalId": proposal.id, "expectedRevision": proposal.rev}


MUTATIONS: list[tuple[str, Prepare, Actor, Actor, Actor, str]] = [
    ("draftWorkProduct", nothing, EDITOR, APPRAISER, OTHER_EDITOR, "WorkProductVersion"),
    ("reviseWorkProduct", a_draft_to_revise, EDITOR, HEAD, OTHER_EDITOR, "WorkProductVersion"),
    ("submitVersion", a_draft, EDITOR, APPRAISER, OTHER_EDITOR, "WorkProductVersion"),
    ("withdrawVersion", submitted, EDITOR, HEAD, OTHER_EDITOR, "WorkProductVersion"),
    ("appraiseVersion", submitted, APPRAISER, EDITOR, OTHER_APPRAISER, "WorkProductVersion"),
    ("requestChanges", submitted_with_reason, APPRAISER, OFFICER, OTHER_APPRAISER,
     "WorkProductVersion"),
    ("approveVersion", appraised, HEAD, COMMITTEE, OTHER_HEAD, "WorkProductVersion"),
    ("rejectVersion", submitted_with_reason, HEAD, EDITOR, OTHER_HEAD, "WorkProductVersion"),
    ("publishRelease", approved, HEAD, COMMITTEE, OTHER_HEAD, "CatalogueRelease"),
    ("retireWorkProduct", published, HEAD, COMMITTEE, STRANGER_HEAD, "WorkProduct"),
    ("enactCataloguePolicy", a_policy, COMMITTEE, HEAD, OTHER_COMMITTEE, "CataloguePolicy"),
    ("proposeLocalAdjustment", a_place, HEAD, APPRAISER, OTHER_HEAD, "LocalAdjustment"),
    ("decideLocalAdjustment", an_adjustment, COMMITTEE, APPRAISER, OTHER_COMMITTEE,
     "LocalAdjustment"),
    ("proposeChange", a_wish, EDITOR, OFFICER, OTHER_EDITOR, "ChangeProposal"),
    ("commentOnProposal", a_discussion, HEAD, OFFICER, OTHER_EDITOR, "ChangeProposal"),
    ("decideProposal", a_proposal, COMMITTEE, HEAD, OTHER_COMMITTEE, "ChangeProposal"),
    ("withdrawProposal", own_proposal, EDITOR, HEAD, OTHER_EDITOR, "ChangeProposal"),
]  # fmt: skip


async def call(graph: Graph, name: str, actor: Actor, given: Mapping[str, Any]) -> Any:
    kind = name[0].upper() + name[1:]
    document = f"""mutation Call($input: {kind}Input!) {{
      {name}(input: $input) {{ __typename ... on Problem {{ code message field ruleId }} }}
    }}"""
    variables = {"idempotencyKey": scenes.key(), **given}
    return (await graph.ask(document, actor, input=variables))[name]


@pytest.mark.parametrize(
    ("name", "prepare", "right", "wrong_role", "wrong_place", "answer"),
    MUTATIONS,
    ids=[each[0] for each in MUTATIONS],
)
async def test_a_mutation_serves_the_right_caller_and_refuses_the_others(
    uow: MemoryUnitOfWork,
    graph: Graph,
    *,
    name: str,
    prepare: Prepare,
    right: Actor,
    wrong_role: Actor,
    wrong_place: Actor,
    answer: str,
) -> None:
    given = await prepare(uow)
    before = await scenes.everything(uow)

    refusals = [
        await call(graph, name, actor, given) for actor in (ANONYMOUS, wrong_role, wrong_place)
    ]

    assert refusals[0]["code"] == "UNAUTHENTICATED"
    assert {each["code"] for each in refusals[1:]} <= {"FORBIDDEN", "NOT_FOUND", "INVALID"}
    assert await scenes.everything(uow) == before
    assert (await call(graph, name, right, given))["__typename"] == answer


def test_every_mutation_is_called_by_four_callers() -> None:
    mutation = schema._schema.mutation_type
    assert mutation is not None

    tested = {each[0] for each in MUTATIONS} | {"importWorkProducts", "advanceVersions"}
    assert set(mutation.fields) == tested


@pytest.mark.parametrize("actor", [ANONYMOUS, OFFICER, OTHER_EDITOR])
async def test_an_import_writes_nothing_for_strangers(
    uow: MemoryUnitOfWork, graph: Graph, actor: Actor
) -> None:
    document = """mutation($input: ImportWorkProductsInput!) { importWorkProducts(input: $input) {
      ... on ImportReport { written refused rows { outcome problem { ruleId } } }
      ... on Problem { code } } }"""
    before = await scenes.everything(uow)
    given = {**await rows(uow), "idempotencyKey": "k", "province": "56", "unit": UNIT.unit_id}

    done = (await graph.ask(document, actor, input=given))["importWorkProducts"]

    assert done.get("code") == "UNAUTHENTICATED" or (done["written"], done["refused"]) == (0, 1)
    assert await scenes.everything(uow) == before


async def test_the_same_key_answers_again_and_another_body_does_not(graph: Graph) -> None:
    given = {
        "idempotencyKey": "same",
        "group": "C",
        "code": scenes.BIRTH,
        "content": CONTENT,
    }

    first = await call(graph, "draftWorkProduct", EDITOR, given)
    again = await call(graph, "draftWorkProduct", EDITOR, given)
    other = await call(
        graph, "draftWorkProduct", EDITOR, {**given, "content": {**CONTENT, "points": "5"}}
    )

    assert (first, other["code"]) == (again, "IDEMPOTENCY_MISMATCH")


async def test_anybody_reads_what_is_in_force_and_sees_nothing_of_drafts(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    first = await scenes.published(uow)
    await scenes.revise(uow, first, scenes.named("Bản nháp kín"))
    document = """query($code: String!, $on: Date) {
      workProduct(code: $code, asOf: $on) {
        nameVi group version { id coefficient points release { decisionNumber versionCount } }
        latestVersion { id } versions { id history { action by } }
      }
      workProducts(first: 5, filter: {asOf: $on, text: "dang ky"}) {
        edges { node { code version { number } } } pageInfo { hasNextPage endCursor }
      }
    }"""

    seen = await graph.ask(document, code=scenes.BIRTH, on="2026-07-01")
    earlier = await graph.ask(document, code=scenes.BIRTH, on="2026-06-30")

    assert seen["workProduct"] == {
        "nameVi": "Đăng ký khai sinh",
        "group": "C",
        "version": {
            "id": first.id,
            "coefficient": "2.5",
            "points": "12.5",
            "release": {"decisionNumber": "283/QĐ-UBND", "versionCount": 1},
        },
        "latestVersion": {"id": first.id},
        "versions": [
            {
                "id": first.id,
                "history": [
                    {"action": action, "by": None}
                    for action in ("DRAFTED", "SUBMITTED", "APPRAISED", "APPROVED", "PUBLISHED")
                ],
            }
        ],
    }
    assert seen["workProducts"]["edges"] == [
        {"node": {"code": scenes.BIRTH, "version": {"number": 1}}}
    ]
    assert (earlier["workProduct"]["version"], earlier["workProducts"]["edges"]) == (None, [])


async def test_the_provinces_own_people_see_names_and_drafts(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    first = await scenes.published(uow)
    await scenes.revise(uow, first, scenes.named("Đăng ký khai sinh lại"))

    seen = await graph.ask(
        """query($code: String!) { workProduct(code: $code) {
          latestVersion { id state missing nearDuplicates { code } history { by } } } }""",
        AUDITOR,
        code=scenes.BIRTH,
    )

    assert seen["workProduct"]["latestVersion"] == {
        "id": f"{scenes.BIRTH}@2",
        "state": "DRAFT",
        "missing": [],
        "nearDuplicates": [],
        "history": [{"by": "editor"}],
    }


async def test_a_draft_with_almost_the_same_name_is_warned_of(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.published(uow)
    twin = await scenes.draft(uow, "C.56.22363.7", scenes.named("Đăng ký  khai sinh."))

    seen = await graph.ask(
        "query($id: ID!) { workProductVersion(id: $id) { nearDuplicates { code similarity } } }",
        EDITOR,
        id=twin.id,
    )

    assert seen["workProductVersion"]["nearDuplicates"] == [
        {"code": scenes.BIRTH, "similarity": "0.92"}
    ]


async def test_C_I8_an_unknown_version_is_an_error_and_an_unknown_code_is_null(
    graph: Graph,
) -> None:
    unknown = await graph.ask("""{ workProduct(code: "C.56.X") { code } }""")
    errors = [
        await graph.errors("""{ workProductVersion(id: "C.56.X@1") { id } }"""),
        await graph.errors("""{ catalogueRelease(id: "rel_1") { id } }"""),
    ]

    assert unknown == {"workProduct": None}
    assert [each[0]["ruleId"] for each in errors] == ["C-I8", "C-I8"]


async def test_entities_come_in_order_with_null_for_what_is_not_there(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    version = await scenes.published(uow)
    draft = await scenes.draft(uow, "C.56.22363.2", scenes.named("Kín"))
    document = """query($r: [_Any!]!) { _entities(representations: $r) {
      ... on WorkProductVersion { id workProduct { nameVi group } }
      ... on WorkProduct { code } } }"""
    asked = [
        {"__typename": "WorkProductVersion", "id": "C.56.X@1"},
        {"__typename": "WorkProductVersion", "id": version.id},
        {"__typename": "WorkProductVersion", "id": draft.id},
        {"__typename": "WorkProduct", "id": scenes.BIRTH},
    ]

    seen = await graph.ask(document, r=asked)

    assert seen["_entities"] == [
        None,
        {"id": version.id, "workProduct": {"nameVi": "Đăng ký khai sinh", "group": "C"}},
        None,
        {"code": scenes.BIRTH},
    ]


async def test_two_versions_are_compared(uow: MemoryUnitOfWork, graph: Graph) -> None:
    first = await scenes.published(uow)
    second = await scenes.revise(uow, first, scenes.named("Khai sinh mới"))

    seen = await graph.ask(
        """query($a: ID!, $b: ID!) { versionChanges(before: $a, after: $b) {
          field before after } }""",
        EDITOR,
        a=first.id,
        b=second.id,
    )

    assert seen["versionChanges"] == [
        {"field": "nameVi", "before": "Đăng ký khai sinh", "after": "Khai sinh mới"}
    ]


async def test_a_file_is_imported_as_it_is(uow: MemoryUnitOfWork, graph: Graph) -> None:
    content = checked(
        scenes.FULL, Catalogue(group=Group.B, province="56"), CataloguePolicy(id="56")
    )
    target = io.BytesIO()
    write("a.xlsx", target, [cells_of(Group.B, scenes.PLAN, content)])
    document = """mutation($input: ImportWorkProductsInput!) { importWorkProducts(input: $input) {
      ... on ImportReport { written rows { row code outcome versionId } }
      ... on Problem { code field message } } }"""
    file = {"name": "a.xlsx", "contentBase64": base64.b64encode(target.getvalue()).decode()}

    done = await graph.ask(document, EDITOR, input={"idempotencyKey": "k", "file": file})
    broken = {"name": "a.xlsx", "contentBase64": "AAAA"}
    failed = await graph.ask(document, EDITOR, input={"idempotencyKey": "l", "file": broken})

    assert done["importWorkProducts"] == {
        "written": 1,
        "rows": [
            {
                "row": 2,
                "code": scenes.PLAN,
                "outcome": "CREATED",
                "versionId": f"{scenes.PLAN}@1",
            }
        ],
    }
    assert (failed["importWorkProducts"]["code"], failed["importWorkProducts"]["field"]) == (
        "INVALID",
        "input.file",
    )


async def test_a_template_is_there_for_everybody(graph: Graph) -> None:
    seen = await graph.ask("{ importTemplate(format: CSV) { name contentBase64 } }")

    text = base64.b64decode(seen["importTemplate"]["contentBase64"]).decode("utf-8-sig")
    assert seen["importTemplate"]["name"] == "danh-muc.csv"
    assert text.startswith("Nhóm,Mã,Tên sản phẩm/công việc,")


async def test_what_holds_for_a_unit_says_where_it_comes_from(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await a_place(uow)
    adjustment = await test_adjusting.decide(uow, await test_adjusting.propose(uow))

    seen = await graph.ask(
        """query($code: String!, $unit: ID!) {
          effectiveNorms(code: $code, unit: $unit, asOf: "2026-07-01") {
            coefficient { value common adjustment { id justification unit { id } } }
            leadDays { value common adjustment { id } } } }""",
        code=scenes.PLAN,
        unit=UNIT.unit_id,
    )

    assert seen["effectiveNorms"] == {
        "coefficient": {
            "value": "3",
            "common": "2.5",
            "adjustment": {
                "id": adjustment.id,
                "justification": "Địa bàn miền núi, đi lại khó khăn",
                "unit": {"id": UNIT.unit_id},
            },
        },
        "leadDays": {"value": "1", "common": "1", "adjustment": None},
    }


async def test_a_policy_is_read_back_as_it_was_enacted(graph: Graph) -> None:
    await call(graph, "enactCataloguePolicy", COMMITTEE, POLICY)

    seen = await graph.ask(
        """{ own: cataloguePolicy(province: "56") { revision referencePoints unitFields
               bounds { complexity mostCoefficient } decisionNumber }
             other: cataloguePolicy(province: "01") { revision referencePoints } }"""
    )

    assert seen["own"]["bounds"][4] == {"complexity": "N5", "mostCoefficient": "20"}
    assert {k: v for k, v in seen["own"].items() if k != "bounds"} == {
        "revision": 1,
        "referencePoints": "25",
        "unitFields": ["legalBasis", "leadDays"],
        "decisionNumber": "5/QĐ",
    }
    assert seen["other"] == {"revision": 0, "referencePoints": "5"}


def test_every_type_field_argument_and_value_is_described() -> None:
    silent = [text for name, kind in _own_types() for text in _silent(name, kind)]

    assert silent == []


def _own_types() -> list[tuple[str, object]]:
    types = schema._schema.type_map.items()
    foreign = ("_", "link__", "ProblemCode")  # The federation's and the kit's own.
    return [(name, kind) for name, kind in types if not name.startswith(foreign)]


def _silent(name: str, kind: object) -> list[str]:
    """What of `kind` says nothing; an argument `input` is described by its type."""
    if isinstance(kind, GraphQLEnumType):
        return [f"{name}.{v}" for v, value in kind.values.items() if not value.description]
    if isinstance(kind, GraphQLInputObjectType):
        return [f"{name}.{f}" for f, field in kind.fields.items() if not field.description]
    if not isinstance(kind, GraphQLObjectType):
        return []
    silent = [] if kind.description or name in ("Query", "Mutation") else [name]
    for f, field in kind.fields.items():
        silent += [f"{name}.{f}"] if not (field.description or f.startswith("_")) else []
        silent += [
            f"{name}.{f}({a})"
            for a, argument in field.args.items()
            if not (argument.description or a == "input" or f.startswith("_"))
        ]
    return silent
