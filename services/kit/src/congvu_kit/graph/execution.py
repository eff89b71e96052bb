"""Executes one operation: lists and answers keep their sizes, and others get their turn."""

import asyncio
from collections import deque
from collections.abc import Awaitable
from time import perf_counter
from typing import Any, Final

from graphql import GraphQLError, GraphQLLeafType, GraphQLResolveInfo
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from congvu_kit.adapters.waiting import SLICE_S
from congvu_kit.domain.errors import Invalid

ANSWER_MAX_BYTES: Final = 4_000_000
"""Longest answer of a service; a full page of the longest sheets stays below."""

LEAF_BYTES: Final = 20
"""What a value weighs besides its text: its name and the punctuation."""

TOGETHER: Final = 16
"""Objects that go on in one slice once there is a queue: a few milliseconds of work."""

SIZES: Final = "congvu.sizes"
"""Where a schema keeps its declared sizes."""


class AnswerTooLarge(BaseException):
    """Ends an execution at once; not an `Exception`, which would cost one field only."""


class Executor(StrawberryGraphQLCoreExecutionContext):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bytes = 0
        self._slice_ends = perf_counter() + SLICE_S
        self._waiting: deque[asyncio.Future[None]] = deque()

    def complete_leaf_value(  # type: ignore[override] # a static method there: it counts nothing
        self, return_type: GraphQLLeafType, result: Any
    ) -> Any:
        value = super().complete_leaf_value(return_type, result)
        self._bytes += LEAF_BYTES + (_bytes_of(value) if isinstance(value, str) else 0)
        if self._bytes > ANSWER_MAX_BYTES:
            raise AnswerTooLarge
        return value

    def complete_list_value(
        self,
        return_type: Any,
        nodes: Any,
        info: GraphQLResolveInfo[Any],
        path: Any,
        result: Any,
        *rest: Any,
    ) -> Any:
        declared = self.schema.extensions[SIZES].get((info.parent_type.name, info.field_name))
        if declared is not None and len(result) > declared:
            raise Invalid(
                en=f"the list has more than {declared} items, its declared size",
                vi=f"Danh sách dài hơn {declared} mục. Vui lòng đọc theo trang.",
                field=info.field_name,
            )
        return super().complete_list_value(return_type, nodes, info, path, result, *rest)

    def execute_fields(self, *args: Any) -> Any:
        if perf_counter() < self._slice_ends:
            return super().execute_fields(*args)
        return self._in_turn(*args)

    async def _in_turn(self, *args: Any) -> Any:
        """What is ready to run before us runs first; then a few of ours, and again the others."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.append(turn)
        if len(self._waiting) == 1:
            loop.call_soon(self._start_slice, loop)
        await turn
        made = super().execute_fields(*args)
        return await made if isinstance(made, Awaitable) else made

    def _start_slice(self, loop: asyncio.AbstractEventLoop) -> None:
        self._slice_ends = perf_counter() + SLICE_S
        for _ in range(min(TOGETHER, len(self._waiting))):
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
        if self._waiting:
            loop.call_soon(self._start_slice, loop)


def _bytes_of(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def too_large(language: str) -> GraphQLError:
    message = {
        "en": f"the answer has more than {ANSWER_MAX_BYTES} bytes; ask for smaller pages",
        "vi": f"câu trả lời dài hơn {ANSWER_MAX_BYTES} byte; xin yêu cầu các trang nhỏ hơn",
    }
    return GraphQLError(message[language], extensions={"code": "INVALID"})
