"""YAML without its traps: decimals stay exact, `no` is a word, dates are texts, keys are unique."""

import re
import unicodedata
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path

import yaml

from congvu_kit.domain.errors import Invalid

_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.SafeLoader):
    """The core schema of YAML 1.2, reading decimals as exact decimals."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


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
                f"the key {key.value!r} is given twice, first in line {seen[key.value]}",
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
_Loader.add_constructor(f"{_TAG}float", _decimal)
_Loader.add_constructor(f"{_TAG}str", _text)
_Loader.add_constructor(f"{_TAG}map", _mapping)


def parse_yaml(text: str, name: str) -> object:
    """The document in `text`; `Invalid` says `name`, line and column."""
    try:
        parsed: object = yaml.load(text, Loader=_Loader)  # a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = getattr(error, "problem", None) or str(error)
        raise Invalid(
            en=f"{where}: {problem}", vi=f"{where}: sai cú pháp: {problem}", field=name
        ) from error
    return parsed


def read_yaml(path: Path) -> object:
    """The document of a file; `Invalid` when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            en=f"{path}: cannot be read: {error}",
            vi=f"{path}: không đọc được: {error}",
            field=str(path),
        ) from error
    return parse_yaml(text, str(path))
