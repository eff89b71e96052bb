"""What stands on the pages of a signed-in reader: the graph's answer to their own token."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from congvu_kit.domain.labels import known
from pages_service import documents
from pages_service.graph import Asker, Graph
from pages_service.public import Node, NothingThere, further, nodes
from pages_service.rendering import Page, rendered

VERSION = re.compile(r"\S+@\d+")
"""How an explanation names a product: the id of its version."""

NAME_PAGES_MAX = 10
"""Of a hundred assignments each; who has more reads codes on the rest."""


async def mine(graph: Graph, asker: Asker, officer: str | None) -> Page:
    data = await graph.ask(asker, documents.MINE, civilServantId=officer, mine=officer is not None)
    text = rendered(
        "mine.html",
        lang=asker.language,
        here="/ket-qua",
        results=nodes(data, "evaluations") if officer else [],
        inbox=data["inbox"],
    )
    return Page.of(text)


async def result(graph: Graph, asker: Asker, id: str, officer: str | None) -> Page:
    data = await graph.ask(
        asker,
        documents.RESULT,
        id=id,
        civilServantId=officer or "",
        mine=officer is not None,
    )
    found = data["evaluation"]
    if found is None:
        raise NothingThere
    lines = found["explanation"]["lines"] if found["explanation"] else []
    names = await _names(graph, asker, id, {each["textVi"] for each in lines})
    own = found["civilServant"] is not None and found["civilServant"]["id"] == officer
    text = rendered(
        "result.html",
        lang=asker.language,
        here=f"/ket-qua/phieu/{id}",
        result=found,
        tree=tree(_named(lines, names)),
        own=own,
        reads=nodes(data, "civilServantReads") if own else [],
    )
    return Page.of(text)


async def form(graph: Graph, asker: Asker, id: str) -> str:
    """The official form, a document of its own."""
    found = (await graph.ask(asker, documents.FORM, id=id))["evaluation"]
    if found is None or found["printable"] is None:
        raise NothingThere
    return str(found["printable"])


async def waiting(graph: Graph, asker: Asker, kind: str, after: str | None) -> Page:
    if not known("InboxKind", kind):
        raise NothingThere
    data = (await graph.ask(asker, documents.WAITING, kind=kind, after=after))["inbox"]
    text = rendered(
        "waiting.html",
        lang=asker.language,
        here=f"/ket-qua/cho-xu-ly/{kind}",
        kind=kind,
        items=nodes(data, "items"),
        after=further(data, "items"),
    )
    return Page.of(text)


async def _names(graph: Graph, asker: Asker, id: str, texts: Iterable[str]) -> Mapping[str, Node]:
    """The products that are named by their versions, by these; asked for while some are missing."""
    wanted = {each for each in texts if VERSION.fullmatch(each)}
    found: dict[str, Node] = {}
    after: str | None = None
    for _ in range(NAME_PAGES_MAX):
        if wanted <= found.keys():
            break
        data = (await graph.ask(asker, documents.NAMES, id=id, after=after))["evaluation"]
        if data is None:
            break
        found |= {each["version"]["id"]: each["version"] for each in nodes(data, "assignments")}
        after = further(data, "assignments")
        if after is None:
            break
    return found


def _named(lines: Sequence[Node], names: Mapping[str, Node]) -> list[Node]:
    def named(line: Node) -> Node:
        product = names.get(line["textVi"])
        if product is None:
            return line
        english = product["nameEn"] or product["nameVi"]
        return {**line, "textVi": product["nameVi"], "textEn": english}

    return [named(each) for each in lines]


def tree(lines: Iterable[Node]) -> list[dict[str, Any]]:
    """The lines with their parts in them, as `parts`."""
    top: list[dict[str, Any]] = []
    above: list[dict[str, Any]] = []
    for line in lines:
        node = {**line, "parts": []}
        del above[line["depth"] :]
        (above[-1]["parts"] if above else top).append(node)
        above.append(node)
    return top
