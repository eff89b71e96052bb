"""Signed notes (https://c2sp.org/signed-note) with Ed25519, which log witnesses read and write."""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from congvu_kit.domain.heads import TreeHead

ED25519, COSIGNATURE = b"\x01", b"\x04"
"""The algorithm byte of a verifier key: a note's author, a witness (c2sp.org/tlog-cosignature)."""

CHECKPOINT_SIZE, CHECKPOINT_ROOT = (
    re.compile("0|[1-9][0-9]{0,18}"),
    re.compile("[A-Za-z0-9+/]{43}="),
)


class BadNote(ValueError):
    """A note that this key did not sign, or that is none; why, in both languages."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi


def _key_id(name: str, algorithm: bytes, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + algorithm + public).digest()[:4]


@dataclass(frozen=True)
class VerifierKey:
    """Whose signature to expect: `name+hash+base64`."""

    name: str
    algorithm: bytes
    public: bytes

    @classmethod
    def read(cls, text: str) -> "VerifierKey":
        """Raise `BadNote` for a key of a kind that is not known here."""
        try:
            name, hash, encoded = text.strip().split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
            key = cls(name, raw[:1], raw[1:])
            Ed25519PublicKey.from_public_bytes(key.public)
            wanted = bytes.fromhex(hash)
        except ValueError as exception:
            raise BadNote(
                vi="khóa kiểm tra phải gồm tên, mã băm và khóa, nối bằng dấu +",
                en="no verifier key of the form name+hash+base64",
            ) from exception
        if key.algorithm not in (ED25519, COSIGNATURE):
            raise BadNote(
                vi="khóa kiểm tra thuộc loại chưa biết", en="the verifier key is of an unknown kind"
            )
        if key.id != wanted:
            raise BadNote(
                vi="khóa kiểm tra không khớp mã băm của chính khóa",
                en="the verifier key contradicts its own hash",
            )
        return key

    @property
    def id(self) -> bytes:
        return _key_id(self.name, self.algorithm, self.public)

    def __str__(self) -> str:
        encoded = base64.b64encode(self.algorithm + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def signature_in(self, note: str) -> tuple[str, bytes]:
        """The text of a note, and what this key's signature line holds."""
        text, _, lines = note.rpartition("\n\n")
        for line in lines.splitlines():
            if line.startswith(f"— {self.name} "):
                raw = _decoded(line.rsplit(" ", 1)[1])
                if raw[:4] == self.id:
                    return text + "\n", raw[4:]
        raise BadNote(vi=f"không có chữ ký của «{self.name}»", en=f"no signature of {self.name!r}")

    def verify(self, message: str, signature: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message.encode())
        except InvalidSignature:
            raise BadNote(vi="chữ ký không đúng", en="the signature is wrong") from None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as exception:
        raise BadNote(
            vi="chữ ký không được mã hóa đúng dạng", en="a signature that is not base64"
        ) from exception


class Ed25519Notes:
    """Signs under the log's own name."""

    def __init__(self, origin: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self._verifier = VerifierKey(origin, ED25519, key.public_key().public_bytes_raw())

    @property
    def origin(self) -> str:
        return self._verifier.name

    @property
    def verifier_key(self) -> str:
        return str(self._verifier)

    def sign(self, text: str) -> str:
        return note_signed_by([self], text)

    def line(self, text: str) -> str:
        """Of the signature alone."""
        return _line(self._verifier, self._key.sign(text.encode()))


def note_signed_by(signers: Sequence[Ed25519Notes], text: str) -> str:
    """While one key takes another's place both sign: who knows one of them verifies."""
    return f"{text}\n{''.join(each.line(text) for each in signers)}"


def verifier_key_of(name: str, public: bytes) -> str:
    return str(VerifierKey(name, ED25519, public))


class Cosigner:
    """Signs other people's checkpoints, with the time at which it saw them."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self._verifier = VerifierKey(name, COSIGNATURE, key.public_key().public_bytes_raw())

    @property
    def verifier_key(self) -> str:
        return str(self._verifier)

    def cosign(self, note: str, at: int) -> str:
        """The signature line; `at` in seconds since 1970."""
        text = note.rpartition("\n\n")[0] + "\n"
        signed = self._key.sign(_cosigned(text, at).encode())
        return _line(self._verifier, struct.pack(">Q", at) + signed)


def _line(key: VerifierKey, signature: bytes) -> str:
    return f"— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def _cosigned(text: str, at: int) -> str:
    return f"cosignature/v1\ntime {at}\n{text}"


def open_note(note: str, verifier_key: str) -> str:
    """The text that the key signed; raise `BadNote` for any other."""
    key = VerifierKey.read(verifier_key)
    text, signature = key.signature_in(note)
    if key.algorithm == COSIGNATURE:
        (at,) = struct.unpack(">Q", signature[:8]) if len(signature) > 8 else (0,)  # noqa: PLR2004
        key.verify(_cosigned(text, at), signature[8:])
    else:
        key.verify(text, signature)
    return text


def signed_by(note: str, verifier_key: str) -> bool:
    """Whether a line of this key is there at all, right or wrong."""
    try:
        VerifierKey.read(verifier_key).signature_in(note)
    except BadNote:
        return False
    return True


def open_checkpoint(note: str, verifier_key: str, *others: str) -> TreeHead:
    """What a checkpoint says; raise `BadNote` unless `verifier_key`, the log's or a witness's,
    signed it. Of several keys of one log one is enough, and none that signed may be wrong."""
    named = [each for each in (verifier_key, *others) if signed_by(note, each)]
    heads = [_opened(note, each) for each in named or [verifier_key]]
    return heads[0]


def _opened(note: str, verifier_key: str) -> TreeHead:
    head = head_in(open_note(note, verifier_key))
    key = VerifierKey.read(verifier_key)
    if key.algorithm == ED25519 and key.name != head.origin:
        raise BadNote(
            vi=f"mốc ký của «{head.origin}», không phải của «{key.name}»",
            en=f"a checkpoint of {head.origin!r}, not of {key.name!r}",
        )
    return head


def head_in(text: str) -> TreeHead:
    """The first three lines of a checkpoint (c2sp.org/tlog-checkpoint)."""
    origin, size, root, *_ = [*text.splitlines(), "", "", ""]
    if not (origin and CHECKPOINT_SIZE.fullmatch(size) and CHECKPOINT_ROOT.fullmatch(root)):
        raise BadNote(
            vi="không phải mốc ký: cần có nguồn, số mục và gốc",
            en="no checkpoint: origin, size and root are expected",
        )
    return TreeHead(origin=origin, size=int(size), root=base64.b64decode(root).hex())
