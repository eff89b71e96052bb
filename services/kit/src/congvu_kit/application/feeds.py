"""The feed of a service: its public events are put at its end and read from a cursor on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from congvu_kit.application.ports import Collection, Page, Transaction
from congvu_kit.application.shards import BY_PROVINCE, ByKey, Shard
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.feeds import FeedChange, FeedHead

HEAD_ID = "feed"
BATCH = 200

SCANNED_MAX = 2_000
"""Changes looked at for one page when not all are for the reader: some 0.1 s of work."""

Payload: TypeAlias = dict[str, object]


class Feed:
    """Where the changes of a service lie. One stream for the whole country, or one for each
    province, whose writers do not wait for each other then. `hidden` names the fields that never
    leave the service by it."""

    def __init__(
        self,
        *,
        by_province: bool = True,
        shard: Shard | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self._by_province, self._hidden = by_province, hidden
        self.heads = Collection("feed", FeedHead, shard=shard or ByKey())
        self.changes = Collection("changes", FeedChange, shard=shard or BY_PROVINCE)

    @property
    def collections(self) -> Sequence[Collection[Any]]:
        return (self.heads, self.changes)

    @property
    def by_province(self) -> bool:
        return self._by_province

    async def position(self, tx: Transaction, province: str | None, after: str | None) -> str:
        """The cursor in its full form; the one after the last change of now where none is
        given."""
        if after is not None:
            return _cursor(_position(after))
        head = await tx.store(self.heads).find(self._stream(province))
        return _cursor(head.position if head is not None else 0)

    def _stream(self, province: str | None) -> str:
        return province if self._by_province and province else HEAD_ID

    async def open(self, tx: Transaction) -> None:
        """The one stream before its first change, so that two replicas never both begin at 1."""
        if await tx.store(self.heads).find(HEAD_ID) is None:
            await tx.store(self.heads).save(FeedHead(id=HEAD_ID))

    async def append(self, event_type: str, payload: Payload, tx: Transaction) -> None:
        """At the end of its stream; who begins a stream beside another begins it again."""
        province = str(payload["province"])
        stream = self._stream(province)
        head = await tx.store(self.heads).find(stream) or FeedHead(id=stream)
        head.position += 1
        await tx.store(self.heads).save(head)
        change = FeedChange(
            id=self._change_id(province, head.position),
            event_type=event_type,
            province=province,
            at=tx.now,
            payload=self.shown(payload),
        )
        await tx.store(self.changes).save(change)

    def shown(self, payload: Mapping[str, object]) -> Payload:
        """What of an event leaves by the feed."""
        return {name: value for name, value in payload.items() if name not in self._hidden}

    async def read(
        self,
        tx: Transaction,
        province: str | None,
        *,
        wanted: Callable[[FeedChange], bool] | None = None,
        first: int,
        after: str | None,
    ) -> Page[FeedChange]:
        """Oldest first; a cursor stays good for ever, and `end` is always one. Positions have no
        gaps, so changes are read by their ids; where not all are `wanted` there may be fewer than
        `first` and still a next page."""
        head = await tx.store(self.heads).find(self._stream(province))
        end = head.position if head is not None else 0
        position = start = _position(after)
        found: list[FeedChange] = []
        while position < end and len(found) < first and position - start < SCANNED_MAX:
            size = first - len(found) if wanted is None else BATCH
            upto = min(position + size, end)
            ids = [self._change_id(province, at) for at in range(position + 1, upto + 1)]
            for change in await tx.store(self.changes).find_many(ids):
                if len(found) == first:
                    break
                position += 1
                if change is not None and (wanted is None or wanted(change)):
                    found.append(change)
        return Page(
            items=found,
            has_next=position < end,
            cursors=[each.id.rpartition(":")[2] for each in found],
            end=_cursor(position),
        )

    def _change_id(self, province: str | None, position: int) -> str:
        return f"{province}:{_cursor(position)}" if self._by_province else _cursor(position)


def cursor_before(cursor: str) -> str:
    """From where the change at this cursor is the next one."""
    return _cursor(int(cursor) - 1)


def _cursor(position: int) -> str:
    return f"{position:016d}"


def _position(after: str | None) -> int:
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit() or len(after) > len(_cursor(0)):
        raise Invalid(
            en="this cursor is not of this feed",
            vi="Vị trí đọc không thuộc danh sách thay đổi này. Vui lòng đọc lại từ đầu.",
            field="after",
        )
    return int(after)
