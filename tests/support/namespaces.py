"""Hosts of our own on this machine: network namespaces on a bridge, whose cable can be pulled."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

NETWORK = "10.213.{}"
"""The last but one number is this run's."""


class NotPermitted(Exception):
    """No right to make them, or no `ip` here."""


@dataclass(frozen=True)
class Hosts:
    run: int
    count: int

    @property
    def _bridge(self) -> str:
        return f"cvb{self.run}"

    def _name(self, number: int) -> str:
        return f"cv{self.run}n{number}"

    def address(self, number: int) -> str:
        return f"{NETWORK.format(self.run)}.{number + 1}"

    def inside(self, number: int) -> Sequence[str]:
        """Put before a command, it runs on that host."""
        return ("ip", "netns", "exec", self._name(number))

    def cut(self, number: int) -> None:
        """Nothing reaches it, and nobody hears of that."""
        _ip("link", "set", self._name(number), "down")

    def heal(self, number: int) -> None:
        _ip("link", "set", self._name(number), "up")

    def close(self) -> None:
        """As much as there is of it."""
        spaces = [("netns", "del", self._name(each)) for each in range(self.count)]
        for gone in (*spaces, ("link", "del", self._bridge)):
            with suppress(NotPermitted):
                _ip(*gone)

    def _open(self) -> None:
        _ip("link", "add", self._bridge, "type", "bridge")
        _ip("addr", "add", f"{NETWORK.format(self.run)}.254/24", "dev", self._bridge)
        _ip("link", "set", self._bridge, "up")
        for number in range(self.count):
            name = self._name(number)
            _ip("netns", "add", name)
            _ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", name, "master", self._bridge, "up")
            _ip("-n", name, "addr", "add", f"{self.address(number)}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "link", "set", "lo", "up")


def make(count: int) -> Hosts:
    """Raise `NotPermitted`."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        raise NotPermitted("network namespaces need root and iproute2")
    hosts = Hosts(run=os.getpid() % 250, count=count)
    try:
        hosts._open()
    except NotPermitted:
        hosts.close()
        raise
    return hosts


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotPermitted(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
