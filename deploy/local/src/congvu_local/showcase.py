"""Who and what a newcomer tries first: callers with their tokens, and example queries.

The demo data brings its own through the entry point group `congvu.demo`:
  `load`      async (base_url, token_for, progress) -> None; safe to repeat
  `callers`   () -> list of {"role", "label", "claims"}; claims as `LocalIssuer.token` takes them
  `examples`  () -> list of {"name", "query", "variables", "role"}; the first is printed at start
A platform without it has one caller per role and a query of the public catalogue.
"""

import json
import shlex
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, Self

from congvu_kit.domain.actor import Role
from congvu_local.errors import ProgramMissing
from congvu_local.tokens import LocalIssuer

GROUP = "congvu.demo"
PROVINCE = "56"
"""Khánh Hòa: where the demo commune is."""

PUBLIC_QUERY = "{ workProducts(first: 3) { edges { node { code nameVi group } } } }"

Load = Callable[[str, Callable[..., str], Callable[[str], None]], Coroutine[Any, Any, None]]


def _provided(name: str) -> Callable[..., Any] | None:
    """Any: what an entry point is, only its documentation tells."""
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        return None
    provided: Callable[..., Any] = found[0].load()
    return provided


def demo_load() -> Load:
    """The installed demo data's loader; raise `ProgramMissing` when none is installed."""
    load = _provided("load")
    if load is None:
        raise ProgramMissing("the demo data", remedy="run `make setup`, or leave it out: --no-demo")
    return load


@dataclass(frozen=True)
class Showcase:
    callers: Sequence[Mapping[str, Any]]
    examples: Sequence[Mapping[str, Any]]

    @classmethod
    def plain(cls) -> Self:
        """For a platform with nobody's data: one caller per role, one public query."""
        return cls(callers=_one_caller_per_role(), examples=[_example()])

    @classmethod
    def of_demo(cls) -> Self:
        """The demo data's own; what it does not provide is the plain one's."""
        plain = cls.plain()
        callers, examples = _provided("callers"), _provided("examples")
        return cls(
            callers=callers() if callers else plain.callers,
            examples=examples() if examples else plain.examples,
        )

    def tokens(self, issuer: LocalIssuer) -> list[dict[str, str]]:
        """Role, label and token of every caller."""
        return [
            {
                "role": caller["role"],
                "label": caller["label"],
                "token": issuer.token(caller["role"], **caller["claims"]),
            }
            for caller in self.callers
        ]

    def first_query(self, url: str, issuer: LocalIssuer) -> str:
        """A shell command that asks the first example, as the first caller of its role."""
        first = self.examples[0]
        asked = {"query": " ".join(first["query"].split()), "variables": first["variables"]}
        parts = ["curl", "-s", url, "-H", "content-type: application/json"]
        for caller in self.tokens(issuer):
            if caller["role"] == first["role"]:
                parts += ["-H", f"authorization: Bearer {caller['token']}"]
                break
        return shlex.join([*parts, "-d", json.dumps(asked, ensure_ascii=False)])

    def playground(self, issuer: LocalIssuer, *, with_tokens: bool) -> str:
        """The file that the gateway's playground reads, as JSON."""
        tokens = self.tokens(issuer) if with_tokens else []
        return json.dumps(
            {"tokens": tokens, "examples": list(self.examples)},
            ensure_ascii=False,
            indent=2,
        )


def _one_caller_per_role() -> list[dict[str, Any]]:
    return [
        {"role": str(role), "label": str(role), "claims": {"province": PROVINCE}} for role in Role
    ]


def _example() -> dict[str, Any]:
    return {"name": "Danh mục (catalogue)", "query": PUBLIC_QUERY, "variables": {}, "role": ""}
