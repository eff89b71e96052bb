"""What citizens say, and what becomes of a complaint."""

from collections.abc import Mapping, Sequence

from congvu_demo.acts.ballots import rating_code
from congvu_demo.acts.catalogue import NOT_YET_HERE
from congvu_demo.acts.world import World
from congvu_demo.client import Caller, Json, Refused
from congvu_demo.dataset import Rating

SUBMISSION = "Submission { id answer receivedOn logSequence }"
REPORT = "FeedbackReport { results { row submissionId problem { code message field ruleId } } }"
RATINGS_EACH = 200
"""Rows of one call; the service takes no more."""

COUNTED_EVERY_S = 0.5
"""Dossiers take seconds to reach feedback: to ask more often takes from what is waited for."""

ENTRIES = """query Entries($after: String) {
  publicLog(first: 100, after: $after) {
    edges { node { type subject } }
    pageInfo { hasNextPage endCursor }
  } }"""
INBOX = """query Inbox($task: ComplaintTask!) { inbox {
  complaints(task: $task, first: 100) { edges { node { id dueOn } } } } }"""
COMPLAINT = "Complaint { id revision state disputes decision { verdict remedied } logSequence }"


def rating(given: Rating, key: str) -> dict[str, object]:
    return {
        "idempotencyKey": f"{key}/{given.dossier}",
        "dossierCode": given.dossier,
        "ratingCode": rating_code(given.dossier),
        "submitterToken": given.person,
        "submitterType": given.submitter,
        "channel": given.channel,
        "answer": given.answer,
        "drivers": [given.driver],
        "answeredOn": given.answered_on,
    }


async def rate(world: World, ratings: Sequence[Rating], key: str) -> list[Json]:
    """The portal passes on what it collected, many in a call, and waits until all of it counts."""
    taken: list[Json] = []
    for start in range(0, len(ratings), RATINGS_EACH):
        asked = {
            "idempotencyKey": f"{key}/{start}",
            "rows": [rated(each) for each in ratings[start : start + RATINGS_EACH]],
        }
        told = await world.gateway.do(world.cast.portal, "submitFeedbackBulk", asked, REPORT)
        for row in told["results"]:
            if row["problem"]:
                raise Refused(row["problem"])
            taken.append({"id": row["submissionId"]})
    await counted(world, [each["id"] for each in taken])
    return taken


def rated(given: Rating) -> dict[str, object]:
    """A rating as a row of many."""
    said = rating(given, "")
    del said["idempotencyKey"]
    return {"kind": "SATISFACTION", **said}


async def counted(world: World, submission_ids: Sequence[str]) -> None:
    """Each is in the public log as an answer about its dossier: one that came before it waits for
    it, since dossiers reach feedback as events."""
    waiting, read_to = set(submission_ids), None

    async def none_waits() -> bool:
        nonlocal read_to
        more = True
        while more:
            found = await world.gateway.ask(world.cast.portal, ENTRIES, {"after": read_to})
            page = found["publicLog"]
            received = [each["node"] for each in page["edges"]]
            waiting.difference_update(
                each["subject"] for each in received if each["type"] == "SUBMISSION_RECEIVED"
            )
            more, read_to = (
                page["pageInfo"]["hasNextPage"],
                page["pageInfo"]["endCursor"] or read_to,
            )
        return not waiting

    await world.gateway.until(none_waits, what="all ratings count", pause_s=COUNTED_EVERY_S)


async def file_complaint(world: World, asked: Mapping[str, object]) -> Json:
    return await world.gateway.do(
        world.cast.citizen, "fileComplaint", asked, COMPLAINT, again_on=NOT_YET_HERE
    )


async def waiting_complaints(world: World, caller: Caller, task: str) -> list[str]:
    """Those in the caller's inbox, the first page."""
    found = await world.gateway.ask(caller, INBOX, {"task": task})
    return [edge["node"]["id"] for edge in found["inbox"]["complaints"]["edges"]]


async def move_complaint(
    world: World, caller: Caller, mutation: str, complaint: Json, key: str, **asked: object
) -> Json:
    """The next step of a complaint as it stood in `complaint`."""
    step = {
        "idempotencyKey": f"{key}/{mutation}",
        "complaintId": complaint["id"],
        "expectedRevision": complaint["revision"],
        **asked,
    }
    return await world.gateway.do(caller, mutation, step, COMPLAINT)
