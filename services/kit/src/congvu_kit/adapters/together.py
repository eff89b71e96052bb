"""How many events take effect in one transaction: as many as it bears."""

from collections.abc import Sequence
from time import monotonic
from typing import Final

from congvu_kit.adapters.judging import Told
from congvu_kit.adapters.reacting import Part, Reacting
from congvu_kit.domain.errors import StoreAway

TOGETHER: Final = 100
"""Most events of one transaction."""

TRANSACTION_S: Final = 0.25
"""What a transaction of many events should take: a request that meets its rows waits so long."""


class Together:
    """`size` follows how long the last transactions took."""

    def __init__(self, reacting: Reacting, most: int = TOGETHER) -> None:
        self._reacting = reacting
        self._most = self.size = most

    async def take(self, told: Sequence[Told]) -> Sequence[Part]:
        """What is left to do: nothing, or both halves of what had no effect."""
        try:
            await self._take(told)
        except Exception as exception:  # Whose fault it is, is found in the halves.
            if isinstance(exception, StoreAway) and not await self._reacting.store_is_well():
                raise
            middle = len(told) // 2
            return told[:middle], told[middle:]
        return ()

    async def took(self, told: Sequence[Told]) -> bool:
        """Whether they took effect, all of them: tried once."""
        try:
            await self._take(told)
        except Exception:  # It is told by who takes them one after the other.
            return False
        return True

    async def _take(self, told: Sequence[Told]) -> None:
        began = monotonic()
        await self._reacting.together(told)
        if len(told) > 1:
            self._fit(len(told), monotonic() - began)

    def _fit(self, count: int, took_s: float) -> None:
        """To how long a transaction took: half as many at the least, since one that had to wait
        says little of the next, and never one, of which nothing would be learnt."""
        fitting = int(count * TRANSACTION_S / max(took_s, 0.001))
        least = max(2, self.size // 2)
        self.size = min(self._most, max(least, min(fitting, 2 * self.size)))
