#!/usr/bin/env python3
"""Kiểm tra biên nhận của nhật ký công khai. Checks receipts of the public log, offline.

    python3 check_receipt.py --key KEY RECEIPT...                     the signature of each promise
    python3 check_receipt.py --key KEY RECEIPT --proof PROOF          ... and that it was kept
    python3 check_receipt.py --key KEY RECEIPT --proof PROOF --witness KEY   ... as others saw it

KEY is the log's verifier key as it is published (not as the log tells it); where another key signed
before or after it, give each with --key of its own. RECEIPT is what you were given when you wrote,
PROOF what `inclusionProof` gives a minute later (c2sp.org/tlog-proof). This file needs Python 3.9
and nothing else; it opens no connection.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from functools import cache

# Ed25519, RFC 8032: verification only, so nothing here is secret and nothing need be fast.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)


class Wrong(Exception):
    """What is wrong, in Vietnamese and English."""


Point = tuple[int, int, int, int]
"""x, y, z, t: extended coordinates."""


def add(a: Point, b: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


@cache
def doubled(point: Point) -> list[Point]:
    """The point times 1, 2, 4, ... : worked out once for each key."""
    powers = [point]
    for _ in range(252):
        powers.append(add(powers[-1], powers[-1]))
    return powers


def times(scalar: int, point: Point) -> Point:
    total: Point = ZERO
    for bit, power in enumerate(doubled(point)):
        if scalar >> bit & 1:
            total = add(total, power)
    return total


def decompressed(encoded: bytes) -> Point | None:
    """The point, or None when there is none."""
    y = int.from_bytes(encoded, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or ZERO
KEY_BYTES, SIGNATURE_BYTES = 32, 64


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key, r = decompressed(public), decompressed(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    x1, y1, z1, _ = times(s, BASE)
    x2, y2, z2, _ = add(r, times(k % ORDER, key))
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0


# Signed notes (c2sp.org/signed-note) and cosignatures (c2sp.org/tlog-cosignature).
NOTE, COSIGNATURE = 1, 4


def from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong("không phải base64 / not base64") from None


def read_key(text: str) -> tuple[str, int, bytes, bytes]:
    name, _, rest = text.strip().partition("+")
    id, _, encoded = rest.partition("+")
    raw = from_base64(encoded)
    wanted = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if len(raw) != 1 + KEY_BYTES or raw[0] not in (NOTE, COSIGNATURE) or id != wanted.hex():
        raise Wrong("khóa kiểm tra không hợp lệ / the verifier key is none")
    return name, raw[0], raw[1:], wanted


def opened(note: str, keys: str) -> list[str]:
    """The lines of a note that one of the keys signed; none that signed may be wrong."""
    signed = [lines for key in keys.split() if (lines := opened_by(note, key)) is not None]
    if signed:
        return signed[0]
    name = read_key((keys.split() or [""])[0])[0]
    if ids := ", ".join(key_ids(note, name)):
        raise Wrong(
            f"{name} ký bằng khóa {ids}, không có trong các khóa đã cho"
            f" / {name} signed with the key {ids}, which is none of those given"
        )
    raise Wrong(f"không có chữ ký của {name} / no signature of {name}")


def key_ids(note: str, name: str) -> list[str]:
    """Of the keys that signed under this name."""
    lines = note.rpartition("\n\n")[2].splitlines()
    signed = [line for line in lines if line.startswith(f"\u2014 {name} ")]
    return [from_base64(line.rpartition(" ")[2])[:4].hex() for line in signed]


def opened_by(note: str, key: str) -> list[str] | None:
    """None when this key did not sign."""
    name, kind, public, id = read_key(key)
    text, separator, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        signer, _, encoded = rest.partition(" ")
        if not separator or dash != "\u2014" or signer != name:
            continue
        raw = from_base64(encoded)
        if raw[:4] != id:
            continue
        signed, signature = text, raw[4:]
        if kind == COSIGNATURE:
            at = int.from_bytes(raw[4:12], "big")
            signed, signature = f"cosignature/v1\ntime {at}\n{text}", raw[12:]
        if is_signed(public, signed.encode(), signature):
            return text.splitlines()
        raise Wrong(f"chữ ký của {name} sai / the signature of {name} is wrong")
    return None


def origin_of(keys: str) -> str:
    """The one log that the keys are of."""
    names = {read_key(key)[0] for key in keys.split()}
    if len(names) != 1:
        raise Wrong("các khóa không thuộc cùng một nhật ký / the keys are not of one log")
    return names.pop()


# Receipts and proofs (RFC 9162, 2.1.3.2).
PLACED = ("entry", "leaf", "subject", "time", "merged-by")
AWAITED = ("promise", "subject", "time", "merged-by")
"""What the two kinds of receipts say: of an entry, and of one that had no place yet."""


def read_receipt(note: str, key: str) -> dict[str, str]:
    """What was promised; raise `Wrong` unless the key signed it."""
    lines = opened(note, key)
    origin = origin_of(key)
    said = [line.partition(" ") for line in lines[1:]]
    names = {f"receipt/v1 {origin}": PLACED, f"receipt/v2 {origin}": AWAITED}.get(lines[0])
    if tuple(name for name, _, _ in said) != names:
        raise Wrong("không phải biên nhận của nhật ký này / no receipt of this log")
    return {name: value for name, _, value in said}


def read_proof(text: str) -> tuple[int, list[bytes], str, bytes]:
    """Index, hashes, checkpoint and what the entry's hash is of (c2sp.org/tlog-proof)."""
    head, _, checkpoint = text.partition("\n\n")
    extra = [line[6:] for line in head.split("\n") if line.startswith("extra ")]
    lines = [line for line in head.split("\n") if not line.startswith("extra ")]
    word, _, index = (lines[1:] or [""])[0].partition(" ")
    if lines[0] != "c2sp.org/tlog-proof@v1" or word != "index" or not index.isdigit():
        raise Wrong("không phải bằng chứng tlog-proof / no tlog-proof")
    entry = from_base64(extra[0]) if extra else b""
    return int(index), [from_base64(line) for line in lines[2:]], checkpoint, entry


def read_checkpoint(note: str, key: str) -> tuple[str, int, bytes]:
    """Origin, size and root."""
    lines = [*opened(note, key), "", "", ""]
    if not lines[1].isdigit():
        raise Wrong("không phải điểm kiểm tra / no checkpoint")
    return lines[0], int(lines[1]), from_base64(lines[2])


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    if not 0 <= index < size:
        return False
    here, last = leaf, size - 1
    for sibling in path:
        if last == 0:
            return False
        if index % 2 or index == last:
            here = node(sibling, here)
            while index and index % 2 == 0:
                index, last = index >> 1, last >> 1
        else:
            here = node(here, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and here == root


def leaf_of(promised: dict[str, str], entry: bytes) -> bytes:
    """The hash of the entry that was promised; raise `Wrong` for another one."""
    if "leaf" in promised:
        return from_base64(promised["leaf"])
    try:
        body = json.loads(entry)
        said = {name: body[name] for name in ("by", "fields", "subject", "type")}
    except (ValueError, KeyError, TypeError):
        raise Wrong("bằng chứng không kèm mục / the proof shows no entry") from None
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if hashlib.sha256(text.encode()).digest() != from_base64(promised["promise"]):
        raise Wrong("không phải mục đã hứa / not the entry promised")
    return hashlib.sha256(b"\0" + entry).digest()


def check(
    receipt: str, key: str, proof: str | None = None, witness: str | None = None
) -> dict[str, str]:
    """What the receipt promises; raise `Wrong` for one that does not hold."""
    promised = read_receipt(receipt, key)
    if proof is not None:
        index, path, note, entry = read_proof(proof)
        origin, size, root = read_checkpoint(note, key)
        if origin != origin_of(key):
            raise Wrong("điểm kiểm tra của nhật ký khác / a checkpoint of another log")
        if witness is not None:
            read_checkpoint(note, witness)
        leaf = leaf_of(promised, entry)
        promised.setdefault("entry", str(index + 1))
        kept = index == int(promised["entry"]) - 1 and is_included(leaf, index, size, path, root)
        if not kept:
            raise Wrong("mục đã hứa không có trong nhật ký / the entry promised is not in the log")
    return promised


def read(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("receipts", nargs="+", metavar="RECEIPT")
    parser.add_argument(
        "--key",
        required=True,
        action="append",
        help="a verifier key of the log, known from elsewhere; may be repeated",
    )
    parser.add_argument("--proof", help="a file with the proof that the promise was kept")
    parser.add_argument("--witness", help="a witness's verifier key: it must have signed as well")
    given = parser.parse_args()
    if given.proof and len(given.receipts) > 1:
        parser.error("one proof is of one receipt")
    wrong = 0
    for path in given.receipts:
        try:
            proof = read(given.proof) if given.proof else None
            promised = check(read(path), " ".join(given.key), proof, given.witness)
        except (Wrong, OSError, UnicodeDecodeError) as exception:
            wrong += 1
            sys.stdout.write(f"SAI / WRONG  {path}: {exception}\n")
        else:
            kept = "đã có trong nhật ký / is in the log" if proof else "đã hứa / promised"
            entry = promised.get("entry", "?")
            sys.stdout.write(f"ĐÚNG / RIGHT {path}: mục / entry {entry} {kept}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
