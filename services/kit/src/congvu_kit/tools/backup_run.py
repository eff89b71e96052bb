"""Making a backup, verifying it, and putting it back: what `congvu backup` does."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path

from congvu_kit.adapters.backup_files import (
    MEMORY_FOLDER,
    PartWriter,
    hash_of,
    read_manifest,
    read_part,
    write_manifest,
)
from congvu_kit.adapters.backup_store import (
    View,
    documents_in,
    put_back,
    tell_again,
)
from congvu_kit.adapters.driver import Client, decoded, encoded
from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.application.backups import (
    FORMAT,
    Manifest,
    NotWhole,
    Part,
    Proof,
    ServiceBackup,
    Sieve,
)
from congvu_kit.domain.clock import SystemClock
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.help_texts import in_words

DATA, KEYS = "data", "keys"


def services() -> Sequence[ServiceBackup]:
    """What is installed."""
    points = sorted(entry_points(group="congvu.backups"), key=lambda each: each.name)
    return [point.load() for point in points]


@dataclass(frozen=True)
class Pair:
    """Two folders of one backup: the data, and apart from it the wrapped keys of private texts."""

    data: Path
    keys: Path

    def folder(self, kind: str) -> Path:
        return self.data if kind == DATA else self.keys


@dataclass(frozen=True)
class Database:
    """One of a service, or what the service keeps apart beside it."""

    name: str
    service: ServiceBackup
    kind: str

    @classmethod
    def of(cls, name: str, prefix: str, known: Sequence[ServiceBackup]) -> "Database":
        for each in known:
            if name.startswith(f"{prefix}{each.service}"):
                kind = DATA if name == f"{prefix}{each.service}" else KEYS
                return cls(name, each, kind)
        raise NotWhole(
            vi=f"{name}: không dịch vụ nào được cài ở đây có cơ sở dữ liệu này",
            en=f"{name}: no service that is installed here has this database",
        )


@dataclass
class Proofs:
    """Of every service, over the documents as they pass."""

    memory: Path | None
    _made: dict[str, Proof] = field(default_factory=dict)

    def of(self, database: Database) -> Proof:
        name = database.service.service
        if name not in self._made:
            self._made[name] = database.service.proof(self.memory)
        return self._made[name]

    def finish(self) -> dict[str, str]:
        return {
            f"{service}: {name}": value
            for service, proof in self._made.items()
            for name, value in proof.finish().items()
        }


def ordered(collections: Sequence[str], proof: Proof) -> list[str]:
    """Those of the proof first, as it wants them."""
    first = [name for name in proof.collections if name in collections]
    return first + [name for name in collections if name not in proof.collections]


async def make(
    view: View, pair: Pair, *, prefix: str, memory: Path | None, signer: Ed25519Notes
) -> Mapping[str, Manifest]:
    """Write both folders; the manifests come last."""
    known, parts = services(), list[tuple[str, Part]]()
    for kind in (DATA, KEYS):
        pair.folder(kind).mkdir(parents=True, mode=0o700)
    # Before the first document: so the backup holds all that was signed or erased until then.
    kept = _keep_memory(memory, pair.data / MEMORY_FOLDER)
    proofs = Proofs(pair.data / MEMORY_FOLDER if kept else None)
    at = SystemClock().now().isoformat(timespec="milliseconds")
    for name in await view.databases(prefix, [each.service for each in known]):
        database = Database.of(name, prefix, known)
        proof = proofs.of(database)
        for collection in ordered(await view.collections(name), proof):
            seen = proof if database.kind == DATA and collection in proof.collections else None
            folder = pair.folder(database.kind)
            parts.append((database.kind, await _write(view, folder, name, collection, seen)))
    proof_of = {DATA: proofs.finish(), KEYS: {}}
    made = {}
    for kind in (DATA, KEYS):
        made[kind] = Manifest(
            format=FORMAT,
            kind=kind,
            at=at,
            prefix=prefix,
            moment=view.moment,
            parts=tuple(part for of, part in parts if of == kind),
            memory=kept if kind == DATA else {},
            proof=proof_of[kind],
        )
        write_manifest(pair.folder(kind), made[kind], signer)
    return made


def _keep_memory(memory: Path | None, folder: Path) -> dict[str, str]:
    if memory is None or not memory.is_dir():
        return {}
    folder.mkdir(mode=0o700)
    files = [each for each in sorted(memory.iterdir()) if each.is_file()]
    return {each.name: hash_of(shutil.copyfile(each, folder / each.name)) for each in files}


async def _write(
    view: View, folder: Path, database: str, collection: str, proof: Proof | None
) -> Part:
    writer = PartWriter(folder, database, collection)
    async for document in view.documents(database, collection):
        writer.write(document)
        if proof is not None:
            proof.take(collection, decoded(document))
    return writer.finish()


def verify(folder: Path, key: str) -> Manifest:
    """Read every file to its end and compute every proof anew; raise `NotWhole`, which names the
    part."""
    manifest = read_manifest(folder, key)
    known = services()
    proofs = Proofs(folder / MEMORY_FOLDER if manifest.memory else None)
    for part in manifest.parts:
        database = Database.of(part.database, manifest.prefix, known)
        proof = proofs.of(database)
        seen = database.kind == DATA and part.collection in proof.collections
        for document in read_part(folder, part):
            if seen:
                proof.take(part.collection, decoded(document))
    if manifest.kind == DATA:
        require_same(manifest.proof, proofs.finish())
    return manifest


def require_same(told: Mapping[str, str], computed: Mapping[str, str]) -> None:
    for name in sorted({*told, *computed}):
        if told.get(name) != computed.get(name):
            before, now = told.get(name), computed.get(name)
            vi = f"{in_words(name)}: trước là {before}, nay là {now}"
            raise NotWhole(vi=vi, en=f"{name}: it was {before}, and is {now}")


@dataclass(frozen=True)
class Restored:
    documents: int
    held_back: int
    proof: Mapping[str, str]


async def restore(
    client: Client, pair: Pair, key: str, *, memory: Path | None, replace: bool
) -> Restored:
    """Verify all of it, then put it back and prove that what lies there now is the same."""
    manifests = {kind: verify(pair.folder(kind), key) for kind in (DATA, KEYS)}
    if manifests[DATA].at != manifests[KEYS].at:
        raise NotWhole(
            vi="Dữ liệu và khóa thuộc hai bản sao lưu khác nhau.",
            en="data and keys are of two backups",
        )
    await _require_empty(client, manifests[DATA].prefix, replace=replace)
    known = services()
    own = pair.data / MEMORY_FOLDER if manifests[DATA].memory else None
    remembered = memory or own
    sieves: dict[str, Sieve | None] = {each.service: each.sieve(remembered) for each in known}
    _learn(sieves, pair.data, manifests[DATA], known)
    documents = held_back = 0
    for kind, manifest in manifests.items():
        for part in manifest.parts:
            database = Database.of(part.database, manifest.prefix, known)
            passing = Passing(sieves[database.service.service] if kind == KEYS else None, part)
            found = passing.through(read_part(pair.folder(kind), part))
            await put_back(client, part.database, part.collection, found)
            documents, held_back = documents + part.documents, held_back + passing.changed
            await _require_there(client, part, passing)
    # Against what was signed until then: what was signed since, the log's own memory contradicts.
    proof = await _prove(client, manifests[DATA], known, own)
    for name in {part.database for part in manifests[DATA].parts}:
        await tell_again(client, name)
    return Restored(documents, held_back, proof)


def _learn(
    sieves: Mapping[str, Sieve | None],
    folder: Path,
    manifest: Manifest,
    known: Sequence[ServiceBackup],
) -> None:
    """What the data say themselves of what must not come back."""
    for part in manifest.parts:
        sieve = sieves[Database.of(part.database, manifest.prefix, known).service.service]
        if sieve is not None and part.collection in sieve.collections:
            for document in read_part(folder, part):
                sieve.learn(decoded(document))


@dataclass
class Passing:
    """The documents of a part on their way back, and what becomes of them."""

    sieve: Sieve | None
    part: Part
    changed: int = 0
    content: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def through(self, documents: Iterator[bytes]) -> Iterator[bytes]:
        for each in documents:
            passed = self._passed(each)
            self.changed += passed is not each
            self.content.update(passed)
            yield passed

    def _passed(self, document: bytes) -> bytes:
        if self.sieve is None:
            return document
        instead = self.sieve.instead_of(self.part.collection, decoded(document))
        return document if instead is None else encoded(instead)


async def _require_there(client: Client, part: Part, passed: Passing) -> None:
    """Read back: the server holds what was put there, byte for byte."""
    found, view = hashlib.sha256(), View(client, None, "")
    async for document in view.documents(part.database, part.collection):
        found.update(document)
    if found.hexdigest() != passed.content.hexdigest():
        raise NotWhole(
            vi=f"{part.name}: dữ liệu đã phục hồi không đúng như bản sao lưu",
            en=f"{part.name}: what lies in the database is not what the backup holds",
        )


async def _prove(
    client: Client, manifest: Manifest, known: Sequence[ServiceBackup], memory: Path | None
) -> Mapping[str, str]:
    """From the database itself."""
    proofs, view = Proofs(memory), View(client, None, "")
    for part in manifest.parts:
        database = Database.of(part.database, manifest.prefix, known)
        proof = proofs.of(database)
        if part.collection in proof.collections:
            async for document in view.documents(part.database, part.collection):
                proof.take(part.collection, decoded(document))
    proven = proofs.finish()
    require_same(manifest.proof, proven)
    return proven


async def _require_empty(client: Client, prefix: str, *, replace: bool) -> None:
    view = View(client, None, "")
    for name in await view.databases(prefix, [each.service for each in services()]):
        if replace:
            await client.drop_database(name)
        elif await documents_in(client, name):
            raise Failure(
                vi=f"{name} đang có dữ liệu: phục hồi vào cơ sở trống, hoặc thêm --replace.",
                en=f"{name} holds documents: restore into empty databases, or --replace",
            )
