"""What citizens said of units (chỉ số hài lòng, phản ánh, cam kết), as feedback froze it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.ids import derived_id
from congvu_scoring import CompiledPolicy, exact_text
from evaluation_service.domain.copies.commitments import PUBLISHED

SCORE_MAX = 5
"""The best that a citizen gives a commitment."""


@dataclass(frozen=True, kw_only=True)
class LeaderRating:
    """How citizens rated a leader's commitments in the period: `score_sum` over all `ratings`;
    `satisfied` gave 4 or 5, with the Wilson interval of their share where enough rated."""

    leader_id: str
    ratings: int
    score_sum: int
    satisfied: int = 0
    ci_low: str | None = None
    ci_high: str | None = None


@dataclass(frozen=True, kw_only=True)
class LeaderPublished:
    """How many commitments and key tasks a leader published in the period."""

    leader_id: str
    count: int

    @property
    def whole(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, kw_only=True)
class ComplaintCounts:
    """Complaints received in the period; of those due in it the ones answered by their date; of
    those decided in it the ones upheld, in full or in part."""

    received: int
    due: int
    answered_in_time: int
    decided: int
    upheld: int

    @property
    def whole(self) -> bool:
        return 0 <= self.answered_in_time <= self.due and 0 <= self.upheld <= self.decided


@dataclass(frozen=True, kw_only=True)
class OfficerComplaints(ComplaintCounts):
    """The same of one officer whom complaints are about."""

    civil_servant_id: str


@dataclass(frozen=True, kw_only=True)
class ProcedureAnswers:
    """Answers of one administrative procedure."""

    procedure_code: str
    satisfied: int
    answers: int

    @property
    def whole(self) -> bool:
        return 0 <= self.satisfied <= self.answers


@dataclass(frozen=True, kw_only=True)
class PromiseCounts:
    """Published promises that fell due in the period, and what became of them."""

    due: int
    kept: int
    partly: int
    missed: int

    @property
    def whole(self) -> bool:
        assessed = self.kept, self.partly, self.missed
        return min(assessed) >= 0 and sum(assessed) <= self.due

    @classmethod
    def sum_of(cls, counts: Iterable["PromiseCounts"]) -> "PromiseCounts":
        found = list(counts)
        return PromiseCounts(
            due=sum(each.due for each in found),
            kept=sum(each.kept for each in found),
            partly=sum(each.partly for each in found),
            missed=sum(each.missed for each in found),
        )


@dataclass(frozen=True, kw_only=True)
class LeaderPromises(PromiseCounts):
    """Those of one leader."""

    leader_id: str


@dataclass(kw_only=True)
class UnitIndex(Aggregate):
    """What citizens said of a unit in a period; `index` is exact text, None without answers.
    `freeze` says which freeze of the period it is of. `complaints` are None where feedback did not
    tell of them yet."""

    province: str
    unit_id: str
    period_id: str
    satisfied: int
    answers: int
    index: str | None
    minimum_answers: int
    state: str
    freeze: int = 1
    leaders: tuple[LeaderRating, ...] = ()
    complaints: ComplaintCounts | None = None
    officers: tuple[OfficerComplaints, ...] = ()
    procedures: tuple[ProcedureAnswers, ...] = ()
    promises: tuple[LeaderPromises, ...] = ()
    published: tuple[LeaderPublished, ...] | None = None


def evidence_of(
    rules: CompiledPolicy,
    indexes: Mapping[str, UnitIndex],
    unit_id: str,
    person_id: str,
    *,
    head: bool = False,
) -> dict[str, Json]:
    """The sections of the snapshot that citizens fill and the policy reads, from the indexes of the
    agency by unit; nothing of what is not known. Who is the `head` of a unit owes commitments."""
    own = indexes.get(unit_id)
    owes = head and PUBLISHED in rules.reads.inputs
    index, answers = _opinion(rules.policy.citizens, indexes.values(), own, person_id)
    counts = {
        **_complaints(own.complaints if own else None, ""),
        **_complaints(_named(indexes.values(), person_id, own), "own_"),
        **_promises(indexes.values(), person_id),
        **(_published(indexes.values(), own, person_id) if owes else {}),
    }
    found: dict[str, Json] = (
        {} if index is None else {"satisfaction": {"index": index, "n": answers}}
    )
    if counts and "citizens" in rules.vocabulary.sections:
        found["citizens"] = {**counts}
    if own and own.procedures and "procedures" in rules.vocabulary.sections:
        found["procedures"] = [_row(each) for each in own.procedures]
    return found


def read_by(rules: CompiledPolicy, sections: Mapping[str, Json]) -> dict[str, Json]:
    """Those that the policy reads: the others are none of the score's business."""
    return {name: said for name, said in sections.items() if name in rules.vocabulary.sections}


def _row(each: ProcedureAnswers) -> Json:
    return {
        "procedure": each.procedure_code,
        "answers": each.answers,
        "satisfied": each.satisfied,
    }


def _opinion(
    citizens: str, indexes: Iterable[UnitIndex], own: UnitIndex | None, leader_id: str
) -> tuple[str | None, int]:
    if citizens == "COMMITMENTS":
        return _of_commitments(indexes, leader_id)
    return (own.index, own.answers) if own and own.index is not None else (None, 0)


def _of_commitments(indexes: Iterable[UnitIndex], leader_id: str) -> tuple[str | None, int]:
    """All ratings of the leader's commitments, in whichever of the units."""
    found = [each for index in indexes for each in index.leaders if each.leader_id == leader_id]
    ratings = sum(each.ratings for each in found)
    if ratings == 0:
        return None, 0
    mean = Fraction(sum(each.score_sum for each in found), SCORE_MAX * ratings)
    return exact_text(mean), ratings


def _complaints(counts: ComplaintCounts | None, whose: str) -> dict[str, int]:
    if counts is None:
        return {}
    return {
        f"{whose}received": counts.received,
        f"{whose}due": counts.due,
        f"{whose}answered": counts.answered_in_time,
        f"{whose}decided": counts.decided,
        f"{whose}upheld": counts.upheld,
    }


def _named(
    indexes: Iterable[UnitIndex], person_id: str, own: UnitIndex | None
) -> ComplaintCounts | None:
    """Complaints about the person anywhere in the agency: a unit's figures hold those of the units
    below it, so that the largest ones are all. Zeros where none names them."""
    found = [
        each for index in indexes for each in index.officers if each.civil_servant_id == person_id
    ]
    if not found:
        none = ComplaintCounts(received=0, due=0, answered_in_time=0, decided=0, upheld=0)
        return none if own and own.complaints else None
    return max(found, key=lambda each: (each.received, each.due, each.decided))


def _promises(indexes: Iterable[UnitIndex], leader_id: str) -> dict[str, int]:
    found = [each for index in indexes for each in index.promises if each.leader_id == leader_id]
    if not found:
        return {}
    kept, partly = sum(each.kept for each in found), sum(each.partly for each in found)
    missed = sum(each.missed for each in found)
    return {"promised": kept + partly + missed, "kept": kept, "partly": partly}


def _published(
    indexes: Iterable[UnitIndex], own: UnitIndex | None, leader_id: str
) -> dict[str, int]:
    """None where feedback told of it and of nobody; nothing where it did not tell."""
    if own is None or own.published is None:
        return {}
    found = [
        each.count
        for index in indexes
        for each in index.published or ()
        if each.leader_id == leader_id
    ]
    return {"published": sum(found)}


def unit_index_id(period_id: str, unit_id: str) -> str:
    return derived_id("uidx", period_id, unit_id)
