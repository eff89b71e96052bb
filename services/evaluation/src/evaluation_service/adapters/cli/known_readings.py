"""Figures of objectives that are there already, read as far as a sheet asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from congvu_kit.tools.client import Gateway

FURTHER = """
query ReadingsOfList($id: ID!, $after: String) {
  objective(id: $id) {
    readings(first: 50, after: $after) {
      edges { node { measuredOn value state } }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""

Page = Mapping[str, Any]
"""Any: JSON."""


@dataclass
class KnownReadings:
    """Of one objective. They come oldest first, so the next page is asked for only where a line of
    the sheet is of a day that the pages before it do not reach."""

    gateway: Gateway
    objective: str
    _values: set[tuple[str, Decimal]] = field(default_factory=set)
    _reach: str = ""
    _next: Page | None = None

    def take(self, page: Page) -> None:
        for node in (edge["node"] for edge in page["edges"]):
            self._reach = node["measuredOn"]
            if node["state"] != "REFUSED":
                self._values.add((node["measuredOn"], Decimal(node["value"])))
        self._next = page["pageInfo"] if page["pageInfo"]["hasNextPage"] else None

    def has(self, day: str, value: Decimal) -> bool:
        while self._next is not None and self._reach <= day:
            asked = {"id": self.objective, "after": self._next["endCursor"]}
            self.take(self.gateway.query(FURTHER, asked)["objective"]["readings"])
        return (day, value) in self._values
