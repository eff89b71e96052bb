"""A port that somebody listens on is not free, on whichever address they do."""

import pytest

from congvu_local.ports import FREE_PORTS, LOOPBACK, free_port, is_free, is_loopback, listens
from local.listener import listening


@pytest.mark.parametrize("host", [LOOPBACK, "0.0.0.0"])
def test_a_port_in_use_is_not_free(host: str) -> None:
    with listening(host, 0) as port:
        assert not is_free(port)
        assert listens(port)

    assert is_free(port)
    assert not listens(port)


def test_a_drawn_port_is_free_and_outside_what_the_system_hands_out() -> None:
    port = free_port()

    assert port in FREE_PORTS
    assert is_free(port)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("db", False)],
)
def test_only_this_machine_reaches_a_loopback_address(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
