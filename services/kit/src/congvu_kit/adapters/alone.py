"""One record by itself: it takes effect, is tried again, or is buried with the reason."""

from collections.abc import Mapping
from time import monotonic
from typing import Final

import structlog
from aiokafka import TopicPartition
from tenacity import (
    AsyncRetrying,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
)

from congvu_kit.adapters.dead_letters import DeadLetters
from congvu_kit.adapters.deaths import DIED_OF, Deaths
from congvu_kit.adapters.judging import Refused, Told
from congvu_kit.adapters.reacting import PASSING, Reacting, tell_delay
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.domain.errors import DomainError

BACKOFF_MAX_S: Final = 10.0
IN_PLACE_S: Final = 60.0
"""How long one record is tried before it is fetched again."""
GIVE_UP_S: Final = 1800.0
"""How long an event may hold up its partition while everything else can be stored: longer than a
deployment or a broker's restart takes, shorter than a shift."""

log = structlog.get_logger(__name__)


class Alone:
    """What fails in a way that may pass is tried again: for ever while nothing can be stored, for
    `give_up_s` when it is this event alone."""

    def __init__(
        self,
        reacting: Reacting,
        letters: DeadLetters,
        deaths: Deaths,
        *,
        in_place_s: float,
        give_up_s: float,
    ) -> None:
        self._reacting = reacting
        self._letters = letters
        self._deaths = deaths
        self._give_up_s = give_up_s
        self._waiting: dict[TopicPartition, tuple[int, float]] = {}
        self._patiently = AsyncRetrying(
            retry=retry_if_exception_type(PASSING),
            stop=stop_after_delay(min(in_place_s, give_up_s)),
            wait=wait_exponential(multiplier=0.1, max=BACKOFF_MAX_S),
            before_sleep=tell_delay,
            reraise=True,
        )

    @property
    def waiting(self) -> Mapping[TopicPartition, int]:
        """The offset of what was tried in vain, where a partition waits for it."""
        return {at: offset for at, (offset, _) in self._waiting.items()}

    async def take(self, partition: TopicPartition, judged: Told | Refused) -> None:
        """Raise what may pass, to be fetched again."""
        offset, since = self._waiting.get(partition, (-1, 0.0))
        if offset != judged.record.offset:
            since = monotonic()
            self._waiting[partition] = judged.record.offset, since
        try:
            if await self._deaths.ended(partition, judged.record):
                await self._give_up(judged, f"given up: {DIED_OF} processes ended at it")
            else:
                await self._patiently(self._settle, judged)
        except PASSING as exception:
            waited_s = monotonic() - since
            if waited_s < self._give_up_s or not await self._reacting.store_is_well():
                raise
            await self._give_up(judged, f"given up after {waited_s:.0f} s: {reason_of(exception)}")
        del self._waiting[partition]

    async def _settle(self, judged: Told | Refused) -> None:
        """It took effect, or is buried."""
        if isinstance(judged, Refused):
            await self._letters.bury(judged.record, judged.reason)
            return
        try:
            await self._reacting.alone(judged)
        except PASSING:
            raise
        except Exception as exception:
            if not isinstance(exception, DomainError):
                log.exception("reaction_failed", offset=judged.record.offset)
            await self._letters.bury(judged.record, reason_of(exception))

    async def _give_up(self, judged: Told | Refused, reason: str) -> None:
        if isinstance(judged, Told):
            await self._reacting.given_up(judged, reason)
        await self._letters.bury(judged.record, reason)
