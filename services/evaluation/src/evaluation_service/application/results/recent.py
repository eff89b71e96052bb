"""Results that were asked for last: who reads one page by page has it made once."""

from dataclasses import dataclass, field
from functools import lru_cache

from congvu_scoring import CompiledPolicy, ScoreResult
from evaluation_service.domain.results.rating import score_again
from evaluation_service.domain.results.sheets import Sheet

RECENT_MAX = 8
"""Some 5 MB each for 2,000 lines, and a twentieth of it for an ordinary quarter."""


@dataclass(frozen=True)
class _Content:
    """All that a result is made of: another snapshot, document or switch is another result."""

    snapshot: str
    policy_hash: str
    sheet: Sheet = field(compare=False)
    compiled: CompiledPolicy = field(compare=False)


def shown_again(sheet: Sheet, compiled: CompiledPolicy) -> ScoreResult:
    """What `score_again` gives, for showing: a check scores anew."""
    return _made(_Content(sheet.snapshot, compiled.hash, sheet, compiled))


@lru_cache(maxsize=RECENT_MAX)
def _made(content: _Content) -> ScoreResult:
    return score_again(content.sheet, content.compiled)
