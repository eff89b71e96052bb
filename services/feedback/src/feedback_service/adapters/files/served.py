"""What the gateway serves of an index."""

import httpx

from congvu_kit.tools.log_export import TIMEOUT_S, asked

INDEX_QUERY = """query Index($unit: ID!, $period: ID!) {
  satisfaction(unitId: $unit, periodId: $period) {
    index satisfied answers minimum state intervalLow intervalHigh logSequence
  }
}"""


def served_index(url: str, *, unit_id: str, period_id: str) -> dict[str, object]:
    """Empty when it serves none."""
    with httpx.Client(timeout=TIMEOUT_S) as client:
        answer = asked(client, url, INDEX_QUERY, {"unit": unit_id, "period": period_id})
    return answer["satisfaction"] or {}
