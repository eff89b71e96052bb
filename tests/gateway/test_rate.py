"""Who counts as one caller, what several gateways share, and what a lost store costs: nothing."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

import pytest
from fakeredis import TcpFakeServer

from congvu_local.certificates import new_authority
from gateway.fixtures import StartGateway
from gateway.running import Gateway, World, codes
from support.polling import until

OFFICER = "cs_8"


@contextmanager
def store(tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that speaks the Redis protocol, on a free port."""
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        # Whoever still reads is not waited for.
        server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'rediss' if tls else 'redis'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def statuses(gateway: Gateway, *tokens: str) -> list[int]:
    return [gateway.post("{ whoami }", token=token).status_code for token in tokens]


def shares(gateway: Gateway) -> bool:
    lines = gateway.client.get(f"{gateway.base_url}/metrics").text.splitlines()
    return 'congvu_rate_limit_store_up{part="gateway"} 1' in lines


def test_one_person_is_counted_once_whatever_tokens_and_accounts_they_use(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway(CONGVU_RATE_LIMIT_PER_MINUTE="4")
    token = world.issuer.token

    by_tokens = statuses(gateway, *(token(sub="binh", jti=uuid4().hex) for _ in range(5)))
    by_letters = statuses(gateway, token(sub="BINH"))
    by_accounts = statuses(
        gateway, *(token(sub=f"account-{number}", officer=OFFICER) for number in range(5))
    )
    somebody_else = statuses(gateway, token(sub="account-9", officer="cs_9"))

    assert by_tokens == [200] * 4 + [429]
    assert by_letters == [429]
    assert by_accounts == [200] * 4 + [429]
    assert somebody_else == [200]


def test_gateways_share_one_count(start_gateway: StartGateway, world: World) -> None:
    with store() as url:
        settings = {"CONGVU_RATE_LIMIT_PER_MINUTE": "6", "CONGVU_RATE_LIMIT_URL": url}
        one, other = start_gateway(**settings), start_gateway(**settings)
        for gateway in (one, other):
            until(partial(shares, gateway), within_s=5, what="the store is there")
        token = world.issuer.token(sub="chi", officer="cs_chi")

        answers = [statuses(each, token)[0] for each in (one, other) * 4]

        assert answers == [200] * 6 + [429] * 2
        refused = other.post("{ whoami }", token=token)
        assert codes(refused) == ["RATE_LIMITED"]
        assert 0 < int(refused.headers["retry-after"]) <= 60
        kept = _keys(url)
        assert "congvu:known:" in kept
        assert "chi" not in kept


def _keys(url: str) -> str:
    """What the store learns of callers."""
    host, port = url.removeprefix("redis://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"*2\r\n$4\r\nKEYS\r\n$1\r\n*\r\n")
        return connection.recv(65536).decode()


def test_the_store_is_believed_under_our_authority_only(
    start_gateway: StartGateway, tmp_path: Path
) -> None:
    authority = new_authority()
    (tmp_path / "ca.pem").write_text(authority.pem)
    (tmp_path / "store.pem").write_text(authority.issue("store", ["127.0.0.1"]))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "store.pem")
    with store(tls) as url:
        stranger = start_gateway(CONGVU_RATE_LIMIT_URL=url)
        ours = start_gateway(
            CONGVU_RATE_LIMIT_URL=url, CONGVU_RATE_LIMIT_CA_FILE=str(tmp_path / "ca.pem")
        )

        until(partial(shares, ours), within_s=5, what="the store is there")
        assert not shares(stranger)


@pytest.mark.parametrize("away", ["from the start", "meanwhile", "silent"])
def test_a_lost_store_refuses_nobody_and_each_gateway_counts_alone(
    start_gateway: StartGateway, world: World, away: str
) -> None:
    token = world.issuer.token(sub=uuid4().hex)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        # It takes connections and never says a word.
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        if away == "from the start":
            url = "redis://127.0.0.1:9"
        if away == "meanwhile":
            with store() as url:
                gateway = start_gateway(CONGVU_RATE_LIMIT_PER_MINUTE="3", CONGVU_RATE_LIMIT_URL=url)
                until(lambda: shares(gateway), within_s=5, what="the store is there")
                statuses(gateway, token)
        else:
            gateway = start_gateway(CONGVU_RATE_LIMIT_PER_MINUTE="3", CONGVU_RATE_LIMIT_URL=url)

        started = time.monotonic()
        answers = statuses(gateway, *[token] * 5)

        assert answers == [200] * 3 + [429] * 2
        assert time.monotonic() - started < 2.5
        assert gateway.post('mutation { measure(text: "phản ánh") }').status_code == 200


def test_a_flood_of_one_caller_is_turned_away_at_once_and_slows_nobody(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway(CONGVU_RATE_LIMIT_PER_MINUTE="20")
    flooding = world.issuer.token(sub="flood")
    others = [world.issuer.token(sub=f"calm-{number}") for number in range(5)]

    def timed(token: str) -> tuple[int, float]:
        answer = gateway.post("{ answers }", token=token)
        assert answer.status_code == 200 or int(answer.headers["retry-after"]) > 0
        return answer.status_code, answer.elapsed.total_seconds()

    with ThreadPoolExecutor(2) as pool:
        flood = list(pool.map(timed, [flooding] * 200))
        calm = list(pool.map(timed, others * 4))

    refused = [elapsed for status, elapsed in flood if status == 429]
    assert len(refused) == 180
    assert quantiles(refused, n=20)[-1] < 0.1
    assert {status for status, _ in calm} == {200}
