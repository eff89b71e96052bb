"""Identity has time in it: one id of another system may name several things, one after another."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Protocol, TypeVar, cast

from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.text import canonical_text
from congvu_kit.domain.vietnamese import vi_text

T = TypeVar("T")
EVER = date.min
"""Where the life of something begins that nobody gave a first day."""


class Identity(StrEnum):
    """What a row says of itself where its id was used before."""

    SAME = "SAME"
    NEW = "NEW"


@dataclass(frozen=True, kw_only=True)
class ExternalRef:
    """How another system calls the same thing."""

    system: str
    id: str

    @property
    def key(self) -> str:
        """Equal for refs that are written alike."""
        return chr(31).join((canonical_text(self.system), canonical_text(self.id)))

    def ours(self, prefix: str) -> str:
        """Our id for its first life: the same on every machine and at every sync."""
        return derived_id(prefix, self.system, self.id)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A row is taken, and this is told about it, in both languages."""

    rule_id: str
    field: str
    en: str
    vi: str

    def message(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, kw_only=True)
class SourceMark:
    """How new the source said its row was."""

    revision: int | None = None
    time: datetime | None = None

    def older_than(self, known: "SourceMark | None") -> bool:
        """By revision where both have one, else by time; False where they cannot be compared."""
        if known is None:
            return False
        if self.revision is not None and known.revision is not None:
            return self.revision < known.revision
        return self.time is not None and known.time is not None and self.time < known.time


@dataclass(frozen=True)
class Life:
    """[starts_on, ends_on)"""

    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def meets(self, other: "Life") -> bool:
        return _before(self.starts_on, other.ends_on) and _before(other.starts_on, self.ends_on)

    def ends_after(self, other: "Life") -> bool:
        return other.ends_on is not None and (self.ends_on is None or self.ends_on > other.ends_on)

    def require_order(self, field: str, rule_id: str) -> None:
        if not _before(self.starts_on, self.ends_on):
            raise Invalid(
                en=f"it ends ({self.ends_on}) before it starts ({self.starts_on})",
                vi=f"Ngày kết thúc ({vi_text(self.ends_on)}) trước ngày bắt đầu "
                f"({vi_text(self.starts_on)}).",
                field=field,
                rule_id=rule_id,
            )


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


class Living(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def life(self) -> Life: ...


L = TypeVar("L", bound=Living)


def meant(lives: Sequence[L], said: Life, identity: Identity | None) -> L | None:
    """Which of the stored lives a row speaks of; None for one that begins with it (E-I21).

    The one that began on the same day; else a new one, unless it meets one that is stored: then
    the row has to say whether the first day was wrong or something else began."""
    met = [each for each in lives if each.life.meets(said)]
    for each in lives:
        if each.life.starts_on == said.starts_on:
            return each
    if identity is Identity.SAME:
        same = met or lives
        return same[-1] if same else None
    if not met:
        return None
    if identity is Identity.NEW and said.starts_on > met[-1].life.starts_on:
        return None
    starts_on = met[-1].life.starts_on
    raise Conflict(
        en=f"this id names one since {starts_on}. Say identity: SAME if its first day was wrong, "
        "or identity: NEW if another one began, which ends the old one; or send its end first",
        vi=f"Mã này đang dùng cho một đối tượng từ ngày {vi_text(starts_on)}. Vui lòng nêu "
        "đây vẫn là đối tượng cũ (ngày bắt đầu trước đây sai), hay là đối tượng mới (đối "
        "tượng cũ kết thúc), hoặc gửi trước ngày kết thúc của đối tượng cũ.",
        field="identity",
        rule_id="E-I21",
    )


def in_force(lives: Sequence[L], on: date) -> L | None:
    """The one that lives on a day, else the last that began before, else the first."""
    holding = [each for each in lives if each.life.holds(on)]
    begun = [each for each in lives if each.life.starts_on <= on]
    known = holding or begun or lives[:1]
    return known[-1] if known else None


def following(lives: Sequence[L], ended_on: date, but: str) -> L | None:
    """The first that still lived when another, `but`, had ended: who may be its successor."""
    later = [each for each in lives if each.id != but and _before(ended_on, each.life.ends_on)]
    return later[0] if later else None


def require_apart(lives: Sequence[L], id: str, life: Life) -> None:
    """Two things do not bear one id at one time."""
    for each in lives:
        if each.id != id and each.life.meets(life):
            raise Conflict(
                en=f"another one bears this id from {each.life.starts_on}: end this one by then",
                vi=f"Đã có đối tượng khác mang mã này từ ngày {vi_text(each.life.starts_on)}; "
                "đối tượng này phải kết thúc trước đó.",
                field="validTo",
                rule_id="E-I21",
            )


def new_life_id(prefix: str, lives: Sequence[Living], starts_on: date, *parts: str) -> str:
    """The first life of an id keeps the id that it always had; later ones add their first day."""
    return derived_id(prefix, *parts, *([starts_on.isoformat()] if lives else []))


def canonical(value: T) -> T:
    """A row or facts with every text in its canonical form."""
    made: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        made = canonical_text(value)
    elif isinstance(value, tuple):
        made = tuple(canonical(each) for each in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            each.name: canonical(getattr(value, each.name)) for each in dataclasses.fields(value)
        }
        made = dataclasses.replace(value, **fields)
    return cast(T, made)


def differing(known: object, said: object) -> tuple[str, ...]:
    """Names of the fields of two facts of one kind that differ, in any spelling of their texts."""
    names = [each.name for each in dataclasses.fields(cast(Any, said))]
    return tuple(name for name in names if canonical(getattr(known, name)) != getattr(said, name))
