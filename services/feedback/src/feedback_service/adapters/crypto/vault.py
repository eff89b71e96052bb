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


class AesVault:
    def __init__(self, secret: bytes) -> None:
        self._wrapping = AESGCM(_derived(secret, b"wrap"))
        self._people = _derived(secret, b"people")

    def new_key(self, owner: str) -> str:
        return _seal(self._wrapping, AESGCM.generate_key(bit_length=256), owner)

    def seal(self, wrapped: str, owner: str, plain: Mapping[str, str]) -> str:
        text = json.dumps(dict(plain), ensure_ascii=False)
        return _seal(self._owned(wrapped, owner), text.encode(), owner)

    def open(self, wrapped: str, owner: str, sealed: str) -> dict[str, str]:
        plain: dict[str, str] = json.loads(_open(self._owned(wrapped, owner), sealed, owner))
        return plain

    def person(self, salt: str, token: str) -> str:
        return hmac.new(self._people, f"{salt}\x1f{token}".encode(), hashlib.sha256).hexdigest()

    def _owned(self, wrapped: str, owner: str) -> AESGCM:
        return AESGCM(_open(self._wrapping, wrapped, owner))


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
