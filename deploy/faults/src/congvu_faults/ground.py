"""The embedded platform, made to be broken: proxies before its parts, replicas, other clocks."""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from congvu_faults.proxy import Proxy
from congvu_faults.waiting import until
from congvu_local.platform import Platform
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, Program, python
from congvu_local.servers import REPLICA_SET
from congvu_local.settings import SERVICES, LocalSettings

READY_WITHIN_S = 120
ADVERTISED = "--advertised-listener-url"

UNLIMITED = {"CONGVU_RATE_LIMIT_PER_MINUTE": "0", "FEEDBACK_PORTAL_MINUTE": "1000000"}
"""Load comes from few callers here."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a ground differs from the platform as it is. Parts are named as the platform names
    them; the second of a service is `NAME-2`."""

    behind_proxy: Sequence[str] = ()
    twice: Sequence[str] = ()
    mortal: bool = False
    """Services die at the points of `congvu_faults.dying`."""
    heals: bool = True
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """More of a part's environment."""
    reserve_mb: float = 128


class Ground(Platform):
    """A context manager; what it broke is mended when it ends."""

    def __init__(
        self, folder: Path, plan: Plan, tell: Callable[[str, str], None] = lambda *_: None
    ) -> None:
        self.plan = plan
        settings = LocalSettings(
            data_dir=folder,
            ports={"gateway": 0},
            passed_on=UNLIMITED,
            disk_reserve_mb=self.plan.reserve_mb,
        )
        super().__init__(settings=settings, restarts=self.plan.heals, tell=tell)
        self.proxies: dict[str, Proxy] = {}
        self.gateways: list[str] = []
        self._open = ExitStack()
        self._asking = ExitStack()

    def stop(self) -> None:
        self._asking.close()
        super().stop()
        self._open.close()

    def ends_with(self, close: Callable[[], object]) -> None:
        """What asks it is closed before it: a client that says goodbye waits for who is gone."""
        self._asking.callback(close)

    @property
    def dying(self) -> Path:
        return self.folder.path / "dying"

    def process(self, name: str) -> Process:
        return self.supervisor.process(name)

    def told(self, part: str, more: Mapping[str, str]) -> None:
        """What is in a part's environment from its next start on."""
        process = self.process(part)
        environment = {**process.program.environment, **more}
        process.program = replace(process.program, environment=environment)

    def runs_with(self, part: str, interpreter: Path) -> None:
        """What it runs with from its next start on: another edition's, for a rolling upgrade."""
        process = self.process(part)
        _, *arguments = process.program.command
        process.program = replace(process.program, command=[str(interpreter), *arguments])

    def wait_ready(self, part: str) -> None:
        """After it was killed, where the ground heals."""
        until(self.process(part).program.ready, within_s=READY_WITHIN_S, what=part)

    def url(self, part: str) -> str:
        """Where a part, or its second, answers."""
        environment = self.process(part).program.environment
        service = part.removesuffix("-2")
        return f"http://{LOOPBACK}:{environment[f'{service.upper()}_PORT']}"

    def sleep(self, part: str) -> None:
        """SIGSTOP for it and all it started."""
        self._signal(part, signal.SIGSTOP)

    def wake(self, part: str) -> None:
        self._signal(part, signal.SIGCONT)

    def _signal(self, part: str, number: signal.Signals) -> None:
        pid = self.process(part).pid
        if pid is not None:
            os.killpg(pid, number)

    def _explain(self, name: str, what: str) -> None:
        """A second of a part has no address in the layout."""
        self._tell(name, what)

    def _prepared(self) -> list[list[Program]]:
        tiers = super()._prepared()
        for part in self.plan.behind_proxy:
            proxy = Proxy(self.layout.ports[part])
            self.proxies[part] = self._open.enter_context(proxy)
        changed = [[self._changed(program) for program in tier] for tier in tiers]
        return self._doubled(changed)

    def _changed(self, program: Program) -> Program:
        command = list(program.command)
        if program.name == "broker":
            told = command.index(ADVERTISED) + 1
            command[told] = self._rerouted(command[told])
        if program.name in SERVICES and self.plan.mortal:
            folder = self.dying / program.name
            folder.mkdir(parents=True, exist_ok=True)
            command = [*python("congvu_faults.dying", program.name, str(folder))]
        environment = {name: self._rerouted(value) for name, value in program.environment.items()}
        told_too = self.plan.told.get(program.name, {})
        return replace(program, command=command, environment={**environment, **told_too})

    def _rerouted(self, text: str) -> str:
        """Addresses of parts behind a proxy are the proxy's, to themselves as well: a service is
        signed for by the address that is called, and a broker tells its clients its own."""
        for part, proxy in self.proxies.items():
            direct = f"{LOOPBACK}:{self.layout.ports[part]}"
            if part == "database" and direct in text:  # else the driver asks it where it is
                text = text.replace(f"replicaSet={REPLICA_SET}", "directConnection=true")
            text = text.replace(direct, f"{LOOPBACK}:{proxy.port}")
        return text

    def _doubled(self, tiers: list[list[Program]]) -> list[list[Program]]:
        self.gateways = [self.base_url]
        servers, parts = tiers
        urls: dict[str, str] = {}
        seconds = []
        for program in parts:
            if program.name in self.plan.twice:
                second = self._second(program)
                seconds.append(second)
                if program.name in SERVICES:
                    name = f"{program.name.upper()}_URL"
                    urls[name] = f"{program.environment[name]},{second.environment[name]}"
        both = [*parts, *seconds]
        return [servers, [self._knowing(each, urls) for each in both]]

    def _knowing(self, program: Program, urls: Mapping[str, str]) -> Program:
        """A gateway calls both of a service."""
        if not program.name.startswith("gateway"):
            return program
        return replace(program, environment={**program.environment, **urls})

    def _second(self, program: Program) -> Program:
        port, name = free_port(), program.name
        if name == "gateway":
            self.gateways.append(f"http://{LOOPBACK}:{port}")
        ours = {
            "gateway": {"CONGVU_GATEWAY_PORT": str(port)},
            "pages": {"PAGES_PORT": str(port)},
        }.get(
            name,
            {
                f"{name.upper()}_PORT": str(port),
                f"{name.upper()}_URL": f"http://{LOOPBACK}:{port}/graphql",
            },
        )
        told = self.plan.told.get(f"{name}-2", {})
        return replace(
            program,
            name=f"{name}-2",
            log=self.layout.log(f"{name}-2"),
            environment={**program.environment, **ours, **told},
            ready=http_ready(f"http://{LOOPBACK}:{port}/readyz"),
            live=http_ready(f"http://{LOOPBACK}:{port}/livez"),
        )
