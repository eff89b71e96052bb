"""A receipt is a promise that a citizen checks alone, with one file and no code of ours (F-I11)."""

import base64
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.notes import BadNote, Cosigner, Ed25519Notes, open_checkpoint
from congvu_kit.application.perform import perform
from congvu_kit.domain.merkle import is_consistent
from congvu_kit.service.app import Runtime
from feedback.log.steps import filled
from feedback.people import BOARD
from feedback.scenes import (
    NOTES,
    NOW,
    ORIGIN,
    enter,
    file,
    know_the_ward,
    make_needs,
    rate,
    rating,
)
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.workers import sign_log
from feedback_service.application.log.checkpoints import newest_checkpoint
from feedback_service.application.log.queries import prove
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.commands import submit_satisfaction
from feedback_service.domain.log.receipt import receipt_text
from support.clock import FixedClock
from support.graph import Graph

FILE = Path(__file__).parents[2] / "services/gateway/src/page/check_receipt.py"
KEY = NOTES.verifier_key
WITNESS = Cosigner("test/witness", Ed25519PrivateKey.from_private_bytes(b"w" * 32))
SUBMISSIONS, HEADS = 1000, 10


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """The file by itself, for what is quicker asked than run."""
    module = ModuleType("check_receipt")
    exec(compile(FILE.read_text(), str(FILE), "exec"), module.__dict__)
    return module


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """As a citizen does: somewhere else, with nothing installed but Python."""
    shutil.copy(FILE, folder)
    done = subprocess.run(
        [sys.executable, "-I", "-S", FILE.name, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout + done.stderr


# RFC 8032, 7.1, TEST 1 to 3.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
        "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
        "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_are_verified_as_the_rfc_has_it(
    checker: ModuleType, public: str, message: str, signature: str
) -> None:
    key, text, good = map(bytes.fromhex, (public, message, signature))
    above = good[:32] + (int.from_bytes(good[32:], "little") + ORDER).to_bytes(32, "little")

    assert checker.is_signed(key, text, good)
    for at in range(0, 64, 7):
        bad = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        assert not checker.is_signed(key, text, bad)
    for wrong in (above, good[:63], good + b"x", b"\xff" * 64):
        assert not checker.is_signed(key, text, wrong)
    assert not checker.is_signed(key, text + b"x", good)
    assert not checker.is_signed(b"\xff" * 32, text, good)


def test_it_agrees_with_the_library_the_platform_signs_with(checker: ModuleType) -> None:
    for number in range(20):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        signature, public = key.sign(b"x" * number), key.public_key().public_bytes_raw()

        assert checker.is_signed(public, b"x" * number, signature)
        assert not checker.is_signed(public, b"y" * (number + 1), signature)


@dataclass(frozen=True)
class Given:
    """What a citizen has: at once, and a minute later."""

    receipt: str
    proof: str


async def given(uow: MemoryUnitOfWork, needs: Needs, sequence: int) -> Given:
    graph = Graph(schema, uow, needs=needs)
    asked = await graph.ask(
        "query Asked($after: String, $sequence: Int!) {"
        " publicLog(first: 100, after: $after) { edges { node { sequence receipt } } }"
        " inclusionProof(sequence: $sequence) }",
        after=None,
        sequence=sequence,
    )
    [receipt] = [
        edge["node"]["receipt"]
        for edge in asked["publicLog"]["edges"]
        if edge["node"]["sequence"] == sequence
    ]
    return Given(receipt=receipt, proof=asked["inclusionProof"])


async def test_whoever_writes_is_given_the_receipt(checker: ModuleType) -> None:
    uow, needs = MemoryUnitOfWork(FixedClock(NOW)), make_needs()
    await know_the_ward(uow)
    sent = await rate(uow, needs, rating())
    filed = await file(uow, needs)
    query = (
        "query($s: ID!, $c: ID!) { submission(id: $s) { receipt } complaint(id: $c) { receipt } }"
    )

    asked = await Graph(schema, uow, needs=needs).ask(query, BOARD, s=sent.id, c=filed.id)

    for row, name in ((sent, "submission"), (filed, "complaint")):
        promised = checker.check(asked[name]["receipt"], KEY)
        assert (promised["entry"], promised["subject"]) == (str(row.log_sequence), row.id)
        assert promised["merged-by"] == "2026-08-03T02:01:00.000Z"


@pytest.fixture
async def kept() -> Given:
    """Of the fourth of nine entries, cosigned by a witness."""
    uow, needs = MemoryUnitOfWork(FixedClock(NOW)), make_needs()
    await filled(uow, 9)
    await sign_log(Runtime(uow=uow, needs=needs))
    found = await given(uow, needs, 4)
    checkpoint = found.proof.partition("\n\n")[2]
    return replace(found, proof=found.proof + WITNESS.cosign(checkpoint, 1_785_722_400))


def written(folder: Path, given: Given) -> list[str]:
    (folder / "r.txt").write_text(given.receipt)
    (folder / "p.txt").write_text(given.proof)
    return ["--key", KEY, "r.txt", "--proof", "p.txt", "--witness", WITNESS.verifier_key]


def test_a_kept_promise_is_checked_with_one_file(kept: Given, tmp_path: Path) -> None:
    code, said = run(tmp_path, *written(tmp_path, kept))

    assert (code, "ĐÚNG / RIGHT r.txt: mục / entry 4 đã có trong nhật ký" in said) == (0, True)
    assert run(tmp_path, "--key", KEY, "r.txt")[0] == 0


@pytest.fixture
async def promised() -> Given:
    """Given before the entry had a place; the proof is of when it had one."""
    uow, needs = MemoryUnitOfWork(FixedClock(NOW)), make_needs()
    await know_the_ward(uow)
    sent = await perform(submit_satisfaction, rating(), uow, needs=needs)
    query = "query($s: ID!) { submission(id: $s) { receipt } inclusionProof(subject: $s) }"
    graph = Graph(schema, uow, needs=needs)
    at_once = await graph.ask(query, BOARD, s=sent.id)
    await filled(uow, 4)
    await enter(uow, needs)
    await rate(uow, needs, rating(token="dan-9"))
    await sign_log(Runtime(uow=uow, needs=needs))
    later = await graph.ask(query, BOARD, s=sent.id)
    assert at_once["inclusionProof"] is None
    return Given(receipt=at_once["submission"]["receipt"], proof=later["inclusionProof"])


PAGE = FILE.with_name("receipt.html")
AWAITED: dict[str, Callable[[Given], Given]] = {
    "another promise": lambda it: replace(
        it, receipt=NOTES.sign(re.sub("promise ....", "promise AAAA", _said(it)))
    ),
    "a proof without its entry": lambda it: replace(it, proof=re.sub("extra .*\n", "", it.proof)),
    "a proof of another place": lambda it: replace(
        it, proof=it.proof.replace("index 4", "index 3")
    ),
    "an entry that says something else": lambda it: replace(
        it, proof=re.sub("extra .*", lambda found: _lying(found.group()), it.proof)
    ),
    "another subject": lambda it: replace(it, receipt=it.receipt.replace("sub_", "sub_0")),
    "a receipt of no kind": lambda it: replace(
        it, receipt=NOTES.sign(_said(it).replace("receipt/v2", "receipt/v3"))
    ),
}


def _said(given: Given) -> str:
    return given.receipt.partition("\n\n")[0] + "\n"


def _lying(extra: str) -> str:
    entry = base64.b64decode(extra.removeprefix("extra "))
    return "extra " + base64.b64encode(entry.replace(b'"seq":5', b'"seq":6')).decode()


def by_page(given: Given) -> str:
    """What the browser's page says of it, asked of its own script."""
    [script] = re.findall(r"<script>(.*?)</script>", PAGE.read_text(), re.DOTALL)
    script = script.partition("/** What a field of the page holds")[0]
    asked = {"key": KEY, "receipt": given.receipt, "proof": given.proof, "witness": ""}
    run = f"{script}\ncheck({json.dumps(asked)}).then(console.log, (e) => console.log(e.message));"
    done = subprocess.run(
        ["node", "-e", run], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_a_promise_without_a_place_is_checked_too(
    promised: Given, checker: ModuleType, tmp_path: Path
) -> None:
    found = checker.check(promised.receipt, KEY)
    kept = checker.check(promised.receipt, KEY, promised.proof)
    files = written(tmp_path, promised)[:-2]

    assert (found.get("entry"), kept["entry"]) == (None, "5")
    assert found["merged-by"] == "2026-08-03T02:01:00.000Z"
    code, said = run(tmp_path, *files)
    assert (code, "mục / entry 5 đã có trong nhật ký" in said) == (0, True)
    assert "RIGHT: the entry promised is in the log of 6 entries" in by_page(promised)
    assert "RIGHT: promised" in by_page(replace(promised, proof=""))


def test_the_page_checks_a_receipt_with_its_place_too(kept: Given) -> None:
    assert "RIGHT: the entry promised is in the log of 9 entries" in by_page(kept)
    assert "RIGHT" not in by_page(replace(kept, proof=kept.proof.replace("index 3", "index 4")))


@pytest.mark.parametrize("kind", AWAITED)
def test_a_tampered_promise_is_refused(promised: Given, checker: ModuleType, kind: str) -> None:
    bad = AWAITED[kind](promised)
    assert bad != promised

    with pytest.raises(checker.Wrong):
        checker.check(bad.receipt, KEY, bad.proof)
    assert "RIGHT" not in by_page(bad)


OTHERS = Ed25519Notes(ORIGIN, Ed25519PrivateKey.generate())
Tamper = Callable[[Given], Given]


def _receipt(change: Callable[[str], str]) -> Tamper:
    return lambda given: replace(given, receipt=change(given.receipt))


def _proof(change: Callable[[str], str]) -> Tamper:
    return lambda given: replace(given, proof=change(given.proof))


def _promise(sequence: int, leaf: str) -> str:
    text = receipt_text(
        ORIGIN, sequence=sequence, leaf=leaf, subject="cpl_1", at="2026-08-03T02:00:00.000Z"
    )
    return NOTES.sign(text)


TAMPERINGS: dict[str, Tamper] = {
    "another entry": _receipt(lambda text: text.replace("entry 4", "entry 5")),
    "another leaf": _receipt(lambda text: re.sub("leaf ....", "leaf AAAA", text)),
    "another subject": _receipt(lambda text: text.replace("cpl_1", "cpl_2")),
    "another time": _receipt(lambda text: text.replace("time 2026", "time 2027")),
    "another deadline": _receipt(lambda text: text.replace("merged-by 2026", "merged-by 2027")),
    "another signature": _receipt(lambda text: OTHERS.sign(text.partition("\n\n")[0] + "\n")),
    "no signature": _receipt(lambda text: text.partition("\n\n")[0] + "\n\n"),
    "a checkpoint": lambda given: replace(given, receipt=given.proof.partition("\n\n")[2]),
    "a promise of what is not there": _receipt(lambda _: _promise(4, "ab" * 32)),
    "a promise of another place": _receipt(
        lambda text: NOTES.sign(text.partition("\n\n")[0].replace("entry 4", "entry 5") + "\n")
    ),
    "a proof of another place": _proof(lambda text: text.replace("index 3", "index 4")),
    "a proof without a hash": _proof(lambda text: "\n".join(_without(text.split("\n"), 3))),
    "a proof with another root": _proof(lambda text: re.sub("\n9\n....", "\n9\nAAAA", text)),
    "a proof without the witness": _proof(
        lambda text: "\n".join(line for line in text.split("\n") if "witness" not in line)
    ),
    "no proof": _proof(lambda _: "x"),
}


def _without(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_a_tampered_receipt_or_proof_is_refused(
    kept: Given, checker: ModuleType, kind: str
) -> None:
    bad = TAMPERINGS[kind](kept)
    assert bad != kept

    with pytest.raises(checker.Wrong):
        checker.check(bad.receipt, KEY, bad.proof, WITNESS.verifier_key)
    checker.check(kept.receipt, KEY, kept.proof, WITNESS.verifier_key)


def test_a_receipt_is_no_checkpoint(kept: Given) -> None:
    with pytest.raises(BadNote):
        open_checkpoint(kept.receipt, KEY)


async def test_a_thousand_receipts_verify_offline_and_all_are_included(tmp_path: Path) -> None:
    """Acceptance: every promise verifies by the file alone, every entry is under a signed root when
    its deadline comes, and each head continues the one before."""
    clock = FixedClock(NOW)
    uow, needs = MemoryUnitOfWork(clock), make_needs()
    await know_the_ward(uow)
    runtime, heads = Runtime(uow=uow, needs=needs), []
    for batch in range(HEADS):
        await filled(uow, SUBMISSIONS // HEADS - 1)
        await rate(uow, needs, rating(token=f"dan-{batch}"))
        clock.pass_seconds(10)
        await sign_log(runtime)
        newest = await newest_checkpoint(uow.reading())
        assert newest is not None
        heads.append((newest.size, newest.root))
    graph, after, leaves = Graph(schema, uow, needs=needs), None, 0
    while True:
        page = (
            await graph.ask(
                "query R($after: String) { publicLog(first: 100, after: $after) {"
                " edges { node { sequence receipt } } pageInfo { hasNextPage endCursor } } }",
                after=after,
            )
        )["publicLog"]
        for edge in page["edges"]:
            (tmp_path / f"{edge['node']['sequence']}.txt").write_text(edge["node"]["receipt"])
            leaves += 1
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    code, said = run(tmp_path, "--key", KEY, *(f"{n + 1}.txt" for n in range(leaves)))

    assert (code, said.count("ĐÚNG / RIGHT")) == (0, SUBMISSIONS)
    assert [size for size, _ in heads] == [100 * n for n in range(1, HEADS + 1)]
    for old, old_root in heads:
        for size, root in (head for head in heads if head[0] >= old):
            proof = await prove(uow.reading(), sequence=old, size=size, old_size=old)
            assert is_consistent(old, size, old_root, root, proof.consistency)
