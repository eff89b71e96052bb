"""A note that its key did not sign is refused, and in both languages is said why."""

import base64
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.notes import (
    BadNote,
    Cosigner,
    Ed25519Notes,
    VerifierKey,
    head_in,
    open_checkpoint,
    open_note,
    signed_by,
)

ROOT = base64.b64encode(b"r" * 32).decode()
SECRET = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
LOG = Ed25519Notes("log.vn", SECRET)
OTHER = Ed25519Notes("log.vn", Ed25519PrivateKey.from_private_bytes(b"o" * 32))
WITNESS = Cosigner("nhan-chung.vn", SECRET)
TEXT = f"log.vn\n5\n{ROOT}\n"
NOTE = LOG.sign(TEXT)


def kind_of(algorithm: bytes) -> str:
    return str(VerifierKey("log.vn", algorithm, VerifierKey.read(LOG.verifier_key).public))


def renamed() -> str:
    """The key under another's name, with the hash of its own."""
    return LOG.verifier_key.replace("log.vn", "kh.vn")


REFUSED: list[tuple[Callable[[], object], str, str]] = [
    (lambda: VerifierKey.read("log.vn"), "tên, mã băm và khóa", "no verifier key of the form"),
    (lambda: VerifierKey.read("a+b+c"), "tên, mã băm và khóa", "no verifier key of the form"),
    (lambda: VerifierKey.read(kind_of(b"\x09")), "loại chưa biết", "of an unknown kind"),
    (lambda: VerifierKey.read(renamed()), "không khớp mã băm", "contradicts its own hash"),
    (lambda: open_note(TEXT, LOG.verifier_key), "không có chữ ký", "no signature of 'log.vn'"),
    (lambda: open_note(NOTE, OTHER.verifier_key), "không có chữ ký", "no signature of"),
    (
        lambda: open_note(NOTE.replace("\n5\n", "\n6\n"), LOG.verifier_key),
        "chữ ký không đúng",
        "the signature is wrong",
    ),
    (
        lambda: open_note(f"{TEXT}\n— log.vn ====\n", LOG.verifier_key),
        "không được mã hóa đúng dạng",
        "not base64",
    ),
    (
        lambda: open_checkpoint(LOG.sign(TEXT.replace("log.vn", "kh.vn")), LOG.verifier_key),
        "mốc ký của «kh.vn», không phải của «log.vn»",
        "a checkpoint of 'kh.vn', not of 'log.vn'",
    ),
    (lambda: head_in("log.vn\nfive\n"), "không phải mốc ký", "no checkpoint"),
    (lambda: head_in(f"log.vn\n5\n{ROOT[:-4]}\n"), "không phải mốc ký", "no checkpoint"),
    (lambda: head_in(""), "không phải mốc ký", "no checkpoint"),
]


@pytest.mark.parametrize(("opened", "vi", "en"), REFUSED, ids=[en for _, _, en in REFUSED])
def test_a_bad_note_is_refused_and_it_is_said_why(
    opened: Callable[[], object], vi: str, en: str
) -> None:
    with pytest.raises(BadNote) as refusal:
        opened()

    assert vi in refusal.value.vi
    assert en in str(refusal.value)


def test_a_note_opens_for_who_signed_it_and_for_a_witness() -> None:
    witnessed = NOTE + WITNESS.cosign(NOTE, 1_790_000_000)

    assert open_checkpoint(witnessed, LOG.verifier_key).size == 5
    assert open_checkpoint(witnessed, WITNESS.verifier_key).origin == "log.vn"
    assert [signed_by(NOTE, each) for each in (LOG.verifier_key, WITNESS.verifier_key)] == [
        True,
        False,
    ]


def test_of_two_keys_that_signed_none_may_be_wrong() -> None:
    torn = NOTE + LOG.sign(TEXT.replace("\n5\n", "\n6\n")).rpartition("\n\n")[2]
    forged = NOTE + OTHER.sign(TEXT.replace("\n5\n", "\n6\n")).rpartition("\n\n")[2]

    assert open_checkpoint(torn, LOG.verifier_key).size == 5
    with pytest.raises(BadNote, match="the signature is wrong"):
        open_checkpoint(forged, LOG.verifier_key, OTHER.verifier_key)
