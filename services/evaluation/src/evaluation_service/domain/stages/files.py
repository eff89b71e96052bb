"""The stages (bước đánh giá) that a person's file goes through, each with its own figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import Standing, dated_days, standing
from congvu_scoring.documents.citations import cited
from congvu_scoring.engine.policy import Policy, Stage, Workflow
from evaluation_service.domain.results.inputs import GivenInputs

REMARK_MAX_CHARS = 1000


@dataclass(frozen=True, kw_only=True)
class StageEntry:
    """What one stage left behind. Without `by` it moved on undone, and nobody does it any more;
    without ratings it agreed with what counted. `charged` is whose fault it was, `in_place_of`
    whose delegate acted."""

    stage: str
    due_on: date
    ended_at: datetime
    by: Participant | None = None
    in_place_of: str | None = None
    ratings: GivenInputs = field(default_factory=GivenInputs)
    remark: str | None = None
    charged: str | None = None


@dataclass(frozen=True, kw_only=True)
class StageFile:
    """`current` is the stage that is open, `waits_for` the civil servant who is to act in it;
    `next_on` the day on which something about it is told by itself."""

    entries: tuple[StageEntry, ...] = ()
    current: str | None = None
    due_on: date | None = None
    waits_for: str | None = None
    next_on: date | None = None

    @property
    def acted(self) -> tuple[Participant, ...]:
        return tuple(each.by for each in self.entries if each.by is not None)

    def entry(self, stage: str) -> StageEntry | None:
        return next((each for each in self.entries if each.stage == stage), None)


@dataclass(frozen=True, kw_only=True)
class Course:
    """The stages of a policy for a period: `since` is the first day after it."""

    policy: Policy
    since: date

    @property
    def workflow(self) -> Workflow:
        return self.policy.workflow.of_a_file

    @property
    def stages(self) -> Sequence[Stage]:
        return self.workflow.stages

    def stage(self, id: str | None) -> Stage | None:
        return next((each for each in self.stages if each.id == id), None)

    def require_stage(self, id: str, field: str) -> Stage:
        found = self.stage(id)
        if found is None:
            known = ", ".join(each.id for each in self.stages)
            raise Invalid(
                en=f"the stages of {self.policy.ref} are {known}",
                vi=f"Các bước của quy chế {self.policy.ref}: {known}.",
                field=field,
                rule_id=self.policy.id,
            )
        return found

    def standing(self, entries: Sequence[StageEntry], today: date) -> Standing:
        return standing(self.workflow, self.since, self._done(entries), today)

    def last_days(self, entries: Sequence[StageEntry]) -> Mapping[str, date]:
        """By stage; of stages that are over as they were, of later ones if nobody is early."""
        days: dict[str, date] = {}
        begins, dated = self.since, dated_days(self.workflow, self.since)
        done = {each.stage: each.due_on for each in entries}
        for stage in self.stages:
            due = dated.get(stage.id) or begins + timedelta(days=stage.days or 0)
            begins = days[stage.id] = done.get(stage.id, due)
        return days

    def counted(self, entries: Sequence[StageEntry]) -> GivenInputs:
        """Of each criterion the figure of the first stage that gave one, in the policy's order;
        never the person's own (E-I4)."""
        given = GivenInputs()
        by_stage = {each.stage: each.ratings for each in entries}
        for stage in reversed(self.policy.workflow.counts):
            given = given.with_(by_stage.get(stage, GivenInputs()))
        return given

    def require_open(self, stage: Stage, entries: Sequence[StageEntry], today: date) -> date:
        """The last day of the stage; raise `Conflict` where it is over, or not yet its turn."""
        found = self.standing(entries, today)
        if found.current == stage.id and found.due is not None:
            return found.due
        last = self.last_days(entries)[stage.id]
        over = stage.id in found.locked or any(each.stage == stage.id for each in entries)
        if over or found.current is None:
            raise Conflict(
                en=f"{self.policy.ref}, {stage.text.en}: open until 23:59 of {last} or until it "
                f"was done, now locked ({cited(stage.clause, 'en')})",
                vi=f"Quy chế {self.policy.ref}, bước «{stage.text.vi}»: mở đến 23:59 ngày "
                f"{vi_text(last)} hoặc đến khi xong, nay đã khóa ({cited(stage.clause, 'vi')}).",
                rule_id=stage.id,
            )
        now = self.stage(found.current)
        assert now is not None  # the standing names a stage of the course
        raise Conflict(
            en=f"{self.policy.ref}: the stage that is open is {now.text.en}, until {found.due}",
            vi=f"Quy chế {self.policy.ref}: bước đang mở là «{now.text.vi}», đến hết ngày "
            f"{vi_text(found.due)}.",
            rule_id=stage.id,
        )

    def reminders(self, stage: Stage, due: date) -> Iterator[date]:
        for days in stage.remind:
            yield due - timedelta(days=days)

    def _done(self, entries: Sequence[StageEntry]) -> Mapping[str, date]:
        return {each.stage: business_date(each.ended_at) for each in entries if each.by is not None}


def course_of(policy: Policy, since: date) -> Course | None:
    """None where the policy has no stages for a file."""
    course = Course(policy=policy, since=since)
    return course if course.stages else None


def check_remark(remark: str | None, field: str) -> None:
    if remark is not None and not 0 < len(remark.strip()) <= REMARK_MAX_CHARS:
        raise Invalid(
            en=f"a remark has 1 to {REMARK_MAX_CHARS} characters",
            vi=f"Nhận xét có 1 đến {REMARK_MAX_CHARS} ký tự.",
            field=field,
        )
