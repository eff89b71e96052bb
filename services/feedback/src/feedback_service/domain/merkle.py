"""Proofs of the Merkle tree, exactly as RFC 9162 section 2.1 defines them, as ranges of leaves.

Every range splits into complete subtrees, whose roots are stored; so a proof over millions of
entries reads a few dozen rows.
"""

from collections.abc import Mapping
from functools import reduce

from feedback_service.domain.public_log import node_hash

Range = tuple[int, int]
"""Leaves from the first (counted from 0) to before the second."""

Subtree = tuple[int, int]
"""(level, index): the complete subtree over leaves index·2^level to before (index+1)·2^level."""


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


def root_of(leaves: Range, hashes: Mapping[Subtree, str]) -> str:
    """The Merkle tree hash over a range, from the roots of its complete subtrees."""
    roots = [hashes[subtree] for subtree in subtrees(leaves)]
    return reduce(lambda right, left: node_hash(left, right), reversed(roots))
