"""What citizens say, and what becomes of a complaint."""

from collections.abc import Mapping, Sequence
from functools import partial

from congvu_demo.acts.ballots import rating_code
from congvu_demo.acts.catalogue import NOT_YET_HERE
from congvu_demo.acts.world import World
from congvu_demo.client import Caller, Json
from congvu_demo.dataset import Rating

SUBMISSION = "Submission { id answer receivedOn logSequence }"
ENTRIES = """query Entries($subject: String!) {
  publicLog(subject: $subject, first: 10) { edges { node { type } } } }"""
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
    """The portal passes on what it collected, and waits until all of it counts."""
    taken = await world.gateway.do_all(
        world.cast.portal,
        "submitSatisfaction",
        [rating(each, key) for each in ratings],
        SUBMISSION,
    )
    await counted(world, [each["id"] for each in taken])
    return taken


async def counted(world: World, submission_ids: Sequence[str]) -> None:
    """Each is in the public log as an answer about its dossier: one that came before it waits for
    it, since dossiers reach feedback as events."""
    for id in submission_ids:
        await world.gateway.until(partial(_is_counted, world, id), what=f"{id} counts")


async def _is_counted(world: World, id: str) -> bool:
    found = await world.gateway.ask(world.cast.portal, ENTRIES, {"subject": id})
    entries = found["publicLog"]["edges"]
    return any(each["node"]["type"] == "SUBMISSION_RECEIVED" for each in entries)


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
