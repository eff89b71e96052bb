"""What a resolver of this subgraph has."""

from typing import TypeAlias

import strawberry

from congvu_kit.graph import Context
from feedback_service.application.needs import Needs

Info: TypeAlias = strawberry.Info[Context[Needs], None]
