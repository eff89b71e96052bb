"""What one call brings in: read in a few questions to the store, written at once, and acknowledged
before it is in the public log, where the sequencer puts it."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.actor import Actor, Role, account_id, one_spelling
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid, NotFound, Unavailable
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.collections import (
    DOSSIER_CODES,
    DOSSIERS,
    PERSON_DAYS,
    SUBMISSIONS,
    SURVEY_ROUNDS,
)
from feedback_service.application.copies.queries import province_of, unit_path
from feedback_service.application.log.entries import UNWRITABLE, head_of
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import seal_new
from feedback_service.domain.copies.dossier import Dossier, DossierCode
from feedback_service.domain.log.entry import SALT_BYTES, instant
from feedback_service.domain.submissions.rating_limits import PersonDay, RatingLimits
from feedback_service.domain.submissions.submission import (
    CITIZENS,
    Answer,
    Channel,
    Driver,
    Kind,
    Submission,
    SubmitterType,
)
from feedback_service.domain.surveys.survey_round import SurveyRound

WAITING = Eq("log_sequence", None)
"""Acknowledged, and not yet in the public log."""

STANDSTILL = timedelta(seconds=30)
"""When what was acknowledged waits so long, nothing more is: half of what receipts promise."""

AWAITING_MAX = 10_000
"""Ratings that came before the dossiers of one call."""

SAID_WITHIN = timedelta(days=90)
"""How late a portal passes on what is about no dossier."""

MINUTE_CHARS = len("2026-08-03T02:00")


class Said(Protocol):
    """What every kind comes with."""

    @property
    def channel(self) -> Channel: ...

    @property
    def submitter_type(self) -> SubmitterType: ...


class Answered(Said, Protocol):
    """A rating."""

    @property
    def answer(self) -> Answer: ...

    @property
    def drivers(self) -> Sequence[Driver]: ...

    @property
    def round_id(self) -> str | None: ...


class Intake:
    """Of one caller and call. A refused row leaves nothing in it; `keep` writes the rest."""

    def __init__(self, tx: Transaction, actor: Actor, vault: Vault, limits: RatingLimits) -> None:
        self.tx, self.actor, self.vault, self.limits = tx, actor, vault, limits
        self.today = business_date(tx.now)
        self.received_at = instant(tx.now)
        self.minute = self.received_at[:MINUTE_CHARS]
        portal = actor.has(Role.SERVICE_PORTAL)
        self.source = account_id(actor.require_login()) if portal else CITIZENS
        self._dossiers: dict[str, Dossier] = {}
        self._first: dict[str, Submission] = {}
        self._early: list[Submission] = []
        self._rounds: dict[str, SurveyRound] = {}
        self._places: dict[str, tuple[tuple[str, ...], str]] = {}
        self._days: dict[str, PersonDay] = {}
        self._counted: dict[str, PersonDay] = {}
        self._passed: int | None = None
        self._accepted: list[Submission] = []
        self._handed_in: list[Dossier] = []
        self._said: dict[str, Mapping[str, str]] = {}

    async def look_up(
        self, codes: Iterable[str], said: Iterable[tuple[str | None, date | None]]
    ) -> None:
        """The dossiers of these codes and what was said of them, and how much those who speak said
        on those days; raise `Unavailable` while the log stands still, since then no receipt could
        be kept."""
        await require_log(self.tx)
        own = self.actor.subject or ""
        ids = {self._day(one_spelling(who or own), on or self.today): on for who, on in said}
        found = await self.tx.store(PERSON_DAYS).find_many(list(ids))
        self._days = {
            id: known or PersonDay(id=id, on=on or self.today)
            for (id, on), known in zip(ids.items(), found, strict=True)
        }
        if wanted := sorted(set(codes)):
            dossiers = await self.tx.store(DOSSIERS).select(In("code", wanted), limit=len(wanted))
            self._dossiers = {each.code: each for each in dossiers}
        if missing := [code for code in wanted if code not in self._dossiers]:
            early = await self.tx.store(SUBMISSIONS).select(
                In("awaits", missing), Eq("lapsed", None), limit=AWAITING_MAX
            )
            self._early = list(early)
        rated = [each.rating_id for each in self._dossiers.values() if each.rating_id]
        if rated:
            earlier = await self.tx.store(SUBMISSIONS).find_many(rated)
            self._first = {each.id: each for each in earlier if each}

    def dossier(self, code: str) -> Dossier | None:
        return self._dossiers.get(code)

    def early(self, code: str, person: str) -> Submission | None:
        """What this person said of a dossier that is not known yet."""
        return next(
            (
                each
                for each in self._early
                if each.awaits == code and each.person == self.vault.person(each.salt, person)
            ),
            None,
        )

    async def of_target(self, target: str, province: str) -> Submission | None:
        """What was said of it in this call or before; it lies in one province."""
        here = (each for each in self._accepted if each.target == target)
        about = (Eq("province", province), Eq("target", target))
        return next(here, None) or await self.tx.store(SUBMISSIONS).first(*about)

    def first(self, dossier: Dossier) -> Submission | None:
        """The answer about it that stands."""
        return self._first.get(dossier.rating_id or "")

    async def place(self, unit_id: str, *, field: str) -> tuple[tuple[str, ...], str]:
        """The unit with those above it, and its province."""
        if unit_id not in self._places:
            path = await unit_path(self.tx, unit_id, field=field)
            self._places[unit_id] = path, await province_of(self.tx, path[0])
        return self._places[unit_id]

    async def count(self, person: str, on: date) -> None:
        """One more answer of this person on this day; raise `RateLimited`. Kept in the database, so
        it holds however many gateways and services there are."""
        if self.source != CITIZENS:
            if self._passed is None:
                self._passed = await self.tx.store(SUBMISSIONS).count(
                    Eq("source", self.source), Eq("arrived", self.minute)
                )
            self.limits.require_portal_room(self._passed)
        day = self._days[self._day(person, on)]
        day.add(self.limits)
        self._counted[day.id] = day
        if self._passed is not None:
            self._passed += 1

    def _day(self, person: str, on: date) -> str:
        return day_id(self.vault, person, on)

    def said_on(self, answered_on: date | None, since: date | None) -> date:
        """The day on which it was said; `since` is the first that may be, None while nobody knows
        when its dossier was handed in."""
        if answered_on is None:
            return self.today
        if not self.actor.has(Role.SERVICE_PORTAL):
            raise Forbidden(
                en="only a portal passes on earlier answers",
                vi="Chỉ Cổng Dịch vụ công được gửi câu trả lời thu thập trước đó.",
                field="input.answeredOn",
            )
        if answered_on > self.today or (since is not None and answered_on < since):
            raise Invalid(
                en=f"must lie between {since} and {self.today}"
                if since
                else f"must not be after {self.today}",
                vi=f"Phải từ ngày {vi_text(since)} đến ngày {vi_text(self.today)}."
                if since
                else f"Không được sau ngày {vi_text(self.today)}.",
                field="input.answeredOn",
            )
        return answered_on

    async def require_asked(self, given: Answered, path: Sequence[str], on: date) -> None:
        """Raise `Invalid` when it names a survey round that does not ask for it."""
        if given.round_id is None:
            return
        if given.round_id not in self._rounds:
            found = await self.tx.store(SURVEY_ROUNDS).find(given.round_id)
            if found is None:
                raise NotFound(
                    en="there is no such survey round",
                    vi="Không có đợt khảo sát này.",
                    field="input.roundId",
                )
            self._rounds[given.round_id] = found
        self._rounds[given.round_id].require_asked(path, given.channel, on, field="input.roundId")

    def made(
        self, given: Said, token: str, *, kind: Kind, path: tuple[str, ...], province: str
    ) -> Submission:
        """What this person says of this unit, today and in this call."""
        id, salt = new_id("sub"), secrets.token_hex(SALT_BYTES)
        return Submission(
            id=id,
            kind=kind,
            province=province,
            unit_id=path[0] if path else "",
            unit_path=path,
            target=id,
            person=self.vault.person(salt, token),
            salt=salt,
            civil_servant_id=None,
            procedure_code=None,
            channel=given.channel,
            submitter_type=given.submitter_type,
            answer=None,
            drivers=(),
            received_on=self.today,
            received_at=self.received_at,
            source=self.source,
            arrived=self.minute,
        )

    def answered(self, submission: Submission, given: Answered, on: date) -> None:
        submission.answer, submission.received_on = given.answer, on
        submission.drivers = tuple(sorted(set(given.drivers)))
        submission.given = self.minute if on == self.today else on.isoformat()
        submission.round_id = given.round_id

    def accept(
        self, submission: Submission, comment: str | None, dossier: Dossier | None = None
    ) -> Submission:
        if dossier is not None:
            dossier.rating_id = submission.id
            self._first[submission.id] = submission
            self._handed_in.append(dossier)
        if submission.awaits is not None:
            self._early.append(submission)
        if comment:
            self._said[submission.id] = {"comment": comment}
        self._accepted.append(submission)
        return submission

    async def keep(self) -> None:
        """Two answers about one dossier at once meet on its row, or on that of its code while it is
        not known: one of them is run again, and finds the first."""
        if not self._accepted:
            return
        await self.tx.store(PERSON_DAYS).save_many(list(self._counted.values()))
        await self.tx.store(DOSSIERS).save_many(self._handed_in)
        await meet(self.tx, {each.awaits for each in self._accepted if each.awaits})
        await self.tx.store(SUBMISSIONS).save_many(self._accepted)
        await seal_new(self.tx, self.vault, self._said)


async def meet(tx: Transaction, codes: Iterable[str]) -> None:
    """With whoever tells of these dossiers, or rates them before they are told, at this moment."""
    wanted, codes_of = sorted(codes), tx.store(DOSSIER_CODES)
    found = await codes_of.find_many(wanted)
    met = [known or DossierCode(id=code) for code, known in zip(wanted, found, strict=True)]
    await codes_of.save_many(met)


def day_id(vault: Vault, person: str, on: date) -> str:
    return vault.person(f"day/{on}", person)


async def require_log(tx: Transaction) -> None:
    oldest = await tx.store(SUBMISSIONS).first(WAITING, order=["received_at"])
    if oldest is not None and oldest.received_at < instant(tx.now - STANDSTILL):
        raise Unavailable(**UNWRITABLE)


async def last_counted(tx: Transaction, at: datetime) -> int | None:
    """The last entry of the log; None while something acknowledged before `at` is in none."""
    oldest = await tx.store(SUBMISSIONS).first(WAITING, order=["received_at"])
    if oldest is not None and oldest.received_at <= instant(at):
        return None
    return (await head_of(tx)).size


async def waiting(tx: Transaction, most: int) -> Sequence[Submission]:
    """What is to be put into the log, the oldest first."""
    return await tx.store(SUBMISSIONS).select(WAITING, order=["received_at"], limit=most)
