"""YAML without its traps: decimals stay exact, `no` is a word, dates are texts, keys are unique."""

import re
import unicodedata
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring.common.limits import short

TEXT_MAX_CHARS = 5_000_000
"""Of a file; the longest of the shipped vectors has 11,000. Policies have limits of their own."""

NODES_MAX = 500_000
DEPTH_MAX = 60
DIGITS_MAX = 400
"""As many as an exact ratio may have above its line."""

_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.SafeLoader):
    """The core schema of YAML 1.2, reading decimals as exact decimals. What an alias (*name) stands
    for is counted again each time: a few of them unfold into more than any memory holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._nodes = self._depth = 0
        self._within: dict[int, int] = {}

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        before = self._nodes
        self._nodes += 1
        self._depth += 1
        self._check(self._depth <= DEPTH_MAX, event)
        node = super().compose_node(parent, index)
        if isinstance(event, yaml.AliasEvent):
            # What is not counted yet holds the alias itself.
            self._nodes += self._within.get(id(node), NODES_MAX)
        self._check(self._nodes <= NODES_MAX, event)
        self._within[id(node)] = self._nodes - before
        self._depth -= 1
        return node

    def _check(self, holds: bool, event: yaml.Event) -> None:
        if not holds:
            said = f"more than {NODES_MAX} values, or {DEPTH_MAX} within each other"
            mark: Any = event.start_mark  # of either of two readers, as the stubs have it
            raise yaml.composer.ComposerError(None, None, said, mark)


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | Decimal:
    text = str(loader.construct_scalar(node))
    if len(text) > DIGITS_MAX:
        said = f"a number has at most {DIGITS_MAX} digits"
        raise yaml.constructor.ConstructorError(None, None, said, node.start_mark)
    return Decimal(text) if "." in text else int(text)


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return unicodedata.normalize("NFC", str(loader.construct_scalar(node)))


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Hashable, object]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be a plain name", key.start_mark
            )
        if key.value in seen:
            raise yaml.constructor.ConstructorError(
                None,
                None,
                f"the key {short(key.value)} is given twice, first in line {seen[key.value]}",
                key.start_mark,
            )
        seen[key.value] = key.start_mark.line + 1
    mapped: dict[Hashable, object] = loader.construct_mapping(node, deep=True)
    return {unicodedata.normalize("NFC", str(key)): value for key, value in mapped.items()}


_Loader.yaml_implicit_resolvers = {}
_NUMBER_START = list("-+0123456789")
for _kind, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?[0-9]+", _NUMBER_START),
    ("float", r"[-+]?[0-9]+\.[0-9]+", _NUMBER_START),
):
    _Loader.add_implicit_resolver(f"{_TAG}{_kind}", re.compile(rf"^(?:{_pattern})$"), _first)
_Loader.add_constructor(f"{_TAG}float", _number)
_Loader.add_constructor(f"{_TAG}int", _number)
_Loader.add_constructor(f"{_TAG}str", _text)
_Loader.add_constructor(f"{_TAG}map", _mapping)


def _own_loader() -> type[Any]:
    """The same construction over libyaml's parser, where PyYAML was built with it; it counts
    nothing, so it is for what is shipped."""
    if not yaml.__with_libyaml__:
        return _Loader

    class Own(yaml.CSafeLoader):
        """What is built of the parts stays the same."""

    Own.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers
    Own.yaml_constructors = _Loader.yaml_constructors
    return Own


def _too_long(name: str) -> Invalid:
    return Invalid(
        en=f"{name}: has more than {TEXT_MAX_CHARS} characters",
        vi=f"{name}: dài hơn {TEXT_MAX_CHARS} ký tự.",
        field=name,
    )


def parse_yaml(text: str, name: str) -> object:
    """The document in `text`; `Invalid` says `name`, line and column."""
    if len(text) > TEXT_MAX_CHARS:
        raise _too_long(name)
    try:
        parsed: object = yaml.load(text, Loader=_Loader)  # a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = getattr(error, "problem", None) or str(error)
        raise Invalid(en=f"{where}: {problem}", vi=f"{where}: sai cú pháp.", field=name) from error
    return parsed


def parse_own(text: str) -> object:
    """The document in a text that is shipped, some five times as fast."""
    parsed: object = yaml.load(text, Loader=_own_loader())  # a SafeLoader
    return parsed


def read_yaml(path: Path) -> object:
    """The document of a file; `Invalid` when it cannot be read."""
    try:
        if path.stat().st_size > 4 * TEXT_MAX_CHARS:
            raise _too_long(str(path))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            en=f"{path}: cannot be read: {error}",
            vi=f"Không đọc được tệp {vi_text(str(path))}.",
            field=str(path),
        ) from error
    return parse_yaml(text, str(path))
