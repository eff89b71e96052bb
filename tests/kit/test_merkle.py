"""RFC 9162 hashing: the known vectors, and agreement with the definition written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.merkle import (
    EMPTY_ROOT,
    GrowingRoot,
    Range,
    Tree,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    subtrees,
)
from feedback.log.steps import defined_root

REFERENCE = [
    leaf_hash(bytes.fromhex(body))
    for body in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves that certificate-transparency logs are tested with, and their roots."""
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAVES_4_TO_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
LEAVES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAVES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"


def tree_of(leaves: list[str]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def hashes(leaves: list[str], path: list[Range]) -> list[str]:
    return [defined_root(leaves[start:end]) for start, end in path]


@pytest.mark.parametrize("size", range(9))
def test_the_reference_tree_has_the_known_roots(size: int) -> None:
    assert tree_of(REFERENCE).root(size) == defined_root(REFERENCE[:size]) == ROOTS[size]


def test_nothing_has_the_hash_of_nothing() -> None:
    assert Tree().root(0) == EMPTY_ROOT == ROOTS[0]


@pytest.mark.parametrize(
    ("leaf", "size", "path"),
    [
        (1, 1, []),
        (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", LEAF_2_3,
                LEAVES_4_TO_7]),
        (6, 8, [LEAF_4, LEAVES_6_7, ROOTS[4]]),
        (3, 3, [ROOTS[2]]),
        (2, 5, [ROOTS[1], LEAF_2_3, LEAF_4]),
    ],
)  # fmt: skip
def test_known_inclusion_proofs(leaf: int, size: int, path: list[str]) -> None:
    proof = hashes(REFERENCE, inclusion_path(leaf - 1, size))

    assert proof == path
    assert is_included(REFERENCE[leaf - 1], leaf - 1, size, proof, ROOTS[size])


@pytest.mark.parametrize(
    ("old", "size", "path"),
    [
        (1, 1, []),
        (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", LEAF_2_3,
                LEAVES_4_TO_7]),
        (6, 8, [LEAVES_4_5, LEAVES_6_7, ROOTS[4]]),
        (2, 5, [LEAF_2_3, LEAF_4]),
    ],
)  # fmt: skip
def test_known_consistency_proofs(old: int, size: int, path: list[str]) -> None:
    proof = hashes(REFERENCE, consistency_path(old, size))

    assert proof == path
    assert is_consistent(old, size, ROOTS[old], ROOTS[size], proof)


@given(st.lists(st.binary(max_size=3), max_size=70), st.data())
def test_every_earlier_root_stays_what_it_was(bodies: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_hash(body) for body in bodies]
    size = data.draw(st.integers(0, len(leaves)))

    assert tree_of(leaves).root(size) == defined_root(leaves[:size])


@given(st.integers(1, 200), st.data())
def test_proofs_prove_what_they_say_and_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    root, old = defined_root(leaves), index + 1
    inclusion = hashes(leaves, inclusion_path(index, size))
    consistency = hashes(leaves, consistency_path(old, size))
    old_root, strange = defined_root(leaves[:old]), leaf_hash(b"strange")

    assert is_included(leaves[index], index, size, inclusion, root)
    assert is_consistent(old, size, old_root, root, consistency)

    assert not is_included(strange, index, size, inclusion, root)
    assert not is_included(leaves[index], index, size, inclusion, strange)
    assert not is_included(leaves[index], index, size, [*inclusion, strange], root)
    assert not is_consistent(old, size, strange, root, consistency)
    assert not is_consistent(old, size, old_root, strange, consistency)
    assert not is_consistent(old, size, old_root, root, [*consistency, strange])
    if inclusion:
        at = data.draw(st.integers(0, len(inclusion) - 1))
        forged = [*inclusion[:at], strange, *inclusion[at + 1 :]]
        assert not is_included(leaves[index], index, size, forged, root)
        assert not is_included(leaves[index], index, size, inclusion[:-1], root)
    if consistency:
        at = data.draw(st.integers(0, len(consistency) - 1))
        forged = [*consistency[:at], strange, *consistency[at + 1 :]]
        assert not is_consistent(old, size, old_root, root, forged)
        assert not is_consistent(old, size, old_root, root, consistency[:-1])


def test_no_proof_holds_outside_its_tree() -> None:
    [leaf] = tree = REFERENCE[:1]
    root = defined_root(tree)

    assert is_included(leaf, 0, 1, [], root)
    assert not is_included(leaf, 1, 1, [], root)
    assert not is_included(leaf, -1, 1, [], root)
    assert not is_included(leaf, 0, 0, [], root)
    assert not is_consistent(0, 1, EMPTY_ROOT, root, [])
    assert not is_consistent(2, 1, ROOTS[2], root, [root])
    assert not is_consistent(1, 2, ROOTS[1], ROOTS[2], [])
    assert not is_consistent(3, 5, ROOTS[3], ROOTS[5], [])


@given(st.integers(0, 5000))
def test_a_range_splits_into_few_complete_subtrees(size: int) -> None:
    found = subtrees((0, size))

    leaves = [index << level for level, index in found]
    ends = [(index + 1) << level for level, index in found]
    assert [*leaves, size] == [0, *ends]
    assert len(found) == size.bit_count()


def test_a_growing_root_is_the_trees_at_every_size() -> None:
    tree, growing = Tree(), GrowingRoot()
    assert growing.root() == EMPTY_ROOT

    for size in range(1, 200):
        leaf = leaf_hash(str(size).encode())
        tree.append(leaf)
        growing.append(leaf)

        assert (growing.size, growing.root()) == (size, tree.root(size))
