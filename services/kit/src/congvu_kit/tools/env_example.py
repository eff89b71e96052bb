"""`.env.example`: every variable of every part, with its unit, its default and what it means.

Names and defaults come from the settings themselves; what they mean stands in
`deploy/settings.toml`, which must have each of them and nothing else.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from congvu_kit.service.settings import PLATFORM_NAMES, ReadSettings

FILE = Path(".env.example")
MEANINGS = Path("deploy/settings.toml")
GATEWAY = Path("services/gateway/settings.json")

HEAD = """\
# Every variable there is, with its default. `congvu contracts write` makes this from the settings
# of the parts and from deploy/settings.toml; `make check` compares. What is needed has no default.
# A name that no part knows ends the start. NAME_FILE, where there is one, is a file with the value.
"""


TRACES = (
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_TRACES_SAMPLER",
    "OTEL_SERVICE_NAME",
    "OTEL_SDK_DISABLED",
)
"""OpenTelemetry's own, which services, pages and the gateway follow."""


@dataclass
class Variable:
    """`parts` read it; whoever finds no default needs to be told."""

    name: str
    default: str = ""
    needed: bool = False
    parts: list[str] = field(default_factory=list)


def settings_of(part: str) -> type[ReadSettings]:
    """What a part reads: the last class of its module that says a prefix."""
    module = import_module(f"{part}_service.settings")
    found: type[ReadSettings] = getattr(module, f"{part.capitalize()}Settings")
    return found


def parts(root: Path) -> list[str]:
    return sorted(
        file.parent.name.removesuffix("_service")
        for file in root.glob("services/*/src/*_service/settings.py")
    )


def variables(root: Path) -> dict[str, Variable]:
    """By name, in the order of the parts that read them; what only tools read comes last."""
    found: dict[str, Variable] = {}

    def add(name: str, default: str | None, part: str) -> None:
        variable = found.setdefault(name, Variable(name))
        variable.parts.append(part)
        variable.needed |= default is None
        variable.default = variable.default or default or ""

    for part in parts(root):
        settings = settings_of(part)
        prefix = str(settings.model_config["env_prefix"])
        for name, info in settings.model_fields.items():
            add(info.alias or f"{prefix}{name.upper()}", _default(info), part)
    for row in json.loads((root / GATEWAY).read_text())["settings"]:
        add(row["name"], row.get("default"), "gateway")
    for name in sorted(PLATFORM_NAMES - found.keys() - _files(PLATFORM_NAMES)):
        add(name, "", "tools")
    for name in TRACES:
        add(name, "", "traces")
    return found


def _files(names: frozenset[str]) -> set[str]:
    """Those that say where a value lies that another name could say."""
    return {name for name in names if name.removesuffix("_FILE") in names - {name}}


def _default(info: FieldInfo) -> str | None:
    if info.default_factory is not None:
        return ""
    if info.default is PydanticUndefined:
        return None
    shown = info.default
    if isinstance(shown, bool):
        return str(shown).lower()
    if isinstance(shown, float) and shown.is_integer():
        return str(int(shown))
    return "" if shown is None else str(shown)


def meanings(root: Path) -> Mapping[str, Mapping[str, Any]]:
    told: Mapping[str, Mapping[str, Any]] = tomllib.loads((root / MEANINGS).read_text())
    return told


def problems(root: Path) -> Iterator[str]:
    """Variables that nobody explains, and explanations of none."""
    if not (root / MEANINGS).exists():
        return
    there, told = set(variables(root)), set(meanings(root))
    for name, meaning in meanings(root).items():
        if not meaning.get("vi"):
            yield f"{MEANINGS}: {name} is not explained in Vietnamese"
    yield from (f"{MEANINGS}: {name} is not explained" for name in sorted(there - told))
    yield from (f"{MEANINGS}: {name} is read by no part" for name in sorted(told - there))


def written(root: Path) -> dict[Path, str]:
    """The file as it has to be; none where nothing is explained."""
    if not (root / MEANINGS).exists():
        return {}
    told, found = meanings(root), variables(root)
    groups: dict[str, list[str]] = {}
    for _, variable in sorted(found.items()):
        meaning = told.get(variable.name, {"means": "not explained"})
        groups.setdefault(", ".join(variable.parts), []).append(
            _entry(variable, meaning, set(found))
        )
    shown = ["\n".join([f"## {where}\n", *entries]) for where, entries in groups.items()]
    return {FILE: "\n".join([HEAD, *shown])}


def _entry(variable: Variable, meaning: Mapping[str, Any], found: set[str]) -> str:
    unit = f" [{meaning['unit']}]" if "unit" in meaning else ""
    needed = " (needed)" if variable.needed else ""
    file = f"{variable.name}_FILE"
    twin = f"\n#{file}=" if file in PLATFORM_NAMES - found else ""
    return f"# {meaning['means']}{unit}{needed}\n#{variable.name}={variable.default}{twin}\n"
