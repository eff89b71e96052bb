"""The log's keys, which never contradict what they signed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.notes import Ed25519Notes, note_signed_by, verifier_key_of
from congvu_kit.domain.heads import SignedHeads, TreeHead
from feedback_service.domain.log.checkpoint import checkpoint_text
from feedback_service.domain.log.keys import LogKeys


@dataclass(frozen=True)
class SigningKeys:
    """`signing` all sign everything, the first of them is the one that is told; `waiting` are told
    in the log before they sign; `withdrawn` are public keys that sign no more."""

    signing: Sequence[Ed25519PrivateKey]
    waiting: Sequence[Ed25519PrivateKey] = ()
    withdrawn: Sequence[bytes] = ()


class RememberingSigner:
    """`keys` gives those of now."""

    def __init__(self, origin: str, keys: Callable[[], SigningKeys], heads: SignedHeads) -> None:
        self._origin = origin
        self._keys = keys
        self._heads = heads

    @property
    def origin(self) -> str:
        return self._origin

    @property
    def verifier_key(self) -> str:
        return self._notes()[0].verifier_key

    @property
    def keys(self) -> LogKeys:
        now = self._keys()
        return LogKeys(
            signing=[each.verifier_key for each in self._notes()],
            waiting=[Ed25519Notes(self._origin, each).verifier_key for each in now.waiting],
            withdrawn=[verifier_key_of(self._origin, each) for each in now.withdrawn],
        )

    async def last(self) -> TreeHead:
        return await asyncio.to_thread(self._heads.last, self.origin)

    async def sign_checkpoint(
        self, head: TreeHead, at: str, *, since: TreeHead, proof: Sequence[str]
    ) -> str:
        await asyncio.to_thread(self._heads.advance, head, since=since, proof=proof)
        return note_signed_by(self._notes(), checkpoint_text(head, at))

    def sign_receipt(self, text: str) -> str:
        return note_signed_by(self._notes(), text)

    def _notes(self) -> Sequence[Ed25519Notes]:
        return [Ed25519Notes(self._origin, each) for each in self._keys().signing]
