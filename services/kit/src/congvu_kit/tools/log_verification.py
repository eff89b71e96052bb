"""Checks an exported public log from its first entry on, trusting nothing it says of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from congvu_kit.adapters.notes import BadNote, open_checkpoint, signed_by
from congvu_kit.domain.heads import TreeHead
from congvu_kit.domain.log_entries import (
    GENESIS_HASH,
    TOMBSTONE,
    canonical_entry,
    commitment,
    redactable,
)
from congvu_kit.domain.merkle import Tree, leaf_hash
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.tools.log_keys import KeyHistory


class Broken(Exception):
    """The log is not what it claims to be; `sequence` is the first bad entry, when it is one."""

    def __init__(self, *, vi: str, en: str, sequence: int | None = None) -> None:
        of_entry = sequence is not None
        self.vi = f"mục {sequence}: {vi}" if of_entry else vi
        self.en = f"entry {sequence}: {en}" if of_entry else en
        super().__init__(self.en)
        self.sequence = sequence


@dataclass(frozen=True, kw_only=True)
class ExportedField:
    name: str
    commitment: str
    value: str | None
    salt: str | None
    hiddenBy: int | None = None  # noqa: N815 - as GraphQL writes it


@dataclass(frozen=True, kw_only=True)
class ExportedEntry:
    sequence: int
    previous: str
    hash: str
    type: str
    by: str
    subject: str
    at: str
    fields: tuple[ExportedField, ...]

    def shown(self) -> dict[str, str]:
        return {each.name: each.value for each in self.fields if each.value is not None}


@dataclass(frozen=True, kw_only=True)
class LogHeader:
    origin: str
    verifierKey: str  # noqa: N815 - as GraphQL writes it
    size: int
    root: str
    readAt: str = ""  # noqa: N815 - as GraphQL would write it


@dataclass(frozen=True, kw_only=True)
class Verified:
    entries: int
    root: str
    checkpoints: int
    hidden: int
    signed_size: int


@dataclass
class LogVerifier:
    """Take every entry in order, then the checkpoints; `Broken` names the first thing wrong."""

    _tree: Tree = field(default_factory=Tree)
    _last_hash: str = GENESIS_HASH
    _last_at: str = ""
    _size: int = 0
    _hidden: dict[tuple[int, str], int] = field(default_factory=dict)
    _tombstones: dict[tuple[int, str], int] = field(default_factory=dict)
    _keys: KeyHistory = field(default_factory=KeyHistory)

    def take(self, entry: ExportedEntry) -> None:
        if entry.sequence != self._size + 1:
            raise Broken(
                vi=f"đứng sau mục {self._size}: có khoảng trống",
                en=f"follows entry {self._size}: there is a gap",
                sequence=entry.sequence,
            )
        if entry.previous != self._last_hash:
            raise Broken(
                vi="không nêu mã băm của mục trước",
                en="does not name the hash of the entry before",
                sequence=entry.sequence,
            )
        if entry.at < self._last_at:
            raise Broken(
                vi=f"lùi thời gian, từ {self._last_at} về {entry.at}",
                en=f"goes back in time, from {self._last_at} to {entry.at}",
                sequence=entry.sequence,
            )
        body = canonical_entry(
            sequence=entry.sequence,
            previous=entry.previous,
            type=entry.type,
            at=entry.at,
            by=entry.by,
            subject=entry.subject,
            fields={each.name: each.commitment for each in entry.fields},
        )
        if leaf_hash(body) != entry.hash:
            raise Broken(
                vi="không khớp với mã băm của mục",
                en="is not what its hash says",
                sequence=entry.sequence,
            )
        self._check_fields(entry)
        self._keys.take(entry.sequence, entry.type, entry.shown())
        self._tree.append(entry.hash)
        self._last_hash, self._last_at, self._size = entry.hash, entry.at, entry.sequence

    def _check_fields(self, entry: ExportedEntry) -> None:
        for each in entry.fields:
            if each.value is None or each.salt is None:
                if not redactable(entry.type, each.name):
                    raise Broken(
                        vi=f"trường {vi_text(each.name)} không được ẩn",
                        en=f"field {each.name!r} must not be hidden",
                        sequence=entry.sequence,
                    )
                self._hidden[entry.sequence, each.name] = each.hiddenBy or 0
            elif commitment(each.salt, each.value) != each.commitment:
                raise Broken(
                    vi=f"trường {vi_text(each.name)} không đúng như cam kết",
                    en=f"field {each.name!r} is not what was committed to",
                    sequence=entry.sequence,
                )
        if entry.type == TOMBSTONE:
            shown = entry.shown()
            if not shown.get("cause") or not shown.get("legal_basis"):
                raise Broken(
                    vi="dấu xóa không có lý do hoặc căn cứ pháp lý",
                    en="a tombstone without reason or legal basis",
                    sequence=entry.sequence,
                )
            for name in shown.get("hidden", "").split(","):
                self._tombstones[int(shown.get("entry", 0)), name] = entry.sequence

    def finish(self, header: LogHeader, notes: Iterable[str], *, key: str | None) -> Verified:
        """`key` is the verifier key known from elsewhere; without one, the log's own is used."""
        for (sequence, name), tombstone in self._hidden.items():
            if self._tombstones.get((sequence, name)) != tombstone:
                raise Broken(
                    vi=f"trường {vi_text(name)} bị ẩn mà không có dấu xóa",
                    en=f"field {name!r} is hidden without a tombstone",
                    sequence=sequence,
                )
        root = self.root(header.size)
        if header.size != self._size or root != header.root:
            raise Broken(
                vi="gốc mà nhật ký nêu không phải gốc của các mục",
                en="the root the log gives is not that of its entries",
            )
        signed = self.check_log(notes, key or header.verifierKey)
        if key is not None and not signed:
            raise Broken(
                vi="không mốc nào do khóa này ký", en="no checkpoint is signed by this key"
            )
        return Verified(
            entries=self._size,
            root=root,
            checkpoints=len(signed),
            hidden=len(self._hidden),
            signed_size=max((head.size for head in signed), default=0),
        )

    def check_log(self, notes: Iterable[str], key: str) -> Sequence[TreeHead]:
        """Also those of an earlier export: a log that was cut or rewritten contradicts them. `key`
        leads to the log's other keys, before and after it (`KeyHistory`)."""
        given = list(notes)
        keys = self._keys.known(given, key)
        checked = self.check_notes(given, *keys)
        for head, note in zip(checked, given, strict=True):
            if self._keys.is_withdrawn(head, note, keys):
                raise Broken(
                    vi=f"mốc trên {head.size} mục chỉ có chữ ký của khóa đã rút",
                    en=f"the checkpoint over {head.size} entries has a withdrawn key only",
                )
        return checked

    def check_notes(self, notes: Iterable[str], *keys: str) -> Sequence[TreeHead]:
        """By keys of one signer, of which each note needs one."""
        checked: list[TreeHead] = []
        for note in notes:
            try:
                signed = open_checkpoint(note, *keys)
            except BadNote as exception:
                raise Broken(
                    vi=f"mốc {len(checked) + 1}: {exception.vi}",
                    en=f"checkpoint {len(checked) + 1}: {exception}",
                ) from exception
            if signed.size > self._size:
                raise Broken(
                    vi=f"đã ký với {signed.size} mục, nay có {self._size} mục: nhật ký bị cắt",
                    en=f"it was signed with {signed.size} entries and has {self._size}: it was cut",
                )
            if self.root(signed.size) != signed.root:
                raise Broken(
                    vi=f"mốc trên {signed.size} mục có gốc khác",
                    en=f"the checkpoint over {signed.size} entries has another root",
                )
            checked.append(signed)
        return checked

    def check_witness(self, notes: Iterable[str], key: str) -> TreeHead:
        """The largest head that this witness cosigned; every one of its heads must fit the log."""
        seen = self.check_notes([note for note in notes if signed_by(note, key)], key)
        if not seen:
            raise Broken(
                vi="bên chứng kiến chưa ký mốc nào", en="the witness has cosigned no checkpoint"
            )
        return max(seen, key=lambda head: head.size)

    def check_earlier(self, size: int, root: str) -> None:
        """The first `size` entries are the log that had this root."""
        if self.root(size) != root:
            raise Broken(
                vi=f"{size} mục đầu không phải nhật ký của tệp trước",
                en=f"its first {size} entries are not the log of the earlier file",
            )

    def root(self, size: int) -> str:
        if size > self._size:
            raise Broken(
                vi=f"trước có {size} mục, nay có {self._size} mục",
                en=f"it had {size} entries, now it has {self._size}",
            )
        return self._tree.root(size)
