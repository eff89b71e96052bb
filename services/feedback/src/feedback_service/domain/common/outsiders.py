"""Who may decide about what was said of a unit: somebody from outside it (F-I3)."""

from collections.abc import Collection, Iterable
from typing import Protocol

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden


class AboutUnit(Protocol):
    """What is decided."""

    @property
    def province(self) -> str: ...

    @property
    def unit_id(self) -> str: ...


def require_outsider(
    actor: Actor, about: AboutUnit, concerned: Collection[str], unit_ids: Iterable[str]
) -> None:
    """Raise `Forbidden` for who is of the unit, also by one of the `unit_ids` where they are
    appointed, or among the officers `concerned`; a token that names no officer cannot show it."""
    actor.require_province(about.province)
    decider = actor.require_officer("F-I3")
    if decider in concerned or about.unit_id in {actor.unit, *unit_ids}:
        raise Forbidden(
            en="decided by nobody of the unit, nor by whom it is about",
            vi="Người của đơn vị hoặc người được nói đến không được quyết định.",
            rule_id="F-I3",
        )
