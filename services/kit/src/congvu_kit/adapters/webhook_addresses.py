"""Which addresses the platform calls for others: public ones, and the networks it is told of.

A name is looked up as the connection is made, every address of it is judged, and the connection
goes to one that was judged: what the name means a moment later makes no difference.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from socket import SOCK_STREAM
from typing import TypeAlias
from urllib.parse import urlsplit

import httpcore

from congvu_kit.domain.errors import Invalid

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

URL_MAX_CHARS = 500
TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 addresses as IPv6-only networks write them (RFC 6052)."""


class AddressRefused(httpcore.ConnectError):
    """The name leads where the platform does not go."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What may be called: `networks` besides public addresses; with `own_machine` this one too, and
    without TLS, for who develops on it."""

    networks: tuple[Network, ...] = ()
    own_machine: bool = False

    def allows(self, address: Address) -> bool:
        there = _meant(address)
        if there.is_loopback:
            return self.own_machine
        if there.is_link_local or there.is_multicast or there.is_unspecified or there.is_reserved:
            return False
        named = any(there in each for each in self.networks if each.version == there.version)
        return named or there.is_global

    def require_allowed(self, url: str, field: str) -> None:
        """Raise `Invalid` for what is no address of a receiver; a name is judged when it is
        called."""
        schemes = ("https", "http") if self.own_machine else ("https",)
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            raise _refused(field) from None
        said = url.isascii() and url.isprintable() and " " not in url
        bare = not parts.username and not parts.password and not parts.fragment
        fits = said and bare and len(url) <= URL_MAX_CHARS
        if not fits or parts.scheme not in schemes or not host or not self._may_be(host):
            raise _refused(field)

    def _may_be(self, host: str) -> bool:
        try:
            return self.allows(ip_address(host))
        except ValueError:
            return True


def read_networks(text: str) -> tuple[Network, ...]:
    """From `10.20.0.0/16, fd12::/48`; raise `ValueError`."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


def each_a_network(text: str) -> str:
    """Raise `ValueError`."""
    read_networks(text)
    return text


async def look_up(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to judged addresses only; TLS still asks for the name."""

    def __init__(self, reach: Reach, resolve: Resolve = look_up) -> None:
        self._reach, self._resolve = reach, resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # the library's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                found = await self._resolve(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name is not answered") from None
        except (OSError, UnicodeError):
            raise httpcore.ConnectError("the name leads nowhere") from None
        addresses = [ip_address(each.partition("%")[0]) for each in found]
        if not addresses or not all(self._reach.allows(each) for each in addresses):
            raise AddressRefused("the name leads where the platform does not go")
        return await self._inner.connect_tcp(
            str(addresses[0]), port, timeout, local_address, socket_options
        )

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _meant(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(address.packed[-4:])
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _refused(field: str) -> Invalid:
    return Invalid(
        en="url must be an https address of a public server, without user, password or #",
        vi="Địa chỉ nhận thông báo phải dùng kết nối mã hóa, thuộc máy chủ công khai và không chứa "
        "tên người dùng, mật khẩu hoặc dấu #.",
        field=field,
    )
