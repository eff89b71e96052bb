"""The log's key, which never contradicts what it signed."""

import asyncio
from collections.abc import Sequence

from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.domain.heads import SignedHeads, TreeHead
from feedback_service.domain.log.checkpoint import checkpoint_text


class RememberingSigner:
    def __init__(self, notes: Ed25519Notes, heads: SignedHeads) -> None:
        self._notes = notes
        self._heads = heads

    @property
    def origin(self) -> str:
        return self._notes.origin

    @property
    def verifier_key(self) -> str:
        return self._notes.verifier_key

    async def last(self) -> TreeHead:
        return await asyncio.to_thread(self._heads.last, self.origin)

    async def sign_checkpoint(
        self, head: TreeHead, at: str, *, since: TreeHead, proof: Sequence[str]
    ) -> str:
        await asyncio.to_thread(self._heads.advance, head, since=since, proof=proof)
        return self._notes.sign(checkpoint_text(head, at))

    def sign_receipt(self, text: str) -> str:
        return self._notes.sign(text)
