"""Calls of receivers over real connections: what goes wrong there is told and harms nobody."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address, ip_network

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from congvu_kit.adapters.webhook_addresses import GuardedBackend, Reach, read_networks
from congvu_kit.adapters.webhook_calls import WebhookCaller, body_of, signed
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.domain.webhooks import DeliveryFailure, Outcome, new_secret

HERE = Reach(own_machine=True)
PUBLIC = Reach()
BODY = b'{"type":"x"}'


class Server:
    """Says `answer` to whoever asks, byte by byte when it is `slow`, and counts who came."""

    def __init__(self, answer: bytes, *, slow: bool = False) -> None:
        self.answer, self.slow = answer, slow
        self.heard: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heard.append(await reader.readuntil(BODY))
            for byte in self.answer if self.slow else []:
                writer.write(bytes([byte]))
                await asyncio.sleep(0.05)
            writer.write(b"" if self.slow else self.answer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"


@asynccontextmanager
async def serving(answer: bytes, *, slow: bool = False) -> AsyncIterator[Server]:
    server = Server(answer, slow=slow)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server


async def call(
    url: str, reach: Reach = HERE, *, names: Sequence[Sequence[str]] = (), call_s: float = 5.0
) -> Outcome:
    """`names` are what the name is said to mean, time after time."""
    means = iter(names)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return next(means)

    backend = GuardedBackend(reach, resolve) if names else None
    caller = WebhookCaller(reach, backend, call_s)
    try:
        return await caller.call(url, {"webhook-id": "msg_1"}, BODY)
    finally:
        await caller.close()


def status(line: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {line}", "content-length: 0", *headers, "", ""]).encode()


@pytest.mark.parametrize(
    ("answer", "failure", "code"),
    [
        (status("200 OK"), None, 200),
        (status("204 No Content"), None, 204),
        (status("500 No"), DeliveryFailure.STATUS, 500),
        (status("404 No"), DeliveryFailure.STATUS, 404),
        (status("410 Gone"), DeliveryFailure.GONE, 410),
        (status("302 Found", "location: http://127.0.0.1:1/"), DeliveryFailure.REDIRECT, 302),
        (b"SSH-2.0-nonsense\r\n", DeliveryFailure.NOT_REACHED, None),
        (b"", DeliveryFailure.NOT_REACHED, None),
    ],
)
async def test_what_an_answer_means(
    answer: bytes, failure: DeliveryFailure | None, code: int | None
) -> None:
    async with serving(answer) as server:
        outcome = await call(server.url)

    assert (outcome.failure, outcome.status, len(server.heard)) == (failure, code, 1)
    assert b"webhook-id: msg_1" in server.heard[0]


async def test_a_redirect_to_this_machine_is_not_followed() -> None:
    async with (
        serving(status("200 OK")) as inside,
        serving(status("307 Go", f"location: {inside.url}")) as server,
    ):
        outcome = await call(server.url)

    assert (outcome.failure, inside.heard) == (DeliveryFailure.REDIRECT, [])


@pytest.mark.parametrize("answer", [status("200 OK"), b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200])
async def test_who_answers_byte_by_byte_has_no_more_time(answer: bytes) -> None:
    async with serving(answer, slow=True) as server:
        outcome = await call(server.url, call_s=0.3)

    assert (outcome.failure, outcome.took_ms < 1500) == (DeliveryFailure.TIME_LIMIT, True)


async def test_an_endless_answer_is_not_read() -> None:
    endless = b"HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n" + b"x" * 100_000
    async with serving(endless) as server:
        outcome = await call(server.url)

    assert outcome.failure is None


async def test_nobody_there_is_told() -> None:
    async with serving(b"") as server:
        pass

    assert (await call(server.url)).failure is DeliveryFailure.NOT_REACHED


@pytest.mark.parametrize("said", ["7", None, "soon", "-3", "9" * 30])
async def test_how_long_a_receiver_wants_to_be_left_alone(said: str | None) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    async with serving(status("503 No", f"Retry-After: {said or later}")) as server:
        asked = (await call(server.url)).retry_after

    if said is None:
        assert asked is not None
        assert 80 < asked.total_seconds() <= 90
    elif said == "7":
        assert asked == timedelta(seconds=7)
    else:
        assert asked is None or asked == timedelta(seconds=10**7)


@pytest.mark.parametrize(
    "means",
    [["127.0.0.1"], ["203.0.113.9", "127.0.0.1"], ["1.1.1.1", "::1"], ["::ffff:127.0.0.1"]],
)
async def test_a_name_that_leads_to_this_machine_is_refused(means: list[str]) -> None:
    """Whatever it meant when somebody subscribed, and whatever else it means."""
    async with serving(status("200 OK")) as server:
        outcome = await call(f"http://hrm.example.vn:{server.port}/", PUBLIC, names=[means])

    assert (outcome.failure, server.heard) == (DeliveryFailure.ADDRESS_REFUSED, [])


async def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    """A name that means something else the next time it is asked is asked once."""
    names = [["127.0.0.1"], ["169.254.169.254"]]
    async with serving(status("200 OK")) as server:
        outcome = await call(f"http://hrm.example.vn:{server.port}/", names=names)

    assert (outcome.failure, len(server.heard)) == (None, 1)
    assert b"host: hrm.example.vn" in server.heard[0].lower()


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("10.20.0.5", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("fe80::1", False),
        ("fd00:ec2::254", False),
        ("0.0.0.0", False),
        ("::", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::101:101", True),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
    ],
)
def test_only_public_addresses_are_called(address: str, is_public: bool) -> None:
    assert PUBLIC.allows(ip_address(address)) is is_public


def test_networks_that_are_named_are_called_and_the_machine_itself_never() -> None:
    reach = Reach(networks=read_networks("10.20.0.0/16, fd12::/48,127.0.0.0/8,169.254.0.0/16"))

    assert [reach.allows(ip_address(each)) for each in ("10.20.0.5", "fd12::1")] == [True, True]
    for refused in ("10.21.0.5", "127.0.0.1", "169.254.169.254"):
        assert not reach.allows(ip_address(refused))
    assert read_networks("") == ()
    with pytest.raises(ValueError, match="not a network"):
        read_networks("not a network")
    assert ip_network("10.20.0.0/16") in reach.networks


@pytest.mark.parametrize(
    "url",
    [
        "http://hrm.example.vn/",
        # pragma: allowlist nextline secret
        "https://user:secret@hrm.example.vn/",
        "https://hrm.example.vn/#part",
        "https:///hooks",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://hrm.example.vn:99999/",
        "https://hrm.example.vn/ x",
        "https://hrm.example.vn/\r\nx: y",
        "ftp://hrm.example.vn/",
        "https://ủy-ban.vn/",
        "https://hrm.example.vn/" + "x" * 500,
        "https://[::1",
        "",
    ],
)
def test_what_is_no_address_of_a_receiver(url: str) -> None:
    with pytest.raises(Invalid, match="url must be an https address") as refused:
        PUBLIC.require_allowed(url, "input.url")

    assert refused.value.field == "input.url"


def test_addresses_of_receivers() -> None:
    PUBLIC.require_allowed("https://hrm.example.vn:8443/hooks?of=56", "input.url")
    HERE.require_allowed("http://127.0.0.1:9000/", "input.url")


def test_a_changed_byte_is_no_longer_signed() -> None:
    change = FeedChange(
        id="56:1",
        event_type="congvu.evaluation.period.opened.v1",
        province="56",
        at=datetime(2026, 11, 27, tzinfo=UTC),
        payload={"name": "Quý III"},
    )
    secret, body = new_secret(), body_of(change, "1")
    headers = signed("msg_1", datetime.now(UTC), body, [secret])

    assert Verifier(secret).verify(body, headers)["data"] == {"name": "Quý III"}
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Verifier(secret).verify(body.replace(b"III", b"IV "), headers)
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Verifier(secret).verify(body, headers | {"webhook-id": "msg_2"})
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Verifier(new_secret()).verify(body, headers)
