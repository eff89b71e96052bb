"""Who is shown which field of the catalogue: strangers the published, its people the drafts."""

from pathlib import Path

from catalogue import adjustment_steps, facts, people, proposal_steps, scenes
from catalogue.people import person
from catalogue_service.adapters.graphql.schema import schema
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Role
from support.graph import Graph
from support.matrix import compare, matrix
from support.webhooks import WEBHOOK_ID, a_webhook

DAY = "2026-07-01"

READERS = {
    "anonymous": ANONYMOUS,
    "a token of nowhere": people.NOWHERE,
    **{
        f"{role} {where}": person(f"{role}-{where}", role, province=province, unit=people.COMMUNE)
        for role in Role
        for where, province in (("here", "56"), ("elsewhere", "01"))
    },
}


async def test_every_field_is_shown_to_those_in_the_file(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await facts.tell_units(uow, facts.UNIT, facts.PROVINCE)
    first = await scenes.published(uow)
    draft = await scenes.draft(uow, "C.56.22363.9", scenes.named("Đăng ký khai sinh."))
    await scenes.revise(uow, first, scenes.named("Bản nháp kín"))
    await adjustment_steps.propose(uow, version_id=first.id)
    await proposal_steps.propose(uow)
    await a_webhook(uow, READERS["personnel-sync here"])
    asked = {
        "catalogueWebhookDeliveries": f'(webhookId: "{WEBHOOK_ID}")',
        "workProduct": f'(code: "{scenes.BIRTH}")',
        "workProductVersion": f'(id: "{draft.id}")',
        "versionChanges": f'(before: "{first.id}", after: "{scenes.BIRTH}@2")',
        "workProducts": '(filter: {province: "56", asOf: "2026-07-01"})',
        "catalogueChanges": '(province: "56")',
        "catalogueFacets": '(province: "56")',
        "catalogueRelease": f'(id: "{first.release_id}")',
        "catalogueReleases": '(province: "56")',
        "localAdjustments": '(province: "56")',
        "effectiveNorms": f'(code: "{scenes.BIRTH}", unitId: "{people.COMMUNE}", asOf: "{DAY}")',
        "cataloguePolicy": '(province: "56")',
    }

    found = await matrix(graph, schema._schema, asked, READERS)

    compare(found, Path(__file__).parent / "visibility.json")
