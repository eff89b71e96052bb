"""Loopback ports: which are free, and finding one that stays ours across a restart."""

import random
import socket
from ipaddress import ip_address

LOOPBACK = "127.0.0.1"

FREE_PORTS = range(20_000, 32_000)
"""Below what Linux and macOS hand to outgoing connections (32768 and 49152 up), so that a port
stays free while its server is restarted."""

TRIES = 200
"""Draws before giving up; with a tenth of the range in use, one draw in ten fails."""


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        # As servers do: a port whose old connections linger in TIME_WAIT is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


_drawn: set[int] = set()


def free_port() -> int:
    """A port nobody listens on, drawn at random so that instances starting together differ; never
    one that this process was given before, as whoever got it may not listen yet."""
    draw = random.SystemRandom()
    for _ in range(TRIES):
        port = draw.choice(FREE_PORTS)
        if port not in _drawn and is_free(port):
            _drawn.add(port)
            return port
    raise OSError(f"no free port between {FREE_PORTS.start} and {FREE_PORTS.stop}")


def listens(port: int) -> bool:
    """Whether something accepts connections there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.settimeout(0.5)
        return trial.connect_ex((LOOPBACK, port)) == 0


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
