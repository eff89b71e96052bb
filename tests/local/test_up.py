"""`congvu up`: what it says, how it ends, and that nothing of it is left."""

import base64
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from congvu_kit.domain.actor import Role
from congvu_local.ports import LOOPBACK, free_port
from local.listener import listening
from local.standins import StandIns, congvu, make_stand_ins
from support.polling import until

STARTS_WITHIN_S = 40
ENDS_WITHIN_S = 20
PARTS = {
    "database",
    "broker",
    "issuer",
    "witness",
    "catalogue",
    "evaluation",
    "feedback",
    "pages",
    "gateway",
}


@pytest.fixture(scope="session")
def stand_ins(tmp_path_factory: pytest.TempPathFactory) -> StandIns:
    return make_stand_ins(tmp_path_factory.mktemp("standins"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, stand_ins: StandIns) -> "Iterator[Up]":
    """One for all tests that only look at it."""
    with _up(stand_ins, tmp_path_factory.mktemp("running") / "var") as up:
        up.until_ready()
        yield up


class Up:
    """A running `congvu up` with what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", output: Path, data: Path) -> None:
        self.process = process
        self._output = output
        self.data = data

    @property
    def text(self) -> str:
        return self._output.read_text()

    @property
    def url(self) -> str:
        found = re.search(r"Playground +(http://\S+)/graphql", self.text)
        assert found is not None, self.text
        return found[1]

    def until_ready(self) -> None:
        self._until("Ready. Ctrl-C stops everything.", STARTS_WITHIN_S)

    def _until(self, text: str, within_s: float) -> None:
        def shown_or_ended() -> bool:
            return text in self.text or self.process.poll() is not None

        until(shown_or_ended, within_s=within_s, what=text)
        assert text in self.text, self.text

    def children(self) -> list[psutil.Process]:
        found: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return found

    def child(self, part: str) -> psutil.Process:
        """The child of a part, told by what is peculiar to its command line."""
        peculiar = {"database": "secantusd", "broker": "tansu", "gateway": "server.mjs"}
        wanted = peculiar.get(part, f"{part}_service")
        [found] = [each for each in self.children() if wanted in " ".join(each.cmdline())]
        return found


@contextmanager
def _up(stand_ins: StandIns, data: Path, *options: str, **ours: str) -> Iterator[Up]:
    environment = stand_ins.environment(
        **{"CONGVU_DATA_DIR": str(data), "CONGVU_GATEWAY_PORT": str(free_port())} | ours
    )
    data.parent.mkdir(parents=True, exist_ok=True)
    output = data.with_name(f"{data.name}.output")
    with (
        output.open("wb") as file,
        subprocess.Popen(
            congvu("up", "--no-demo", *options),
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield Up(process, output, data)
        finally:
            process.terminate()
            process.wait(ENDS_WITHIN_S)


def _gone(children: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


def test_every_part_is_told_and_the_gateway_answers(running: Up) -> None:
    told = {line.split()[0] for line in running.text.splitlines() if "ready in" in line}

    answer = httpx.post(f"{running.url}/graphql", json={"query": "{ __typename }"})

    assert told == PARTS
    assert answer.json() == {"data": {"__typename": "Query"}}


def test_tokens_are_given_on_request_and_verify_against_the_published_keys(
    running: Up, stand_ins: StandIns
) -> None:
    playground = json.loads((running.data / "playground.json").read_text())
    asked = [
        _token(running, stand_ins, *options).stdout
        for options in (("--role", "citizen"), ("--as", "citizen"))
    ]

    codes = [
        httpx.post(
            f"{running.url}/graphql",
            json={"query": "{ __typename }"},
            headers={"authorization": f"Bearer {token}"},
        ).status_code
        for token in [each.strip() for each in (*asked, f"{asked[0].strip()[:-6]}AAAAAA")]
    ]

    assert "eyJ" not in running.text
    assert [token.count("\n") for token in asked] == [1, 1]
    assert codes == [200, 200, 401]
    assert {each["role"] for each in playground["tokens"]} == set(Role)


@pytest.mark.parametrize(
    "options",
    [(), ("--role", "citizen", "--as", "citizen"), ("--as", "officer", "--province", "56")],
)
def test_a_token_is_asked_for_in_one_of_two_ways(
    running: Up, stand_ins: StandIns, options: tuple[str, ...]
) -> None:
    refused = _token(running, stand_ins, *options)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "either --as, or --role with its claims" in refused.stderr


def test_a_token_of_a_unit_asks_the_platform_for_its_code(running: Up, stand_ins: StandIns) -> None:
    id = f"unit_{1:032x}"
    given, unknown = (
        _token(running, stand_ins, "--as", "unit-head", "--unit", unit) for unit in (id, "H99.1")
    )
    person, nobody = (
        _token(running, stand_ins, "--role", "officer", "--officer", officer)
        for officer in (f"cs_{1:032x}", "hrm|H99")
    )

    assert _claims(given.stdout)["unit"] == id
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "orgUnits" in unknown.stderr  # What stands in for the graph has none.
    assert "H99" not in unknown.stderr
    assert _claims(person.stdout)["officer"] == f"cs_{1:032x}"
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "civilServantByRef" in nobody.stderr


def _claims(token: str) -> dict[str, object]:
    body = token.split(".")[1]
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def _token(running: Up, stand_ins: StandIns, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        congvu("token", *options),
        env=stand_ins.environment(
            CONGVU_DATA_DIR=str(running.data),
            CONGVU_GATEWAY_PORT=running.url.rpartition(":")[2],
            COLUMNS="200",
        ),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_in_use_is_refused_and_its_owner_goes_on(running: Up, stand_ins: StandIns) -> None:
    second = subprocess.run(
        congvu("up"),
        env=stand_ins.environment(CONGVU_DATA_DIR=str(running.data)),
        capture_output=True,
        text=True,
        check=False,
        timeout=STARTS_WITHIN_S,
    )

    assert second.returncode == 1
    assert f"{running.data} is used by another instance" in second.stderr
    assert httpx.get(f"{running.url}/readyz").status_code == 200


@pytest.mark.timeout(180)
def test_ctrl_c_ends_every_child_and_is_no_failure(tmp_path: Path, stand_ins: StandIns) -> None:
    with _up(stand_ins, tmp_path / "var") as up:
        up.until_ready()
        children = up.children()

        up.process.send_signal(signal.SIGINT)
        code = up.process.wait(ENDS_WITHIN_S)

    assert len(children) >= len(PARTS)
    assert (code, up.text.splitlines()[-1]) == (0, "stopping; the data stays")
    _gone(children)


@pytest.mark.timeout(180)
def test_sigterm_while_starting_ends_every_child(tmp_path: Path, stand_ins: StandIns) -> None:
    with _up(stand_ins, tmp_path / "var") as up:
        until(lambda: "issuer" in up.text, within_s=STARTS_WITHIN_S, what="it is half-way")
        children = up.children()

        up.process.send_signal(signal.SIGTERM)
        code = up.process.wait(ENDS_WITHIN_S)

    assert code == 0
    _gone(children)


@pytest.mark.timeout(180)
def test_the_death_of_a_child_ends_all_and_is_told_with_its_log(
    tmp_path: Path, stand_ins: StandIns
) -> None:
    with _up(stand_ins, tmp_path / "var") as up:
        up.until_ready()
        children = up.children()

        up.child("broker").kill()
        code = up.process.wait(ENDS_WITHIN_S)

    log = tmp_path / "var" / "log" / "broker.log"
    assert code == 1
    assert (
        up.text.splitlines()[-1] == f"congvu: broker ended by itself (signal 9); its log is {log}"
    )
    _gone(children)


@pytest.mark.timeout(180)
def test_with_restart_a_dead_child_comes_back(tmp_path: Path, stand_ins: StandIns) -> None:
    with _up(stand_ins, tmp_path / "var", "--restart") as up:
        up.until_ready()
        dead = up.child("catalogue")

        dead.kill()
        until(lambda: "ready again" in up.text, within_s=20, what="catalogue is back")

        assert up.child("catalogue").pid != dead.pid
        until(
            lambda: httpx.get(f"{up.url}/readyz").status_code == 200,
            within_s=20,
            what="the gateway is ready",
        )


@pytest.mark.timeout(180)
def test_two_run_side_by_side_and_a_killed_one_takes_only_its_own_children_along(
    tmp_path: Path, stand_ins: StandIns, running: Up
) -> None:
    with _up(stand_ins, tmp_path / "var") as up:
        up.until_ready()
        children = up.children()

        up.process.kill()
        up.process.wait()

        _gone(children)
        assert httpx.get(f"{running.url}/readyz").status_code == 200
        ports = [json.loads((each.data / "ports.json").read_text()) for each in (up, running)]
        assert not set(ports[0].values()) & set(ports[1].values())


@pytest.mark.parametrize("variable", ["CONGVU_GATEWAY_PORT", "EVALUATION_PORT"])
def test_a_port_in_use_is_named_with_its_variable(
    tmp_path: Path, stand_ins: StandIns, variable: str
) -> None:
    with (
        listening(LOOPBACK, 0) as port,
        _up(stand_ins, tmp_path / "v", **{variable: str(port)}) as up,
    ):
        code = up.process.wait(STARTS_WITHIN_S)

    assert code == 1
    part = {"CONGVU_GATEWAY_PORT": "gateway", "EVALUATION_PORT": "evaluation"}[variable]
    assert up.text.splitlines()[-1] == (
        f"congvu: port {port} ({part}) is in use; set {variable} to another port"
    )


def test_a_token_without_an_issuer_is_a_clear_error(tmp_path: Path) -> None:
    asked = subprocess.run(
        congvu("token", "--role", "citizen"),
        env=os.environ | {"CONGVU_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == f"congvu: no issuer in {tmp_path}: start `congvu up` there once\n"
