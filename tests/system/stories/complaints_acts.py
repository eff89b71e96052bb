"""What everybody does in the story of complaints and promises, by the gateway."""

import asyncio
from dataclasses import dataclass, field
from datetime import date

from pymongo import MongoClient

from congvu_demo.acts.feedback import waiting_complaints
from congvu_demo.acts.world import today
from congvu_demo.client import VISITOR, Caller, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from support.polling import eventually
from system.stories.acting import Story, this_quarter
from system.stories.complaints_tables import (
    AMENDED,
    CHAIR,
    CLERK,
    COMMUNE,
    DESK,
    DESK_HEAD,
    LAND,
    LAND_HEAD,
    MILESTONES,
    PRIVATE,
    RATED,
    REACHED,
    SCORES,
    TASK_STEPS,
    WAITED,
    pledge,
)

COMPLAINT = """Complaint { id revision state dueOn reopenUntil disputes basis receipt
  escalations { unit { code } civilServant { id } } }"""
COMMITMENT = "Commitment { id revision state }"
DRAFT = "CommitmentDraft { id revision }"
DRAFTS = "{ commitmentDrafts(first: 5) { edges { node { id pledge { text } } } } }"
AUDIT = "PostAudit { id revision state }"
AUDITS = """{ postAudits(state: REQUESTED, first: 100) { edges { node {
  id revision complaintId origin verdict unit { code } } } } }"""
LOG = """query($of: String!) { publicLog(subject: $of, first: 20) { edges { node {
  type by receipt fields { name value } } } } }"""
BY_RECEIPT = """query($receipt: String!) { complaintByReceipt(receipt: $receipt) {
  id state basis reopenUntil unit { code } forwards { fromUnit { code } } answers { text }
  decision { verdict remedied } details { text } submitter { name }
  escalations { unit { code } civilServant { fullName } } } }"""
SEEN = f"query($id: ID!) {{ complaint(id: $id) {{ ... on {COMPLAINT} }} }}"
FAULTS = """query($who: ID!, $period: ID!) { civilServant(id: $who) {
  evaluation(periodId: $period) { processFaults(first: 5) { edges { node {
    step complaintId dueOn endedOn liftedOn } } } } } }"""
CALENDAR = """query($year: Int!, $of: String!) { workingCalendar(year: $year, province: $of) {
  current { daysOff { day } workedDays { day } } } }"""
PROMISE = """query($id: ID!) { commitment(id: $id) { state found kind
  promisedBy { name office } leader { fullName } unit { code }
  versions { number reason milestones }
  milestones { number text reached { evidence percent } }
  rating { count share scores contented { part whole } verdict } } }"""
OVERVIEW = """query($unit: ID!) { commitmentOverview(unitId: $unit) { promisedBy { name }
  promises keyTasks running claimed met partly missed kept { part whole }
  milestones { part whole } } }"""


@dataclass(kw_only=True)
class Town(Story):
    period: Json = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Json] = field(default_factory=dict)
    calendars: list[Json] = field(default_factory=list)
    logs: dict[str, list[Json]] = field(default_factory=dict)

    def head(self, number: str) -> Caller:
        return self.caller(number, Role.UNIT_HEAD)

    async def step(self, who: Caller, mutation: str, of: Json, **more: object) -> Json:
        on = {"complaintId": of["id"], "expectedRevision": of["revision"]}
        return await self.do(who, mutation, COMPLAINT, **on, **more)

    async def shut(self, name: str, who: Caller, mutation: str, of: Json, **more: object) -> None:
        on = {"complaintId": of["id"], "expectedRevision": of["revision"]}
        await self.refused(name, who, mutation, COMPLAINT, **on, **more)

    async def word(self, who: Caller, mutation: str, of: Json, **more: object) -> Json:
        on = {"commitmentId": of["id"], "expectedRevision": of["revision"]}
        return await self.do(who, mutation, COMMITMENT, **on, **more)

    async def kept(self, name: str, who: Caller, mutation: str, of: Json, **more: object) -> None:
        on = {"commitmentId": of["id"], "expectedRevision": of["revision"]}
        await self.refused(name, who, mutation, COMMITMENT, **on, **more)

    async def filed(self, citizen: str, unit: str) -> Json:
        told = {"unitId": dataset().unit_id(unit), "text": PRIVATE, "name": "Người dân mẫu"}
        who = self.citizen(citizen)
        return await self.once_known(who, "fileComplaint", COMPLAINT, **told)

    async def classified(self, citizen: str) -> Json:
        told = {"category": "DELAY", "summary": "Chờ lâu ở quầy"}
        filed = await self.filed(citizen, LAND)
        return await self.step(self.head(LAND_HEAD), "classifyComplaint", filed, **told)

    async def until(self, id: str, what: str, held: str) -> Json:
        """By whom it waits for: a head who follows its course."""
        found: Json = {}

        async def come() -> bool:
            nonlocal found
            answer = await self.gateway.ask(self.head(CHAIR), SEEN, {"id": id})
            found = answer["complaint"]
            last = [each["unit"]["code"] for each in found["escalations"]][-1:]
            return held in (found["state"], *last)

        await eventually(come, within_s=30, what=what)
        return found

    async def told_of(self, name: str, id: str) -> None:
        """To a visitor: its story, and where it stands by the receipt of its first entry."""
        page = await self.gateway.ask(VISITOR, LOG, {"of": id})
        self.logs[name] = [edge["node"] for edge in page["publicLog"]["edges"]]
        receipt = {"receipt": self.logs[name][0]["receipt"]}
        self.seen[name] = (await self.gateway.ask(VISITOR, BY_RECEIPT, receipt))[
            "complaintByReceipt"
        ]


def days_pass(town: Town, complaint: Json, *names: str) -> None:
    """The platform's clock is the machine's: the days pass for this one, where it is kept."""
    with MongoClient[Json](town.told.platform.mongo_url) as client:
        rows = client["congvu_feedback"]["complaints"]
        kept = rows.find_one({"_id": complaint["id"]})
        assert kept is not None
        earlier: Json = {}
        for name in names:
            outer, _, inner = name.partition(".")
            day = kept[outer][inner] if inner else kept[outer]
            earlier[name] = (date.fromisoformat(day) - WAITED).isoformat()
        rows.update_one({"_id": complaint["id"]}, {"$set": earlier})


async def one_is_forwarded_answered_and_disputed(town: Town) -> None:
    desk, land, citizen = town.head(DESK_HEAD), town.head(LAND_HEAD), town.citizen("an")
    case = await town.filed("an", DESK)
    on = {"unitId": dataset().unit_id(LAND), "reason": "Việc đất đai của phòng Kinh tế"}
    named = {**on, "reason": "Hỏi anh Minh, 0905 123 456"}
    await town.shut("another's to forward", land, "forwardComplaint", case, **on)
    await town.shut("names somebody", desk, "forwardComplaint", case, **named)
    case = await town.step(desk, "forwardComplaint", case, **on)
    back = {**on, "unitId": dataset().unit_id(DESK)}
    await town.shut("sent back", land, "forwardComplaint", case, **back)
    told = {"category": "DELAY", "summary": "Chờ lâu ở quầy"}
    case = await town.step(land, "classifyComplaint", case, **told)
    answer = {"answer": "Đã trả kết quả"}
    await town.shut("no longer theirs", desk, "answerComplaint", case, **answer)
    case = await town.step(land, "answerComplaint", case, **answer)
    resolved = {"outcome": "CLOSED_RESOLVED"}
    await town.shut("in the window", land, "closeComplaint", case, **resolved)
    why = {"reason": "Chưa nhận được gì"}
    await town.shut("another disputes", town.citizen("binh"), "disputeAnswer", case, **why)
    case = await town.step(citizen, "disputeAnswer", case, **why)
    await town.shut("against a dispute", land, "closeComplaint", case, **resolved)
    verdict = {"verdict": "UPHELD", "remedied": True, "reason": "Trả kết quả chậm"}
    await town.shut("of the unit", land, "decideComplaint", case, **verdict)
    await town.shut("who forwarded it", desk, "decideComplaint", case, **verdict)
    case = await town.step(town.head(CHAIR), "decideComplaint", case, **verdict)
    town.ids["disputed"] = case["id"]


async def others_look_at_the_results(town: Town) -> None:
    """The chair decided, and is refused also with the board's role and another account."""
    found: list[Json] = []

    async def asked() -> bool:
        page = await town.gateway.ask(town.board(1), AUDITS)
        nodes = [edge["node"] for edge in page["postAudits"]["edges"]]
        found[:] = [each for each in nodes if each["complaintId"] == town.ids["disputed"]]
        return bool(found)

    await eventually(asked, within_s=20, what="the post-audit of an upheld complaint")
    [town.seen["audit"]] = found
    audit = {
        "postAuditId": found[0]["id"],
        "expectedRevision": found[0]["revision"],
        "reason": "Kết quả của phòng chưa công bố",
    }
    token = town.told.platform.token_for(
        Role.REVIEW_BOARD,
        province=dataset().province,
        subject="chair-as-board.complaints",
        officer=dataset().civil_servant_id(CHAIR),
    )
    who = Caller("chủ tịch ở hội đồng", token)
    await town.refused("audits own verdict", who, "decidePostAudit", AUDIT, **audit)
    town.seen["audited"] = await town.do(town.board(1), "decidePostAudit", AUDIT, **audit)


async def one_is_met_with_silence_and_reopened(town: Town) -> None:
    land = town.head(LAND_HEAD)
    case = await town.step(land, "answerComplaint", await town.classified("cuc"), answer="Đã trả")
    why = {"reason": "Vẫn chưa có kết quả"}
    await town.shut("not ended", town.citizen("cuc"), "reopenComplaint", case, **why)
    days_pass(town, case, "dispute_until", "dispute_term.since")
    case = await town.until(case["id"], "the end in silence", "CLOSED_RESOLVED")
    town.seen["ended"] = case
    await town.shut("another reopens", town.citizen("an"), "reopenComplaint", case, **why)
    case = await town.step(town.citizen("cuc"), "reopenComplaint", case, **why)
    resolved = {"outcome": "CLOSED_RESOLVED"}
    await town.shut("against the reopening", land, "closeComplaint", case, **resolved)
    town.ids["silent"], town.seen["reopened"] = case["id"], case


async def one_is_overdue(town: Town) -> None:
    """It climbs to the head by name, and to the next above when that head does nothing."""
    land = town.head(LAND_HEAD)
    handler = {"handlerId": dataset().civil_servant_id(CLERK)}
    case = await town.step(land, "assignComplaint", await town.classified("dung"), **handler)
    town.ids["overdue"] = case["id"]
    days_pass(town, case, "filed_on", "answer_by", "due_on", "due_term.since")
    await town.until(case["id"], "the head of the unit is told", LAND)
    waits = [await waiting_complaints(town.world, land, "ESCALATED")]
    days_pass(town, case, "escalate_on", "escalate_term.since")
    case = await town.until(case["id"], "the head above is told", COMMUNE)
    for who in (land, town.head(CHAIR)):
        waits.append(await waiting_complaints(town.world, who, "ESCALATED"))
    town.seen["climbed"] = {"case": case, "waits": waits}

    async def faults(number: str) -> list[Json]:
        asked = {"who": dataset().civil_servant_id(number), "period": town.period["id"]}
        answer = await town.gateway.ask(town.world.cast.auditor, FAULTS, asked)
        result = answer["civilServant"]["evaluation"]
        return [edge["node"] for edge in result["processFaults"]["edges"]]

    async def ended() -> bool:
        return any(each["endedOn"] for each in await faults(CLERK))

    await town.step(land, "answerComplaint", case, answer="Đã trả kết quả")
    await eventually(ended, within_s=20, what="the fault of who owed the answer")
    town.seen["faults"] = {number: await faults(number) for number in RATED.values()}


async def the_quarter_opens(town: Town) -> None:
    """Under a policy that charges silence; two are rated, so that they have an evaluation."""
    policies = dict.fromkeys(("staffPolicy", "deputyPolicy", "leaderPolicy"), "UEB-VNU")
    town.period = await town.open("Quý có phản ánh", "QUARTER", COMMUNE, this_quarter(), **policies)
    none = {"rule": "TRAINING_ABSENCE", "count": 0, "evidence": "so-tap-huan"}
    for above, number in RATED.items():
        await town.do(
            town.head(above),
            "scoreGeneralCriteria",
            "Evaluation { id }",
            periodId=town.period["id"],
            civilServantId=dataset().civil_servant_id(number),
            expectedRevision=0,
            ratings={"conduct": [none]},
        )
    years = (today().year, today().year + 1)
    for year in years:
        said = await town.gateway.ask(VISITOR, CALENDAR, {"year": year, "of": dataset().province})
        if said["workingCalendar"]:
            town.calendars.append(said["workingCalendar"]["current"])


async def a_promise_is_drafted_and_published(town: Town) -> Json:
    chair, land = town.head(CHAIR), town.head(LAND_HEAD)
    asked = {"pledge": pledge("Đất đai đúng hẹn", MILESTONES)}
    draft = await town.once_known(chair, "draftCommitment", DRAFT, **asked)
    town.seen["drafts"] = {
        name: (await town.gateway.ask(who, DRAFTS))["commitmentDrafts"]["edges"]
        for name, who in (("own", chair), ("another's", land))
    }
    on = {"draftId": draft["id"], "expectedRevision": draft["revision"]}
    await town.refused("another's draft", land, "publishCommitmentDraft", COMMITMENT, **on)
    made = await town.do(chair, "publishCommitmentDraft", COMMITMENT, **on)
    again = {**on, "expectedRevision": draft["revision"] + 1}
    await town.refused("published twice", chair, "publishCommitmentDraft", COMMITMENT, **again)
    late = {**pledge("Muộn", ()), "due": today().isoformat()}
    await town.refused("due today", chair, "publishCommitment", COMMITMENT, pledge=late)
    return made


async def a_promise_is_kept_in_part(town: Town) -> None:
    chair, above = town.head(CHAIR), town.province()
    made = await a_promise_is_drafted_and_published(town)
    reached = {"note": "Đã niêm yết", "percent": 40, "milestone": 1}
    await town.kept("without evidence", chair, "reportCommitment", made, **reached)
    reached["evidence"] = [REACHED]
    made = await town.word(chair, "reportCommitment", made, **reached)
    await town.kept("reached twice", chair, "reportCommitment", made, **reached)
    other = {"pledge": pledge("Việc khác", AMENDED, kind="KEY_TASK"), "reason": "Đổi"}
    await town.kept("another kind", chair, "amendCommitment", made, **other)
    better = {"pledge": pledge("Đất đai, hộ tịch đúng hẹn", AMENDED), "reason": "Dân đề nghị"}
    made = await town.word(chair, "amendCommitment", made, **better)
    met = {"outcome": "VERIFIED_MET", "reason": "Đối chiếu sổ một cửa"}
    await town.kept("before it is claimed", above, "assessCommitment", made, **met)
    made = await town.word(chair, "reportCommitment", made, note="Đã xong", done=True)
    await town.kept("after it was claimed", chair, "amendCommitment", made, **better)
    await citizens_rate(town, made)
    made["revision"] = (await seen_now(town, made["id"]))["revision"]
    await town.kept("finds for oneself", chair, "assessCommitment", made, **met)
    await town.word(above, "assessCommitment", made, **met)
    town.seen["promise"] = (await town.gateway.ask(VISITOR, PROMISE, {"id": made["id"]}))[
        "commitment"
    ]


async def seen_now(town: Town, id: str) -> Json:
    asked = "query($id: ID!) { commitment(id: $id) { revision } }"
    found: Json = (await town.gateway.ask(VISITOR, asked, {"id": id}))["commitment"]
    return found


async def citizens_rate(town: Town, made: Json) -> None:
    scores = list(SCORES.elements())
    await asyncio.gather(
        *(
            town.do(
                town.citizen(f"kn-{n}"),
                "rateCommitment",
                COMMITMENT,
                commitmentId=made["id"],
                score=score,
            )
            for n, score in enumerate(scores)
        )
    )
    again = {"commitmentId": made["id"], "score": 1}
    for name, who in (
        ("rates again", town.citizen("kn-0")),
        ("a portal rates", town.world.cast.portal),
    ):
        await town.refused(name, who, "rateCommitment", COMMITMENT, **again)


async def a_key_task_runs(town: Town) -> None:
    asked = {"pledge": pledge("Xây nhà văn hóa", TASK_STEPS, kind="KEY_TASK")}
    made = await town.once_known(town.head(CHAIR), "publishCommitment", COMMITMENT, **asked)
    reached = {"note": "Đã bàn giao", "evidence": [REACHED], "milestone": 1}
    await town.word(town.head(CHAIR), "reportCommitment", made, **reached)


async def everybody_looks(town: Town) -> None:
    for name in ("disputed", "silent", "overdue"):
        await town.told_of(name, town.ids[name])
    unit = {"unit": dataset().unit_id(COMMUNE)}
    town.seen["overview"] = await town.gateway.ask(VISITOR, OVERVIEW, unit)
