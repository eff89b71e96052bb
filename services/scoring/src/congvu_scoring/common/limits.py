"""How much a policy may ask, so that none can hang who reads it or who scores with it."""

import reprlib

from congvu_kit.domain.errors import Invalid

NODES_MAX = 5_000
"""Values of a policy document, keys not counted; the longest shipped one has 861."""

DEPTH_MAX = 40
"""How deep a document nests; the deepest shipped one has 19 levels."""

TEXT_MAX_CHARS = 5_000

LITERAL_MAX_BITS = 256
"""Of a number in a policy, above and below the line: about 77 digits."""

PLACES_MAX = 12
"""Decimals that a rule rounds to."""

WHOLE_MAX = 1_000_000

BITS_MAX = 13_000
"""Of an exact value on the way, above and below the line: about 3,900 digits. Python writes up to
4,300."""

BUDGET = 2_000_000
"""Steps for one person. A step is one value found, about a microsecond; long numbers cost as much
as so many short ones. A person with 50 items takes 300 under the decree's policy."""

WORK_ROWS, OTHER_ROWS = 300, 100
"""Rows of work, and of each other list, that a policy must score and explain within the budget."""

LIMIT = "LIMIT"
"""The rule that refuses what goes beyond all this."""


class _Short(reprlib.Repr):
    def repr_int(self, x: int, level: int) -> str:
        return repr(x) if x.bit_length() <= LITERAL_MAX_BITS else "a long number"


_SHORT = _Short()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother = 3, 60, 60
_SHORT.maxdict = _SHORT.maxlist = 3


def short(value: object) -> str:
    """The value for a message: enough to find it, whatever its size."""
    return _SHORT.repr(value)


class OverLimit(Invalid):
    """Scoring somebody takes more than there is for one person."""

    def __init__(self) -> None:
        super().__init__(
            en=f"scoring takes more than {BUDGET} steps, or numbers of over {BITS_MAX} bits",
            vi=f"việc chấm điểm cần hơn {BUDGET} bước, hoặc số dài hơn {BITS_MAX} bit",
            field="policy",
            rule_id=LIMIT,
        )
