"""Tries the containers of deploy/ as they run: every one is killed, and must come back by itself.

`python -m deploy.containers.trial PROJECT [ENGINE]`, after `make up`; exits 1 when something was
not back within `BACK_S`. Where the engine has no timers for health checks (podman without systemd),
`python -m deploy.containers.trial --checks PROJECT [ENGINE]` beside `make up` runs them.
With `--wait` it only waits until the graph answers.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

GATEWAY = f"http://127.0.0.1:{os.environ.get('CONGVU_GATEWAY_PORT', '4000')}"
BACK_S = 60.0
FIRST_ANSWER_S = 300.0
LOOK_S = 0.5
QUERY = b'{"query": "{ workProducts(first: 1) { edges { node { code } } } }"}'


@dataclass(frozen=True)
class Engine:
    program: str
    project: str

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [self.program, *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout

    def running(self) -> list[str]:
        names = self.run("ps", "--format", "{{.Names}}").split()
        return sorted(name for name in names if name.startswith(f"{self.project}-"))

    def check(self, name: str) -> bool:
        """By the container's own health check, now."""
        arguments = [self.program, "healthcheck", "run", name]
        return subprocess.run(arguments, capture_output=True, check=False).returncode == 0

    def state(self, name: str) -> dict[str, Any]:
        [found] = json.loads(self.run("inspect", name))
        state: dict[str, Any] = found["State"]
        return state

    def healthy(self, name: str) -> bool:
        if self.program == "podman":
            return self.check(name)
        return bool(self.state(name).get("Health", {}).get("Status") == "healthy")


def serves() -> bool:
    """The graph answers a reader with data of a service."""
    headers = {"content-type": "application/json", "host": "localhost"}
    asked = urllib.request.Request(f"{GATEWAY}/graphql", data=QUERY, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return bool((json.load(answer).get("data") or {}).get("workProducts"))
    except (OSError, ValueError):
        return False


def kill_each(engine: Engine) -> Iterator[tuple[str, float | None]]:
    """Which container, and after how many seconds it and the graph were there again."""
    for name in engine.running():
        os.kill(int(engine.state(name)["Pid"]), signal.SIGKILL)
        began = time.monotonic()
        back = None
        while back is None and time.monotonic() - began < BACK_S:
            time.sleep(LOOK_S)
            if name in engine.running() and engine.healthy(name) and serves():
                back = time.monotonic() - began
        yield name, back


def wait_until_served() -> bool:
    began = time.monotonic()
    while not serves():
        if time.monotonic() - began > FIRST_ANSWER_S:
            return False
        time.sleep(LOOK_S)
    return True


def keep_checking(engine: Engine) -> None:
    while True:
        for name in engine.running():
            engine.check(name)
        time.sleep(LOOK_S)


def main(arguments: list[str]) -> int:
    if "--wait" in arguments:
        return 0 if wait_until_served() else 1
    checks = "--checks" in arguments
    project, *program = [each for each in arguments if each != "--checks"]
    engine = Engine(program=program[0] if program else "docker", project=project)
    if checks:
        keep_checking(engine)
    lost = 0
    for name, seconds in kill_each(engine):
        lost += seconds is None
        told = "did not come back" if seconds is None else f"back after {seconds:.1f} s"
        print(f"{name:30} {told}", flush=True)  # noqa: T201
    print(f"{lost} lost")  # noqa: T201
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
