"""A backup as files: documents one after the other, compressed, with hashes and a signed manifest.

Nothing is held in memory but what is on its way.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from congvu_kit.adapters.notes import BadNote, Ed25519Notes, open_note
from congvu_kit.application.backups import FORMAT, Manifest, NotWhole, Part
from congvu_kit.application.documents import adapter

MANIFEST_FILE, NOTE_FILE, MEMORY_FOLDER = "manifest.json", "manifest.note", "memory"
SIGNER = "congvu-backup"

LENGTH_BYTES = 4
"""A BSON document begins with its length, little-endian."""

DOCUMENT_MAX_BYTES = 48_000_000
CHUNK_BYTES = 1 << 20
QUICK = 1
"""Of gzip's levels: three times as quick as the usual one, for a tenth more room."""


class PartWriter:
    """One collection, written as it is read."""

    def __init__(self, folder: Path, database: str, collection: str) -> None:
        self._database, self._collection = database, collection
        path = part_file(folder, database, collection)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        self._raw: IO[bytes] = path.open("xb")
        self._packed = gzip.GzipFile(fileobj=self._raw, mode="wb", compresslevel=QUICK, mtime=0)
        self._content = hashlib.sha256()
        self._documents = 0

    def write(self, document: bytes) -> None:
        self._packed.write(document)
        self._content.update(document)
        self._documents += 1

    def finish(self) -> Part:
        self._packed.close()
        self._raw.close()
        return Part(
            database=self._database,
            collection=self._collection,
            documents=self._documents,
            content=self._content.hexdigest(),
            file=hash_of(self._path),
        )


def part_file(folder: Path, database: str, collection: str) -> Path:
    return folder / database / f"{collection}.bson.gz"


def read_part(folder: Path, part: Part) -> Iterator[bytes]:
    """Its documents; raise `NotWhole` at the end when they are not those that were written."""
    content, documents = hashlib.sha256(), 0
    try:
        with gzip.open(part_file(folder, part.database, part.collection)) as file:
            while head := file.read(LENGTH_BYTES):
                length = int.from_bytes(head, "little")
                if not LENGTH_BYTES < length <= DOCUMENT_MAX_BYTES:
                    raise NotWhole(
                        vi=f"{part.name}: bản ghi thứ {documents + 1} không đọc được",
                        en=f"{part.name}: document {documents + 1} is none",
                    )
                document = head + file.read(length - LENGTH_BYTES)
                content.update(document)
                documents += 1
                yield document
    except (OSError, EOFError) as exception:
        raise NotWhole(
            vi=f"{part.name}: không đọc được tệp", en=f"{part.name}: the file cannot be read"
        ) from exception
    if (documents, content.hexdigest()) != (part.documents, part.content):
        raise NotWhole(
            vi=f"{part.name}: các bản ghi không đúng như bản kê",
            en=f"{part.name}: the documents are not those of the manifest",
        )


def hash_of(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()


def write_manifest(folder: Path, manifest: Manifest, signer: Ed25519Notes) -> None:
    """Last: a folder without one is no backup."""
    text = json.dumps(adapter(Manifest).dump_python(manifest, mode="json"), indent=1)
    (folder / NOTE_FILE).write_text(signer.sign(_signed(text.encode())), encoding="utf-8")
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path, verifier_key: str) -> Manifest:
    """Raise `NotWhole` unless the key signed exactly this manifest and every file is the one that
    it names."""
    try:
        text = (folder / MANIFEST_FILE).read_bytes()
        note = (folder / NOTE_FILE).read_text(encoding="utf-8")
        if open_note(note, verifier_key) != _signed(text):
            raise NotWhole(
                vi="Bản kê không phải bản đã ký.", en="the manifest is not the one that was signed"
            )
        manifest = adapter(Manifest).validate_json(text)
    except OSError as exception:
        raise NotWhole(
            vi=f"{folder} không có bản sao lưu đầy đủ: thiếu bản kê",
            en=f"{folder} holds no whole backup: a manifest is missing",
        ) from exception
    except BadNote as exception:
        raise NotWhole(
            vi=f"Bản kê không do khóa này ký: {exception.vi}.",
            en=f"the manifest is not signed by this key: {exception}",
        ) from exception
    except ValidationError as exception:
        raise NotWhole(
            vi=f"Bản kê không theo dạng {FORMAT}.", en=f"the manifest is no {FORMAT}"
        ) from exception
    _require_files(folder, manifest)
    return manifest


def _require_files(folder: Path, manifest: Manifest) -> None:
    wanted = {
        part_file(folder, part.database, part.collection): (part.name, part.file)
        for part in manifest.parts
    }
    wanted |= {
        folder / MEMORY_FOLDER / name: (f"memory {name}", hash)
        for name, hash in manifest.memory.items()
    }
    for path, (name, hash) in wanted.items():
        if not path.is_file():
            raise NotWhole(vi=f"{name}: thiếu tệp", en=f"{name}: the file is missing")
        if hash_of(path) != hash:
            raise NotWhole(vi=f"{name}: tệp đã bị thay đổi", en=f"{name}: the file was changed")
    own = {folder / MANIFEST_FILE, folder / NOTE_FILE}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in wanted and path not in own:
            raise NotWhole(
                vi=f"{path.relative_to(folder)}: bản kê không có tệp này",
                en=f"{path.relative_to(folder)}: the manifest knows no such file",
            )


def _signed(manifest: bytes) -> str:
    return f"{FORMAT}\n{hashlib.sha256(manifest).hexdigest()}\n"
