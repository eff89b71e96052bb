"""A tiny made-up domain to drive the kit with: desks that can be drafted and renamed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Protocol

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Collection, Eq, Page, Transaction
from congvu_kit.application.shards import ByProvince
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.text import words

SOMEBODY = Actor(subject="somebody", roles=frozenset({"manager"}), province="56")


@dataclass(frozen=True, kw_only=True)
class DeskRenamed(Event):
    """A desk got its name."""

    TYPE: ClassVar[str] = "congvu.test.desk.renamed.v1"

    desk_id: str
    name: str


class Group(StrEnum):
    A = "A"
    B = "B"


@dataclass(kw_only=True)
class Desk(Aggregate):
    name: str
    group: Group = Group.A
    rank: int = 0
    price: Decimal = Decimal("1.10")
    share: Fraction = Fraction(4, 7)
    bought: date = date(2026, 1, 1)
    tags: list[str] = field(default_factory=list)

    def rename(self, name: str) -> None:
        if not name:
            raise Invalid(en="a name is needed", vi="cần có tên", field="input.name")
        self.name = name
        self.record(DeskRenamed(desk_id=self.id, name=name))


def search_words(desk: Desk) -> Mapping[str, object]:
    first = desk.tags[0] if desk.tags else None
    return {"words": words(desk.name), "serial": f"{desk.group}-{desk.rank}", "first": first}


DESKS = Collection(
    name="desks",
    kind=Desk,
    extra=search_words,
    indexes=[["group", "-rank"], ["extra.words"]],
    unique=[["extra.serial"]],
    shard=ByProvince("group"),
)


class Carpenter(Protocol):
    """What filling a desk needs besides the store."""

    def price(self, name: str) -> Decimal: ...


@dataclass(frozen=True, kw_only=True)
class DeskNeeds:
    carpenter: Carpenter


class ByTheLetter:
    """Asks 10 a letter."""

    def price(self, name: str) -> Decimal:
        return Decimal(10 * len(name))


NEEDS = DeskNeeds(carpenter=ByTheLetter())


@dataclass(frozen=True, kw_only=True)
class PlaceDesk(Command):
    operation: ClassVar[str] = "place_desk"

    desk_id: str
    name: str
    rank: int = 0


async def place_desk(command: PlaceDesk, tx: Transaction) -> Desk:
    desk = Desk(id=command.desk_id, name="", rank=command.rank)
    desk.rename(command.name)
    await tx.store(DESKS).save(desk)
    return desk


@dataclass(frozen=True, kw_only=True)
class RenameDesk(RevisedCommand):
    operation: ClassVar[str] = "rename_desk"

    desk_id: str
    name: str


async def rename_desk(command: RenameDesk, tx: Transaction) -> Desk:
    desk = await tx.store(DESKS).get(command.desk_id)
    desk.expect_revision(command.expected_revision)
    desk.rename(command.name)
    await tx.store(DESKS).save(desk)
    return desk


@dataclass(frozen=True, kw_only=True)
class Drawer:
    label: str
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FillDesk(RevisedCommand):
    operation: ClassVar[str] = "fill_desk"
    turn: ClassVar[str] = "filling"

    desk_id: str
    drawers: tuple[Drawer, ...]


async def fill_desk(command: FillDesk, tx: Transaction, *, carpenter: Carpenter) -> Desk:
    """One tag a drawer; what the carpenter asks for the desk becomes its price."""
    desk = await tx.store(DESKS).get(command.desk_id)
    desk.expect_revision(command.expected_revision)
    desk.tags = [f"{drawer.label}: {', '.join(drawer.papers)}" for drawer in command.drawers]
    desk.price = carpenter.price(desk.name)
    await tx.store(DESKS).save(desk)
    return desk


@dataclass(frozen=True, kw_only=True)
class DeskFilter:
    group: Group | None = None


async def list_desks(
    tx: Transaction, wanted: DeskFilter, *, first: int, after: str | None
) -> Page[Desk]:
    asked = [Eq("group", wanted.group)] if wanted.group else []
    return await tx.store(DESKS).page(*asked, first=first, after=after)


async def find_desks(
    ids: Sequence[str], reader: Actor, tx: Transaction, *, carpenter: Carpenter
) -> Sequence[Desk | None]:
    """As dear as they are today; nobody's for who is not logged in."""
    there = await tx.store(DESKS).find_many(ids)
    return [
        replace(each, price=carpenter.price(each.name)) if each and reader.roles else None
        for each in there
    ]
