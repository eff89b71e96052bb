"""A witness signs nothing that contradicts what it saw; who trusts it sees a split log (F-I11)."""

import asyncio
import base64
import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.head_memory import FILE, HeadMemory
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.notes import BadNote, Cosigner, Ed25519Notes, VerifierKey
from congvu_kit.adapters.witnesses import Prove, WitnessClient, submission
from congvu_kit.domain.heads import WitnessRefused
from congvu_kit.service.witness import BODY_MAX, Witness, create_app
from congvu_kit.tools.log_export import Export, require_witnessed
from congvu_kit.tools.log_verification import Broken, LogVerifier
from feedback.log.exports import exported
from feedback.log.steps import checkpoint, filled
from feedback.people import BOARD
from feedback.scenes import NOTES, NOW, ORIGIN, make_needs
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.log.checkpoints import newest_checkpoint, sign_when_due
from feedback_service.application.log.queries import consistency
from feedback_service.application.log.witnessing import ask_witnesses
from feedback_service.domain.log.checkpoint import Checkpoint
from support.clock import FixedClock
from support.graph import Graph

WITNESS_KEY = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
COSIGNER = Cosigner("test/witness", WITNESS_KEY)


@dataclass
class Log:
    """A log as its operator runs it, who may have another with the same key."""

    uow: MemoryUnitOfWork

    @classmethod
    async def of(cls, entries: int) -> "Log":
        log = cls(MemoryUnitOfWork(FixedClock(NOW)))
        await filled(log.uow, entries)
        return log

    async def signed(self) -> Checkpoint:
        """By the log's key, whose memory the operator has thrown away."""
        return await checkpoint(self.uow, make_needs(), BOARD)

    async def proof(self, old: int, size: int) -> list[str]:
        return [*await consistency(self.uow.reading(), old, size)]

    async def export(self) -> Export:
        """As somebody reads it an hour later."""
        read = await exported(Graph(schema, self.uow, needs=make_needs()))
        return replace(read, header=replace(read.header, readAt="2026-08-03T03:00:00+00:00"))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(
        cosigner=COSIGNER,
        heads=HeadMemory(tmp_path),
        logs={ORIGIN: [NOTES.verifier_key]},
        clock=FixedClock(NOW),
    )


def client(witness: Witness) -> WitnessClient:
    transport = httpx.ASGITransport(create_app(witness))
    return WitnessClient("http://witness", COSIGNER.verifier_key, transport=transport)


async def sent(witness: Witness, body: str) -> httpx.Response:
    transport = httpx.ASGITransport(create_app(witness))
    async with httpx.AsyncClient(transport=transport, base_url="http://witness") as http:
        return await http.post("/add-checkpoint", content=body.encode())


def verified(export: Export) -> int:
    verifier = LogVerifier()
    export.verify(verifier, key=NOTES.verifier_key)
    return require_witnessed(export, verifier, COSIGNER.verifier_key)


async def test_a_growing_log_is_cosigned_and_verifies_with_its_witness(witness: Witness) -> None:
    log, asked = await Log.of(5), client(witness)
    for more in (0, 4, 1):
        await filled(log.uow, more)
        await log.signed()
        assert await ask_witnesses(log.uow, [asked]) == {"test/witness": None}
    assert await ask_witnesses(log.uow, [asked]) == {"test/witness": None}

    newest = await newest_checkpoint(log.uow.reading())
    assert newest is not None
    assert newest.note.count("— test/witness ") == 1
    assert verified(await log.export()) == 0


async def test_a_cosignature_is_of_the_form_that_others_read(witness: Witness) -> None:
    """By the text of c2sp.org/tlog-cosignature, without code of ours."""
    note = (await (await Log.of(3)).signed()).note

    answer = await sent(witness, submission(0, [], note))

    assert answer.status_code == 200
    dash, name, encoded = answer.text.rstrip("\n").split(" ")
    raw, at = base64.b64decode(encoded), int(NOW.timestamp())
    public = WITNESS_KEY.public_key()
    id = hashlib.sha256(b"test/witness\n\x04" + public.public_bytes_raw()).digest()[:4]
    assert (dash, name, raw[:4], struct.unpack(">Q", raw[4:12])) == ("—", name, id, (at,))
    body = note[: note.index("\n\n") + 1]
    public.verify(raw[12:], f"cosignature/v1\ntime {at}\n{body}".encode())


async def test_a_witness_remembers_after_a_restart(witness: Witness, tmp_path: Path) -> None:
    log = await Log.of(5)
    assert (await sent(witness, submission(0, [], (await log.signed()).note))).status_code == 200

    restarted = replace(witness, heads=HeadMemory(tmp_path))
    answer = await sent(restarted, submission(0, [], (await (await Log.of(2)).signed()).note))

    assert (answer.status_code, answer.text) == (409, "5\n")
    assert answer.headers["content-type"].startswith("text/x.tlog.size")


Made = Callable[[Checkpoint, list[str]], str]
FOREIGN = Ed25519Notes(ORIGIN, Ed25519PrivateKey.generate())
UNKNOWN = Ed25519Notes("another/log", Ed25519PrivateKey.generate())


def said(point: Checkpoint) -> str:
    return point.note[: point.note.index("\n\n") + 1]


REFUSED: dict[str, tuple[Made, int]] = {
    "another log": (
        lambda point, proof: submission(
            5, proof, UNKNOWN.sign(said(point).replace(ORIGIN, "another/log"))
        ),
        404,
    ),
    "another key": (lambda point, proof: submission(5, proof, FOREIGN.sign(said(point))), 403),
    "a changed size": (
        lambda point, proof: submission(5, proof, point.note.replace("\n9\n", "\n8\n")),
        403,
    ),
    "an old size above": (lambda point, proof: submission(10, proof, point.note), 400),
    "an old size of another time": (lambda point, proof: submission(4, proof, point.note), 409),
    "no proof": (lambda point, proof: submission(5, [], point.note), 422),
    "a wrong proof": (lambda point, proof: submission(5, proof[::-1], point.note), 422),
    "a proof too long": (lambda point, proof: submission(5, ["00" * 32] * 64, point.note), 400),
    "a zero too many": (lambda point, proof: "old 05\n\n" + point.note, 400),
    "no note": (lambda point, proof: "old 5\n\nx\n", 400),
    "nothing": (lambda point, proof: "", 400),
    "too much": (lambda point, proof: "x" * (BODY_MAX + 1), 413),
}


@pytest.mark.parametrize("kind", REFUSED)
async def test_what_does_not_continue_is_refused_and_forgotten(
    witness: Witness, tmp_path: Path, kind: str
) -> None:
    log = await Log.of(5)
    assert (await sent(witness, submission(0, [], (await log.signed()).note))).status_code == 200
    await filled(log.uow, 4)
    point, proof = await log.signed(), await log.proof(5, 9)
    remembered = (tmp_path / FILE).read_bytes()
    made, status = REFUSED[kind]

    answer = await sent(witness, made(point, proof))

    assert answer.status_code == status
    assert "— test/witness" not in answer.text
    assert (tmp_path / FILE).read_bytes() == remembered
    assert (await sent(witness, submission(5, proof, point.note))).status_code == 200


async def test_a_split_view_is_seen_by_who_trusts_the_witness(witness: Witness) -> None:
    """Two trees of one size, both signed with the log's own key, each whole in itself."""
    shown, hidden = await Log.of(6), await Log.of(6)
    for log in (shown, hidden):
        await log.signed()
    asked = client(witness)

    assert await ask_witnesses(shown.uow, [asked]) == {"test/witness": None}
    refused = await ask_witnesses(hidden.uow, [asked])

    assert refused == {"test/witness": "it answers 409"}
    assert verified(await shown.export()) == 0
    with pytest.raises(Broken, match="the witness has cosigned no checkpoint"):
        verified(await hidden.export())


async def test_a_cosignature_of_one_tree_does_not_help_another(witness: Witness) -> None:
    shown, hidden = await Log.of(6), await Log.of(6)
    await ask_witnesses((await _with_checkpoint(shown)).uow, [client(witness)])
    own = await hidden.signed()
    seen = await newest_checkpoint(shown.uow.reading())
    assert seen is not None
    line = seen.note.splitlines(keepends=True)[-1]

    export = replace(await hidden.export(), notes=[own.note + line])

    with pytest.raises(Broken, match="the signature is wrong"):
        verified(export)


async def _with_checkpoint(log: Log) -> Log:
    await log.signed()
    return log


async def test_entries_that_no_witness_saw_are_named_until_it_is_too_late(
    witness: Witness,
) -> None:
    log = await Log.of(5)
    await log.signed()
    await ask_witnesses(log.uow, [client(witness)])
    await filled(log.uow, 2)
    await log.signed()
    export = await log.export()

    soon = replace(export.header, readAt="2026-08-03T02:04:59+00:00")
    assert verified(replace(export, header=soon)) == 2
    with pytest.raises(Broken, match="has cosigned 5 entries, and not what came after"):
        verified(export)


async def test_what_a_witness_cosigned_is_there_until_it_cosigns_the_next(
    witness: Witness,
) -> None:
    """The newest signed root takes the place of the one before within a second."""
    log, needs = await Log.of(5), make_needs()
    for more in (0, 2, 3):
        await filled(log.uow, more)
        assert await sign_when_due(log.uow, needs.signer, timedelta(days=1))
        if more < 3:
            await ask_witnesses(log.uow, [client(witness)])
    export = await log.export()

    soon = replace(export.header, readAt="2026-08-03T02:04:59+00:00")
    assert verified(replace(export, header=soon)) == 3
    assert [note.partition("\n")[2].partition("\n")[0] for note in export.notes] == ["10", "7", "5"]


async def test_a_witness_slower_than_the_log_still_cosigns(witness: Witness) -> None:
    """While it looked at one root, the next one took its place."""
    log, needs = await Log.of(5), make_needs()
    await sign_when_due(log.uow, needs.signer, timedelta(days=1))
    await filled(log.uow, 1)
    await sign_when_due(log.uow, needs.signer, timedelta(days=1))

    class Slow(WitnessClient):
        async def cosign(self, note: str, size: int, prove: Prove) -> str:
            line = await super().cosign(note, size, prove)
            await filled(log.uow, 1)
            await sign_when_due(log.uow, needs.signer, timedelta(days=1))
            return line

    transport = httpx.ASGITransport(create_app(witness))
    slow = Slow("http://witness", COSIGNER.verifier_key, transport=transport)
    await ask_witnesses(log.uow, [slow])
    export = await log.export()

    soon = replace(export.header, readAt="2026-08-03T02:04:59+00:00")
    assert verified(replace(export, header=soon)) == 1


async def test_a_log_cut_behind_its_witness_is_told(witness: Witness) -> None:
    long, cut = await Log.of(9), await Log.of(5)
    for log in (long, cut):
        await log.signed()
    await ask_witnesses(long.uow, [client(witness)])

    assert await ask_witnesses(cut.uow, [client(witness)]) == {
        "test/witness": "it saw 9 entries: this log was cut"
    }


async def test_an_answer_of_another_key_is_not_kept(witness: Witness) -> None:
    log = await Log.of(3)
    point = await log.signed()
    stranger = Cosigner("test/witness", Ed25519PrivateKey.generate())
    asked = client(replace(witness, cosigner=stranger))

    with pytest.raises(WitnessRefused, match="without a signature of its key"):
        await asked.cosign(point.note, point.size, lambda old: log.proof(old, point.size))
    nobody = WitnessClient("http://127.0.0.1:9", COSIGNER.verifier_key)
    assert "does not answer" in str((await ask_witnesses(log.uow, [nobody]))["test/witness"])


async def test_two_at_once_leave_one_history(witness: Witness, tmp_path: Path) -> None:
    logs = [await Log.of(6) for _ in range(4)]
    notes = [(await log.signed()).note for log in logs]

    answers = await asyncio.gather(*(sent(witness, submission(0, [], note)) for note in notes))

    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    assert len((tmp_path / FILE).read_text().splitlines()) == 1


@pytest.mark.parametrize("text", ["", "ftp://x k", "http://x", "http://x a+b+c", "x+00000000+AQ=="])
def test_a_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        WitnessClient.read(text)
    with pytest.raises(BadNote):
        VerifierKey.read(text)
