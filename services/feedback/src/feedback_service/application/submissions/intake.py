"""What one call brings in: read in a few questions to the store, written at once, and acknowledged
before it is in the public log, where the sequencer puts it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.actor import Actor, Role, account_id, one_spelling
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Unavailable
from feedback_service.application.collections import (
    DOSSIERS,
    PERSON_DAYS,
    SUBMISSIONS,
)
from feedback_service.application.copies.queries import province_of, unit_path
from feedback_service.application.log.entries import UNWRITABLE, head_of
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import seal_new
from feedback_service.domain.copies.dossier import Dossier
from feedback_service.domain.log.entry import instant
from feedback_service.domain.submissions.rating_limits import PersonDay, RatingLimits
from feedback_service.domain.submissions.submission import CITIZENS, Submission

WAITING = Eq("log_sequence", None)
"""Acknowledged, and not yet in the public log."""

STANDSTILL = timedelta(seconds=30)
"""When what was acknowledged waits so long, nothing more is: half of what receipts promise."""

MINUTE_CHARS = len("2026-08-03T02:00")


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
        rated = [each.rating_id for each in self._dossiers.values() if each.rating_id]
        if rated:
            earlier = await self.tx.store(SUBMISSIONS).find_many(rated)
            self._first = {each.id: each for each in earlier if each}

    def dossier(self, code: str) -> Dossier | None:
        return self._dossiers.get(code)

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

    def accept(
        self, submission: Submission, comment: str | None, dossier: Dossier | None = None
    ) -> Submission:
        if dossier is not None:
            dossier.rating_id = submission.id
            self._first[submission.id] = submission
            self._handed_in.append(dossier)
        if comment:
            self._said[submission.id] = {"comment": comment}
        self._accepted.append(submission)
        return submission

    async def keep(self) -> None:
        """Two answers about one dossier at once meet on its row: one of them is run again, and
        finds the first."""
        if not self._accepted:
            return
        await self.tx.store(PERSON_DAYS).save_many(list(self._counted.values()))
        await self.tx.store(DOSSIERS).save_many(self._handed_in)
        await self.tx.store(SUBMISSIONS).save_many(self._accepted)
        await seal_new(self.tx, self.vault, self._said)


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
