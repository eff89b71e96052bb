"""The subgraph as its readers meet it."""

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType

from catalogue import adjustment_steps, scenes
from catalogue.facts import TEAM, UNIT, tell_units
from catalogue.inputs import POLICY, call
from catalogue.people import (
    AUDITOR,
    COMMITTEE,
    EDITOR,
)
from catalogue_service.adapters.graphql.schema import schema
from congvu_kit.adapters.memory import MemoryUnitOfWork
from support.graph import Graph


async def test_anybody_reads_what_is_in_force_and_sees_nothing_of_drafts(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    first = await scenes.published(uow)
    await scenes.revise(uow, first, scenes.named("Bản nháp kín"))
    document = """query($code: String!, $on: Date) {
      workProduct(code: $code, asOf: $on) {
        nameVi group version { id coefficient points release { decisionNumber versionCount } }
        latestVersion { id } versions { edges { node { id history { action by } } } }
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
        "versions": {
            "edges": [
                {
                    "node": {
                        "id": first.id,
                        "history": [
                            {"action": action, "by": None}
                            for action in (
                                "DRAFTED",
                                "SUBMITTED",
                                "APPRAISED",
                                "APPROVED",
                                "PUBLISHED",
                            )
                        ],
                    }
                }
            ]
        },
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


async def test_releases_are_listed_by_province_and_by_unit(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await tell_units(uow, UNIT, TEAM)
    await scenes.published(uow)
    await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch"), scenes.AUGUST)
    document = """query($unit: ID) { catalogueReleases(province: "56", unitId: $unit) {
      edges { node {
        groups effectiveFrom unit { id } versions { edges { node { code } } } } } } }"""
    plan = {
        "groups": ["B"],
        "effectiveFrom": "2026-08-01",
        "unit": None,
        "versions": {"edges": [{"node": {"code": scenes.PLAN}}]},
    }
    birth = {
        "groups": ["C"],
        "effectiveFrom": "2026-07-01",
        "unit": {"id": UNIT.unit_id},
        "versions": {"edges": [{"node": {"code": scenes.BIRTH}}]},
    }

    province = await graph.ask(document)
    unit = await graph.ask(document, unit=UNIT.unit_id)
    elsewhere = await graph.ask(document, unit=TEAM.unit_id)

    listed = [
        [edge["node"] for edge in each["catalogueReleases"]["edges"]]
        for each in (province, unit, elsewhere)
    ]
    assert listed == [[plan, birth], [birth], []]


async def test_facets_are_counted_by_province_and_by_unit(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await tell_units(uow, UNIT)
    await scenes.published(uow)
    await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch", field="Văn phòng"))
    document = """query($unit: ID) { catalogueFacets(province: "56", unitId: $unit) {
      groups { group products } fields { field products } units { unit { id } products } } }"""

    province = (await graph.ask(document))["catalogueFacets"]
    unit = (await graph.ask(document, unit=UNIT.unit_id))["catalogueFacets"]

    assert [each["group"] for each in province["groups"]] == ["B", "C"]
    assert [each["field"] for each in province["fields"]] == ["Hộ tịch", "Văn phòng"]
    assert unit == {
        "groups": [{"group": "C", "products": 1}],
        "fields": [{"field": "Hộ tịch", "products": 1}],
        "units": [{"unit": {"id": UNIT.unit_id}, "products": 1}],
    }


async def test_what_holds_for_a_unit_says_where_it_comes_from(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.decide(uow, await adjustment_steps.propose(uow))

    seen = await graph.ask(
        """query($code: String!, $unit: ID!) {
          effectiveNorms(code: $code, unitId: $unit, asOf: "2026-07-01") {
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
