"""Secrets of webhooks at rest: sealed under the secret that gateway and services share.

Whoever holds that one speaks for any caller already, so a key of its own would protect no more; and
it changes the same way: while its file holds several, all open and the first seals.
"""

import base64
from collections.abc import Callable, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"congvu-webhook-secrets/1"


class SharedSealing:
    """`keys` gives the secrets of now, the one that seals first."""

    def __init__(self, keys: Callable[[], Sequence[str]]) -> None:
        self._keys = keys

    def seal(self, plain: str) -> str:
        return self._all()[0].encrypt(plain.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return MultiFernet(self._all()).decrypt(sealed).decode()
        except InvalidToken:
            raise LookupError("it was sealed under a key that is there no more") from None

    def renewed(self, sealed: str) -> str | None:
        try:
            self._all()[0].decrypt(sealed)
        except InvalidToken:
            pass
        else:
            return None
        try:
            return self.seal(self.open(sealed))
        except LookupError:
            return None

    def _all(self) -> list[Fernet]:
        return [Fernet(_derived(each)) for each in self._keys()]


def _derived(secret: str) -> bytes:
    key = HKDF(hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(key)
