"""What use cases, queries and workers need of the world besides the store, made once at start."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from congvu_kit.application.webhooks import Receivers, Sealing
from congvu_kit.domain.heads import TreeHead
from feedback_service.domain.common.private_data import RememberedErasure, Retention
from feedback_service.domain.complaints.values import Terms
from feedback_service.domain.log.keys import LogKeys
from feedback_service.domain.submissions.rating_limits import RatingLimits


class Vault(Protocol):
    """Seals personal data. Keys are handed out wrapped: only the vault can use them."""

    def new_key(self, owner: str) -> str:
        """A fresh key for `owner` alone, wrapped under the service's own key."""

    @property
    def newest(self) -> str:
        """How what is wrapped under the one of the service's own keys begins that wraps now; empty
        for the first."""

    def rewrap(self, wrapped: str, owner: str) -> str:
        """The same key under the newest of the service's own."""

    def seal(self, wrapped: str, owner: str, plain: Mapping[str, str]) -> str: ...

    def open(self, wrapped: str, owner: str, sealed: str) -> dict[str, str]:
        """What was sealed for this owner with this key."""

    def person(self, salt: str, token: str) -> str:
        """A commitment to a person, different for every salt; useless without the vault's key."""


class Erasures(Protocol):
    """Remembers erasures apart from the database, so that no backup of it undoes one."""

    async def remember(self, erasure: RememberedErasure) -> None:
        """It is on disk when this returns."""

    async def all(self) -> Sequence[RememberedErasure]: ...


class LogSigner(Protocol):
    """Holds the log's key, and remembers apart from the database what it signed."""

    @property
    def origin(self) -> str:
        """The name of the log, first line of every checkpoint."""

    @property
    def verifier_key(self) -> str:
        """What others need to verify: name, key hash and Ed25519 public key."""

    @property
    def keys(self) -> LogKeys: ...

    async def last(self) -> TreeHead:
        """The largest tree it ever signed."""

    async def sign_checkpoint(
        self, head: TreeHead, at: str, *, since: TreeHead, proof: Sequence[str]
    ) -> str:
        """A signed note; raise `Contradiction` unless `proof` shows that `head` continues `since`,
        the last one (F-I11)."""

    def sign_receipt(self, text: str) -> str: ...


class Witness(Protocol):
    """Somebody else who co-signs the public log."""

    @property
    def name(self) -> str: ...

    def has_signed(self, note: str) -> bool: ...

    async def cosign(
        self, note: str, size: int, prove: Callable[[int], Awaitable[Sequence[str]]]
    ) -> str:
        """The signature line; `prove` gives the proof from a smaller size. Raise
        `WitnessRefused`."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    """`checkpoint_every` is the longest time between two signed checkpoints of the log."""

    vault: Vault
    signer: LogSigner
    erasures: Erasures
    witnesses: Sequence[Witness] = ()
    terms: Terms
    limits: RatingLimits
    retention: Retention
    checkpoint_every: timedelta
    sealing: Sealing
    receivers: Receivers
