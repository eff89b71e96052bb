"""Sealing with AES-256-GCM: each owner's key wrapped under the service's own."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
"""What GCM takes; random, and each key seals few messages."""


FIRST = 1


@dataclass(frozen=True)
class VaultKeys:
    """The service's own keys by their numbers, the one that wraps now, and what tells people
    apart, which stays."""

    wrapping: Mapping[int, bytes]
    wraps: int
    people: bytes


class AesVault:
    """`keys` gives those of now, and `look` those of this moment, for who met a number that is not
    known. Which one wrapped stands before what it wrapped, save the first."""

    def __init__(
        self, keys: Callable[[], VaultKeys], look: Callable[[], VaultKeys] | None = None
    ) -> None:
        self._keys = keys
        self._look = look or keys
        self._made: dict[bytes, AESGCM] = {}

    @classmethod
    def of(
        cls,
        secret: bytes,
        later: Mapping[int, bytes] | None = None,
        *,
        wrap_with: int | None = None,
    ) -> "AesVault":
        """One whose keys stay; the newest wraps when nothing is said."""
        wrapping = {FIRST: secret, **(later or {})}
        keys = VaultKeys(wrapping, wrap_with or max(wrapping), people_key(secret))
        return cls(lambda: keys)

    @property
    def newest(self) -> str:
        return _beginning(self._keys().wraps)

    def new_key(self, owner: str) -> str:
        return self._wrap(AESGCM.generate_key(bit_length=256), owner)

    def rewrap(self, wrapped: str, owner: str) -> str:
        return self._wrap(self._unwrapped(wrapped, owner), owner)

    def seal(self, wrapped: str, owner: str, plain: Mapping[str, str]) -> str:
        text = json.dumps(dict(plain), ensure_ascii=False)
        return _seal(self._owned(wrapped, owner), text.encode(), owner)

    def open(self, wrapped: str, owner: str, sealed: str) -> dict[str, str]:
        plain: dict[str, str] = json.loads(_open(self._owned(wrapped, owner), sealed, owner))
        return plain

    def person(self, salt: str, token: str) -> str:
        said = f"{salt}\x1f{token}".encode()
        return hmac.new(self._keys().people, said, hashlib.sha256).hexdigest()

    def _owned(self, wrapped: str, owner: str) -> AESGCM:
        return AESGCM(self._unwrapped(wrapped, owner))

    def _wrap(self, key: bytes, owner: str) -> str:
        keys = self._keys()
        return _beginning(keys.wraps) + _seal(self._of(keys.wrapping[keys.wraps]), key, owner)

    def _unwrapped(self, wrapped: str, owner: str) -> bytes:
        number, colon, sealed = wrapped.partition(":")
        if not colon:
            return _open(self._numbered(FIRST), wrapped, owner)
        return _open(self._numbered(int(number)), sealed, owner)

    def _numbered(self, number: int) -> AESGCM:
        found = self._keys().wrapping.get(number) or self._look().wrapping.get(number)
        if found is None:
            raise LookupError(f"the vault has no key {number}, which wrapped this")
        return self._of(found)

    def _of(self, secret: bytes) -> AESGCM:
        """Worked out once for each."""
        if secret not in self._made:
            self._made[secret] = AESGCM(_derived(secret, b"wrap"))
        return self._made[secret]


def _beginning(number: int) -> str:
    """Of what this key wrapped."""
    return "" if number == FIRST else f"{number}:"


def people_key(secret: bytes) -> bytes:
    """What tells people apart, of the first of the service's keys."""
    return _derived(secret, b"people")


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=None, info=b"congvu-feedback/" + purpose).derive(
        secret
    )


def _seal(key: AESGCM, plain: bytes, owner: str) -> str:
    """Bound to its owner: what is sealed for one cannot be passed off as another's."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.b64encode(nonce + key.encrypt(nonce, plain, owner.encode())).decode()


def _open(key: AESGCM, sealed: str, owner: str) -> bytes:
    raw = base64.b64decode(sealed)
    return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], owner.encode())
