"""Use cases of survey rounds: begun and ended by the administrators of periods or the board."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Gte, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.collections import SUBMISSIONS, SURVEY_ROUNDS
from feedback_service.application.copies.queries import province_of, unit_path
from feedback_service.application.log.entries import PUBLIC_LOG, log, next_number
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.entry import ActorClass, EntryType
from feedback_service.domain.submissions.submission import Channel
from feedback_service.domain.surveys.survey_round import Instrument, SurveyRound

ASKERS = (Role.PERIOD_ADMIN, Role.REVIEW_BOARD)

_CODE = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,39}")


@dataclass(frozen=True, kw_only=True)
class OpenSurveyRound(Command):
    operation: ClassVar[str] = "open_survey_round"
    turn: ClassVar[str] = PUBLIC_LOG

    unit_id: str
    name: str
    instrument_code: str
    instrument_version: int
    population: int
    sample: int
    channels: tuple[Channel, ...]
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class CloseSurveyRound(RevisedCommand):
    operation: ClassVar[str] = "close_survey_round"
    turn: ClassVar[str] = PUBLIC_LOG

    round_id: str


async def open_survey_round(command: OpenSurveyRound, tx: Transaction) -> SurveyRound:
    """Population, sample and form are public before anybody answers, and never change."""
    command.actor.require(*ASKERS)
    path = await unit_path(tx, command.unit_id, field="input.unitId")
    province = await province_of(tx, path[0])
    command.actor.require_province(province)
    if not _CODE.fullmatch(command.instrument_code):
        raise Invalid(
            en="1 to 40 capitals, digits, dots or dashes",
            vi="Phải gồm từ 1 đến 40 chữ hoa không dấu, chữ số, dấu chấm hoặc gạch nối.",
            field="input.instrumentCode",
        )
    round = SurveyRound(
        id=new_id("svy"),
        province=province,
        unit_id=path[0],
        unit_path=path,
        name=public_text(command.name, field="input.name"),
        instrument=Instrument(code=command.instrument_code, version=command.instrument_version),
        population=command.population,
        sample=command.sample,
        channels=tuple(sorted(set(command.channels))),
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        opened_sequence=await next_number(tx),
    )
    round.require_sound()
    told = {
        "name": round.name,
        "instrument": f"{round.instrument.code}@{round.instrument.version}",
        "population": str(round.population),
        "sample": str(round.sample),
        "channels": ",".join(round.channels),
        "from": round.starts_on.isoformat(),
        "until": round.ends_on.isoformat(),
    }
    await log(tx, round, EntryType.SURVEY_OPENED, _capacity(command.actor), **told)
    await tx.store(SURVEY_ROUNDS).save(round)
    return round


async def close_survey_round(command: CloseSurveyRound, tx: Transaction) -> SurveyRound:
    """Early or late: what came is told, and nothing more is taken into it."""
    command.actor.require(*ASKERS)
    round = await tx.store(SURVEY_ROUNDS).get(command.round_id)
    command.actor.require_province(round.province)
    round.expect_revision(command.expected_revision)
    answered = await answered_in(round.id, tx)
    sequence = await next_number(tx)
    round.close(business_date(tx.now), answered=answered, sequence=sequence)
    told = {"answered": str(answered), "sample": str(round.sample)}
    await log(tx, round, EntryType.SURVEY_CLOSED, _capacity(command.actor), **told)
    await tx.store(SURVEY_ROUNDS).save(round)
    return round


async def answered_in(round_id: str, tx: Transaction) -> int:
    """Of those that the log has: what anybody counts there."""
    return await tx.store(SUBMISSIONS).count(Eq("round_id", round_id), Gte("log_sequence", 1))


def _capacity(actor: Actor) -> ActorClass:
    board = actor.has(Role.REVIEW_BOARD)
    return ActorClass.REVIEW_BOARD if board else ActorClass.PERIOD_ADMIN
