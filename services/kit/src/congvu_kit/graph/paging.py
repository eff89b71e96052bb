"""Listings: the arguments, and one page with its cursors."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Generic, TypeAlias, TypeVar

import strawberry

from congvu_kit.application.ports import A, Page, T
from congvu_kit.domain.errors import Invalid

PAGE_MAX = 100

N = TypeVar("N")

First: TypeAlias = Annotated[int, strawberry.argument(description=f"How many, 1 to {PAGE_MAX}.")]
After: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The endCursor of the page before.")
]


@strawberry.federation.type(shareable=True, description="Where a page stands in its listing.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="More items follow.")
    end_cursor: str | None = strawberry.field(description="Pass as `after` for the next page.")


@strawberry.federation.type(shareable=True, description="An item and its position.")
class Edge(Generic[N]):
    node: N = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Opaque position, for `after`.")


@strawberry.federation.type(shareable=True, description="One page of a listing.")
class Connection(Generic[N]):
    edges: list[Edge[N]] = strawberry.field(description="The items, in order.")
    page_info: PageInfo = strawberry.field(description="Whether and where it goes on.")


async def connection(
    page: Page[T], of: Callable[[T], N] | Callable[[T], Awaitable[N]]
) -> Connection[N]:
    """The page as the graph shows it, each item made by `of`."""
    nodes = [await awaited(of(item)) for item in page.items]
    edges = [
        Edge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)
    ]
    end = page.end or (page.cursors[-1] if page.cursors else None)
    return Connection(edges=edges, page_info=PageInfo(has_next_page=page.has_next, end_cursor=end))


async def page_of_ids(
    ids: Sequence[str], load: Callable[[str], Awaitable[A | None]], first: int, after: str | None
) -> Page[A]:
    """One page of a list that an aggregate holds by ids; what is not for the caller is left out."""
    if after is not None and after not in ids:
        raise Invalid(
            en="after is not a cursor of this listing",
            vi="Vị trí trang không thuộc danh sách này. Vui lòng đọc lại từ trang đầu.",
            field="after",
        )
    start = 0 if after is None else ids.index(after) + 1
    end = start + page_size(first)
    found = await asyncio.gather(*(load(each) for each in ids[start:end]))
    there = [each for each in found if each is not None]
    return Page(
        items=there,
        has_next=end < len(ids),
        cursors=[each.id for each in there],
        end=ids[end - 1] if end < len(ids) else None,
    )


async def awaited(made: N | Awaitable[N]) -> N:
    """What an `of` made, whether it is a coroutine or not."""
    return await made if inspect.isawaitable(made) else made


def page_size(first: int) -> int:
    """Raise `Invalid` outside 1 to `PAGE_MAX`."""
    if not 1 <= first <= PAGE_MAX:
        raise Invalid(
            en=f"first must be 1 to {PAGE_MAX}, not {first}",
            vi=f"Số mục mỗi trang phải từ 1 đến {PAGE_MAX}.",
            field="first",
        )
    return first
