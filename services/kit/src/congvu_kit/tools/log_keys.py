"""The keys that signed a public log one after the other, as the log itself tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from congvu_kit.adapters.notes import BadNote, open_checkpoint, signed_by
from congvu_kit.domain.heads import TreeHead
from congvu_kit.domain.log_entries import KEY_ANNOUNCED, KEY_WITHDRAWN


@dataclass(frozen=True)
class _Announced:
    at: int
    key: str
    previous: str


@dataclass
class KeyHistory:
    """Take the entries, then ask which keys follow from one that is trusted.

    A key follows when an entry that names it together with one that is trusted lies under a head
    that a trusted one signed: the old key vouches for the new one, and the new one for what it
    continues.
    """

    _announced: list[_Announced] = field(default_factory=list)
    _withdrawn: dict[str, int] = field(default_factory=dict)

    def take(self, sequence: int, type: str, shown: Mapping[str, str]) -> None:
        key = shown.get("verifier_key", "")
        if type == KEY_ANNOUNCED:
            self._announced.append(_Announced(sequence, key, shown.get("previous", "")))
        elif type == KEY_WITHDRAWN:
            self._withdrawn.setdefault(key, sequence)

    def known(self, notes: Sequence[str], trusted: str) -> Sequence[str]:
        """`trusted` first."""
        keys = [trusted]
        while self._announced:
            covered = max((_size(note, keys) for note in notes), default=0)
            new = {
                key
                for each in self._announced
                if each.at <= covered and {each.key, each.previous} & set(keys)
                for key in (each.key, each.previous)
            } - set(keys)
            if not new:
                break
            keys += sorted(new)
        return keys

    def is_withdrawn(self, head: TreeHead, note: str, keys: Sequence[str]) -> bool:
        """Whether only keys signed that had been withdrawn before."""
        signed = [key for key in keys if signed_by(note, key)]
        return all(self._withdrawn.get(key, head.size + 1) <= head.size for key in signed)


def _size(note: str, keys: Sequence[str]) -> int:
    """Of the tree that one of the keys signed; 0 when none did."""
    named = [key for key in keys if signed_by(note, key)]
    try:
        return open_checkpoint(note, *named).size if named else 0
    except BadNote:
        return 0
