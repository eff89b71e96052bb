"""`congvu catalogue submit|appraise|approve|publish|status`: a list from drafts to its release."""

import asyncio
import json
from typing import Any

import pytest
import typer
from typer import Abort, Exit

from catalogue import scenes
from catalogue.people import APPRAISER, COMMITTEE, OFFICER, PROVINCE_EDITOR
from catalogue_service.adapters.cli import governance as cli
from catalogue_service.application.collections import RELEASES, VERSIONS
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.tools.cli import Failure
from evaluation.gateway import InProcess
from support.graph import Graph

CODES = ("B.56.KH-001", "B.56.KH-002")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


class Clerk:
    """Whoever sits at the command line."""

    def __init__(self, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
        self._graph = graph
        self._monkeypatch = monkeypatch

    def is_now(self, actor: Actor) -> None:
        self._monkeypatch.setattr(cli, "Gateway", lambda url, token: InProcess(self._graph, actor))


@pytest.fixture
def clerk(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return Clerk(graph, monkeypatch)


def drafted(uow: MemoryUnitOfWork, **changes: Any) -> None:
    for number, code in enumerate(CODES):
        content = scenes.named(f"Việc số {number}", **changes)
        asyncio.run(scenes.draft(uow, code, content, PROVINCE_EDITOR))


def states(uow: MemoryUnitOfWork) -> list[str]:
    found = asyncio.run(uow.reading().store(VERSIONS).select())
    return sorted(each.state for each in found)


def test_a_list_goes_from_drafts_to_its_release(
    clerk: Clerk, uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted(uow)
    for actor, command, state in (
        (PROVINCE_EDITOR, cli.submit, "SUBMITTED"),
        (APPRAISER, cli.appraise, "IN_REVIEW"),
        (COMMITTEE, cli.approve, "APPROVED"),
    ):
        clerk.is_now(actor)
        command(yes=True)
        assert states(uow) == [state] * 2
    assert capsys.readouterr().out.splitlines()[-1] == "done: 2, refused: 0"

    cli.publish("72-QĐ/TU", effective_from="2026-07-01", yes=True)

    [release] = asyncio.run(uow.reading().store(RELEASES).select())
    assert states(uow) == ["PUBLISHED"] * 2
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"2 products published by 72-QĐ/TU, release {release.id}"
    )
    with pytest.raises(Failure, match="nothing is approved"):
        cli.publish("73-QĐ/TU", yes=True)


def test_a_preview_tells_what_is_lacking_and_changes_nothing(
    clerk: Clerk, uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted(uow, quality_criteria=())
    clerk.is_now(PROVINCE_EDITOR)

    with pytest.raises(Exit) as stop:
        cli.submit(dry_run=True)
    told = capsys.readouterr()
    cli.status()
    counted = capsys.readouterr().out

    assert stop.value.exit_code == 1
    assert states(uow) == ["DRAFT"] * 2
    assert [line.partition(" ")[0] for line in told.err.splitlines()] == list(CODES)
    assert told.out == "preview: 0 would be done, refused: 2\n"
    assert "Draft: 2" in counted
    assert "lacks quality criteria" in counted


def test_a_preview_of_what_can_be_done_tells_the_command_that_does_it(
    clerk: Clerk,
    uow: MemoryUnitOfWork,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    drafted(uow)
    clerk.is_now(PROVINCE_EDITOR)
    monkeypatch.setattr("sys.argv", ["congvu", "catalogue", "submit", "--group", "B", "--dry-run"])

    cli.submit(group="B", dry_run=True)

    assert capsys.readouterr().err == "next, do it: congvu catalogue submit --group B\n"
    assert states(uow) == ["DRAFT"] * 2


def test_whoever_is_asked_and_says_no_has_changed_nothing(
    clerk: Clerk, uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(uow)
    clerk.is_now(PROVINCE_EDITOR)
    monkeypatch.setattr(typer, "confirm", lambda question: False)

    with pytest.raises(Abort):
        cli.submit()

    assert states(uow) == ["DRAFT"] * 2


def test_a_program_reads_one_object(
    clerk: Clerk, uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted(uow)
    clerk.is_now(PROVINCE_EDITOR)

    cli.submit(as_json=True)
    done = json.loads(capsys.readouterr().out)
    cli.status(as_json=True)

    assert (done["done"], done["refused"], len(done["items"])) == (2, 0, 2)
    assert json.loads(capsys.readouterr().out) == {"states": {"SUBMITTED": 2}, "missing": {}}


def test_who_may_not_is_told_so(
    clerk: Clerk, uow: MemoryUnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted(uow)
    clerk.is_now(OFFICER)

    with pytest.raises(Exit):
        cli.submit(yes=True)
    assert "this needs the role catalogue-editor" in capsys.readouterr().err

    assert states(uow) == ["DRAFT"] * 2


def test_the_clerk_is_spoken_to_in_the_language_of_the_system(
    clerk: Clerk,
    uow: MemoryUnitOfWork,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    drafted(uow)
    clerk.is_now(PROVINCE_EDITOR)
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")

    cli.submit(yes=True)

    assert capsys.readouterr().out.splitlines()[-1] == "Đã thực hiện: 2. Không được chấp nhận: 0."
