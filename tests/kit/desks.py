"""A tiny made-up domain to drive the kit with: desks that can be drafted and renamed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Collection, Transaction
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


@dataclass(kw_only=True)
class Desk(Aggregate):
    name: str
    group: str = "A"
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
    return {"words": words(desk.name), "serial": f"{desk.group}-{desk.rank}"}


DESKS = Collection(
    name="desks",
    kind=Desk,
    extra=search_words,
    indexes=[["group", "-rank"], ["extra.words"]],
    unique=[["extra.serial"]],
)


@dataclass(frozen=True, kw_only=True)
class PlaceDesk(Command):
    desk_id: str
    name: str
    rank: int = 0


async def place_desk(command: PlaceDesk, tx: Transaction) -> Desk:
    desk = Desk(id=command.desk_id, name="", rank=command.rank)
    desk.rename(command.name)
    await tx.store(DESKS).save(desk)
    return desk


@dataclass(frozen=True, kw_only=True)
class RenameDesk(Command):
    desk_id: str
    expected_revision: int
    name: str


async def rename_desk(command: RenameDesk, tx: Transaction) -> Desk:
    desk = await tx.store(DESKS).get(command.desk_id)
    desk.expect_revision(command.expected_revision)
    desk.rename(command.name)
    await tx.store(DESKS).save(desk)
    return desk
