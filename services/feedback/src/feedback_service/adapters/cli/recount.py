"""Computes every satisfaction index anew from the entries of the public log alone (F-I12)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from congvu_kit.domain.shares import Share
from congvu_kit.tools.log_verification import ExportedEntry
from feedback_service.adapters.cli.told_figures import ToldFigures
from feedback_service.domain.commitments.values import CONTENTED_FROM
from feedback_service.domain.indexes.satisfaction_index import IndexState, rating_of
from feedback_service.domain.log.entry import EntryType
from feedback_service.domain.reviews.rating_review import ReviewState
from feedback_service.domain.submissions.submission import SATISFIED_ANSWERS, Kind

Figures = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Rated:
    """One answer, as its entry tells it."""

    number: int
    on: str
    path: frozenset[str]
    satisfied: bool
    procedure: str
    channel: str
    drivers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One rating of a commitment, as its entry tells it."""

    number: int
    on: str
    unit: str
    leader: str
    score: int


@dataclass(frozen=True, kw_only=True)
class Recounted:
    """An index as the log says it is, and as its answers make it."""

    entry: ExportedEntry
    told: Figures
    counted: Figures

    @property
    def differing(self) -> list[str]:
        return sorted(name for name in self.counted if self.told.get(name) != self.counted[name])


@dataclass
class Recount:
    """Take every entry in order; an index is counted when its entry comes."""

    _rated: list[Rated] = field(default_factory=list)
    _leaders: dict[str, str] = field(default_factory=dict)
    _scored: list[Scored] = field(default_factory=list)
    _questioned: dict[int, tuple[str, int]] = field(default_factory=dict)
    _decided: dict[str, tuple[str, int]] = field(default_factory=dict)
    _figures: ToldFigures = field(default_factory=ToldFigures)

    def over(self, entries: Iterable[ExportedEntry]) -> Iterator[Recounted]:
        for entry in entries:
            shown = entry.shown()
            self._figures.take(entry, shown)
            match entry.type:
                case EntryType.SUBMISSION_RECEIVED if shown.get("kind") == Kind.SATISFACTION:
                    self._take(entry, shown)
                case EntryType.COMMITMENT_PUBLISHED:
                    self._leaders[entry.subject] = shown.get("leader", "")
                case EntryType.COMMITMENT_RATED:
                    self._score(entry, shown)
                case EntryType.RATINGS_QUESTIONED:
                    for number in filter(None, shown.get("entries", "").split(",")):
                        self._questioned[int(number)] = entry.subject, entry.sequence
                case EntryType.RATINGS_DECIDED:
                    self._decided[entry.subject] = shown.get("outcome", ""), entry.sequence
                case EntryType.INDEX_COMPUTED:
                    yield Recounted(entry=entry, told=shown, counted=self._count(shown))

    def _take(self, entry: ExportedEntry, shown: Figures) -> None:
        self._rated.append(
            Rated(
                number=entry.sequence,
                on=shown["on"],
                path=frozenset(shown.get("path", shown["unit"]).split(",")),
                satisfied=shown["answer"] in SATISFIED_ANSWERS,
                procedure=shown.get("procedure", ""),
                channel=shown.get("channel", ""),
                drivers=tuple(filter(None, shown.get("drivers", "").split(","))),
            )
        )
        if "review" in shown:
            self._questioned[entry.sequence] = shown["review"], entry.sequence

    def _score(self, entry: ExportedEntry, shown: Figures) -> None:
        self._scored.append(
            Scored(
                number=entry.sequence,
                on=shown.get("on", ""),
                unit=shown["unit"],
                leader=self._leaders.get(entry.subject, ""),
                score=int(shown["score"]),
            )
        )

    def _commitments(self, told: Figures) -> Figures:
        """The scores of each leader of the unit, in sum and number; and who was contented, where
        the index told so."""
        of: dict[str, list[int]] = {}
        for each in self._scored:
            within = told["from"] <= each.on < told["before"] and each.number <= int(told["last"])
            if within and each.unit == told["unit"]:
                of.setdefault(each.leader, []).append(each.score)
        rated = [
            rating_of(id, len(given), sum(given), sum(each >= CONTENTED_FROM for each in given))
            for id, given in sorted(of.items())
        ]
        sums = ",".join(f"{each.leader_id}={each.score_sum}/{each.ratings}" for each in rated)
        return {
            "commitments": sums,
            **({"rated": ",".join(each.told for each in rated)} if "published" in told else {}),
        }

    def _standing(self, rated: Rated, last: int) -> str:
        """As of the entry `last`: what came later changes nothing."""
        review, since = self._questioned.get(rated.number, ("", last + 1))
        if since > last:
            return ReviewState.COUNTED
        outcome, decided = self._decided.get(review, (ReviewState.PENDING.value, 0))
        return outcome if decided <= last else ReviewState.PENDING

    def _count(self, told: Figures) -> Figures:
        last = int(told["last"])
        within = [
            each
            for each in self._rated
            if each.number <= last
            and told["unit"] in each.path
            and told["from"] <= each.on < told["before"]
        ]
        standing = {each.number: self._standing(each, last) for each in within}
        counted = [each for each in within if standing[each.number] == ReviewState.COUNTED]
        pending = [each for each in within if standing[each.number] == ReviewState.PENDING]
        satisfied, minimum = sum(each.satisfied for each in counted), int(told["minimum"])
        enough = len(counted) >= max(1, minimum)
        share = Share(satisfied, len(counted))
        low, high = (share.wilson or ("", "")) if enough else ("", "")
        figures = {
            "answers": str(len(counted)),
            "satisfied": str(satisfied),
            "under_review": str(len(pending) or ""),
            "under_review_satisfied": str(sum(each.satisfied for each in pending) or ""),
            "set_aside": str((len(within) - len(counted) - len(pending)) or ""),
            "state": IndexState.MEASURED if enough else IndexState.INSUFFICIENT,
            "index": (share.value or "") if enough else "",
            "interval_low": low,
            "interval_high": high,
            **self._commitments(told),
            **_made_of(counted, told),
            **self._figures.count(told),
        }
        # What is not there is not in the entry either.
        return {name: value for name, value in figures.items() if value or told.get(name)}


def _made_of(counted: Iterable[Rated], told: Figures) -> Figures:
    """By procedure, channel and driver, where the index told so; older ones did not."""
    of: dict[str, dict[str, list[bool]]] = {"procedures": {}, "channels": {}, "drivers": {}}
    for each in counted:
        named = {
            "procedures": [each.procedure],
            "channels": [each.channel],
            "drivers": each.drivers,
        }
        for dimension, names in named.items():
            for name in filter(None, names):
                of[dimension].setdefault(name, []).append(each.satisfied)
    tell = {"procedures": "complaints", "channels": "contented", "drivers": "contented"}
    return {
        dimension: ",".join(
            f"{name}={sum(said)}/{len(said)}" for name, said in sorted(of[dimension].items())
        )
        for dimension, with_ in tell.items()
        if with_ in told
    }
