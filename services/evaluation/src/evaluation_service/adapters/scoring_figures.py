"""How the scoring of frozen periods goes on, in figures; every replica tells of all."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from prometheus_client import Gauge

from evaluation_service.domain.results.runs import RankingRun, RunState

RUNS = Gauge("congvu_scoring_runs", "Agencies of frozen periods that are not ranked", ["state"])
PEOPLE = Gauge("congvu_scoring_people", "People of agencies whose scoring was asked for")
SCORED = Gauge("congvu_scoring_people_scored", "Those of them who have their result")
TROUBLED = Gauge("congvu_scoring_troubled_runs", "Agencies whose scoring was given up")
OLDEST = Gauge(
    "congvu_scoring_oldest_run_age_seconds", "How long an agency has waited since its freeze"
)


def tell_scoring(runs: Sequence[RankingRun], now: datetime) -> None:
    states = Counter(each.state for each in runs)
    for state in (RunState.WAITING, RunState.REQUESTED):
        RUNS.labels(state).set(states[state])
    asked = [each for each in runs if each.state is RunState.REQUESTED]
    PEOPLE.set(sum(each.people for each in asked))
    SCORED.set(sum(each.scored for each in asked))
    TROUBLED.set(sum(each.trouble is not None for each in runs))
    ages = ((now - each.frozen_at).total_seconds() for each in runs)
    OLDEST.set(max(ages, default=0))
