"""`congvu verify-log`: whole logs pass, and of a changed one the first bad entry is named."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import typer
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from typer.testing import CliRunner

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.domain.heads import TreeHead
from congvu_kit.domain.log_entries import canonical_entry, commitment
from congvu_kit.domain.merkle import leaf_hash
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.log_export import (
    Export,
    Line,
    from_file,
    to_file,
)
from congvu_kit.tools.log_verification import Broken, LogHeader, LogVerifier
from feedback import people
from feedback.log.exports import check, exported
from feedback.log.steps import checkpoint, filled, redact, redaction
from feedback.scenes import (
    NOTES,
    ORIGIN,
    answered,
    decide,
    dispute,
    know_the_ward,
    make_needs,
    rate,
    rating,
    verdict,
)
from feedback_service.adapters.cli.commands import make_log_keys, verify_log
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.needs import Needs
from feedback_service.domain.log.checkpoint import checkpoint_text
from support.clock import FixedClock
from support.graph import Graph

app = typer.Typer()
app.command("verify-log")(verify_log)
app.command("make-log-keys")(make_log_keys)


@pytest.fixture
async def export(uow: MemoryUnitOfWork, graph: Graph, needs: Needs) -> Export:
    """Seven entries, one of them redacted, and two checkpoints."""
    await rate(uow, needs, rating())
    await checkpoint(uow, needs, people.BOARD)
    complaint = await dispute(uow, needs, await answered(uow, needs))
    await decide(uow, needs, verdict(complaint))
    await redact(uow, needs, redaction(4, "answer"))
    await checkpoint(uow, needs, people.PERIOD_ADMIN)
    return await exported(graph)


def test_a_whole_log_passes(export: Export) -> None:
    verified = check(export)

    assert (verified.entries, verified.checkpoints, verified.hidden) == (7, 2, 1)
    assert verified.root == export.header.root


def field(line: Line, name: str) -> Line:
    fields = line["fields"]
    assert isinstance(fields, list)
    found: Line = next(each for each in fields if each["name"] == name)
    return found


def _recommit(line: Line, name: str, value: str) -> None:
    found = field(line, name)
    found["value"], found["commitment"] = value, commitment(str(found["salt"]), value)


TAMPERINGS: list[tuple[str, Callable[[list[Line]], object], int]] = [
    ("a value", lambda log: field(log[0], "answer").update(value="VERY_SATISFIED"), 1),
    ("a value and its commitment", lambda log: _recommit(log[2], "category", "OTHER"), 3),
    ("the actor class", lambda log: log[3].update(by="SUBMITTER"), 4),
    ("the time", lambda log: log[5].update(at="2026-08-03T02:00:00.001Z"), 6),
    ("an earlier time", lambda log: log[5].update(at="2025-08-03T02:00:00.000Z"), 6),
    ("the type", lambda log: log[4].update(type="COMPLAINT_CONFIRMED"), 5),
    ("the subject", lambda log: log[4].update(subject="cpl_other"), 5),
    ("an entry taken out", lambda log: log.pop(2), 4),
    ("the first entry taken out", lambda log: log.pop(0), 2),
    ("two entries swapped", lambda log: log.insert(1, log.pop(2)), 3),
    ("an entry twice", lambda log: log.insert(1, log[1]), 2),
    ("a field hidden in silence", lambda log: field(log[2], "summary").update(value=None), 3),
    (
        "a field hidden behind another's tombstone",
        lambda log: field(log[2], "summary").update(value=None, salt=None, hiddenBy=7),
        3,
    ),
    (
        "a verdict hidden",
        lambda log: field(log[5], "verdict").update(value=None, salt=None, hiddenBy=7),
        6,
    ),
    ("the hash", lambda log: log[1].update(hash="0" * 64), 2),
]


@pytest.mark.parametrize(
    ("tamper", "first_bad"),
    [pytest.param(tamper, sequence, id=name) for name, tamper, sequence in TAMPERINGS],
)
def test_the_first_bad_entry_is_named(
    export: Export, tamper: Callable[[list[Line]], object], first_bad: int
) -> None:
    entries: list[Line] = json.loads(json.dumps(export.entries))
    tamper(entries)

    with pytest.raises(Broken) as broken:
        check(Export(header=export.header, entries=entries, notes=export.notes))

    assert broken.value.sequence == first_bad
    assert str(broken.value).startswith(f"entry {first_bad}: ")


def _reseal(line: Line) -> None:
    """As a forger would: the hash says again what the entry says."""
    fields = line["fields"]
    assert isinstance(fields, list)
    committed = {each["name"]: each["commitment"] for each in fields}
    named = {name: str(line[name]) for name in ("previous", "type", "at", "by", "subject")}
    body = canonical_entry(sequence=int(str(line["sequence"])), fields=committed, **named)
    line["hash"] = leaf_hash(body)


def _without(line: Line, name: str) -> None:
    fields = line["fields"]
    assert isinstance(fields, list)
    fields.remove(field(line, name))


FORGERIES: list[tuple[str, Callable[[list[Line]], object], int]] = [
    ("follows entry 3: there is a gap", lambda log: log[3].update(sequence=5), 5),
    ("does not name the hash of the entry before", lambda log: log[3].update(previous="ab"), 4),
    ("goes back in time", lambda log: log[3].update(at="2025-08-03T02:00:00.000Z"), 4),
    ("a tombstone without reason or legal basis", lambda log: _without(log[6], "cause"), 7),
    ("a tombstone without reason or legal basis", lambda log: _without(log[6], "legal_basis"), 7),
    (
        "field 'verdict' must not be hidden",
        lambda log: field(log[5], "verdict").update(value=None, salt=None, hiddenBy=7),
        6,
    ),
]


@pytest.mark.parametrize(("reason", "forge", "first_bad"), FORGERIES)
def test_a_forged_hash_hides_nothing(
    export: Export, reason: str, forge: Callable[[list[Line]], object], first_bad: int
) -> None:
    entries: list[Line] = json.loads(json.dumps(export.entries))
    forge(entries)
    for line in entries:
        _reseal(line)

    with pytest.raises(Broken, match=f"^entry {first_bad}: {reason}"):
        check(Export(header=export.header, entries=entries, notes=export.notes))


def test_a_log_that_lost_its_end_is_shorter_than_an_earlier_file(
    export: Export, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    to_file(export, old)
    cut = LogVerifier()
    for line in list(export.read_entries())[:3]:
        cut.take(line)
    header = LogHeader(**{**export.header.__dict__, "size": 3, "root": cut.root(3)})
    to_file(Export(header=header, entries=export.entries[:3], notes=export.notes[1:]), new)

    code, _, failure = run("verify-log", str(new), "--against", str(old))

    assert code == 1
    assert "it had 7 entries, now it has 3" in str(failure)


def test_a_verifier_key_that_contradicts_itself_is_refused(export: Export) -> None:
    name, _, encoded = export.header.verifierKey.split("+", 2)
    other = Ed25519Notes(ORIGIN, Ed25519PrivateKey.generate()).verifier_key.split("+")[1]

    with pytest.raises(Broken, match="checkpoint 1: the verifier key contradicts its own hash"):
        check(export, key=f"{name}+{other}+{encoded}")


def test_entries_cut_off_at_the_end_are_missed(export: Export) -> None:
    short = Export(header=export.header, entries=export.entries[:-1], notes=export.notes)
    with pytest.raises(Broken, match="hidden without a tombstone"):
        check(short)

    fresh = LogHeader(**{**export.header.__dict__, "size": 3})
    with pytest.raises(Broken, match="the root the log gives"):
        check(Export(header=fresh, entries=export.entries[:3], notes=[]))


def test_another_key_is_not_the_logs(export: Export) -> None:
    other = Ed25519Notes(ORIGIN, Ed25519PrivateKey.generate()).verifier_key

    with pytest.raises(Broken, match="checkpoint 1"):
        check(export, key=other)


async def test_F_I1_a_rewritten_log_contradicts_what_somebody_kept(
    export: Export, clock: FixedClock, tmp_path: Path
) -> None:
    """Who holds database and key can make another log, whole in itself; an earlier file tells."""
    needs = make_needs()  # whose signer remembers nothing of the other log
    other_uow = MemoryUnitOfWork(clock)
    await know_the_ward(other_uow)
    for person in range(9):
        await rate(other_uow, needs, rating(token=f"dan-{person}"))
    await checkpoint(other_uow, needs, people.BOARD)
    rewritten = await exported(Graph(schema, other_uow, needs=needs))
    assert check(rewritten).entries == 9
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    to_file(export, old)
    to_file(rewritten, new)

    code, _, failure = run("verify-log", str(new), "--against", str(old))

    assert code == 1
    assert "its first 7 entries are not the log of the earlier file" in str(failure)


async def test_a_log_that_grew_still_begins_with_the_earlier_one(
    export: Export, uow: MemoryUnitOfWork, needs: Needs, graph: Graph, tmp_path: Path
) -> None:
    await rate(uow, needs, rating(token="dan-9"))
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    to_file(export, old)
    to_file(await exported(graph), new)

    code, out, _ = run("verify-log", str(new), "--against", str(old))

    assert (code, "whole: 8 entries" in out) == (0, True)


def test_F_I11_what_was_signed_for_an_earlier_file_must_fit_the_log(
    export: Export, tmp_path: Path
) -> None:
    """Two answers signed by the log's own key, one of them shown to one reader only."""
    head = TreeHead(origin=ORIGIN, size=3, root="ab" * 32)
    shown = NOTES.sign(checkpoint_text(head, "2026-08-03T02:00:00.000Z"))
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    to_file(Export(header=export.header, entries=export.entries, notes=[shown]), old)
    to_file(export, new)

    code, _, failure = run("verify-log", str(new), "--against", str(old))

    assert code == 1
    assert "the checkpoint over 3 entries has another root" in str(failure)


def test_a_file_says_the_same(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"

    to_file(export, path)

    assert from_file(path) == export


def run(*arguments: str) -> tuple[int, str, BaseException | None]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.exception


def test_the_command_verifies_a_file(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    to_file(export, path)

    code, out, _ = run("verify-log", str(path), "--key", export.header.verifierKey)

    assert code == 0
    assert "whole: 7 entries, 2 signed checkpoints, 1 hidden fields" in out
    assert f"root {export.header.root}" in out


def test_the_command_names_what_is_broken(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    to_file(export, path)
    path.write_text(path.read_text().replace('"DELAY"', '"OTHER"'))

    code, _, failure = run("verify-log", str(path))

    assert code == 1
    assert isinstance(failure, Failure)
    assert "entry 3: field 'category'" in str(failure)


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"entry": {"sequence": 1}}'])
def test_the_command_says_what_it_cannot_read(tmp_path: Path, content: str) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(content)

    code, _, failure = run("verify-log", str(path))

    assert code == 1
    assert isinstance(failure, Failure)


@asynccontextmanager
async def served(graph: Graph) -> AsyncIterator[str]:
    """The graph behind an address, as the gateway serves it to anybody."""

    async def answer(asked: Line) -> Line:
        variables = asked["variables"]
        assert isinstance(variables, dict)
        return {"data": await graph.ask(str(asked["query"]), ANONYMOUS, **variables)}

    async with answering(answer) as url:
        yield url


@asynccontextmanager
async def answering(answer: Callable[[Line], Awaitable[Line]]) -> AsyncIterator[str]:
    async def respond(request: Request) -> JSONResponse:
        return JSONResponse(await answer(await request.json()))

    application = Starlette(routes=[Route("/graphql", respond, methods=["POST"])])
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
    finally:
        server.should_exit = True
        await task


async def test_the_command_reads_page_after_page_through_a_gateway(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, tmp_path: Path
) -> None:
    await filled(uow, 230)
    await checkpoint(uow, needs, people.BOARD)
    saved = tmp_path / "log.jsonl"

    async with served(graph) as url:
        code, out, failure = await asyncio.to_thread(run, "verify-log", url, "--save", str(saved))

    assert (code, failure) == (0, None)
    assert "whole: 230 entries, 1 signed checkpoints, 0 hidden fields" in out
    assert len(from_file(saved).entries) == 230


@pytest.mark.parametrize("body", [{"errors": [{"message": "no"}], "data": {}}, {"data": None}])
async def test_a_gateway_that_refuses_is_one_clear_line(body: Line) -> None:
    async def refuse(asked: Line) -> Line:
        del asked
        return body

    async with answering(refuse) as url:
        code, _, failure = await asyncio.to_thread(run, "verify-log", url)

    assert code == 1
    assert isinstance(failure, Failure)
    assert f"{url} refuses: " in str(failure)


async def test_an_address_that_is_no_gateway_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/graphql"

    code, _, failure = await asyncio.to_thread(run, "verify-log", url)

    assert code == 1
    assert isinstance(failure, Failure)
    assert f"{url} does not answer as a gateway" in str(failure)


def test_keys_are_made_once_and_only_for_the_owner(tmp_path: Path) -> None:
    folder = tmp_path / "keys"

    first = run("make-log-keys", str(folder))
    contents = {path.name: path.read_bytes() for path in folder.iterdir()}
    second = run("make-log-keys", str(folder))

    assert first == second
    assert first[1].startswith("congvu-kpi/public-log+")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == contents
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
