"""Who and what a newcomer tries first: callers with their tokens, and example queries.

The demo data brings its own through the entry point group `congvu.demo`:
  `load`      async (base_url, token_for, progress) -> None; safe to repeat
  `callers`   () -> list of {"role", "label", "claims"}; claims as `LocalIssuer.token` takes them
  `people`    () -> list of the same: everybody else whom one can be, by what stands in "names"
  `examples`  () -> list of {"name", "query", "variables", "role"}; the first is opened at first
A platform without it has one caller per role and a query of the public catalogue.
"""

import json
import unicodedata
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, Self

from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import NotFound
from congvu_local.errors import ProgramMissing
from congvu_local.tokens import LocalIssuer

GROUP = "congvu.demo"
PROVINCE = "56"
"""Khánh Hòa: where the demo commune is."""

Caller = Mapping[str, Any]
"""Any: claims are what the issuer takes, the rest is text."""

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
    callers: Sequence[Caller]
    examples: Sequence[Mapping[str, Any]]
    people: Sequence[Caller] = ()

    @classmethod
    def plain(cls) -> Self:
        """For a platform with nobody's data: one caller per role, one public query."""
        return cls(callers=_one_caller_per_role(), examples=[_example()])

    @classmethod
    def of_demo(cls) -> Self:
        """The demo data's own; what it does not provide is the plain one's."""
        plain = cls.plain()
        callers, examples, people = map(_provided, ("callers", "examples", "people"))
        return cls(
            callers=callers() if callers else plain.callers,
            examples=examples() if examples else plain.examples,
            people=people() if people else (),
        )

    def caller(self, name: str) -> Caller:
        """By role, by name with or without its marks, or by another of the person's names.

        Raises `NotFound`, which tells the roles.
        """
        wanted = _folded(name)
        for caller in (*self.callers, *self.people):
            name_of_person = caller["label"].partition(",")[0]
            names = (caller["role"], name_of_person, *caller.get("names", ()))
            if wanted in map(_folded, names):
                return caller
        roles = ", ".join(sorted(caller["role"] for caller in self.callers))
        raise NotFound(
            en=f"nobody here has this role or name; the roles are {roles}",
            vi=f"không có ai mang vai trò hoặc tên này; các vai trò gồm: {roles}",
            field="--as",
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

    def playground(self, issuer: LocalIssuer, *, with_tokens: bool) -> str:
        """The file that the gateway's playground reads, as JSON."""
        tokens = self.tokens(issuer) if with_tokens else []
        return json.dumps(
            {"tokens": tokens, "examples": list(self.examples)},
            ensure_ascii=False,
            indent=2,
        )


def _folded(text: str) -> str:
    """Without marks and capitals, as names are often typed."""
    plain = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return "".join(each for each in plain if not unicodedata.combining(each))


def _one_caller_per_role() -> list[dict[str, Any]]:
    return [
        {"role": str(role), "label": str(role), "claims": {"province": PROVINCE}} for role in Role
    ]


def _example() -> dict[str, Any]:
    return {"name": "Danh mục (catalogue)", "query": PUBLIC_QUERY, "variables": {}, "role": ""}
