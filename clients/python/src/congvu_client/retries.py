"""Which failures pass by themselves, how long to wait, and when to give up."""

from typing import Any

import httpx
from tenacity import RetryCallState, retry_if_exception, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_exponential_jitter

from congvu_client.problems import RateLimited, Unavailable
from congvu_client.requests import Busy

TIMEOUT_S = 60.0
"""For one attempt: the platform gives an import 50 s (services/gateway/README.md)."""

ATTEMPTS = 6
PATIENCE_S = 90.0
"""No further attempt begins after this time; a `Retry-After` beyond it ends the call at once."""

FIRST_WAIT_S, LONGEST_WAIT_S = 0.25, 15.0

growing = wait_exponential_jitter(multiplier=FIRST_WAIT_S, max=LONGEST_WAIT_S, jitter=FIRST_WAIT_S)


def passes(error: BaseException) -> bool:
    """A refusal that says why is final; of those about the rate, only the gateway's has a time."""
    if isinstance(error, RateLimited):
        return error.retry_after_s is not None
    return isinstance(error, httpx.TransportError | Busy | Unavailable)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after_s if isinstance(error, RateLimited) else None
    return growing(state) if asked is None else asked


def policy(*, repeatable: bool, attempts: int, patience_s: float) -> dict[str, Any]:
    """For `tenacity.Retrying`, and its asynchronous sister."""
    return {
        "retry": retry_if_exception(passes),
        "stop": stop_after_attempt(attempts if repeatable else 1) | stop_before_delay(patience_s),
        "wait": _wait,
        "reraise": True,
    }
