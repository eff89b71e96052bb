"""Sealing with AES-256-GCM: each owner's key wrapped under the service's own."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
"""What GCM takes; random, and each key seals few messages."""


FIRST = 1


class AesVault:
    """`secret` is the first of the service's keys, which also tells people apart and so stays;
    `later` are those that wrap instead of it, by their numbers, and `wrap_with` the one that wraps
    now, the newest when not said. Which one wrapped stands before what it wrapped, save the first.
    """

    def __init__(
        self,
        secret: bytes,
        later: Mapping[int, bytes] | None = None,
        *,
        wrap_with: int | None = None,
    ) -> None:
        secrets_by_number = {FIRST: secret, **(later or {})}
        self._wrapping = {
            number: AESGCM(_derived(each, b"wrap")) for number, each in secrets_by_number.items()
        }
        self._now = wrap_with or max(self._wrapping)
        self._people = _derived(secret, b"people")

    @property
    def newest(self) -> str | None:
        return None if self._now == FIRST else f"{self._now}:"

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
        return hmac.new(self._people, f"{salt}\x1f{token}".encode(), hashlib.sha256).hexdigest()

    def _owned(self, wrapped: str, owner: str) -> AESGCM:
        return AESGCM(self._unwrapped(wrapped, owner))

    def _wrap(self, key: bytes, owner: str) -> str:
        return (self.newest or "") + _seal(self._wrapping[self._now], key, owner)

    def _unwrapped(self, wrapped: str, owner: str) -> bytes:
        number, colon, sealed = wrapped.partition(":")
        if not colon:
            return _open(self._wrapping[FIRST], wrapped, owner)
        return _open(self._wrapping[int(number)], sealed, owner)


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
