"""No refusal repeats what was sent: every text of every operation is a marker; none comes back."""

from collections.abc import Callable

import pytest
import structlog
from strawberry.federation import Schema

from catalogue.needs import NEEDS as CATALOGUE
from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from evaluation.needs import NEEDS as EVALUATION
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback.scenes import make_needs
from feedback_service.adapters.graphql.schema import schema as feedback
from support.graph import PROBLEM, Graph
from support.malformed import inputs_of, sent

GRAPHS: dict[str, tuple[Schema, Callable[[], object]]] = {
    "catalogue": (catalogue, lambda: CATALOGUE),
    "evaluation": (evaluation, lambda: EVALUATION),
    "feedback": (feedback, make_needs),
}
EVERYTHING = Actor(
    subject="somebody", roles=frozenset(Role), province="56", unit="ou_1", officer="cs_1"
)
MARKERS = [
    "Dấu-7f3a9 0912345678",
    "x\"y'z-7f3a9",
    "7f3a9",
    '{"$ne": null, "of": "7f3a9"}',
    "7f3a9" * 20_000,
]
CODES = {
    "INVALID", "NOT_FOUND", "CONFLICT", "FORBIDDEN", "UNAUTHENTICATED", "IDEMPOTENCY_MISMATCH",
    "RATE_LIMITED", "UNAVAILABLE",
}  # fmt: skip


@pytest.mark.parametrize("marker", MARKERS, ids=lambda each: each[:8])
@pytest.mark.parametrize("name", GRAPHS)
async def test_no_refusal_repeats_what_was_sent(name: str, marker: str) -> None:
    schema, needs = GRAPHS[name]
    inputs = inputs_of(schema._schema)
    refusals = 0
    for field in inputs.good:
        place = next(each for each in inputs.places if each.field == field)
        selection = f"{{ __typename {PROBLEM} }}" if place.operation == "mutation" else None
        document = place.document.replace("{ __typename }", selection or "{ __typename }")
        for language in ("vi", "en"):
            graph = Graph(schema, MemoryUnitOfWork(), needs=needs(), language=language)
            with structlog.testing.capture_logs() as logged:
                result = await graph.execute(
                    document, EVERYTHING, sent(inputs.marked(field, marker))
                )
            errors = [each.formatted for each in result.errors or ()]
            problem = (result.data or {}).get(field) if place.operation == "mutation" else None
            told = [each["message"] for each in errors]
            told += [problem["message"]] if problem and "message" in problem else []
            refusals += len(told)
            assert {each["extensions"]["code"] for each in errors} <= CODES, (field, logged, errors)
            assert "7f3a9" not in str([told, errors, logged]), (field, told)
            assert all(len(each) < 2_000 for each in told), field
    assert refusals > 10
