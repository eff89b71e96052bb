"""What a request to this subgraph has: the kit's context, and the office."""

from collections.abc import Iterator
from typing import cast

import strawberry
from strawberry.extensions import SchemaExtension

from congvu_kit.graphql import Context
from feedback_service.application.office import Office


class FeedbackContext(Context):
    """`office` is set by `OfficeExtension` before anything resolves."""

    office: Office


Info = strawberry.Info[FeedbackContext, None]


class OfficeExtension(SchemaExtension):
    """Gives each request the office that was made at start."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office

    def on_operation(self) -> Iterator[None]:
        # The app factory makes every service's context alike; ours has one attribute more.
        cast(FeedbackContext, self.execution_context.context).office = self._office
        yield
