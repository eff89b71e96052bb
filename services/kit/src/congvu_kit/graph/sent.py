"""Cuts out of a refusal what its caller sent: a text is no longer than we made it, and shows
nobody's words. The caller knows them; `field` says which are meant."""

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Final

from graphql import DocumentNode, StringValueNode, Visitor, visit

CUT: Final = "…"
SHORT: Final = 8
"""Shorter words are ours as well as theirs."""

# Unrolled: with one choice a character, a text of 400 kB takes 26 MB to match.
_QUOTED = re.compile(r"'[^'\\]*(?:\\.[^'\\]*)*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\"|«[^»]*»")
_WORD = re.compile(rf"[^\s,;:()]{{{SHORT},}}")


class Sent:
    """The texts of one request, read when a refusal needs them."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._document = document
        self._variables = variables
        self._found: tuple[frozenset[str], frozenset[str]] | None = None

    def cut(self, text: str) -> str:
        quoted, words = self._texts()

        def shown(each: re.Match[str]) -> str:
            ours = each[0] not in quoted and not (each[0][0] == "«" and each[0][1:-1] in words)
            return each[0] if ours else CUT

        plain = _QUOTED.sub(shown, text)
        return _WORD.sub(lambda each: CUT if each[0].rstrip(".") in words else each[0], plain)

    def _texts(self) -> tuple[frozenset[str], frozenset[str]]:
        if self._found is None:
            texts = {*_texts(self._variables), *_literals(self._document)}
            self._found = frozenset(map(repr, texts)), frozenset(texts)
        return self._found


SENT: ContextVar[Sent | None] = ContextVar("sent", default=None)


def unquoted(text: str) -> str:
    """`text` without what the caller of this request sent."""
    sent = SENT.get()
    return sent.cut(text) if sent else text


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, value.strip())
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)


def _literals(document: DocumentNode) -> list[str]:
    found: list[str] = []

    class Texts(Visitor):
        def enter_string_value(self, node: StringValueNode, *_: object) -> None:
            found.append(node.value)

    visit(document, Texts())
    return found
