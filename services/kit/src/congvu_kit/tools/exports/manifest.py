"""The manifest beside an export: what it is, when it was read, and the hash of each file."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from congvu_kit.tools.exports.columns import Column
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

FORMAT: Final = "congvu.export/1"
ENDING: Final = ".manifest.json"
CHUNK_BYTES = 1 << 20

Manifest = Mapping[str, Any]
"""Any: JSON."""


def described(columns: Sequence[Column]) -> list[dict[str, str]]:
    return [{"name": each.name, "path": each.path, "type": each.type} for each in columns]


def schema_hash(columns: Sequence[Column]) -> str:
    return hashlib.sha256(_canonical(described(columns)).encode()).hexdigest()


def file_entry(file: Path, rows: int) -> dict[str, object]:
    return {
        "name": file.name,
        "rows": rows,
        "bytes": file.stat().st_size,
        "sha256": _sha256(file),
    }


def write_manifest(path: Path, told: Manifest) -> None:
    path.write_text(_sealed({"format": FORMAT, **told}), encoding="utf-8")


def _sealed(told: Manifest) -> str:
    """With the hash of itself, so that a changed byte of it shows as well."""
    own = hashlib.sha256(_canonical(told).encode()).hexdigest()
    return json.dumps({**told, "manifestSha256": own}, ensure_ascii=False, indent=2) + "\n"


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def read_manifest(path: Path) -> Manifest:
    """Raise `Failure` for what is none, or was changed."""
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        told = json.loads(text)
        is_ours = told.pop("manifestSha256", None) is not None and told["format"] == FORMAT
    except (ValueError, KeyError, AttributeError):
        is_ours = False
    name = path.name
    if not is_ours:
        raise Failure(
            vi=f"{name}: không phải bản kê của tệp xuất ({FORMAT}).",
            en=f"{name} is no manifest of an export ({FORMAT})",
        )
    if text != _sealed(told):
        raise Failure(
            vi=f"{name}: bản kê đã bị sửa.", en=f"{name} was changed since it was written"
        )
    return told  # type: ignore[no-any-return] # it is JSON


def differences(path: Path) -> Iterator[str]:
    """A line for each file that is not as its manifest says. Raise `Failure` as `read_manifest`."""
    for told in read_manifest(path)["files"]:
        name = told["name"]
        file = path.parent / name
        if not file.is_file():
            yield said(vi=f"{name}: không có tệp.", en=f"{name} is missing")
        elif file.stat().st_size != told["bytes"] or _sha256(file) != told["sha256"]:
            yield said(
                vi=f"{name}: nội dung khác với bản kê.",
                en=f"{name} is not as the manifest says",
            )
