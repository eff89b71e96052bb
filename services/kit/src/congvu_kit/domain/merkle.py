"""The Merkle tree hash and its proofs, exactly as RFC 9162 section 2.1 defines them.

Hashes are hexadecimal. A proof is a list of ranges of leaves; every range splits into complete
subtrees, whose roots are stored, so a proof over millions of entries reads a few dozen rows.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import reduce

EMPTY_ROOT = hashlib.sha256(b"").hexdigest()

Range = tuple[int, int]
"""Leaves from the first (counted from 0) to before the second."""

Subtree = tuple[int, int]
"""(level, index): the complete subtree over leaves index·2^level to before (index+1)·2^level."""


def leaf_hash(body: bytes) -> str:
    return hashlib.sha256(b"\x00" + body).hexdigest()


def node_hash(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def _left(size: int) -> int:
    """Leaves of the left child: the largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_path(index: int, size: int, start: int = 0) -> list[Range]:
    """The siblings from leaf `index` (from 0) up to the root over `size` leaves."""
    if size == 1:
        return []
    left = _left(size)
    if index < left:
        return [*inclusion_path(index, left, start), (start + left, start + size)]
    return [*inclusion_path(index - left, size - left, start + left), (start, start + left)]


def consistency_path(old: int, size: int, start: int = 0, *, whole: bool = True) -> list[Range]:
    """What shows that the tree of `old` leaves is the beginning of the tree of `size`."""
    if old == size:
        return [] if whole else [(start, start + size)]
    left = _left(size)
    if old <= left:
        path = consistency_path(old, left, start, whole=whole)
        return [*path, (start + left, start + size)]
    path = consistency_path(old - left, size - left, start + left, whole=False)
    return [*path, (start, start + left)]


def subtrees(leaves: Range) -> list[Subtree]:
    """The complete subtrees of a range that begins where the larger ones do, left to right."""
    start, end = leaves
    found: list[Subtree] = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def root_of(leaves: Range, hash_of: Callable[[Subtree], str]) -> str:
    """The Merkle tree hash over a range, from the roots of its complete subtrees."""
    roots = [hash_of(subtree) for subtree in subtrees(leaves)]
    if not roots:
        return EMPTY_ROOT
    return reduce(lambda right, left: node_hash(left, right), reversed(roots))


class Tree:
    """A tree that grows by a leaf at a time and still knows the root it had at every size."""

    def __init__(self) -> None:
        self._levels: list[list[str]] = []

    def append(self, leaf: str) -> None:
        here, level = leaf, 0
        while True:
            if level == len(self._levels):
                self._levels.append([])
            row = self._levels[level]
            row.append(here)
            if len(row) % 2:
                return
            here, level = node_hash(row[-2], row[-1]), level + 1

    def root(self, size: int) -> str:
        return root_of((0, size), lambda subtree: self._levels[subtree[0]][subtree[1]])


class GrowingRoot:
    """A tree that grows by a leaf at a time and knows its root now; it holds a few dozen hashes,
    however many leaves there are."""

    def __init__(self) -> None:
        self.size = 0
        self._complete: list[str] = []

    def append(self, leaf: str) -> None:
        here, place = leaf, self.size
        while place % 2:
            here, place = node_hash(self._complete.pop(), here), place // 2
        self._complete.append(here)
        self.size += 1

    def root(self) -> str:
        if not self._complete:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self._complete))


def is_included(leaf: str, index: int, size: int, path: Sequence[str], root: str) -> bool:
    """Whether `path` proves that `leaf` is the leaf `index` (from 0) of a tree of `size` leaves
    with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, climb = leaf, _Climb(index, size - 1)
    for sibling in path:
        if climb.at_root:
            return False
        here = node_hash(sibling, here) if climb.comes_from_left() else node_hash(here, sibling)
    return climb.at_root and here == root


def is_consistent(old: int, size: int, old_root: str, root: str, path: Sequence[str]) -> bool:
    """Whether `path` proves that the tree of `old` leaves with `old_root` is the beginning of the
    tree of `size` leaves with `root` (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not path and old_root == root
    hashes = [old_root, *path] if old.bit_count() == 1 else list(path)
    if not 0 < old < size or not hashes:
        return False
    climb = _Climb(old - 1, size - 1)
    climb.skip_right_edges()
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if climb.at_root:
            return False
        if climb.comes_from_left():
            before, after = node_hash(sibling, before), node_hash(sibling, after)
        else:
            after = node_hash(after, sibling)
    return climb.at_root and before == old_root and after == root


class _Climb:
    """From a node towards the root: its index and that of the last node of its level."""

    def __init__(self, index: int, last: int) -> None:
        self._index, self._last = index, last

    @property
    def at_root(self) -> bool:
        return self._last == 0

    def comes_from_left(self) -> bool:
        """Whether the next sibling stands to the left; go up to their parent."""
        left = self._index % 2 == 1 or self._index == self._last
        if left:
            while self._index and self._index % 2 == 0:
                self._up()
        self._up()
        return left

    def skip_right_edges(self) -> None:
        """Up to the largest complete subtree that ends with this node."""
        while self._index % 2:
            self._up()

    def _up(self) -> None:
        self._index, self._last = self._index >> 1, self._last >> 1
