"""Who is shown which field, before the results are published and after."""

from pathlib import Path

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation.readers import READERS, Sights, sights
from evaluation_service.adapters.graphql.schema import schema
from support.graph import Graph
from support.matrix import compare, matrix
from support.webhooks import WEBHOOK_ID


def asked(there: Sights) -> dict[str, str]:
    ids = there.ids
    ref = '(ref: {system: "hrm.khanhhoa", id: "%s"})'
    person, period = f'civilServantId: "{ids["person"]}"', f'periodId: "{ids["period"]}"'
    return {
        "civilServant": f'(id: "{ids["person"]}")',
        "civilServantByRef": ref % "cb-011",
        "civilServants": f'(unitId: "{ids["unit"]}")',
        "orgUnits": '(province: "56")',
        "civilServantRows": '(province: "56")',
        "jobPositions": '(province: "56")',
        "orgUnit": f'(id: "{ids["unit"]}")',
        "orgUnitByRef": ref % "H32.31.07",
        "evaluationPeriod": f'(id: "{ids["period"]}")',
        "evaluation": f'(id: "{ids["evaluation"]}")',
        "recomputation": f'(evaluationId: "{ids["evaluation"]}")',
        "assignment": f'(id: "{ids["assignment"]}")',
        "agreement": f'(id: "{ids["agreement"]}")',
        "objective": f'(id: "{ids["objective"]}")',
        "crisis": f'(id: "{ids["crisis"]}")',
        "periodReadiness": f"({period})",
        "orgEvaluations": f"({period})",
        "orgEvaluation": f'(id: "{ids["orgEvaluation"]}")',
        "rankingRuns": f"({period})",
        "stageDelegations": f"({period})",
        "periodFigures": f"({period})",
        "consequences": f"({period})",
        "trainingNeeds": f"({period})",
        "fairnessReports": f"({period})",
        "unitResources": f"({period})",
        "rankingRun": f'({period}, id: "{ids["run"]}")',
        "vetoEvents": f"({person})",
        "civilServantReads": f"({person})",
        "evaluationWebhookDeliveries": f'(webhookId: "{WEBHOOK_ID}")',
        "evaluationReadEntries": '(chainId: "56")',
        "scoringPolicy": f'(id: "{ids["draft"]}")',
        "scoringPolicies": "(state: DRAFT)",
        "workingCalendar": "(year: 2026)",
        "workingDays": '(startsOn: "2026-08-20", endsOn: "2026-09-05")',
        "simulateScore": f"(input: {{{period}}})",
    }


@pytest.mark.parametrize("published", [False, True], ids=["early", "published"])
async def test_every_field_is_shown_to_those_in_the_file(
    uow: MemoryUnitOfWork, graph: Graph, published: bool
) -> None:
    there = await sights(uow, published=published)

    found = await matrix(graph, schema._schema, asked(there), READERS)

    name = "published" if published else "early"
    compare(found, Path(__file__).parent / f"visibility-{name}.json")
