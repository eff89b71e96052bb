"""What callers send in these tests, as GraphQL variables."""

from typing import Any

from catalogue import adjustment_steps, proposal_steps, scenes
from catalogue.facts import UNIT
from catalogue_service.application.collections import POLICIES
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.versions import WorkProductVersion
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from support.graph import Graph

Input = dict[str, Any]

CONTENT: Input = {
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
POLICY: Input = {
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
ROW: Input = {
    "row": 2,
    "group": "C",
    "code": scenes.BIRTH,
    "nameVi": "Khai sinh",
    "unitOfMeasure": "hồ sơ",
    "points": "5",
}


async def call(graph: Graph, name: str, actor: Actor, given: Input) -> Any:
    """The result of one mutation: its type, and the problem if it is one."""
    kind = name[0].upper() + name[1:]
    document = f"""mutation Call($input: {kind}Input!) {{
      {name}(input: $input) {{ __typename ... on Problem {{ code message field ruleId }} }}
    }}"""
    variables = {"idempotencyKey": scenes.key(), **given}
    return (await graph.ask(document, actor, input=variables))[name]


async def advance(graph: Graph, actor: Actor, given: Input) -> Any:
    """Preview the bulk step, then do what the preview showed; what was done, or the problem."""
    document = """mutation($input: AdvanceVersionsInput!) { advanceVersions(input: $input) {
      __typename ... on BulkReport { preview done items { code refusal { code ruleId } } }
      ... on Problem { code } } }"""
    first = await graph.ask(document, actor, input={**given, "idempotencyKey": scenes.key()})
    preview = first["advanceVersions"].get("preview")
    again = {**given, "idempotencyKey": scenes.key(), "preview": preview}
    return (await graph.ask(document, actor, input=again))["advanceVersions"]


async def import_rows(graph: Graph, actor: Actor, given: Input) -> Any:
    document = """mutation($input: ImportWorkProductsInput!) { importWorkProducts(input: $input) {
      __typename ... on ImportReport { written refused rows { outcome problem { ruleId } } }
      ... on Problem { code } } }"""
    variables = {"idempotencyKey": scenes.key(), **given}
    return (await graph.ask(document, actor, input=variables))["importWorkProducts"]


def about(version: WorkProductVersion) -> Input:
    return {"versionId": version.id, "expectedRevision": version.revision}


async def new_product(_: MemoryUnitOfWork) -> Input:
    return {
        "group": "C",
        "code": scenes.BIRTH,
        "content": CONTENT,
        "province": "56",
        "unitId": UNIT.unit_id,
    }


async def drafted(uow: MemoryUnitOfWork) -> Input:
    return about(await scenes.draft(uow))


async def revised(uow: MemoryUnitOfWork) -> Input:
    version = await scenes.draft(uow)
    return {
        "code": version.code,
        "expectedRevision": version.revision,
        "content": {**CONTENT, "points": "5"},
    }


async def submitted(uow: MemoryUnitOfWork) -> Input:
    return about(await scenes.submit(uow, await scenes.draft(uow)))


async def submitted_with_reason(uow: MemoryUnitOfWork) -> Input:
    return {**await submitted(uow), "reason": "Chưa rõ"}


async def appraised(uow: MemoryUnitOfWork) -> Input:
    return about(await scenes.appraised(uow))


async def appraised_shared(uow: MemoryUnitOfWork) -> Input:
    return about(await scenes.appraised(uow, scenes.PLAN))


async def appraised_shared_with_reason(uow: MemoryUnitOfWork) -> Input:
    return {**await appraised_shared(uow), "reason": "Chưa rõ"}


def decision(version: WorkProductVersion) -> Input:
    return {
        "decisionNumber": "283/QĐ-UBND",
        "effectiveFrom": "2026-07-01",
        "versionIds": [version.id],
    }


async def approved(uow: MemoryUnitOfWork) -> Input:
    return decision(await scenes.approved(uow))


async def approved_shared(uow: MemoryUnitOfWork) -> Input:
    return decision(await scenes.approved(uow, scenes.PLAN))


async def published(uow: MemoryUnitOfWork, code: str = scenes.BIRTH) -> Input:
    await scenes.published(uow, code)
    return {
        "code": code,
        "expectedRevision": (await scenes.product(uow, code)).revision,
        "effectiveTo": "2026-08-01",
        "decisionNumber": "300/QĐ",
        "reason": "Bãi bỏ",
    }


async def published_shared(uow: MemoryUnitOfWork) -> Input:
    return await published(uow, scenes.PLAN)


async def policy(uow: MemoryUnitOfWork) -> Input:
    """The second one of its province."""
    async with uow.begin() as tx:
        await tx.store(POLICIES).save(CataloguePolicy(id="56"))
    return {**POLICY, "province": "56", "expectedRevision": 1}


async def wished_norm(uow: MemoryUnitOfWork) -> Input:
    await adjustment_steps.in_place(uow)
    return {
        "versionId": f"{scenes.PLAN}@1",
        "unitId": UNIT.unit_id,
        "norm": "COEFFICIENT",
        "value": "3",
        "justification": "Miền núi",
        "validFrom": "2026-07-01",
        "validTo": "2027-07-01",
    }


async def proposed_norm(uow: MemoryUnitOfWork) -> Input:
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.propose(uow)
    return {
        "adjustmentId": adjustment.id,
        "expectedRevision": adjustment.revision,
        "approve": True,
    }


async def proposed_norm_of_the_team(uow: MemoryUnitOfWork) -> Input:
    """Its superior unit is the commune."""
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.propose(uow, actor=adjustment_steps.TEAM_HEAD)
    return {
        "adjustmentId": adjustment.id,
        "expectedRevision": adjustment.revision,
        "approve": True,
    }


async def wish(_: MemoryUnitOfWork) -> Input:
    return {
        "kind": "ADD",
        "group": "B",
        "province": "56",
        "code": scenes.PLAN,
        "content": CONTENT,
        "justification": "Cần",
    }


async def proposal(uow: MemoryUnitOfWork) -> Input:
    made = await proposal_steps.propose(uow)
    return {
        "proposalId": made.id,
        "expectedRevision": made.revision,
        "accept": True,
        "reason": "Phù hợp",
    }


async def remark(uow: MemoryUnitOfWork) -> Input:
    return {"proposalId": (await proposal_steps.propose(uow)).id, "text": "Đồng ý"}


async def own_proposal(uow: MemoryUnitOfWork) -> Input:
    made = await proposal_steps.propose(uow)
    return {"proposalId": made.id, "expectedRevision": made.revision}
