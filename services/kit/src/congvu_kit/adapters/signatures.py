"""Who told an event: every service signs its own with an Ed25519 key, and is believed by it only.

A signature is made with the outbox row, in the transaction of the change: what somebody writes into
an outbox or a topic without the key is refused by every consumer, and a row sent again is signed
as it was.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from congvu_kit.adapters.cloudevents import SIGNATURE, CloudEvent, Headers
from congvu_kit.adapters.key_files import replace_file
from congvu_kit.adapters.watched_files import Watched
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


@lru_cache(maxsize=4)
def _id_of(key: Ed25519PrivateKey) -> str:
    return key_id(key.public_key())


class EventSigner:
    """A service's own key; with `watched` the one that lies there now."""

    def __init__(
        self,
        service: str,
        key: Ed25519PrivateKey,
        watched: Watched[Ed25519PrivateKey] | None = None,
    ) -> None:
        self.source = source_of(service)
        self._key = key
        self._watched = watched

    @property
    def key_id(self) -> str:
        return _id_of(self._signing)

    @property
    def _signing(self) -> Ed25519PrivateKey:
        return self._watched.now if self._watched else self._key

    def sign(self, event: CloudEvent, value: bytes | None = None) -> str:
        """`value` is the event's, where it is at hand."""
        key = self._signing
        body = event.value() if value is None else value
        signature = key.sign(signed_bytes(dict(event.headers()), body))
        return f"{_id_of(key)}:{base64.b64encode(signature).decode()}"


PublicKeys: TypeAlias = Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True)
class EventOwner:
    """A service as its readers know it; while a key is replaced there are several. With `watched`
    those count that lie there now."""

    service: str
    keys: PublicKeys
    watched: Watched[PublicKeys] | None = None

    def key_of(self, name: str) -> Ed25519PublicKey | None:
        """One that came a moment ago is looked for at once: the event would be buried else."""
        if self.watched is None:
            return self.keys.get(name)
        return self.watched.now.get(name) or self.watched.look().get(name)

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
        key = self.key_of(name)
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
    return EventSigner(service, _private_key(file))


def watched_signer(service: str, file: Path, folder: Path) -> EventSigner:
    """Signs with the key that the file holds at the time, once its public half is in `folder`;
    raise `BadKey`."""

    def read() -> Ed25519PrivateKey:
        key = _private_key(file)
        if key_id(key.public_key()) not in _public_keys(public_file(folder, service)):
            raise BadKey(
                f"its public half is not in {public_file(folder, service)}, so nobody would "
                "believe what it signs"
            )
        return key

    watched = Watched(f"event key of {service}", file, read)
    return EventSigner(service, watched.now, watched)


def read_owner(service: str, folder: Path) -> EventOwner:
    """From `<service>.pem`, which holds one public key or several; raise `BadKey`."""
    return EventOwner(service, _public_keys(public_file(folder, service)))


def watched_owner(service: str, folder: Path) -> EventOwner:
    """By the keys that its file holds at the time; raise `BadKey`."""
    file = public_file(folder, service)
    watched: Watched[PublicKeys] = Watched(
        f"public keys of {service}", file, lambda: _public_keys(file)
    )
    return EventOwner(service, watched.now, watched)


def _private_key(file: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as exception:
        raise BadKey(f"no readable private key at {file}") from exception
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(f"the key at {file} is not of the kind Ed25519")
    return key


def _public_keys(file: Path) -> dict[str, Ed25519PublicKey]:
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
    return mine


def private_file(folder: Path, service: str) -> Path:
    return folder / "private" / f"{service}.pem"


def public_file(folder: Path, service: str) -> Path:
    return folder / f"{service}.pem"


def next_file(folder: Path, service: str) -> Path:
    """The private key that takes the other's place once everybody knows its public half."""
    return folder / "private" / f"{service}.next.pem"


def create_keys(folder: Path, services: Iterable[str]) -> list[Path]:
    """A pair for each service that has none: `folder` is for all to read, `folder/private` holds
    what each service alone may know. Returns what was written."""
    written = []
    for service in services:
        private = private_file(folder, service)
        if not private.exists():
            written += [_create_pair(folder, service, private), private]
    return written


def add_key(folder: Path, service: str) -> Path:
    """A second pair: everybody may believe it, nothing is signed with it yet. Returns the private
    half; one that waits already is the one."""
    waiting = next_file(folder, service)
    if not waiting.exists():
        _create_pair(folder, service, waiting)
    return waiting


def use_key(folder: Path, service: str) -> None:
    """Sign with the one that waits; the file says since when."""
    next_file(folder, service).replace(private_file(folder, service)).touch()


def retire_keys(folder: Path, service: str) -> int:
    """Only the key that signs is believed from now on; how many were taken out."""
    public = public_file(folder, service)
    known = _public_keys(public)
    own = _private_key(private_file(folder, service))
    replace_file(public, _public_pem(own), mode=0o644)
    return len(known) - 1


def _create_pair(folder: Path, service: str, private: Path) -> Path:
    """The public half first: nothing is signed with a key that nobody knows."""
    private.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key, public = Ed25519PrivateKey.generate(), public_file(folder, service)
    known = public.read_bytes() if public.exists() else b""
    replace_file(public, known + _public_pem(key), mode=0o644)
    replace_file(private, _private_pem(key), mode=0o600)
    return public


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
