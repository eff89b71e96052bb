"""A leader's public commitment (cam kết công khai): amended or missed, never withdrawn (F-I8)."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.shares import Share
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.domain.commitments.events import (
    CommitmentAmended,
    CommitmentAssessed,
    CommitmentPublished,
)
from feedback_service.domain.commitments.values import (
    CONTENTED_FROM,
    MET_PERCENT,
    OPEN,
    PARTLY_PERCENT,
    PROGRESS_MAX,
    RATINGS_MINIMUM,
    SCORE_MAX,
    SCORE_MIN,
    VERSIONS_MAX,
    CommitmentKind,
    CommitmentOutcome,
    CommitmentState,
    CommitmentVersion,
    Milestone,
    Progress,
    Verdict,
)


class _About(TypedDict):
    commitment_id: str
    province: str
    unit_id: str
    leader_id: str
    number: int
    due: date


@dataclass(kw_only=True)
class Commitment(Aggregate):
    """`salt` hides who rated it. `ratings` counts the scores from 1 to 5. `found` is what the
    superior found, `state` what counts beside what citizens say."""

    province: str
    unit_id: str
    leader_id: str
    versions: tuple[CommitmentVersion, ...]
    salt: str
    state: CommitmentState = CommitmentState.PUBLISHED
    due: date
    progress: tuple[Progress, ...] = ()
    assessed_on: date | None = None
    assessment: str | None = None
    assessed_sequence: int | None = None
    ratings: tuple[int, ...] = (0, 0, 0, 0, 0)
    kind: CommitmentKind = CommitmentKind.PROMISE
    found: CommitmentOutcome | None = None

    @property
    def current(self) -> CommitmentVersion:
        return self.versions[-1]

    def due_as_of(self, log_sequence: int) -> date:
        """The date that the newest version up to this entry of the public log promised."""
        told = [each for each in self.versions if each.log_sequence <= log_sequence]
        return told[-1].due if told else self.versions[0].due

    @property
    def rating_count(self) -> int:
        return sum(self.ratings)

    @property
    def rating(self) -> str | None:
        """The mean score as a share of the best, 0 to 1; None below the minimum (F-I5)."""
        if self.rating_count < RATINGS_MINIMUM:
            return None
        total = sum(score * n for score, n in enumerate(self.ratings, start=SCORE_MIN))
        return Share(total, SCORE_MAX * self.rating_count).value

    @property
    def contented(self) -> Share:
        """Who rated it as kept, of all who rated."""
        return Share(sum(self.ratings[CONTENTED_FROM - SCORE_MIN :]), self.rating_count)

    @property
    def citizens(self) -> CommitmentOutcome | None:
        """Whether citizens find it met; None below the minimum (F-I5)."""
        share = self.contented
        if share.whole < RATINGS_MINIMUM:
            return None
        if 100 * share.part >= MET_PERCENT * share.whole:
            return CommitmentOutcome.VERIFIED_MET
        return (
            CommitmentOutcome.PARTLY
            if 100 * share.part >= PARTLY_PERCENT * share.whole
            else CommitmentOutcome.MISSED
        )

    @property
    def milestones(self) -> list[Milestone]:
        """Of the version in force; one that is worded anew is to be reached anew."""
        reached = {each.milestone: each for each in reversed(self.progress)}
        now = self.current
        dates = now.milestone_dates or (None,) * len(now.milestones)
        return [
            Milestone(number=n, text=text, due=due, reached=reached.get(text))
            for n, (text, due) in enumerate(zip(now.milestones, dates, strict=True), start=1)
        ]

    def milestone(self, number: int) -> str:
        """Its words; raise `Invalid` for one that there is none of, or that was reached."""
        found = [each for each in self.milestones if each.number == number]
        if not found or found[0].reached is not None:
            raise Invalid(
                en="names no milestone of the version in force that is still to be reached",
                vi="Mốc này không thuộc các mốc chưa đạt của phiên bản đang có hiệu lực.",
                field="input.milestone",
            )
        return found[0].text

    def require_leader(self, actor: Actor) -> None:
        if actor.officer != self.leader_id:
            raise Forbidden(
                en="only the leader who made this commitment",
                vi="Chỉ lãnh đạo đã cam kết được thực hiện.",
            )

    def require_outside(self, actor: Actor) -> None:
        """Nobody of the unit, and never who promised."""
        outside = actor.unit != self.unit_id and actor.officer != self.leader_id
        if actor.province != self.province or not outside:
            raise Forbidden(
                en="a commitment is assessed outside the unit that made it",
                vi="Cam kết phải do bên ngoài đơn vị thẩm tra, kết luận.",
            )
        actor.require_officer("C-I11")

    def publish(self) -> None:
        self.record(
            CommitmentPublished(
                **self._about(),
                text=self.current.text,
                target=self.current.target,
                kind=self.kind,
                on=self.current.published_on,
            )
        )

    def amend(self, version: CommitmentVersion, today: date) -> None:
        """A new version beside the old ones; too late once the date has passed."""
        self.require_open(today)
        require_room(
            self.versions,
            VERSIONS_MAX,
            en="versions of one commitment",
            vi="phiên bản của một cam kết",
        )
        self.versions = (*self.versions, version)
        self.due = version.due
        self.record(
            CommitmentAmended(
                **self._about(),
                text=version.text,
                target=version.target,
                reason=version.reason or "",
            )
        )

    def report(self, progress: Progress, *, done: bool, today: date) -> None:
        self.require_open(today)
        require_room(
            self.progress,
            PROGRESS_MAX,
            en="reports on one commitment",
            vi="báo cáo tiến độ của một cam kết",
        )
        self.progress = (*self.progress, progress)
        self.state = CommitmentState.CLAIMED_DONE if done else CommitmentState.IN_PROGRESS

    def assess(self, outcome: CommitmentOutcome, reason: str, on: date, log_sequence: int) -> None:
        if (
            self.state is not CommitmentState.CLAIMED_DONE
            and outcome is not CommitmentOutcome.MISSED
        ):
            raise self._not_now("assess")
        if self.state not in (*OPEN, CommitmentState.CLAIMED_DONE):
            raise self._not_now("assess")
        if self.state in OPEN and on <= self.due:
            raise Conflict(
                en=f"the commitment runs until {self.due}",
                vi=f"Cam kết còn thời hạn đến ngày {vi_text(self.due)}.",
                rule_id="F-I8",
            )
        verdict = Verdict(outcome, self.citizens)
        self.state, self.assessed_on = CommitmentState(verdict.counts), on
        self.found, self.assessment, self.assessed_sequence = outcome, reason, log_sequence
        self.record(
            CommitmentAssessed(
                **self._about(),
                outcome=verdict.counts,
                found=verdict.found,
                citizens=verdict.citizens,
                contented=self.contented.part,
                ratings=self.rating_count,
            )
        )

    def overdue(self, today: date) -> bool:
        return self.state in OPEN and today > self.due

    def rate(self, score: int) -> None:
        if not SCORE_MIN <= score <= SCORE_MAX:
            raise Invalid(
                en=f"a score is {SCORE_MIN} to {SCORE_MAX}, not {score}",
                vi=f"Điểm phải từ {SCORE_MIN} đến {SCORE_MAX}.",
                field="input.score",
            )
        counts = list(self.ratings)
        counts[score - SCORE_MIN] += 1
        self.ratings = tuple(counts)

    def require_open(self, today: date) -> None:
        if self.state not in OPEN:
            raise self._not_now("change")
        if today > self.due:
            raise Conflict(
                en=f"the date {self.due} has passed: the commitment can only be assessed",
                vi=f"Đã quá thời hạn (ngày {vi_text(self.due)}); cam kết chỉ còn được thẩm "
                "tra, kết luận.",
                rule_id="F-I8",
            )

    def _not_now(self, step: str) -> Conflict:
        return Conflict(
            en=f"this commitment is {self.state}: cannot {step}",
            vi=f"Chưa thực hiện được: tình trạng của cam kết là «{vi_text(self.state)}».",
            rule_id="F-I8",
        )

    def _about(self) -> _About:
        return {
            "commitment_id": self.id,
            "province": self.province,
            "unit_id": self.unit_id,
            "leader_id": self.leader_id,
            "number": self.current.number,
            "due": self.due,
        }
