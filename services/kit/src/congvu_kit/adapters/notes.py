"""Signed notes (https://c2sp.org/signed-note) with Ed25519, which log witnesses read."""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
"""The algorithm byte of a verifier key."""


class BadNote(ValueError):
    """A note that this key did not sign, or that is none."""


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


class Ed25519Notes:
    """Signs under the log's own name."""

    def __init__(self, origin: str, key: Ed25519PrivateKey) -> None:
        self._origin = origin
        self._key = key
        self._public = key.public_key().public_bytes_raw()

    @property
    def origin(self) -> str:
        return self._origin

    @property
    def verifier_key(self) -> str:
        encoded = base64.b64encode(ED25519 + self._public).decode()
        return f"{self._origin}+{_key_hash(self._origin, self._public).hex()}+{encoded}"

    def sign(self, text: str) -> str:
        signature = _key_hash(self._origin, self._public) + self._key.sign(text.encode())
        return f"{text}\n— {self._origin} {base64.b64encode(signature).decode()}\n"


@dataclass(frozen=True)
class Signed:
    """What a checkpoint says, once its signature was checked."""

    origin: str
    size: int
    root: str


def open_checkpoint(note: str, verifier_key: str) -> Signed:
    """Raise `BadNote` unless `verifier_key` signed it."""
    try:
        name, key_hash, encoded = verifier_key.split("+", 2)
        public = base64.b64decode(encoded, validate=True)[1:]
        text, _, signatures = note.rpartition("\n\n")
        text += "\n"
        wanted = bytes.fromhex(key_hash)
        if _key_hash(name, public) != wanted:
            raise BadNote("the verifier key contradicts its own hash")
        signature = _signature(signatures, name, wanted)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
        origin, size, root, *_ = text.splitlines()
        return Signed(origin=origin, size=int(size), root=base64.b64decode(root).hex())
    except InvalidSignature:
        raise BadNote("the signature is wrong") from None
    except ValueError as exception:
        raise BadNote(str(exception)) from exception


def _signature(lines: str, name: str, key_hash: bytes) -> bytes:
    for line in lines.splitlines():
        if line.startswith(f"— {name} "):
            raw = base64.b64decode(line.rsplit(" ", 1)[1], validate=True)
            if raw[:4] == key_hash:
                return raw[4:]
    raise BadNote(f"no signature of {name!r}")
