"""The documents that the clients in this repository send, as a manifest for the gateway.

In production the gateway answers registered documents only (docs/decisions/0018); these are there
from the start. They are read from the sources: every text in them that the graph accepts as an
operation, so that nobody has to remember to register one.
"""

import ast
import hashlib
import importlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeGuard

from graphql import GraphQLError, GraphQLSchema, build_schema, parse, validate

SOURCES = (Path("services"), Path("deploy/demo"), Path("deploy/local"), Path("clients/python"))
TYPESCRIPT = Path("clients/typescript/src/operations.ts")
OF_TYPESCRIPT = re.compile(r"new TypedDocumentString\(`([^`]*)`")
MANIFEST = Path("services/gateway/documents.json")
SUPERGRAPH = Path("services/gateway/supergraph.graphql")
SUBSCRIPTIONS = Path("services/gateway/subscriptions.graphql")
NAMED = ("query", "mutation", "subscription")
MADE = "DOCUMENTS"
"""In a module, documents that it makes of something else than its own texts."""


def document_id(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def manifest(root: Path, sources: Sequence[Path] = SOURCES) -> dict[Path, str]:
    """The committed file: every document by its id, as JSON; none where no graph is composed."""
    if not (root / SUPERGRAPH).exists():
        return {}
    sdl = (root / SUPERGRAPH).read_text()
    graph = build_schema(sdl, assume_valid=True, assume_valid_sdl=True)
    texts = [
        text
        for source in sources
        for file in sorted((root / source).glob("**/src/**/*.py"))
        for text in _texts(file)
    ]
    if (root / TYPESCRIPT).exists():
        texts += OF_TYPESCRIPT.findall((root / TYPESCRIPT).read_text())
    graphs = [graph, build_schema((root / SUBSCRIPTIONS).read_text())]
    found = {
        document_id(text): text
        for text in texts
        if any(_is_operation(each, text) for each in graphs)
    }
    return {MANIFEST: json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"}


def _texts(file: Path) -> Iterator[str]:
    """What is written in a module, and what it puts together from that, or from anything else where
    it says so: `DOCUMENTS`."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    written = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    yield from written
    makes = any(isinstance(node, ast.Name) and node.id == MADE for node in nodes)
    if file.stem != "__main__" and (makes or any(map(_begins, written))):
        parts = file.with_suffix("").parts
        module = importlib.import_module(".".join(parts[parts.index("src") + 1 :]))
        for value in list(vars(module).values()):
            yield from filter(_is_text, value if isinstance(value, list | tuple) else [value])


def _begins(text: str) -> bool:
    return text.lstrip().startswith(NAMED)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_operation(graph: GraphQLSchema, text: str) -> bool:
    if not text.lstrip().startswith((*NAMED, "{")):
        return False
    try:
        document = parse(text)
    except GraphQLError:
        return False
    # An empty selection parses here, and nowhere else.
    return "{}" not in text and not validate(graph, document)
