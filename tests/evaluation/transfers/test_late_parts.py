"""What changes in the old agency after the handing over reaches the result it counts in (E-I10),
and everything that was entered there is handed over at all."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Role
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict
from congvu_scoring.snapshots.sections import (
    CITIZENS,
    ELEMENTS,
    GENERAL,
    NUMBER_INPUTS,
    OPINION_COUNTS,
    OPINIONS,
    PROMISES,
    SNAPSHOT_LISTS,
    TEXT_INPUTS,
    UNIT_COUNTS,
    UNIT_RATIOS,
    Field,
)
from evaluation import desk_scenes, review_scenes, scenes, work_scenes
from evaluation import specimens as a
from evaluation.people import CHAIR, LAN, LAN_ID, MINH_ID, NEIGHBOUR_HEAD, OFFICE_HEAD, person
from evaluation.review.test_corrections import DOCUMENT, SPECIMENS, with_
from evaluation.scenes import Pump, evaluation_of
from evaluation.transfers.test_handovers import (
    STEPS,
    decree_total,
    lan_moves,
    runs_to,
    two_periods,
)
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    HANDOVERS,
    POST_AUDITS,
    RUNS,
)
from evaluation_service.application.desk.checking import Checked, LeftOut
from evaluation_service.application.work import reviews
from evaluation_service.domain.periods.imprints import Imprint
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.carrying import carried
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.snapshots import entered_document
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.corrections import (
    Correction,
    LineCorrection,
    corrected_document,
)
from evaluation_service.domain.review.post_audits import PostAuditState
from evaluation_service.domain.transfers.handovers import EarlierPart, joined
from evaluation_service.domain.work.assignments import Assignment
from support.clock import FixedClock


async def unchecked(
    uow: MemoryUnitOfWork, clock: FixedClock, *, also: str | None = None
) -> tuple[EvaluationPeriod, EvaluationPeriod, Assignment]:
    """Ten of ten reported in the old commune, where nobody checked it; one of four in the new one.
    Both are in review. Of somebody who stays a report waits as well, where one is named."""
    old, new = await two_periods(uow)
    if also is not None:
        stays = await scenes.assign(uow, old, also, quantity="10")
        await scenes.report(uow, stays, "10", actor=replace(LAN, officer=also, subject=also))
    work = await scenes.report(uow, await scenes.assign(uow, old, quantity="10"), "10")
    await lan_moves(uow, clock)
    await scenes.do_all(uow, new, LAN, done="1", assigned="4", manager=NEIGHBOUR_HEAD)
    for period in (old, new):
        await scenes.reviewed(uow, period)
    await Pump(uow).run()
    return old, new, await uow.reading().store(ASSIGNMENTS).get(work.id)


async def accept_part(uow: MemoryUnitOfWork, work: Assignment, quantity: str) -> None:
    command = reviews.AcceptWork(
        actor=CHAIR,
        idempotency_key=scenes.key(),
        assignment_id=work.id,
        expected_revision=work.revision,
        quantity=Decimal(quantity),
        quality_failures=0,
        reason="Nghiệm thu muộn",
    )
    await perform(reviews.accept_work, command, uow)


@pytest.mark.parametrize("published", [False, True])
async def test_E_I10_a_late_check_in_the_old_agency_revises_the_result_in_the_new_one(
    uow: MemoryUnitOfWork, clock: FixedClock, published: bool
) -> None:
    old, new, work = await unchecked(uow, clock)
    if published:
        await runs_to(uow, new, "publish")
    before = (await evaluation_of(uow, new, LAN_ID)).sheets

    await accept_part(uow, work, "6")
    await Pump(uow).run()

    rated, left = await evaluation_of(uow, new, LAN_ID), await evaluation_of(uow, old, LAN_ID)
    [part] = await uow.reading().store(HANDOVERS).select()
    assert [each.total for each in before] == [decree_total([(10, 10), (1, 4)], Fraction(20))]
    assert rated.sheets[:-1] == before
    assert rated.sheets[-1].total == decree_total([(6, 10), (1, 4)], Fraction(20))
    assert rated.sheets[-1].basis == part.id
    assert [each.part_hash for each in rated.taken] == [part.hash]
    assert (left.state, left.handed_over) == (EvaluationState.HANDED_OVER, part.sent)
    wanted = EvaluationState.CORRECTED if published else EvaluationState.RANKED
    assert rated.state is wanted


async def test_E_I18_the_seals_of_both_bind_the_part_that_was_made_anew(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new, work = await unchecked(uow, clock)
    await accept_part(uow, work, "6")
    await Pump(uow).run()
    for step in STEPS[1:]:
        for period in (old, new):
            await runs_to(uow, period, step)

    [part] = await uow.reading().store(HANDOVERS).select()
    for period in (old, new):
        closed = await scenes.now_is(uow, period)
        kept = await evaluation_of(uow, period, LAN_ID)
        run = await uow.reading().store(RUNS).get(run_id(period.id, kept.agency_id))
        assert closed.seal is not None
        sealed = {each.evaluation_id: each.hash for each in (*closed.seal.unrated, *run.results)}
        assert sealed[kept.id] == Imprint.of(kept.sealed_record).hash
        assert part.hash in json.dumps(kept.sealed_record)


async def test_E_I3_after_the_new_agencys_closing_an_appeal_or_post_audit_is_the_way(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    _, new, work = await unchecked(uow, clock)
    for step in STEPS[1:]:
        await runs_to(uow, new, step)
    rated = await evaluation_of(uow, new, LAN_ID)

    with pytest.raises(Conflict) as refused:
        await accept_part(uow, work, "6")
    await Pump(uow).run()

    assert refused.value.rule_id == "E-I3"
    assert await uow.reading().store(ASSIGNMENTS).get(work.id) == work
    assert await evaluation_of(uow, new, LAN_ID) == rated


async def test_E_I3_a_doubt_withdraws_nothing_from_a_result_that_is_closed(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    _, new, work = await unchecked(uow, clock)
    await accept_part(uow, work, "6")
    await Pump(uow).run()
    for step in STEPS[1:]:
        await runs_to(uow, new, step)
    async with uow.begin() as tx:
        work = await tx.store(ASSIGNMENTS).get(work.id)
        work.doubt([work_scenes.doubt_about(a.assignment())], scenes.TODAY)
        await tx.store(ASSIGNMENTS).save(work)
    rated = await evaluation_of(uow, new, LAN_ID)

    decided = await work_scenes.decide_doubts(uow, work, "1")

    [audit] = await uow.reading().store(POST_AUDITS).select()
    assert (decided.completed, decided.doubted) == (work.completed, False)
    assert (audit.subject_id, audit.concerned_id) == (work.id, rated.id)
    assert await evaluation_of(uow, new, LAN_ID) == rated


@pytest.mark.parametrize("returned", [False, True])
async def test_E_I3_of_many_checks_only_that_of_whose_result_is_closed_is_refused(
    uow: MemoryUnitOfWork, clock: FixedClock, returned: bool
) -> None:
    old, new, lans = await unchecked(uow, clock, also=MINH_ID)
    for step in STEPS[1:]:
        await runs_to(uow, new, step)
    rated = await evaluation_of(uow, new, LAN_ID)
    left_out = [LeftOut(assignment_id=lans.id, return_reason="Thiếu")] if returned else []

    report = await desk_scenes.check(uow, old, *left_out, reported_until=clock.at)
    await Pump(uow).run()

    found = {
        each.assignment_id: (each.outcome, each.refusal and each.refusal.rule_id)
        for each in report.results
    }
    assert found.pop(lans.id) == (None, "E-I3")
    assert set(found.values()) == {(Checked.ACCEPTED, None)}
    assert await uow.reading().store(ASSIGNMENTS).get(lans.id) == lans
    assert await evaluation_of(uow, new, LAN_ID) == rated
    assert len((await evaluation_of(uow, old, MINH_ID)).sheets) == 2


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.REQUESTED])
async def test_E_I3_no_part_is_made_anew_under_a_scoring_that_runs(
    uow: MemoryUnitOfWork, clock: FixedClock, state: RunState
) -> None:
    old, _, work = await unchecked(uow, clock)
    await work_scenes.put_period_in(uow, old, PeriodState.SCORING)
    async with uow.begin() as tx:
        left = await evaluation_of(uow, old, LAN_ID)
        run = await tx.store(RUNS).get(run_id(old.id, left.agency_id))
        run.state = state
        await tx.store(RUNS).save(run)
    parts = await uow.reading().store(HANDOVERS).select()

    with pytest.raises(Conflict):
        await accept_part(uow, work, "6")

    assert await uow.reading().store(HANDOVERS).select() == parts


@pytest.mark.parametrize("named", ["left", "rated"])
@pytest.mark.parametrize("closed", [False, True])
async def test_E_I10_a_post_audit_of_the_old_unit_corrects_where_it_counts(
    uow: MemoryUnitOfWork, clock: FixedClock, named: str, closed: bool
) -> None:
    old, new, work = await unchecked(uow, clock)
    if closed:
        for step in STEPS[1:]:
            for period in (old, new):
                await runs_to(uow, period, step)
    by_name = {name: await evaluation_of(uow, each, LAN_ID) for name, each in
               {"left": old, "rated": new}.items()}  # fmt: skip
    audit = await review_scenes.post_audit(uow, LAN_ID)
    fewer = LineCorrection(assignment_id=work.id, completed=Decimal(3), unreviewed=Decimal(0))

    decided = await review_scenes.decide_audit(
        uow, audit, by_name[named], Correction(lines=(fewer,))
    )

    rated = await evaluation_of(uow, new, LAN_ID)
    assert (decided.state, decided.evaluation_id) == (PostAuditState.CORRECTED, rated.id)
    assert rated.sheets[-1].total == decree_total([(3, 10), (1, 4)], Fraction(20))
    assert rated.sheets[-1].basis == audit.id
    seal = (await scenes.now_is(uow, new)).seal
    assert (seal.number if seal else None) == (2 if closed else None)


async def test_E_I10_what_the_person_thought_of_it_is_handed_over(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await two_periods(uow)
    await work_scenes.assess_oneself(uow, old, points="4")
    await lan_moves(uow, clock)
    for period in (old, new):
        await scenes.reviewed(uow, period)

    rated = await evaluation_of(uow, new, LAN_ID)

    assert [each.points for each in rated.self_assessed.general] == [Decimal(4)]


async def test_E_I10_what_the_person_says_in_the_new_agency_comes_first(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await two_periods(uow)
    await work_scenes.assess_oneself(uow, old, points="4")
    await lan_moves(uow, clock)
    await work_scenes.assess_oneself(uow, new, points="3")
    for period in (old, new):
        await scenes.reviewed(uow, period)

    rated = await evaluation_of(uow, new, LAN_ID)

    assert [each.points for each in rated.self_assessed.general] == [Decimal(3)]


async def test_E_I10_a_fault_in_the_old_agency_and_a_veto_count_in_the_new_one(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """The head of the office did not check a report, and moves."""
    old, new = await two_periods(uow)
    minh = person("minh", Role.OFFICER, officer=scenes.servant_id("cb-012"))
    given = await scenes.assign(uow, old, minh.officer or "", actor=OFFICE_HEAD)
    await scenes.report(uow, given, "4", actor=minh)
    head = scenes.servant_id("cb-003")
    moved = scenes.person_row(
        "cb-003",
        "Trần Văn Trưởng",
        scenes.appointment_row(
            "H32.31.07.1", "TRUONG-PHONG", AppointmentRole.HEAD, valid_to=date(2026, 9, 25)
        ),
        scenes.appointment_row("H32.31.08", "HO-TICH", valid_from=date(2026, 9, 25)),
    )
    await scenes.veto(uow, head, "DISCIPLINED")
    clock.pass_days(20)
    await work_scenes.charge_silence(uow, clock.at.date())
    assert (await scenes.sync(uow, people=[moved])).refused == 0
    for period in (old, new):
        await scenes.reviewed(uow, period)

    sheet = (await evaluation_of(uow, new, head)).sheet

    assert sheet is not None
    snapshot = json.loads(sheet.snapshot)
    assert [row["event"] for row in snapshot["events"]] == ["DISCIPLINED"]
    assert [row["step"] for row in snapshot["faults"]] == ["APPROVE_WORK"]
    [part] = await uow.reading().store(HANDOVERS).select()
    assert {"ref": part.id, "hash": part.hash} in snapshot["faults"][0]["evidence"]


OBJECTIVES = "indicators"
"""No superior enters them: objectives and readings are handed over with their scorecard."""


@pytest.mark.parametrize("name", sorted({each.name for each in fields(GivenInputs)} - {OBJECTIVES}))
def test_E_I10_whatever_a_superior_enters_is_handed_over(name: str) -> None:
    entered = GivenInputs(**{name: SPECIMENS[name]})

    assert entered_document(entered) != entered_document(GivenInputs())


NOT_HANDED_OVER = {
    "general_total": "criteria are entered one by one",
    "history": "read anew by who rates",
    "period": "the receiving period's",
    "periods": "read anew by who rates",
    "satisfaction.index": "the new unit's",
    "satisfaction.n": "the new unit's",
    "subject.duty_group": "the appointment's that is rated",
    "subject.kind": "the appointment's that is rated",
    "subject.position": "the appointment's that is rated",
    "subject.unit": "the appointment's that is rated",
    "unit.average_total": "of the people led now",
    "unit.field": "the appointment's that is rated",
    "unit.not_completed": "of the people led now",
    "unit.subordinates": "of the people led now",
    "working_days": "added up, not copied",
    "procedures": "the new unit's",
    **dict.fromkeys((*UNIT_RATIOS, *UNIT_COUNTS, "unit.band"), "of the unit of the rating"),
    **dict.fromkeys((*CITIZENS, *PROMISES), "the new agency's, told by the public log"),
    **dict.fromkeys((*OPINIONS, *OPINION_COUNTS), "of those who are led, or met, now"),
}


def specimen(field: Field) -> Json:
    if field.kind == "evidence":
        return [{"ref": "https://kho.example/1"}]
    if field.kind == "flag":
        return True
    if field.kind == "text":
        return field.choices[-1] if field.choices else f"{field.name}-1"
    return "7"


def everything() -> dict[str, Json]:
    """A document with one of all that a policy can read, made from the engine's own sections."""
    document: dict[str, Any] = {
        section.name: [{field.name: specimen(field) for field in section.fields}]
        for section in SNAPSHOT_LISTS.values()
    }
    document |= {section.name: {"K": "7"} for section in (GENERAL, ELEMENTS)}
    for path in sorted({*NUMBER_INPUTS, *TEXT_INPUTS}):
        place, _, name = path.rpartition(".")
        value = specimen(Field(name, "text", choices=TEXT_INPUTS.get(path, ("7",))))
        (document.setdefault(place, {}) if place else document)[name] = value
    return document


def leaves(document: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    for name, value in document.items():
        if isinstance(value, list):
            yield from ((name, row) for row in value)
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


@pytest.mark.parametrize("own_period", [False, True])
def test_E_I10_every_fact_that_a_policy_reads_is_handed_over_or_says_why_not(
    own_period: bool,
) -> None:
    """So that a fact that is read tomorrow is handed over tomorrow. In the same period the tallies
    and faults are joined already, and only what superiors entered is taken along."""
    theirs = everything()
    id = None if own_period else "handover_1"
    part = EarlierPart(document=theirs, days=5, id=id, period_id="period_1", hash="5e")
    ours: dict[str, Json] = {
        "period": "now",
        "working_days": "9",
        "unit": {},
        "subject": {},
        "work": [],
    }

    whole = joined(ours, 4, [part])

    after = [(path, json.dumps(value)) for path, value in leaves(whole)]
    lost = {
        path
        for path, value in leaves(theirs)
        if not any(path == other and says(value, known) for other, known in after)
    }
    assert lost == set(NOT_HANDED_OVER)
    assert whole["working_days"] == ("4" if own_period else "9")


def says(value: Json, text: str) -> bool:
    """All of a row is there; evidence and marks of where it came from may be added."""
    if not isinstance(value, Mapping):
        return json.dumps(value) == text
    row = json.loads(text)
    return all(_begins(row.get(key), item) for key, item in value.items())


def _begins(known: Any, item: Json) -> bool:
    return bool(known[: len(item)] == item if isinstance(item, list) else known == item)


async def test_E_I3_a_decision_stays_in_force_when_a_part_comes_after_it(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """One of four was three of four, the board said; then the old agency counts six of ten."""
    _, new, work = await unchecked(uow, clock)
    mine = [
        each
        for each in await uow.reading().store(ASSIGNMENTS).select()
        if each.civil_servant_id == LAN_ID and each.period_id == new.id
    ]
    audit = await review_scenes.post_audit(uow, LAN_ID)
    three = LineCorrection(assignment_id=mine[0].id, completed=Decimal(3))
    rated = await evaluation_of(uow, new, LAN_ID)
    marks = (Rating(key="I.1", points=Decimal(2)),)
    await review_scenes.decide_audit(uow, audit, rated, Correction(lines=(three,), general=marks))

    await accept_part(uow, work, "6")
    await Pump(uow).run()

    sheets = (await evaluation_of(uow, new, LAN_ID)).sheets
    assert [each.total for each in sheets] == [
        decree_total([(10, 10), (1, 4)], Fraction(20)),
        decree_total([(10, 10), (3, 4)], Fraction(17)),
        decree_total([(6, 10), (3, 4)], Fraction(17)),
    ]


@pytest.mark.parametrize("name", sorted(SPECIMENS))
def test_E_I3_each_part_of_a_correction_is_carried_over_inputs_read_anew(name: str) -> None:
    """And nothing else: what was read anew stays as it is."""
    after = corrected_document(DOCUMENT, with_(name))
    anew: dict[str, Any] = json.loads(json.dumps(DOCUMENT)) | {"satisfaction": {"n": "7"}}
    anew["work"].append({"assignment": "asg_new", "item": "X", "completed": "1"})
    sheets = [a_sheet(DOCUMENT, None), a_sheet(after, "appeal_1")]

    whole = carried(anew, sheets, {"appeal_1"})
    untouched = carried(anew, sheets, {"appeal_2"})

    expected: dict[str, Any] = dict(after) | {"satisfaction": {"n": "7"}}
    expected["work"] = [*expected["work"], anew["work"][-1]]
    assert sorted_rows(whole) == sorted_rows(expected)
    assert untouched == anew


def a_sheet(document: Mapping[str, object], basis: str | None) -> Sheet:
    return replace(a.sheet(), snapshot=json.dumps(document), basis=basis)


def sorted_rows(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(json.dumps(row, sort_keys=True) for row in value)
        if isinstance(value, list)
        else value
        for name, value in document.items()
    }
