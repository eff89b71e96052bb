"""Agreements (bản ký kết): drafted, negotiated, signed by both sides, amended, assessed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json, fingerprint
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.sizes import require_room
from evaluation_service.domain.agreements.content import AgreementItem, AgreementKind, Party
from evaluation_service.domain.agreements.events import (
    AgreementAmended,
    AgreementAssessed,
    AgreementEnded,
    AgreementEvent,
    AgreementLocked,
    AgreementSigned,
)
from evaluation_service.domain.agreements.versions import (
    ASSESSMENTS_MAX,
    FIXED,
    OVER,
    VERSIONS_MAX,
    AgreementState,
    AgreementVersion,
    Assessment,
    Signature,
    conflict,
    locked,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_participant
from evaluation_service.domain.periods.imprints import record_of

RESULT_WAIT = timedelta(days=90)
"""How long after its term a result may still be published before people decide without one: a
default of ours, since no source gives one."""


@dataclass(kw_only=True)
class Agreement(Aggregate):
    """Of a leader in one appointment, for `[starts_on, ends_on)`. `signing` are the parties in the
    order in which they sign; from the day after `locks_on` nothing is changed."""

    province: str
    civil_servant_id: str
    appointment_id: str
    unit_id: str
    unit_path: tuple[str, ...]
    policy: str
    kind: AgreementKind
    signing: tuple[Party, ...]
    period_id: str
    starts_on: date
    ends_on: date
    locks_on: date | None = None
    publishes: bool = False
    publishes_results: bool = False
    versions: tuple[AgreementVersion, ...] = ()
    state: AgreementState = AgreementState.DRAFT
    assessments: tuple[Assessment, ...] = ()
    ended_at: datetime | None = None
    terminated_by: Participant | None = None
    termination: Decision | None = None
    termination_reason: str | None = None
    renewal_asked: bool = False

    @property
    def policy_id(self) -> str:
        return self.policy.partition("@")[0]

    @property
    def latest(self) -> AgreementVersion:
        return self.versions[-1]

    @property
    def signed(self) -> AgreementVersion | None:
        """The newest version that all parties signed."""
        return next((each for each in reversed(self.versions) if each.signed_at), None)

    @property
    def proposed(self) -> AgreementVersion | None:
        """What waits for signatures."""
        waits = self.latest.signed_at is None and self.state not in OVER
        return self.latest if waits else None

    @property
    def waits_for(self) -> Party | None:
        """Whose signature is next."""
        found = self.proposed
        return self.signing[len(found.signatures)] if found else None

    @property
    def public(self) -> bool:
        """Whether everybody may read it: signed, and locked where it is to be locked."""
        settled = self.signed is not None and (
            self.locks_on is None or self.state in (*FIXED, *OVER)
        )
        return self.publishes and settled

    @property
    def due_on(self) -> date | None:
        """When something becomes of it by itself."""
        if self.state in OVER:
            return self._renewal_on
        days = [self.ends_on]
        if self.state is AgreementState.SIGNED:
            days.append(self.starts_on)
        if self.locks_on is not None and self.signed is not None and self.state not in FIXED:
            days.append(self.locks_on + timedelta(days=1))
        return min(days)

    @property
    def _renewal_on(self) -> date | None:
        """From when on people are asked whether it is renewed, until they were asked."""
        ran_out = self.state is AgreementState.ENDED and not self.renewal_asked
        if self.kind is not AgreementKind.OUTPUT_AGREEMENT or not ran_out:
            return None
        return self.ends_on + (timedelta(0) if self.assessments else RESULT_WAIT)

    @property
    def involved(self) -> list[Participant]:
        """Who proposed and signed it."""
        signed = [each.by for version in self.versions for each in version.signatures]
        return [*(version.proposed_by for version in self.versions), *signed]

    def ask_renewal(self, today: date) -> bool:
        """Once it has run out and its last result is known, or none came; whether it is now."""
        if self._renewal_on is None or today < self._renewal_on:
            return False
        self.renewal_asked = True
        return True

    def hash_of(self, version: AgreementVersion) -> str:
        """What a signature binds: the parties, the term and every item."""
        items: list[Json] = [record_of(each) for each in version.items]
        return fingerprint(
            {
                "agreement_id": self.id,
                "civil_servant_id": self.civil_servant_id,
                "appointment_id": self.appointment_id,
                "policy": self.policy,
                "term": [self.starts_on.isoformat(), self.ends_on.isoformat()],
                "number": version.number,
                "items": items,
            }
        )

    def propose(
        self, items: Sequence[AgreementItem], by: Actor, now: datetime, reason: str | None = None
    ) -> None:
        """The first version, or the next: it counts once all sign it, until then the one before."""
        self.require_changeable(now)
        if self.versions:
            require_reason(reason or "")
            if tuple(items) == self.latest.items:
                raise Conflict(
                    en="this changes nothing", vi="Không có thay đổi.", field="input.content"
                )
            require_room(self.versions, VERSIONS_MAX, en="versions", vi="phiên bản")
            if self.state is AgreementState.DRAFT:
                self.state = AgreementState.NEGOTIATING
        version = AgreementVersion(
            number=len(self.versions) + 1,
            items=tuple(items),
            proposed_by=Participant.of(by),
            proposed_at=now,
            reason=reason,
        )
        self.versions = (*self.versions, version)

    def sign(self, party: Party, version_hash: str, by: Actor, now: datetime) -> None:
        """By the party whose turn it is, the latest version by its hash; nobody signs for both
        (E-I4)."""
        today = business_date(now)
        version = self.proposed
        if self.state in OVER or self.ends_on <= today:
            raise conflict("the agreement is over", "Bản ký kết đã hết hiệu lực.")
        if self.state in FIXED:
            raise locked()
        if version is None:
            raise conflict("all parties signed it already", "Các bên đã ký đủ.")
        if version_hash != self.hash_of(version):
            raise conflict(
                "another version is to be signed: read it, and sign by its hash",
                "Phiên bản cần ký là bản khác. Vui lòng đọc và ký theo mã băm của bản đó.",
                "input.versionHash",
            )
        if any(each.party is party for each in version.signatures):
            raise conflict("your side signed it already", "Bên này đã ký.")
        refuse_participant(by, [each.by for each in version.signatures], "E-I4")
        if party is not self.waits_for:
            raise conflict("the other side signs first", "Bên kia phải ký trước.")
        signature = Signature(party=party, by=Participant.of(by), at=now)
        version = replace(version, signatures=(*version.signatures, signature))
        if len(version.signatures) == len(self.signing):
            self._conclude(replace(version, signed_at=now), now)
        else:
            self.versions = (*self.versions[:-1], version)
            if self.state is AgreementState.DRAFT:
                self.state = AgreementState.NEGOTIATING

    def _conclude(self, version: AgreementVersion, now: datetime) -> None:
        first = self.signed is None
        self.versions = (*self.versions[:-1], version)
        if first:
            begun = self.starts_on <= business_date(now)
            self.state = AgreementState.IN_FORCE if begun else AgreementState.SIGNED
        elif self.state is not AgreementState.SIGNED:
            self.state = AgreementState.AMENDED
        self.record(self._told(AgreementSigned if first else AgreementAmended))
        self.move_on(now)

    def move_on(self, now: datetime) -> None:
        """What the calendar does: it comes into force, is locked, ends."""
        today = business_date(now)
        if self.state is AgreementState.SIGNED and self.starts_on <= today:
            self.state = AgreementState.IN_FORCE
        if self.state in OVER:
            return
        late = self.locks_on is not None and today > self.locks_on
        if late and self.signed is not None and self.state not in FIXED:
            self.state = AgreementState.LOCKED
            self.record(self._told(AgreementLocked))
        if self.ends_on <= today:
            self.state, self.ended_at = AgreementState.ENDED, now
            self.record(self._told(AgreementEnded))

    def assess(self, assessment: Assessment) -> None:
        """A result is published, or corrected: the later one of a period stands for it."""
        if self.signed is None:
            raise conflict("nobody signed it yet", "Bản ký kết chưa được ký đủ.")
        if assessment in self.assessments:
            return
        others = tuple(e for e in self.assessments if e.period_id != assessment.period_id)
        self.assessments = (*others, assessment)[-ASSESSMENTS_MAX:]
        if self.state in FIXED:
            self.state = AgreementState.PUBLISHED
        elif self.state not in OVER:
            self.state = AgreementState.ASSESSED
        self.record(self._told(AgreementAssessed, assessment.period_id))

    def terminate(self, decision: Decision, reason: str, by: Actor, now: datetime) -> None:
        """Before its term is over, by a numbered decision; a locked plan is not ended that way,
        since a new one would be the old one opened again."""
        if self.state in OVER:
            raise conflict("the agreement is over", "Bản ký kết đã hết hiệu lực.")
        if self.state in FIXED:
            raise locked()
        decision.check("input.decision.number")
        require_reason(reason)
        self.state, self.ended_at = AgreementState.TERMINATED, now
        self.terminated_by, self.termination = Participant.of(by), decision
        self.termination_reason = reason
        self.record(self._told(AgreementEnded))

    def counted(self, starts_on: date, ends_on: date, at: datetime) -> AgreementVersion | None:
        """The version that is the basis of a result of these days, as of a moment: what is signed
        or ended later moves nothing."""
        overlaps = self.starts_on < ends_on and starts_on < self.ends_on
        over = self.termination is not None and self.ended_at is not None and self.ended_at <= at
        if not overlaps or over:
            return None
        by_then = (each for each in reversed(self.versions) if each.signed_at)
        return next((each for each in by_then if each.signed_at and each.signed_at <= at), None)

    def fixes(self, objective_id: str) -> bool:
        """Whether the version that counts was signed with this objective in it."""
        return self.signed is not None and any(
            (each.objective or "").partition("@")[0] == objective_id for each in self.signed.items
        )

    def require_changeable(self, now: datetime) -> None:
        """Raise `Conflict` where nothing new may be proposed any more."""
        today = business_date(now)
        if self.state in OVER or self.ends_on <= today:
            raise conflict("the agreement is over", "Bản ký kết đã hết hiệu lực.")
        late = self.locks_on is not None and today > self.locks_on
        if self.state in FIXED or (late and self.versions):
            raise locked()

    def _told(self, kind: type[AgreementEvent], period_id: str | None = None) -> AgreementEvent:
        signed = self.signed
        return kind(
            agreement_id=self.id,
            kind=self.kind,
            province=self.province,
            unit_id=self.unit_id,
            civil_servant_id=self.civil_servant_id,
            policy=self.policy,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            version=signed.number if signed else None,
            version_hash=self.hash_of(signed) if signed else None,
            period_id=period_id,
        )
