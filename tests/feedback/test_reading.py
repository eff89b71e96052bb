"""What can be read through the graph, and by whom."""

from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from feedback import people
from feedback.commitments.steps import publish
from feedback.complaints.steps import close, confirm
from feedback.indexes.steps import four_ratings, freeze
from feedback.log.steps import filled
from feedback.scenes import (
    DOSSIER,
    PERIOD,
    RATING_CODE,
    answered,
    disputed,
    file,
    new_key,
    rate,
    rating,
    sweep,
)
from feedback_service.application.needs import Needs
from support.clock import FixedClock
from support.graph import Graph

ENTITIES = """query($of: [_Any!]!, $period: ID!) {
  _entities(representations: $of) {
    ... on OrgUnit {
      id satisfaction(periodId: $period) { index answers state minimum logSequence }
    }
    ... on Complaint { id complaintState: state }
    ... on Commitment { id commitmentState: state leader { id } }
  }
}"""
COMPLAINT = """query($id: ID!) { complaint(id: $id) {
  id state unit { id } summary { text } answers { text } disputes
  details { text attachments disputeReasons civilServantId dossierCode }
  submitter { name contact }
} }"""


async def entities(graph: Graph, actor: Actor, *of: dict[str, str]) -> Any:
    return (await graph.ask(ENTITIES, actor, of=[dict(each) for each in of], period=PERIOD))[
        "_entities"
    ]


async def test_a_unit_shows_its_satisfaction_to_everybody(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    await four_ratings(uow, needs)
    counter = {"__typename": "OrgUnit", "id": people.COUNTER}
    unknown = {"__typename": "OrgUnit", "id": "unit_nope"}

    live, nothing, same = await entities(graph, ANONYMOUS, counter, unknown, counter)
    await freeze(uow)
    [frozen] = await entities(graph, ANONYMOUS, counter)

    figure = {"index": "0.75", "answers": 4, "state": "PENDING", "minimum": 3, "logSequence": None}
    assert live["satisfaction"] == same["satisfaction"] == figure
    assert nothing == {"id": "unit_nope", "satisfaction": None}
    assert frozen["satisfaction"] == {**figure, "state": "MEASURED", "logSequence": 6}


async def test_everything_an_index_says(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, clock: FixedClock
) -> None:
    await four_ratings(uow, needs)
    await close(uow, needs, await confirm(uow, needs, await answered(uow, needs), people.CITIZEN))
    await answered(uow, needs)
    clock.pass_days(15)
    await sweep(uow)
    await freeze(uow)

    shown = await graph.ask(
        """query($unit: ID!, $period: ID!) { satisfaction(unitId: $unit, periodId: $period) {
          index satisfied answers underReview setAside indexWithReview anomalies
          minimum state intervalLow intervalHigh policies computedAt
          logSequence
          coverage { part whole share } answeredInTime { part whole share }
          confirmed { part whole share }
        } }""",
        unit=people.COUNTER,
        period=PERIOD,
    )

    assert shown["satisfaction"] == {
        "index": "0.75",
        "satisfied": 3,
        "answers": 4,
        "underReview": 0,
        "setAside": 0,
        "indexWithReview": "0.75",
        "anomalies": [],
        "minimum": 3,
        "state": "MEASURED",
        "intervalLow": "0.3006",
        "intervalHigh": "0.9544",
        "policies": ["ND335-2025-STAFF@1"],
        "computedAt": "2026-08-18T02:00:00+00:00",
        "logSequence": 15,
        "coverage": {"part": 4, "whole": 4, "share": "1"},
        "answeredInTime": {"part": 2, "whole": 2, "share": "1"},
        "confirmed": {"part": 1, "whole": 2, "share": "0.5"},
    }


async def test_entities_come_in_the_order_asked_and_only_those_one_may_see(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    complaint, commitment = await file(uow, needs), await publish(uow, needs)
    of = [
        {"__typename": "Commitment", "id": commitment.id},
        {"__typename": "Complaint", "id": complaint.id},
        {"__typename": "Complaint", "id": "cpl_nope"},
    ]

    mine = await entities(graph, people.CITIZEN, *of)
    anonymous = await entities(graph, ANONYMOUS, *of)

    public = {
        "id": commitment.id,
        "commitmentState": "PUBLISHED",
        "leader": {"id": people.CHAIR_ID},
    }
    assert mine == [public, {"id": complaint.id, "complaintState": "RECEIVED"}, None]
    assert anonymous == [public, None, None]


@pytest.mark.parametrize(
    ("actor", "reads"),
    [
        (people.CITIZEN, True),
        (people.COUNTER_HEAD, True),
        (people.COUNTER_MANAGER, True),
        (people.CHAIR, True),
        (people.BOARD, True),
        (people.AUDITOR, True),
        (people.PORTAL, False),
        (people.LAN, False),
        (people.LAN_AS_MANAGER, False),
        (people.EVERY_ROLE, False),
        (people.MINH, False),
    ],
    ids=lambda value: getattr(value, "subject", value),
)
async def test_F_I3_the_details_of_a_complaint_and_never_who_sent_it(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, actor: Actor, reads: bool
) -> None:
    complaint = await disputed(uow, needs)

    seen = (await graph.ask(COMPLAINT, actor, id=complaint.id))["complaint"]

    assert (seen["state"], seen["disputes"]) == ("DISPUTED", 1)
    assert seen["submitter"] is None
    assert (seen["details"] is not None) is reads
    if reads:
        assert seen["details"] == {
            "text": "Hồ sơ bị trả lại hai lần",
            "attachments": [],
            "disputeReasons": ["Vẫn chưa nhận được kết quả"],
            "civilServantId": people.LAN_ID,
            "dossierCode": "H32.31.07-260801-0001",
        }


@pytest.mark.parametrize(
    "actor",
    [ANONYMOUS, people.OTHER_CITIZEN, people.OTHER_CHAIR, people.HANOI_BOARD, people.HANOI_PORTAL],
    ids=lambda actor: str(actor.subject),
)
async def test_a_complaint_of_others_is_not_there(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, actor: Actor
) -> None:
    complaint = await disputed(uow, needs)

    assert (await graph.ask(COMPLAINT, actor, id=complaint.id))["complaint"] is None


async def test_F_I3_a_disclosure_shows_the_sender_to_one_board_member_for_one_day(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, clock: FixedClock
) -> None:
    complaint = await file(uow, needs)
    disclose = """mutation($i: DiscloseSubmitterInput!) {
      discloseSubmitter(input: $i) { ... on Complaint { submitter { name contact } } }
    }"""
    asked = {
        "idempotencyKey": new_key(),
        "complaintId": complaint.id,
        "expectedRevision": complaint.revision,
        "reason": "Mời làm việc",
    }

    shown = (await graph.ask(disclose, people.BOARD, i=asked))["discloseSubmitter"]

    assert shown["submitter"] == {"name": "Nguyễn Thị Hoa", "contact": "0905 123 456"}
    again = (await graph.ask(COMPLAINT, people.BOARD, id=complaint.id))["complaint"]
    assert again["submitter"] == shown["submitter"]
    other = people.person("hoi-dong-2", Role.REVIEW_BOARD)
    assert (await graph.ask(COMPLAINT, other, id=complaint.id))["complaint"]["submitter"] is None
    clock.pass_days(1)
    later = (await graph.ask(COMPLAINT, people.BOARD, id=complaint.id))["complaint"]
    assert later["submitter"] is None


LISTING = """query($unit: ID, $first: Int!, $after: String) {
  submissions(unitId: $unit, first: $first, after: $after) {
    edges { node { answer comment } } pageInfo { hasNextPage endCursor }
  }
}"""


async def test_management_reads_comments_page_by_page(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    for number in range(3):
        await rate(uow, needs, rating(token=f"d{number}", comment=f"ý kiến {number}"))

    first = (await graph.ask(LISTING, people.CHAIR, first=2))["submissions"]
    after = first["pageInfo"]["endCursor"]
    rest = (await graph.ask(LISTING, people.CHAIR, first=2, after=after))["submissions"]

    pages = [edge["node"]["comment"] for page in (first, rest) for edge in page["edges"]]
    assert sorted(pages) == ["ý kiến 0", "ý kiến 1", "ý kiến 2"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (people.CITIZEN, {"answer": "SATISFIED", "comment": "Tốt"}),
        (people.COUNTER_HEAD, {"answer": "SATISFIED", "comment": "Tốt"}),
        (people.LAN_AS_MANAGER, {"answer": "SATISFIED", "comment": None}),
        (people.OTHER_CITIZEN, None),
        (people.LAN, None),
        (people.OTHER_CHAIR, None),
        (ANONYMOUS, None),
    ],
    ids=lambda value: getattr(value, "subject", None),
)
async def test_who_sent_it_finds_it_by_its_receipt(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, actor: Actor, sees: object
) -> None:
    receipt = (await rate(uow, needs, rating(comment="Tốt"))).id

    found = await graph.ask(
        "query($id: ID!) { submission(id: $id) { answer comment } }", actor, id=receipt
    )

    assert found == {"submission": sees}


async def test_a_portal_reads_back_no_comment_that_it_passed_on(graph: Graph) -> None:
    given = {
        "idempotencyKey": new_key(),
        "dossierCode": DOSSIER,
        "ratingCode": RATING_CODE,
        "answer": "SATISFIED",
        "comment": "Tốt",
        "submitterToken": "dan-1",
    }

    answer = await graph.do(
        "submitSatisfaction", given, people.PORTAL, "... on Submission { answer comment }"
    )

    assert (answer["answer"], answer["comment"]) == ("SATISFIED", None)


async def test_F_I3_who_did_the_work_reads_no_comment(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    await rate(uow, needs, rating(comment="Cô Lan rất chậm"))

    page = (await graph.ask(LISTING, people.LAN_AS_MANAGER, first=5))["submissions"]

    assert [edge["node"] for edge in page["edges"]] == [{"answer": "SATISFIED", "comment": None}]


@pytest.mark.parametrize(
    ("actor", "unit", "found"),
    [
        (people.BOARD, None, 1),
        (people.BOARD, people.OTHER_WARD, 0),
        (people.AUDITOR, people.WARD, 1),
        (people.CHAIR, people.COUNTER, 1),
        (people.OTHER_CHAIR, None, 0),
        (people.OTHER_CHAIR, people.COUNTER, 0),
        (people.HANOI_BOARD, people.COUNTER, 0),
    ],
)
async def test_a_listing_stays_within_the_callers_place(
    uow: MemoryUnitOfWork,
    needs: Needs,
    graph: Graph,
    *,
    actor: Actor,
    unit: str | None,
    found: int,
) -> None:
    await rate(uow, needs, rating())
    await file(uow, needs)
    complaints = """query($unit: ID) {
      complaints(filter: {unitId: $unit, state: RECEIVED}) { edges { node { id } } }
    }"""

    submissions = (await graph.ask(LISTING, actor, unit=unit, first=5))["submissions"]
    listed = (await graph.ask(complaints, actor, unit=unit))["complaints"]

    assert (len(submissions["edges"]), len(listed["edges"])) == (found, found)


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (ANONYMOUS, "UNAUTHENTICATED"),
        (people.CITIZEN, "FORBIDDEN"),
        (people.LAN, "FORBIDDEN"),
        (people.PORTAL, "FORBIDDEN"),
    ],
)
async def test_a_listing_is_not_for_everybody(graph: Graph, actor: Actor, code: str) -> None:
    [error] = await graph.errors(LISTING, actor, first=5)

    assert error["code"] == code


async def test_a_page_has_at_most_a_hundred(graph: Graph) -> None:
    [error] = await graph.errors("{ publicLog(first: 101) { pageInfo { hasNextPage } } }")

    assert (error["code"], error["field"]) == ("INVALID", "first")


async def test_everybody_reads_the_log_and_its_proofs(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await filled(uow, 9)

    data = await graph.ask(
        """{
          publicLogHead { origin size root }
          publicLog(first: 2) { edges { node { sequence by fields { name value hiddenBy } } } }
          logProof(sequence: 3, oldSize: 8) { leafIndex size root inclusion oldSize consistency }
        }"""
    )

    assert data["publicLogHead"]["size"] == 9
    assert [edge["node"]["sequence"] for edge in data["publicLog"]["edges"]] == [1, 2]
    proof = data["logProof"]
    assert (proof["leafIndex"], proof["size"], proof["oldSize"]) == (2, 9, 8)
    assert proof["root"] == data["publicLogHead"]["root"]
    assert (len(proof["inclusion"]), len(proof["consistency"])) == (4, 1)


async def test_everybody_reads_commitments(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    commitment = await publish(uow, needs)

    data = await graph.ask(
        """query($id: ID!, $unit: ID!) {
          commitment(id: $id) { current { number text due } rating { count minimum share } }
          here: commitments(filter: {unitId: $unit, state: PUBLISHED}) { edges { node { id } } }
          elsewhere: commitments(filter: {province: "01"}) { edges { node { id } } }
        }""",
        id=commitment.id,
        unit=people.WARD,
    )

    assert data["commitment"]["current"]["due"] == "2026-09-30"
    assert data["commitment"]["rating"] == {"count": 0, "minimum": 30, "share": None}
    assert data["here"]["edges"] == [{"node": {"id": commitment.id}}]
    assert data["elsewhere"]["edges"] == []
