"""A conformance file as typed cases; unknown keys are named with their case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from congvu_kit.domain.errors import DomainError, Invalid
from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.spelling import meant_or_known
from congvu_scoring.documents.yaml_documents import read_yaml

FORMAT = "congvu.conformance/1"
Kind = Literal["cases", "rankings", "rollups"]
_TOP = ("format", "policies", "cases", "rankings", "rollups")
_KEYS: Mapping[Kind, tuple[str, ...]] = {
    "cases": ("name", "policy", "switches", "snapshot", "expect"),
    "rankings": ("name", "policy", "switches", "people", "expect"),
    "rollups": ("name", "policy", "switches", "periods", "expect"),
}
_INPUT: Mapping[Kind, str] = {"cases": "snapshot", "rankings": "people", "rollups": "periods"}


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a file; `problem` says why it could not even be read."""

    kind: Kind
    name: str
    policy: str
    switches: Mapping[str, str]
    given: object
    expect: Mapping[str, object]
    problem: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ConformanceFile:
    """`policies` are written out, or texts: paths of policy files relative to this file."""

    policies: Sequence[object]
    cases: Sequence[Case]


def read_conformance(path: Path) -> ConformanceFile:
    """Raises `Invalid` for a file that cannot be read at all."""
    document = read_yaml(path)
    if not isinstance(document, Mapping):
        raise _refuse(str(path), "is no conformance file", "không phải tệp kiểm chứng")
    if str(document.get("format")).startswith("congvu.policy/"):
        raise _refuse(
            str(path),
            "is a policy: check it with congvu policy lint, or name it under policies: here",
            "là quy chế: kiểm tra bằng congvu policy lint, hoặc ghi vào policies: của tệp này",
        )
    for key in document:
        if key not in _TOP:
            raise _unknown(str(path), key, _TOP)
    if document.get("format") != FORMAT:
        found = document.get("format")
        raise _refuse(
            str(path),
            f"format is {found!r}, not {FORMAT}",
            f"format là {found!r}, không phải {FORMAT}",
        )
    cases = [
        _case(kind, entry, index)
        for kind in _KEYS
        for index, entry in enumerate(_entries(document, kind, path))
    ]
    return ConformanceFile(_entries(document, "policies", path), cases)


def _entries(document: Mapping[str, object], key: str, path: Path) -> Sequence[object]:
    entries = document.get(key) or []
    if isinstance(entries, str) or not isinstance(entries, Sequence):
        raise _refuse(f"{path}: {key}", "must be a list", "phải là danh sách")
    return entries


def _case(kind: Kind, entry: object, index: int) -> Case:
    name = f"{kind}[{index}]"
    if isinstance(entry, Mapping) and isinstance(entry.get("name"), str):
        name = str(entry["name"])
    try:
        return _read(kind, entry, name)
    except DomainError as error:
        return Case(kind, name, "", {}, None, {}, problem=Bilingual(error.vi, error.en))


def _read(kind: Kind, entry: object, name: str) -> Case:
    if not isinstance(entry, Mapping):
        raise _refuse(name, "must be a mapping", "phải là nhóm khóa, giá trị")
    for key in entry:
        if key not in _KEYS[kind]:
            raise _unknown(name, key, _KEYS[kind])
    for key in ("policy", _INPUT[kind], "expect"):
        if key not in entry:
            raise _refuse(name, f"the key {key!r} is missing", f"thiếu khóa {key!r}")
    switches, expect = entry.get("switches") or {}, entry["expect"]
    if not isinstance(switches, Mapping) or not isinstance(expect, Mapping):
        raise _refuse(name, "switches and expect are mappings", "switches và expect sai dạng")
    return Case(
        kind,
        name,
        str(entry["policy"]),
        {str(key): str(value) for key, value in switches.items()},
        entry[_INPUT[kind]],
        expect,
    )


def _unknown(where: str, key: object, known: Sequence[str]) -> Invalid:
    hint = meant_or_known(str(key), known)
    return _refuse(where, f"unknown key {key!r}{hint.en}", f"khóa lạ {key!r}{hint.vi}")


def _refuse(where: str, en: str, vi: str) -> Invalid:
    return Invalid(en=f"{where}: {en}", vi=f"«{where}»: {vi}.", field=where)
