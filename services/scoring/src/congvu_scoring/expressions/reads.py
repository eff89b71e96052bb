"""What of a snapshot, and of its own policy, an expression reads."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Reads:
    """`conduct` holds the ledger rules named; None: rows of any rule. `past`: former periods.
    `needed` are those of the inputs for which nothing else stands in."""

    inputs: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    conduct: frozenset[str] | None = frozenset()
    measures: frozenset[str] = frozenset()
    constants: frozenset[str] = frozenset()
    past: bool = False
    needed: frozenset[str] = frozenset()

    def __or__(self, other: "Reads") -> "Reads":
        joined = {
            item.name: getattr(self, item.name) | getattr(other, item.name)
            for item in fields(self)
            if item.name != "conduct"
        }
        conduct = None
        if self.conduct is not None and other.conduct is not None:
            conduct = self.conduct | other.conduct
        return Reads(**joined, conduct=conduct)

    @property
    def by_choice(self) -> "Reads":
        """Where something else is taken when an input is not there."""
        return replace(self, needed=frozenset())

    @property
    def facts(self) -> bool:
        """Whether more than switches and weights decides the value."""
        return bool(self.inputs or self.lists or self.events or self.measures)


NO_RULE: frozenset[str] = frozenset()
NOTHING = Reads()
