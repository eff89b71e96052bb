"""A public log of a few entries, signed: for what reads one without feedback running."""

import base64
import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.domain.log_entries import GENESIS_HASH, canonical_entry, commitment
from congvu_kit.domain.merkle import Tree, leaf_hash
from congvu_kit.tools.log_export import Export
from congvu_kit.tools.log_verification import LogHeader

SALT = "00" * 16
AT = "2026-08-10T03:00:00Z"


@dataclass
class SignedLog:
    """Appends as feedback does, and signs every head unless told otherwise."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    entries: list[dict[str, object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _tree: Tree = field(default_factory=Tree)

    @property
    def signer(self) -> Ed25519Notes:
        return Ed25519Notes("log.test", self.key)

    def append(
        self, type: str, subject: str, fields: Mapping[str, str], *, signed: bool = True
    ) -> None:
        previous = str(self.entries[-1]["hash"]) if self.entries else GENESIS_HASH
        sequence = len(self.entries) + 1
        hidden = {name: commitment(SALT, value) for name, value in fields.items()}
        said = {"type": type, "at": AT, "by": "PLATFORM", "subject": subject}
        body = canonical_entry(sequence=sequence, previous=previous, fields=hidden, **said)
        shown = [
            {"name": name, "commitment": hidden[name], "value": value, "salt": SALT}
            for name, value in fields.items()
        ]
        place = {"sequence": sequence, "previous": previous, "hash": leaf_hash(body)}
        self.entries.append({**place, **said, "fields": shown})
        self._tree.append(leaf_hash(body))
        if signed:
            self.notes.append(self.signer.sign(self._checkpoint(sequence)))

    def copy(self) -> "SignedLog":
        return SignedLog(self.key, [*self.entries], [*self.notes], copy.deepcopy(self._tree))

    def export(self, entries: Sequence[dict[str, object]] | None = None) -> Export:
        size = len(self.entries)
        header = LogHeader(
            origin="log.test",
            verifierKey=self.signer.verifier_key,
            size=size,
            root=self._tree.root(size),
        )
        return Export(header=header, entries=entries or self.entries, notes=self.notes)

    def _checkpoint(self, size: int) -> str:
        root = base64.b64encode(bytes.fromhex(self._tree.root(size))).decode()
        return f"log.test\n{size}\n{root}\n"
