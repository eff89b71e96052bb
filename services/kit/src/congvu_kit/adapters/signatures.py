"""Who told an event: every service signs its own with an Ed25519 key, and is believed by it only.

A signature is made with the outbox row, in the transaction of the change: what somebody writes into
an outbox or a topic without the key is refused by every consumer, and a row sent again is signed
as it was.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from congvu_kit.adapters.cloudevents import SIGNATURE, CloudEvent, Headers
from congvu_kit.domain.canonical import canonical_bytes

PURPOSE = b"congvu-event/1\n"
"""Before what is signed, so that a signature of ours for something else is none for an event."""

SIGNED = ("specversion", "id", "type", "source", "subject", "time", "sequence")
"""The attributes that are signed, with the digest of the body."""

KEY_ID_BYTES = 8
"""Of the key's SHA-256; names a key among those of one service."""

END_OF_KEY = "-----END PUBLIC KEY-----"


class Untrusted(ValueError):
    """An event that its owner did not tell; reading it again will not help."""


class BadKey(ValueError):
    """A key file that is missing or holds something else."""


def source_of(service: str) -> str:
    """The CloudEvents source of what happens in a service."""
    return f"//congvu/{service}"


def signed_bytes(headers: Mapping[str, bytes], value: bytes) -> bytes:
    """What the signature of an event is over."""
    attributes = [headers.get(f"ce_{name}", b"").decode() for name in SIGNED]
    return PURPOSE + canonical_bytes([*attributes, hashlib.sha256(value).hexdigest()])


def key_id(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).digest()[:KEY_ID_BYTES].hex()


class EventSigner:
    """A service's own key."""

    def __init__(self, service: str, key: Ed25519PrivateKey) -> None:
        self.source = source_of(service)
        self._key = key
        self.key_id = key_id(key.public_key())

    def sign(self, event: CloudEvent) -> str:
        signature = self._key.sign(signed_bytes(dict(event.headers()), event.value()))
        return f"{self.key_id}:{base64.b64encode(signature).decode()}"


@dataclass(frozen=True)
class EventOwner:
    """A service as its readers know it; while a key is replaced there are several."""

    service: str
    keys: Mapping[str, Ed25519PublicKey]

    def require_told(self, headers: Headers, value: bytes | None) -> None:
        """Raise `Untrusted` unless this service told exactly this event."""
        named = dict(headers)
        if named.get("ce_source") != source_of(self.service).encode():
            raise Untrusted(f"the source is not {self.service}, whose topic this is")
        if not named.get("ce_type", b"").startswith(f"congvu.{self.service}.".encode()):
            raise Untrusted(f"the type is none of {self.service}, whose topic this is")
        if SIGNATURE not in named:
            raise Untrusted("the event is not signed")
        name, _, signature = named[SIGNATURE].decode("latin-1").partition(":")
        key = self.keys.get(name)
        if key is None:
            raise Untrusted(f"the event is signed with no key of {self.service}")
        try:
            key.verify(
                base64.b64decode(signature, validate=True), signed_bytes(named, value or b"")
            )
        except (InvalidSignature, ValueError):
            raise Untrusted("the signature does not fit the event") from None


def read_signer(service: str, file: Path) -> EventSigner:
    """Raise `BadKey`."""
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as exception:
        raise BadKey(f"no readable private key at {file}") from exception
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(f"the key at {file} is not of the kind Ed25519")
    return EventSigner(service, key)


def read_owner(service: str, folder: Path) -> EventOwner:
    """From `<service>.pem`, which holds one public key or several; raise `BadKey`."""
    file = public_file(folder, service)
    try:
        blocks = file.read_text().split(END_OF_KEY)[:-1]
        keys = [
            serialization.load_pem_public_key(f"{each}{END_OF_KEY}".encode()) for each in blocks
        ]
    except (OSError, ValueError) as exception:
        raise BadKey(f"no readable public keys at {file}") from exception
    mine = {key_id(key): key for key in keys if isinstance(key, Ed25519PublicKey)}
    if not mine or len(mine) < len(keys):
        raise BadKey(f"{file} holds no key, or one of another kind than Ed25519")
    return EventOwner(service, mine)


def private_file(folder: Path, service: str) -> Path:
    return folder / "private" / f"{service}.pem"


def public_file(folder: Path, service: str) -> Path:
    return folder / f"{service}.pem"


def create_keys(folder: Path, services: Iterable[str], *, renew: bool = False) -> list[Path]:
    """A pair for each service that has none, or with `renew` a new one beside the old public keys:
    `folder` is for all to read, `folder/private` holds what each service alone may know. Returns
    what was written."""
    (folder / "private").mkdir(parents=True, exist_ok=True, mode=0o700)
    written = []
    for service in services:
        private, public = private_file(folder, service), public_file(folder, service)
        if private.exists() and not renew:
            continue
        key = Ed25519PrivateKey.generate()
        known = public.read_bytes() if public.exists() else b""
        # The public half first: nothing is signed with a key that nobody knows.
        _replace(public, known + _public_pem(key), mode=0o644)
        _replace(private, _private_pem(key), mode=0o600)
        written += [private, public]
    return written


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _replace(file: Path, content: bytes, *, mode: int) -> None:
    """Whole or not at all."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    draft.rename(file)
