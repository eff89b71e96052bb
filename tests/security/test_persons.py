"""People, not accounts (C-I11): separation of duties sees through another login, and a token that
names nobody shows nothing. Each mutation of evaluation meets both by itself."""

import copy
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation import people, review_scenes, scenes
from evaluation.scenes import NOW
from evaluation.test_callers import CASES
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.application.collections import ALL, APPEALS, POST_AUDITS
from evaluation_service.domain.review.appeals import REASON_MAX_CHARS, AppealState
from feedback.complaints.test_states import TEXT, complaint
from feedback_service.adapters.crypto.vault import AesVault
from feedback_service.application.access import may_read_details
from feedback_service.domain.complaints.values import Category, ComplaintState
from support.callers import Case, Stage, call, refusal
from support.clock import FixedClock
from support.graph import Graph

COMPARED = {Role.OFFICER, Role.MANAGER, Role.UNIT_HEAD, Role.REVIEW_BOARD}
"""Who acts on people: a rule compares the officer with them (E-I4), so the token names one."""


@pytest.fixture
def stage() -> Stage:
    uow = MemoryUnitOfWork(FixedClock(NOW))
    return Stage(uow=uow, graph=Graph(schema, uow), schema=schema, collections=ALL)


def participants(value: object) -> Iterator[Participant]:
    """Everybody who acted, wherever a document keeps them."""
    if isinstance(value, Participant):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from participants(getattr(value, each.name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from participants(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from participants(item)


async def answer(case: Case[Stage], stage: Stage, given: Any, actor: Actor) -> str | None:
    """What it is told; everything is as before."""
    state = copy.deepcopy(stage.uow._state)
    code = refusal(case, await call(case, stage, given, actor))
    stage.uow._state = state
    return code


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.mutation))
async def test_two_accounts_of_a_person_are_answered_alike(stage: Stage, case: Case[Stage]) -> None:
    given = await case.given(stage)
    rows, _ = await stage.everything()
    there = {each for each in participants(rows) if each.officer is not None}

    for who in sorted(there, key=lambda each: (each.subject, str(each.officer))):
        first = replace(case.right, subject=who.subject, officer=who.officer)
        second = replace(first, subject="another-account")

        told = await answer(case, stage, given, first)

        assert await answer(case, stage, given, second) == told, who


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if COMPARED & set(case.roles)],
    ids=lambda case: str(case.mutation),
)
async def test_E_I4_a_token_without_the_claim_is_refused(stage: Stage, case: Case[Stage]) -> None:
    given = await case.given(stage)
    before = await stage.everything()

    acts = frozenset(COMPARED & set(case.roles))  # A system has no officer behind it.
    told = await call(case, stage, given, replace(case.right, roles=acts, officer=None))

    assert refusal(case, told) in ("FORBIDDEN", "INVALID"), told
    assert await stage.everything() == before


HANDLER = Participant(subject="manager", officer="cs_handler")


@pytest.mark.parametrize(
    ("subject", "officer", "rule"),
    [
        ("manager", "cs_another", "F-I6"),
        ("MANAGER", "cs_another", "F-I6"),
        ("another-account", "cs_handler", "F-I6"),
    ],
)
def test_F_I6_who_handled_a_complaint_does_not_decide_it(
    subject: str, officer: str, rule: str
) -> None:
    it = complaint(ComplaintState.RECEIVED)
    it.classify(Category.DELAY, TEXT, HANDLER)
    board = people.person(subject, Role.REVIEW_BOARD, officer=officer)

    with pytest.raises(Forbidden) as refused:
        it.require_outside(replace(board, province=it.province))

    assert refused.value.rule_id == rule


def test_F_I3_a_manager_without_the_claim_does_not_handle_a_complaint_about_somebody() -> None:
    it = replace(complaint(ComplaintState.RECEIVED), civil_servant_id="cs_handler")
    manager = people.person("manager", Role.MANAGER, unit=it.unit_id)

    for officer in (None, "cs_handler"):
        with pytest.raises(Forbidden) as refused:
            it.require_unit_staff(replace(manager, officer=officer, province=it.province))
        assert refused.value.rule_id == "F-I3"
    it.require_unit_staff(replace(manager, officer="cs_another", province=it.province))


def test_F_I3_a_manager_without_the_claim_does_not_read_what_is_about_somebody() -> None:
    vault = AesVault.of(b"v" * 32)
    it = replace(complaint(ComplaintState.RECEIVED), civil_servant_id="cs_handler")
    manager = people.person("manager", Role.MANAGER, unit=it.unit_id, province=it.province)

    shown = {
        officer: may_read_details(vault, replace(manager, officer=officer), it)
        for officer in (None, "cs_handler", "cs_another")
    }

    assert shown == {None: False, "cs_handler": False, "cs_another": True}


async def test_E_I4_a_dismissed_post_audit_is_decided_by_nobody_involved(
    uow: MemoryUnitOfWork,
) -> None:
    period = await review_scenes.published(uow)
    await scenes.move(uow, period, "close")
    audit = await review_scenes.post_audit(uow, None)
    involved = replace(people.CHAIR, subject="as-board", roles=frozenset({Role.REVIEW_BOARD}))
    concerned = replace(people.LAN, subject="as-board", roles=frozenset({Role.REVIEW_BOARD}))

    for actor in (involved, concerned, replace(people.BOARD, officer=None)):
        with pytest.raises(Forbidden) as refused:
            await review_scenes.decide_audit(uow, audit, None, None, actor=actor)
        assert refused.value.rule_id == "E-I4"

    assert await uow.reading().store(POST_AUDITS).get(audit.id) == audit
    await review_scenes.decide_audit(uow, audit, None, None)


@pytest.mark.parametrize("reason", ["", " ", "x" * (REASON_MAX_CHARS + 1), " " * 5000 + "x"])
async def test_an_appeal_is_decided_with_a_reason_of_bounded_length(
    uow: MemoryUnitOfWork, reason: str
) -> None:
    period = await review_scenes.published(uow)
    evaluation = await scenes.evaluation_of(uow, period, people.MINH_ID)
    appeal = await review_scenes.file(uow, evaluation)

    with pytest.raises(Invalid) as refused:
        await review_scenes.decide(uow, appeal, verdict=AppealState.REJECTED, reason=reason)

    assert refused.value.field == "input.reason"
    assert await uow.reading().store(APPEALS).get(appeal.id) == appeal
