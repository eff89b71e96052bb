"""Step 5: citizens rate what they got, and one of them is not content with an answer."""

from typing import Any

from congvu_demo.acts import feedback
from congvu_demo.acts.ballots import rating_code
from congvu_demo.acts.feedback import SUBMISSION, move_complaint, rating
from congvu_demo.client import Caller
from congvu_demo.dataset import Dossier, Rating
from congvu_demo.showcase import OFFICER
from congvu_demo.story.telling import Story

RATED_OFFICER = OFFICER
"""Whose score the story ends with."""

INDEX = """query($id: ID!, $period: ID!) { civilServant(id: $id) { unit { name
  satisfaction(periodId: $period) { index satisfied answers minimum state intervalLow intervalHigh }
} } }"""

CONTENT = ("VERY_SATISFIED", "SATISFIED")


def of_unit(story: Story, number: str) -> list[Rating]:
    """Ratings of everything the officer's unit did."""
    data = story.world.data
    unit = data.people[number].unit
    handled_by = {each.code: data.people[each.officer].unit for each in data.dossiers}
    return [each for each in data.ratings if handled_by[each.dossier] == unit]


async def citizens_rate(story: Story) -> None:
    world = story.world
    ratings = of_unit(story, RATED_OFFICER)
    answers = await feedback.rate(world, ratings, "story/rating")
    story.expect("ratings that the portal passed on", len(answers), len(ratings))
    first = ratings[0]
    again = {**rating(first, "story/again"), "answer": first.answer}
    kept = await world.gateway.do(world.cast.portal, "submitSatisfaction", again, SUBMISSION)
    story.expect("the same person rates it again", kept["id"], answers[0]["id"])
    changed = {**rating(first, "story/changed"), "answer": "VERY_DISSATISFIED"}
    await story.refuses(
        "the same person with another answer",
        world.gateway.do(world.cast.portal, "submitSatisfaction", changed, SUBMISSION),
        "CONFLICT",
        "F-I4",
    )
    await _nobody_else_rates(story, ratings[1])


async def _nobody_else_rates(story: Story, given: Rating) -> None:
    """A dossier is rated by who handed it in, through the portal that told of it or directly."""
    cast = story.world.cast
    as_invented = {**rating(given, "story/invented"), "submitterToken": "vneid-demo-nobody"}
    as_stranger = {
        "idempotencyKey": "story/stranger",
        "dossierCode": given.dossier,
        "ratingCode": rating_code(given.dossier),
        "answer": "VERY_DISSATISFIED",
    }
    for what, caller, asked, rule in (
        ("the portal rates a dossier as somebody invented", cast.portal, as_invented, "F-I10"),
        ("a citizen rates somebody else's dossier", cast.citizen, as_stranger, "F-I10"),
        ("a portal of another province passes it on", cast.portal_elsewhere, as_invented, None),
    ):
        attempt = story.world.gateway.do(caller, "submitSatisfaction", asked, SUBMISSION)
        await story.refuses(what, attempt, "FORBIDDEN", rule)


async def index_stands_beside_the_person(story: Story) -> None:
    """One query through the gateway: the person from one service, the index from another."""
    ratings = of_unit(story, RATED_OFFICER)
    unit = await _unit_with_index(story)
    shown = unit["satisfaction"]
    story.said(
        f"{unit['name']}: {shown['index']} of {shown['answers']} answers, interval "
        f"{shown['intervalLow']} - {shown['intervalHigh']} ({shown['state']})"
    )
    pleased = sum(each.answer in CONTENT for each in ratings)
    counts = (shown["satisfied"], shown["answers"], shown["state"])
    story.expect("satisfied, answers, state", counts, (pleased, len(ratings), "PENDING"))


async def _unit_with_index(story: Story) -> dict[str, Any]:
    world = story.world
    number = world.data.civil_servant_id(RATED_OFFICER)
    seen = await world.gateway.ask(
        world.cast.hrm, INDEX, {"id": number, "period": story.facts.period["id"]}
    )
    unit: dict[str, Any] = seen["civilServant"]["unit"]
    return unit


async def complaint_is_upheld(story: Story) -> None:
    """Filed, answered, disputed; the unit cannot close it, the board decides."""
    world = story.world
    cast = world.cast
    head = cast.leader("CB007")
    complaint = await _filed(story)
    await _waits_for(story, head, "ANSWER", complaint)
    await _complained_of_is_kept_out(story, complaint)
    summary = "Hồ sơ hộ tịch trả kết quả chậm, không thông báo lý do."
    complaint = await move_complaint(
        world, head, "classifyComplaint", complaint, "story", category="DELAY", summary=summary
    )
    answer = "Trung tâm đã trả kết quả, xin lỗi vì sự chậm trễ và sẽ rút kinh nghiệm."
    complaint = await move_complaint(
        world, head, "answerComplaint", complaint, "story", answer=answer
    )
    complaint = await move_complaint(
        world, cast.citizen, "disputeAnswer", complaint, "story", reason="Chưa nêu trách nhiệm."
    )
    story.expect("after the citizen disputes", complaint["state"], "DISPUTED")
    await _waits_for(story, cast.board, "DECIDE", complaint)
    await _unit_cannot_end_it(story, head, complaint)
    complaint = await move_complaint(
        world,
        cast.board,
        "decideComplaint",
        complaint,
        "story",
        verdict="UPHELD",
        remedied=True,
        reason="Chậm trả kết quả, không có nguyên nhân khách quan.",
    )
    story.expect("verdict", complaint["decision"], {"verdict": "UPHELD", "remedied": True})
    story.expect("state", complaint["state"], "CLOSED_RESOLVED")
    story.facts.complaint = complaint


async def _filed(story: Story) -> dict[str, Any]:
    dossier = _late_dossier(story)
    asked = {
        "idempotencyKey": "story/complaint",
        "dossierCode": dossier.code,
        "text": "Tôi phải chờ quá hạn và không được thông báo lý do.",
        "name": "Người dân minh họa",
    }
    complaint = await feedback.file_complaint(story.world, asked)
    story.said(f"{complaint['id']} about dossier {dossier.code}")
    return complaint


async def _waits_for(story: Story, caller: Caller, task: str, complaint: dict[str, Any]) -> None:
    waiting = await feedback.waiting_complaints(story.world, caller, task)
    story.expect(f"it waits in an inbox to {task.lower()}", complaint["id"] in waiting, True)


async def _complained_of_is_kept_out(story: Story, complaint: dict[str, Any]) -> None:
    """The person complained of cannot take it up, nor see who complained."""
    subject = story.world.cast.officer(RATED_OFFICER)
    await story.refuses(
        "the officer complained of takes it up",
        move_complaint(story.world, subject, "takeUpComplaint", complaint, "story/subject"),
        "FORBIDDEN",
        "F-I3",
    )
    seen = await story.world.gateway.ask(
        subject,
        "query($id: ID!) { complaint(id: $id) { submitter { name } details { text } } }",
        {"id": complaint["id"]},
    )
    nothing = {"submitter": None, "details": None}
    story.expect("what that officer sees of the complainant", seen["complaint"], nothing)


async def _unit_cannot_end_it(story: Story, head: Caller, complaint: dict[str, Any]) -> None:
    world = story.world
    await story.refuses(
        "the unit closes it as resolved against the dispute",
        move_complaint(
            world, head, "closeComplaint", complaint, "story/close", outcome="CLOSED_RESOLVED"
        ),
        "CONFLICT",
        "F-I6",
    )
    verdict = {"verdict": "NOT_UPHELD", "reason": "Không có cơ sở."}
    await story.refuses(
        "the unit's own head decides it",
        move_complaint(world, head, "decideComplaint", complaint, "story/own", **verdict),
        "FORBIDDEN",
        "F-I6",
    )


def _late_dossier(story: Story) -> Dossier:
    return next(
        each
        for each in story.world.data.dossiers
        if each.officer == RATED_OFFICER and (each.completed_at or "") > each.due_at
    )
