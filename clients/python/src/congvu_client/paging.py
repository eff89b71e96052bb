"""Whole listings, page by page, each page asked for when its first node is."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from congvu_client.problems import Unreachable

N_co = TypeVar("N_co", covariant=True)


class Edge(Protocol[N_co]):
    @property
    def node(self) -> N_co: ...


class PageInfo(Protocol):
    @property
    def has_next_page(self) -> bool: ...
    @property
    def end_cursor(self) -> str | None: ...


class Page(Protocol[N_co]):
    @property
    def edges(self) -> Sequence[Edge[N_co]]: ...
    @property
    def page_info(self) -> PageInfo: ...


def nodes(ask: Callable[[str | None], Page[N_co]]) -> Iterator[N_co]:
    """`nodes(lambda after: client.org_units("56", after=after))`."""
    after: str | None = None
    while True:
        page = ask(after)
        yield from (edge.node for edge in page.edges)
        if not page.page_info.has_next_page:
            return
        after = _next(page.page_info, after)


async def async_nodes(ask: Callable[[str | None], Awaitable[Page[N_co]]]) -> AsyncIterator[N_co]:
    """The same, awaited: `async for unit in async_nodes(...)`."""
    after: str | None = None
    while True:
        page = await ask(after)
        for edge in page.edges:
            yield edge.node
        if not page.page_info.has_next_page:
            return
        after = _next(page.page_info, after)


def _next(info: PageInfo, after: str | None) -> str:
    if info.end_cursor is None or info.end_cursor == after:
        raise Unreachable("a listing says that it goes on, and not from where")
    return info.end_cursor
