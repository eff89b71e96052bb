"""What somebody signed about a growing log, and what may be signed after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from congvu_kit.domain.errors import Conflict, Transient
from congvu_kit.domain.merkle import EMPTY_ROOT, is_consistent


@dataclass(frozen=True, kw_only=True)
class TreeHead:
    """The root (hexadecimal) over the first `size` entries of the log called `origin`."""

    origin: str
    size: int
    root: str


def empty(origin: str) -> TreeHead:
    """Where every log begins."""
    return TreeHead(origin=origin, size=0, root=EMPTY_ROOT)


class Overtaken(Transient):
    """Somebody else signed meanwhile; look again."""


class Contradiction(Conflict):
    """A tree that does not begin with one that was signed: entries were cut off or rewritten."""


class SignedHeads(Protocol):
    """Remembers what a key signed, apart from the log's own store."""

    def last(self, origin: str) -> TreeHead:
        """The largest head that was ever signed for this log."""

    def advance(self, head: TreeHead, *, since: TreeHead, proof: Sequence[str]) -> None:
        """Note that `head` is signed now. Raise `Contradiction` unless `proof` shows that it
        continues `since`, `Overtaken` when that is not the last one any more."""


def require_next(last: TreeHead, head: TreeHead, *, since: TreeHead, proof: Sequence[str]) -> None:
    """What `SignedHeads.advance` promises, once `last` cannot change."""
    if since != last:
        raise Overtaken(
            en="another head was signed meanwhile",
            vi="Nhật ký vừa được ký ở mốc khác. Vui lòng thử lại.",
        )
    require_continued(last, head, proof)


class WitnessRefused(Exception):
    """A witness that does not sign: it saw another log, or it is not there."""


def require_continued(last: TreeHead, head: TreeHead, proof: Sequence[str]) -> None:
    """Raise `Contradiction` unless `proof` shows that the tree of `head` begins with `last`."""
    if head.size < last.size:
        raise Contradiction(
            en=f"the log was signed with {last.size} entries and has {head.size}: it was cut",
            vi=f"Nhật ký đã ký với {last.size} mục nhưng chỉ còn {head.size} mục: đã bị cắt.",
            rule_id="F-I11",
        )
    if not _continues(last, head, proof):
        raise Contradiction(
            en=f"the log does not begin with the {last.size} entries that were signed",
            vi=f"Nhật ký không bắt đầu bằng {last.size} mục đã ký: đã bị viết lại.",
            rule_id="F-I11",
        )


def _continues(last: TreeHead, head: TreeHead, proof: Sequence[str]) -> bool:
    if last.size == 0:
        return not proof
    return is_consistent(last.size, head.size, last.root, head.root, proof)
