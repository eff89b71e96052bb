"""Who is shown which field of what citizens said."""

import json
from pathlib import Path

from congvu_kit.adapters.memory import MemoryUnitOfWork
from feedback import people
from feedback.commitments.steps import draft, publish
from feedback.data_requests.steps import ask, reply
from feedback.log.steps import checkpoint
from feedback.readers import EVERYBODY
from feedback.reviews.steps import burst
from feedback.scenes import PERIOD, file, log_of, rate, rating
from feedback.surveys.steps import opened
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.needs import Needs
from feedback_service.domain.data_requests.data_request import DataRight
from feedback_service.domain.log.receipt import receipt_text
from support.graph import Graph
from support.matrix import compare, matrix
from support.webhooks import WEBHOOK_ID, a_webhook


async def test_every_field_is_shown_to_those_in_the_file(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    await checkpoint(uow, needs, people.BOARD)
    complaint = (await file(uow, needs)).id
    filed = (await log_of(uow))[-1]
    receipt = receipt_text(
        needs.signer.origin,
        sequence=filed.number,
        leaf=filed.hash,
        subject=filed.subject,
        at=filed.at,
    )
    submission = (await rate(uow, needs, rating(comment="Tốt"))).id
    review = (await burst(uow, needs)).id
    commitment = (await publish(uow, needs)).id
    seen = await reply(uow, needs, await ask(uow, needs, complaint, DataRight.SEE))
    round = (await opened(uow)).id
    await draft(uow, needs)
    await a_webhook(uow, people.PORTAL)
    asked = {
        "feedbackWebhookDeliveries": f'(webhookId: "{WEBHOOK_ID}")',
        "surveyRound": f'(id: "{round}")',
        "surveyRounds": f'(unitId: "{people.WARD}")',
        "complaint": f'(id: "{complaint}")',
        "complaintByReceipt": f"(receipt: {json.dumps(receipt)})",
        "submission": f'(id: "{submission}")',
        "ratingReview": f'(id: "{review}")',
        "dataRequest": f'(id: "{seen.id}")',
        "commitment": f'(id: "{commitment}")',
        "complaintOverview": f'(unitId: "{people.COUNTER}")',
        "commitmentOverview": f'(unitId: "{people.WARD}")',
        "satisfaction": f'(unitId: "{people.COUNTER}", periodId: "{PERIOD}")',
        "satisfactionIndexes": f'(periodId: "{PERIOD}")',
        "submitterReads": f'(ownerId: "{complaint}")',
        "feedbackReadEntries": '(chainId: "56")',
        "logProof": "(sequence: 1)",
        "inclusionProof": "(sequence: 1)",
    }

    found = await matrix(graph, schema._schema, asked, EVERYBODY)

    compare(found, Path(__file__).parent / "visibility.json")
