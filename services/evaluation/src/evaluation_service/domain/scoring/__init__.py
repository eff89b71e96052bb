"""The scoring engine: policies as data, exact scores, every point explained.

    policy = read_policy(document)              # a checked, immutable Policy
    compiled = compile_policy(policy, {})       # switches and weights fixed
    result = score(compiled, Snapshot.from_document(facts))
    result.total, result.band, result.reasons, result.triggers
    result.explanation()                        # a tree whose leaves sum to the total
    rank(compiled, entries)                     # the quota, on final counts
    roll_up(compiled, periods)                  # a year from its quarters

Everything here is pure: no files, no clock, no network. Files are read by
`adapters.policy_files`.
"""

from .canonical import Json, canonical_bytes, fingerprint
from .comparing import Change, derive, diff, undeclared_changes
from .compiled import CompiledPolicy, compile_policy
from .exact import display, exact, exact_text
from .explanation import Explanation, Input
from .language.policy_reading import read_policy
from .policy import Policy
from .ranking import TIE_AT_CUT, QuotaRow, RankEntry, Ranking, rank
from .result import FiredTrigger, NextBand, ScoreResult
from .roll_up import RollUpResult, roll_up
from .scoring import score
from .snapshot import Snapshot
from .stages import StageFault, Standing, standing
from .subordinates import SubordinateBand, SubordinateCounts, count_subordinates
from .tables import Evidence
from .words import Rule, Words

__all__ = [
    "TIE_AT_CUT",
    "Change",
    "CompiledPolicy",
    "Evidence",
    "Explanation",
    "FiredTrigger",
    "Input",
    "Json",
    "NextBand",
    "Policy",
    "QuotaRow",
    "RankEntry",
    "Ranking",
    "RollUpResult",
    "Rule",
    "ScoreResult",
    "Snapshot",
    "StageFault",
    "Standing",
    "SubordinateBand",
    "SubordinateCounts",
    "Words",
    "canonical_bytes",
    "compile_policy",
    "count_subordinates",
    "derive",
    "diff",
    "display",
    "exact",
    "exact_text",
    "fingerprint",
    "rank",
    "read_policy",
    "roll_up",
    "score",
    "standing",
    "undeclared_changes",
]
