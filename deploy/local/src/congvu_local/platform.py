"""The whole platform of one data folder, as an object: start it, ask it, break it, stop it."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from congvu_kit.tools.speech import said
from congvu_local import router
from congvu_local.folder import DataFolder
from congvu_local.layout import PLAYGROUND_FILE, Layout, choose_ports, gateway_home
from congvu_local.ports import is_loopback
from congvu_local.processes import Program
from congvu_local.servers import broker_label, database_server
from congvu_local.settings import LocalSettings
from congvu_local.showcase import Showcase
from congvu_local.supervisor import Supervisor
from congvu_local.tokens import LocalIssuer


def _silent(name: str, what: str) -> None:
    """Nobody listens."""


class Platform:
    """All parts as children of this process; a context manager that ends every one of them.

    With `gateway_port=0` it takes a free one. Several run side by side in their own data folders.
    """

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        gateway_port: int = 0,
        settings: LocalSettings | None = None,
        restarts: bool = False,
        tell: Callable[[str, str], None] = _silent,
    ) -> None:
        if settings is None:
            if data_dir is None:
                raise TypeError("either `data_dir` or `settings` is needed")
            settings = LocalSettings(data_dir=data_dir, ports={"gateway": gateway_port})
        self.settings = settings
        self.folder = DataFolder(settings.data_dir)
        self._restarts = restarts
        self._tell = tell
        self._layout: Layout | None = None
        self._supervisor: Supervisor | None = None

    def start(self) -> Self:
        """Return when every part is ready.

        Raises `FolderTaken`, `PortTaken`, `ProgramMissing` or `ProgramFailed`, and then nothing
        that it started is left.
        """
        self.folder.lock()
        try:
            self._layout = Layout(
                settings=self.settings,
                folder=self.folder,
                ports=choose_ports(self.settings, self.folder),
            )
            self._supervisor = Supervisor(
                self._prepared(), tell=self._explain, restarts=self._restarts
            )
            self._supervisor.start()
        except BaseException:
            self.folder.unlock()
            raise
        return self

    def stop(self) -> None:
        """End every child; the data stays."""
        if self._supervisor is not None:
            self._supervisor.stop()
        self.folder.unlock()

    @property
    def layout(self) -> Layout:
        if self._layout is None:
            raise RuntimeError("the platform was not started")
        return self._layout

    @property
    def supervisor(self) -> Supervisor:
        if self._supervisor is None:
            raise RuntimeError("the platform was not started")
        return self._supervisor

    @property
    def base_url(self) -> str:
        """Of the gateway, without a path."""
        return self.layout.base_url

    @property
    def graphql_url(self) -> str:
        return f"{self.base_url}/graphql"

    @property
    def mongo_url(self) -> str:
        return self.layout.mongo_url

    @property
    def kafka_brokers(self) -> str:
        return self.layout.kafka_brokers

    @property
    def witness_key(self) -> str:
        """By which the local witness's signatures are checked."""
        return self.layout.witness.verifier_key

    def service_url(self, service: str) -> str:
        """A service's own address; it answers the gateway only."""
        return self.layout.service_url(service)

    @property
    def issuer(self) -> LocalIssuer:
        return LocalIssuer(
            key=self.folder.issuer_key(),
            issuer=self.settings.issuer,
            audience=self.settings.audience,
        )

    def token_for(
        self,
        *roles: str,
        province: str | None = None,
        unit: str | None = None,
        officer: str | None = None,
        subject: str | None = None,
        scope: str | None = None,
    ) -> str:
        """A bearer token that this platform accepts."""
        return self.issuer.token(
            *roles, province=province, unit=unit, officer=officer, subject=subject, scope=scope
        )

    def kill(self, name: str) -> None:
        """`kill -9` one part: database, broker, issuer, gateway, or a service by its name."""
        self.supervisor.kill(name)

    def end(self, name: str) -> int | None:
        """Ask one part to end, as a rolling restart does; its exit code. It stays down until
        `restart`."""
        return self.supervisor.end(name)

    def restart(self, name: str) -> None:
        """Start one part again, on its port and data; returns when it is ready."""
        self.supervisor.restart(name)

    def logs(self, name: str) -> str:
        """What a part has written since the platform started."""
        return self.layout.log(name).read_text(encoding="utf-8", errors="replace")

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _prepared(self) -> list[list[Program]]:
        """The programs, with the files in place that they read when they start."""
        self.folder.issuer_key()
        self.write_playground(Showcase.plain())
        self.tell_objection()
        return self.layout.tiers()

    def tell_objection(self) -> None:
        """Say why the router that was built here is not taken, where it is not."""
        if objection := router.objection(gateway_home()):
            self._tell(router.PART, objection)

    def write_playground(self, showcase: Showcase) -> None:
        """Put tokens and examples where the gateway's playground page finds them.

        The page hands its tokens to whoever opens it: other machines get the examples only.
        """
        on_this_machine = is_loopback(self.settings.gateway_host)
        text = showcase.playground(self.issuer, with_tokens=on_this_machine)
        self.folder.write_private(PLAYGROUND_FILE, text)

    def _explain(self, name: str, what: str) -> None:
        """Say which of several servers it is, where there is a choice."""
        kinds = {"database": lambda: database_server().label, "broker": broker_label}
        kind = kinds.get(name)
        address = self.layout.address(name)
        at = said(vi="tại", en="at")
        self._tell(name, f"{kind()} {at} {address}, {what}" if kind else f"{address}, {what}")
