"""Who did the work that something is about: one officer, or several."""

from dataclasses import dataclass


@dataclass(kw_only=True)
class Handled:
    """What holds for one of `officers` holds for all (F-I3); `civil_servant_id` is the first."""

    civil_servant_id: str | None
    other_officers: tuple[str, ...] = ()

    @property
    def officers(self) -> frozenset[str]:
        first = self.civil_servant_id
        return frozenset(self.other_officers) | (frozenset() if first is None else {first})
