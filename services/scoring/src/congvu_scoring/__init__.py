"""The scoring engine: policies as data, exact scores, every point explained.

    policy = read_policy(document)              # a checked, immutable Policy
    compiled = compile_policy(policy, {})       # switches and weights fixed
    result = score(compiled, Snapshot.from_document(facts))
    result.total, result.band, result.reasons, result.triggers
    result.explanation()                        # a tree whose leaves sum to the total
    rank(compiled, entries)                     # the quota, on final counts
    roll_up(compiled, periods)                  # a year from its quarters

Everything here is pure: no files, no clock, no network. Files are read by
`documents.policy_files`.
"""

from congvu_kit.domain.canonical import Json, canonical_bytes, fingerprint
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import display, exact, exact_text
from congvu_scoring.common.plain import plain
from congvu_scoring.engine.compiled import CompiledPolicy, compile_policy
from congvu_scoring.engine.following import pay_rates, proposals
from congvu_scoring.engine.outcome import FiredTrigger
from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.ranking import TIE_AT_CUT, QuotaRow, RankEntry, Ranking, rank
from congvu_scoring.engine.result import NextBand, ScoreResult
from congvu_scoring.engine.roll_up import RollUpResult, band_of, period_sums, roll_up
from congvu_scoring.engine.scoring import score, score_anyway
from congvu_scoring.engine.stages import StageFault, Standing, dated_days, standing
from congvu_scoring.engine.subordinates import (
    SubordinateBand,
    SubordinateCounts,
    count_subordinates,
)
from congvu_scoring.expressions.explanation import Explanation, Input, LineFact
from congvu_scoring.language.deriving import PolicyChange, derive, diff, undeclared_changes
from congvu_scoring.language.reading.policy import read_policy
from congvu_scoring.operators.targets import reached
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import CitizenEvidence

__all__ = [
    "TIE_AT_CUT",
    "Bilingual",
    "CitizenEvidence",
    "CompiledPolicy",
    "Explanation",
    "FiredTrigger",
    "Input",
    "Json",
    "LineFact",
    "NextBand",
    "Policy",
    "PolicyChange",
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
    "band_of",
    "canonical_bytes",
    "compile_policy",
    "count_subordinates",
    "dated_days",
    "derive",
    "diff",
    "display",
    "exact",
    "exact_text",
    "fingerprint",
    "pay_rates",
    "period_sums",
    "plain",
    "proposals",
    "rank",
    "reached",
    "read_policy",
    "roll_up",
    "score",
    "score_anyway",
    "standing",
    "undeclared_changes",
]
