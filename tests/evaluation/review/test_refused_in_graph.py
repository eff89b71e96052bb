"""What nobody may do about a result any more, as a caller meets it: in the graph, in Vietnamese."""

from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.needs import NEEDS
from evaluation.people import BOARD, MINH, MINH_ID
from evaluation.review_scenes import post_audit, published
from evaluation.scenes import evaluation_of
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.application.collections import APPEALS, POST_AUDITS
from support.clock import FixedClock
from support.graph import Graph

PROBLEM = "... on Problem { code message ruleId }"


@pytest.fixture
def graph(uow: MemoryUnitOfWork) -> Graph:
    return Graph(schema, uow, needs=NEEDS, language="vi")


@pytest.mark.parametrize("window", [0, 7])
async def test_E_I3_an_appeal_on_a_closed_period_is_refused(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock, window: int
) -> None:
    period = await published(uow, appeal_days=window)
    clock.pass_days(window + 1)
    await scenes.move(uow, period, "close")
    minh = await evaluation_of(uow, period, MINH_ID)
    asked = {"idempotencyKey": "late", "evaluationId": minh.id, "grounds": "Tính thiếu việc"}

    answer = await graph.do("fileAppeal", asked, MINH, PROBLEM)

    assert (answer["code"], answer["ruleId"]) == ("CONFLICT", "E-I3")
    assert answer["message"].endswith("kỳ đã khóa, không còn nhận kiến nghị.")
    assert await uow.reading().store(APPEALS).count() == 0


@pytest.mark.parametrize("corrected", [True, False])
async def test_E_I4_who_decided_the_complaint_does_not_decide_its_post_audit(
    uow: MemoryUnitOfWork, graph: Graph, corrected: bool
) -> None:
    period = await published(uow)
    audit = await post_audit(uow, MINH_ID, BOARD)
    minh = await evaluation_of(uow, period, MINH_ID)
    asked: dict[str, Any] = {
        "idempotencyKey": "own",
        "postAuditId": audit.id,
        "expectedRevision": audit.revision,
        "reason": "Đã xem xét",
    }
    if corrected:
        lower = {"general": [{"key": "I.1", "points": "1"}]}
        asked |= {"evaluationId": minh.id, "correction": lower}

    answer = await graph.do("decidePostAudit", asked, BOARD, PROBLEM)

    assert (answer["code"], answer["ruleId"]) == ("FORBIDDEN", "E-I4")
    assert answer["message"].startswith("Người đã kết luận vụ việc này")
    assert await uow.reading().store(POST_AUDITS).get(audit.id) == audit
    assert await evaluation_of(uow, period, MINH_ID) == minh
