"""Waiting for servers that may start after us, and saying so."""

import structlog
from tenacity import AsyncRetrying, RetryCallState, wait_exponential
from tenacity.retry import retry_base

log = structlog.get_logger(__name__)


def patiently(what: str, passing: retry_base) -> AsyncRetrying:
    """Runs a step until it gets through, again and again while what fails is `passing`."""

    def tell(failed: RetryCallState) -> None:
        exception = failed.outcome.exception() if failed.outcome else None
        log.warning("waiting", for_=what, error=repr(exception))

    return AsyncRetrying(
        retry=passing, wait=wait_exponential(multiplier=0.2, max=3.0), before_sleep=tell
    )
