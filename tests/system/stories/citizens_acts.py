"""What everybody does in the story of the citizens, by the gateway."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from pymongo import MongoClient

from congvu_demo.acts import feedback, period
from congvu_demo.acts.ballots import applicant_hash, rating_code
from congvu_demo.acts.work import EVENTS
from congvu_demo.acts.world import today
from congvu_demo.client import VISITOR, Caller, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.acting import Story, figure_comes, objective
from system.stories.citizens_tables import (
    ANSWERS,
    BALLOTS,
    CHAIR,
    CLERK,
    COMPLAINTS,
    COORDINATION,
    CREATIVE,
    CRISES,
    DEPUTY,
    INVENTOR,
    MARKS,
    MAYOR,
    OF_CHAIR,
    OF_INVENTOR,
    OF_OTHERS,
    OTHER_HEADS,
    PROMISES,
    RATERS,
    REFORM,
    SCORE,
    STAFF,
    TOWN,
    TOWN_OFFICER,
    TYPED,
    WARD,
)

HANDLED_BY = {WARD: CLERK, TOWN: TOWN_OFFICER}
OWN_POLICY = "H32-NHOM-B"
ASSIGNMENT = "Assignment { id revision }"
COMMITMENT = "Commitment { id revision }"
CRISIS = "Crisis { id revision state }"
BALLOT = "LeaderBallots { __typename }"
INITIATIVE = "Initiative { id revision state points finalPoints }"
EVALUATION = "Evaluation { id revision }"
WHO = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  outcome totalExact band rawBand reasons components { name exact } sheets { number basis total }
  explanation { children { ruleId textVi pointsExact } } } } }"""
PROMISE = """query($id: ID!) { commitment(id: $id) {
  state leader { id } versions { number reason } rating { count share } } }"""
WAITING = """query($period: ID!) {
  inbox { items(kind: CRISIS, first: 20) { edges { node { subjectId } } } }
  periodReadiness(periodId: $period) { ready counts { kind blocking count } } }"""


@dataclass(kw_only=True)
class Quarter(Story):
    periods: dict[str, Json] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    waiting: Json = field(default_factory=dict)
    seen: dict[str, Json] = field(default_factory=dict)
    later: dict[str, Json] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def of(self, unit: str) -> dict[str, object]:
        return {"periodId": self.periods[unit]["id"]}

    @property
    def portal(self) -> Caller:
        token = self.told.platform.token_for(
            Role.SERVICE_PORTAL, province=dataset().province, subject="portal.citizens"
        )
        return Caller("cổng dịch vụ công", token)

    async def result(self, unit: str, number: str) -> Json:
        asked = {"id": dataset().civil_servant_id(number), "period": self.periods[unit]["id"]}
        found = await self.gateway.ask(self.world.cast.auditor, WHO, asked)
        seen: Json = found["civilServant"]["evaluation"]
        return seen


async def the_province_weighs_group_b(quarter: Quarter) -> None:
    """In a policy of its own for staff: derived by one, approved and published by others."""
    cast = quarter.world.cast
    policy = await quarter.do(
        cast.period_admin,
        "derivePolicy",
        "ScoringPolicy { id revision }",
        base="ND335-2025-STAFF",
        policyId=OWN_POLICY,
        titleVi="Nghị định 335 với trọng số nhóm B",
        titleEn="Decree 335 with a weight of group B",
        overrides=[{"name": "public_service", "value": "WEIGHED_AND_CAPPED"}],
    )
    for mutation, more in (
        ("approvePolicy", {}),
        (
            "publishPolicy",
            {
                "decision": {"number": "57/QĐ-UBND", "decidedOn": today().isoformat()},
                "effectiveFrom": today().isoformat(),
            },
        ),
    ):
        step = {"id": policy["id"], "expectedRevision": policy["revision"], **more}
        policy = await quarter.do(cast.committee, mutation, "ScoringPolicy { id revision }", **step)


def days() -> tuple[date, date]:
    return today() - timedelta(days=40), today() + timedelta(days=50)


async def quarters_open(quarter: Quarter) -> None:
    asks = {"policy": "ND335-2025-DEPUTY", "name": "organising_initiatives", "value": "ASKED"}
    quarter.periods[WARD] = await quarter.open(
        "Quý theo kiến nghị",
        "QUARTER",
        WARD,
        days(),
        staffPolicy=f"{OWN_POLICY}@1",
        leaderPolicy="PETITION-57",
        switches=[asks],
    )
    quarter.periods[TOWN] = await quarter.open(
        "Quý theo cam kết", "QUARTER", TOWN, days(), leaderPolicy="PUBLIC-COMMITMENT"
    )


async def dossiers_are_rated(quarter: Quarter, unit: str) -> None:
    """Each by who handed it in, and passed on by the portal."""
    satisfied, answers = ANSWERS[unit]
    completed = datetime.now(UTC) - timedelta(days=2)
    codes = [f"{unit}-{completed:%y%m%d}-{n:03}" for n in range(answers)]
    told = await quarter.do(
        quarter.portal,
        "recordDossierEvents",
        EVENTS,
        events=[
            {
                "dossierCode": code,
                "procedureCode": "1.001193",
                "unitId": dataset().unit_id(unit),
                "civilServantId": dataset().civil_servant_id(HANDLED_BY[unit]),
                "receivedAt": (completed - timedelta(days=3)).isoformat(),
                "dueAt": (completed + timedelta(days=1)).isoformat(),
                "completedAt": completed.isoformat(),
                "applicantHash": applicant_hash(code, f"vneid-{code}"),
            }
            for code in codes
        ],
    )
    problems = [each["problem"] for each in told["results"]]
    assert problems == [None] * answers, problems[0]
    rows = [
        {
            "kind": "SATISFACTION",
            "channel": "PORTAL",
            "submitterToken": f"vneid-{code}",
            "dossierCode": code,
            "ratingCode": rating_code(code),
            "answer": "SATISFIED" if n < satisfied else "VERY_DISSATISFIED",
            "answeredOn": (today() - timedelta(days=1)).isoformat(),
        }
        for n, code in enumerate(codes)
    ]

    then = "FeedbackReport { refused results { submissionId } }"
    told = await quarter.do(quarter.portal, "submitFeedbackBulk", then, rows=rows)
    assert told["refused"] == 0
    await feedback.counted(quarter.world, [each["submissionId"] for each in told["results"]])


async def citizens_complain(quarter: Quarter) -> None:
    due, answered = COMPLAINTS
    chair = quarter.caller(CHAIR, Role.UNIT_HEAD)
    then = feedback.COMPLAINT
    for n in range(due):
        told = {"unitId": dataset().unit_id(WARD), "text": "Chờ lâu, không ai hướng dẫn."}
        complaint = await quarter.once_known(
            quarter.citizen(f"complains-{n}"), "fileComplaint", then, **told
        )
        steps = {
            "classifyComplaint": {"category": "DELAY", "summary": "Phải chờ lâu."},
            "answerComplaint": {"answer": "Đã bố trí thêm người tiếp nhận."},
        }
        for mutation, more in (steps if n < answered else {}).items():
            on = {"complaintId": complaint["id"], "expectedRevision": complaint["revision"]}
            complaint = await quarter.do(chair, mutation, then, **on, **more)


def pledge_of(text: str) -> Json:
    return {
        "text": text,
        "target": "100 %",
        "due": (today() + timedelta(days=20)).isoformat(),
        "beneficiaries": "Người dân xã",
    }


async def promised(quarter: Quarter, leader: str, text: str) -> Json:
    pledge = pledge_of(text)
    who = quarter.caller(leader, Role.UNIT_HEAD)
    return await quarter.once_known(who, "publishCommitment", COMMITMENT, pledge=pledge)


async def promises_are_kept_or_not(quarter: Quarter) -> None:
    chair = quarter.caller(CHAIR, Role.UNIT_HEAD)
    for n, outcome in enumerate(PROMISES):
        made = await promised(quarter, CHAIR, f"Trả kết quả đúng hẹn, việc thứ {n + 1}")
        if outcome is None:
            continue
        on = {"commitmentId": made["id"]}
        claimed = {"expectedRevision": made["revision"], "note": "Đã xong", "done": True}
        made = await quarter.do(chair, "reportCommitment", COMMITMENT, **on, **claimed)
        said = {"outcome": outcome, "reason": "Đối chiếu sổ", "expectedRevision": made["revision"]}
        await quarter.do(quarter.board(1), "assessCommitment", COMMITMENT, **on, **said)


async def a_promise_is_rated(quarter: Quarter) -> None:
    """It is amended in public before: nobody withdraws it."""
    made = await promised(quarter, MAYOR, "Mọi hồ sơ đất đai đúng hẹn")
    made = await quarter.do(
        quarter.caller(MAYOR, Role.UNIT_HEAD),
        "amendCommitment",
        COMMITMENT,
        commitmentId=made["id"],
        expectedRevision=made["revision"],
        pledge=pledge_of("Mọi hồ sơ đất đai và hộ tịch đúng hẹn"),
        reason="Thêm hộ tịch theo ý kiến người dân",
    )
    said = {"commitmentId": made["id"], "score": SCORE}
    await asyncio.gather(
        *(
            quarter.do(quarter.citizen(f"rates-{n}"), "rateCommitment", COMMITMENT, **said)
            for n in range(RATERS)
        )
    )
    public = await quarter.gateway.ask(VISITOR, PROMISE, {"id": made["id"]})
    quarter.seen["promise"] = public["commitment"]
    again = {**said, "score": 5}
    await quarter.refused(
        "rates again", quarter.citizen("rates-0"), "rateCommitment", COMMITMENT, **again
    )
    token = quarter.told.platform.token_for(
        Role.CITIZEN,
        province=dataset().province,
        subject="vneid-mayor",
        officer=dataset().civil_servant_id(MAYOR),
    )
    await quarter.refused(
        "rates oneself", Caller(MAYOR, token), "rateCommitment", COMMITMENT, **again
    )


async def crises_are_recorded_and_confirmed(quarter: Quarter) -> None:
    """By a clerk of the commune, then by the board; nobody walks both roads."""
    clerk, board = quarter.caller(CLERK, Role.OFFICER), quarter.board(1)
    made = []
    for outcome, hours, allowed, _ in CRISES:
        ended = datetime.now(UTC) - timedelta(days=3)
        made.append(
            await quarter.do(
                clerk,
                "recordCrisis",
                CRISIS,
                **quarter.of(WARD),
                civilServantId=dataset().civil_servant_id(CHAIR),
                title=f"Lũ quét, {hours} giờ",
                beganAt=(ended - timedelta(hours=hours)).isoformat(),
                endedAt=ended.isoformat(),
                hoursAllowed=str(allowed),
                outcome=outcome,
                evidence=[{"uri": f"dms://lu-quet/{hours}"}],
            )
        )
    first = {"crisisId": made[0]["id"], "expectedRevision": made[0]["revision"]}
    await quarter.refused("confirms own", clerk, "confirmCrisis", CRISIS, **first)
    asked = {"period": quarter.periods[WARD]["id"]}
    quarter.waiting = await quarter.gateway.ask(board, WAITING, asked)
    quarter.ids["crises"] = ",".join(sorted(each["id"] for each in made))
    for crisis, (*_, confirmed) in zip(made, CRISES, strict=True):
        said = {"confirmed": confirmed, "reason": None if confirmed else "Không có biên bản"}
        on = {"crisisId": crisis["id"], "expectedRevision": crisis["revision"]}
        await quarter.do(board, "confirmCrisis", CRISIS, **on, **said)


async def ballots_are_cast(quarter: Quarter) -> None:
    about = {**quarter.of(WARD), "civilServantId": dataset().civil_servant_id(CHAIR)}
    for number, (development, sharing, trained) in zip(STAFF, BALLOTS, strict=True):
        said = {"development": development, "sharing": sharing, "trained": trained}
        voter = quarter.caller(number, Role.OFFICER)
        await quarter.do(voter, "rateLeader", BALLOT, **about, **said)
    again = {"development": 5, "sharing": 5, "trained": True}
    await quarter.refused("votes again", voter, "rateLeader", BALLOT, **about, **again)
    chair = quarter.caller(CHAIR, Role.OFFICER)
    await quarter.refused("votes for oneself", chair, "rateLeader", BALLOT, **about, **again)
    for (number, unit), score in zip(OTHER_HEADS.items(), COORDINATION, strict=True):
        head = quarter.caller(number, Role.UNIT_HEAD, unit)
        await quarter.do(head, "rateCoordination", BALLOT, **about, score=score)
    await quarter.refused(
        "from above", quarter.province(), "rateCoordination", BALLOT, **about, score=5
    )


async def a_process_improves(quarter: Quarter) -> None:
    before, wanted, after = REFORM
    made = await quarter.do(
        quarter.province(),
        "defineObjective",
        "Objective { id }",
        **quarter.of(WARD),
        civilServantId=dataset().civil_servant_id(CHAIR),
        code="THOI-GIAN",
        content=objective("thời gian", (before, wanted), perspective="PROCESS_REFORM"),
    )
    chair = quarter.caller(CHAIR, Role.OFFICER)
    await figure_comes(quarter, made["id"], str(after), chair, quarter.province())


async def initiatives_are_proposed(quarter: Quarter) -> None:
    """Points are provisional, and the day of the later look passes for one of them."""
    for number, points in ((CHAIR, OF_CHAIR), (INVENTOR, OF_INVENTOR)):
        made = await quarter.do(
            quarter.caller(number, Role.OFFICER),
            "proposeInitiative",
            INITIATIVE,
            **quarter.of(WARD),
            facts={
                "kind": "SHORTER_TIME",
                "title": "Hẹn trả kết quả qua tin nhắn",
                "description": "Không phải đến hỏi kết quả",
                "unitOfMeasure": "ngày",
                "baseline": "5",
                "claimed": "3",
                "evidence": [{"uri": f"dms://sang-kien/{number}"}],
            },
        )
        on = {"initiativeId": made["id"], "expectedRevision": made["revision"]}
        decided = {"checkOn": [(today() + timedelta(days=1)).isoformat()], "reason": "Có hiệu quả"}
        if number == CHAIR:
            more = {**decided, "points": "11"}
            board = quarter.board(1)
            await quarter.refused("above", board, "decideInitiative", INITIATIVE, **on, **more)
        made = await quarter.do(
            quarter.board(1), "decideInitiative", INITIATIVE, **on, points=str(points), **decided
        )
        quarter.ids[number] = made["id"]
    early = {"initiativeId": made["id"], "expectedRevision": made["revision"], **FADED}
    await quarter.refused("too early", quarter.board(2), "checkInitiative", INITIATIVE, **early)
    the_day_comes(quarter, made["id"])
    quarter.ids["revision"] = str(made["revision"])


FADED = {"verdict": "FADED", "measured": "5", "reason": "Không còn nhắn tin"}


def the_day_comes(quarter: Quarter, initiative_id: str) -> None:
    """The platform's clock is the machine's: the day passes for this one, where it is kept."""
    with MongoClient[Json](quarter.told.platform.mongo_url) as client:
        earlier = {"checks.0.due_on": (today() - timedelta(days=1)).isoformat()}
        client["congvu_evaluation"]["initiatives"].update_one(
            {"_id": initiative_id}, {"$set": earlier}
        )


async def work_is_done(quarter: Quarter) -> None:
    for unit, leader, numbers in (
        (WARD, quarter.province(), (CHAIR,)),
        (WARD, quarter.caller(CHAIR, Role.UNIT_HEAD), (INVENTOR, DEPUTY, CLERK)),
        (TOWN, quarter.province(), (MAYOR,)),
        (TOWN, quarter.caller(MAYOR, Role.UNIT_HEAD), (TOWN_OFFICER,)),
    ):
        for number in numbers:
            work = await quarter.do(
                leader,
                "assignWork",
                ASSIGNMENT,
                **quarter.of(unit),
                civilServantId=dataset().civil_servant_id(number),
                versionId="B.56.VB.01@1",
                quantity="2",
                dueOn=today().isoformat(),
                source="PLAN",
            )
            work = await quarter.do(
                quarter.caller(number, Role.OFFICER),
                "reportWork",
                ASSIGNMENT,
                assignmentId=work["id"],
                expectedRevision=work["revision"],
                quantity="2",
                completedOn=today().isoformat(),
                evidence=[{"uri": f"dms://suoi/{number}"}],
            )
            done = {"assignmentId": work["id"], "expectedRevision": work["revision"]}
            await quarter.do(leader, "acceptWork", ASSIGNMENT, **done, qualityFailures=0)


async def a_superior_types_for_others(quarter: Quarter) -> None:
    """Each criterion that is not the superior's to say is refused where it is typed."""
    asked = {"civilServantId": dataset().civil_servant_id(CHAIR), "expectedRevision": 0}
    for key in OF_OTHERS:
        typed = {"elements": [{"key": each, "points": "1"} for each in (*TYPED, key)]}
        await quarter.refused(
            f"types {key}",
            quarter.province(),
            "scoreGeneralCriteria",
            EVALUATION,
            **quarter.of(WARD),
            **asked,
            ratings=typed,
        )


async def superiors_rate(quarter: Quarter) -> None:
    """The chair's superior types every criterion that is left at its most."""
    general = [{"key": key, "points": str(float(most))} for key, most in MARKS.items()]
    but_creative = [
        {**each, "points": "0"} if each["key"] == CREATIVE else each for each in general
    ]
    led = {"organising": "FULL", "unity": "FULL"}
    typed = {"elements": [{"key": each, "points": "1"} for each in TYPED], **led}
    chair, mayor = (quarter.caller(each, Role.UNIT_HEAD) for each in (CHAIR, MAYOR))
    for unit, who, number, ratings in (
        (WARD, quarter.province(), CHAIR, typed),
        (WARD, chair, INVENTOR, {"general": but_creative, **led}),
        (WARD, chair, DEPUTY, {"general": general, **led}),
        (WARD, chair, CLERK, {"general": general}),
        (TOWN, quarter.province(), MAYOR, {"general": general, **led}),
        (TOWN, mayor, TOWN_OFFICER, {"general": general}),
    ):
        asked = {"civilServantId": dataset().civil_servant_id(number), "expectedRevision": 0}
        await quarter.do(
            who, "scoreGeneralCriteria", EVALUATION, **quarter.of(unit), **asked, ratings=ratings
        )


async def it_ends(quarter: Quarter, unit: str, *numbers: str) -> None:
    published = await quarter.published(quarter.periods[unit])
    for number in numbers:
        quarter.seen[number] = await quarter.result(unit, number)
    key = f"{quarter.key}/{unit}"
    quarter.periods[unit] = await period.move_period(quarter.world, "closePeriod", published, key)
    quarter.findings += await quarter.findings_of(quarter.periods[unit])


async def another_looks_again(quarter: Quarter) -> None:
    on = {"initiativeId": quarter.ids[INVENTOR], "expectedRevision": int(quarter.ids["revision"])}
    await quarter.refused(
        "looks again", quarter.board(1), "checkInitiative", INITIATIVE, **on, **FADED
    )
    then, who = INITIATIVE, quarter.board(2)
    quarter.later["initiative"] = await quarter.do(who, "checkInitiative", then, **on, **FADED)
    quarter.later[INVENTOR] = await quarter.result(WARD, INVENTOR)
    seen = {"id": quarter.periods[WARD]["id"]}
    found = await quarter.gateway.ask(quarter.world.cast.period_admin, period.CURRENT, seen)
    quarter.later["period"] = found["evaluationPeriod"]
    quarter.findings += await quarter.findings_of(quarter.later["period"])
