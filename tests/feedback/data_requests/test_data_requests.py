"""Whose data it is may see, correct, erase and hold it back, and silence grants it."""

from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Invalid
from feedback import people
from feedback.data_requests.steps import REASON, ask, reply, withdraw
from feedback.scenes import (
    all_of,
    calendar_comes,
    everything,
    file,
    follow_calendars,
    log_of,
    rate,
    rating,
)
from feedback_service.adapters.crypto.vault import AesVault, VaultKeys
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application import collections
from feedback_service.application.data_requests.deadlines import pass_data_request_dates
from feedback_service.application.data_requests.retention import EXPIRED, pass_retention
from feedback_service.application.data_requests.rotation import rewrap
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.private_data import open_all
from feedback_service.domain.common.private_data import Retention
from feedback_service.domain.data_requests.data_request import (
    ANSWER_DAYS,
    HOLDING,
    REQUESTS_MAX,
    DataRight,
    RefusalGround,
)
from support.clock import FixedClock
from support.graph import Graph

KEPT = """query Kept($id: ID!) { dataRequest(id: $id) {
  state kept { held since values { name value } } } }"""
DETAILS = "query Details($id: ID!) { complaint(id: $id) { details { text } } }"
SAID = "Hồ sơ bị trả lại hai lần"


def right_name(right: DataRight) -> str | None:
    return "Nguyễn Thị Hòa" if right is DataRight.CORRECT else None


async def test_the_sender_alone_sees_what_is_kept(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await file(uow, needs)
    request = await ask(uow, needs, complaint.id, DataRight.SEE)
    graph = Graph(schema, uow, needs=needs)

    async def kept(reader: Actor) -> object:
        shown = (await graph.ask(KEPT, reader, id=request.id))["dataRequest"]
        return shown and shown["kept"]

    assert await kept(people.CITIZEN) is None
    await reply(uow, needs, request)
    assert [await kept(each) for each in (people.BOARD, people.OTHER_CITIZEN)] == [None, None]
    assert await kept(people.CITIZEN) == {
        "held": False,
        "since": "2026-08-03",
        "values": [
            {"name": "contact", "value": "0905 123 456"},
            {"name": "name", "value": "Nguyễn Thị Hoa"},
            {"name": "text", "value": SAID},
        ],
    }


@pytest.mark.parametrize("right", sorted(HOLDING))
async def test_what_is_held_back_is_read_by_its_sender_alone_until_it_is_let_go(
    uow: MemoryUnitOfWork, needs: Needs, right: DataRight
) -> None:
    complaint = await file(uow, needs)
    graph = Graph(schema, uow, needs=needs)

    async def texts() -> list[object]:
        readers = people.CITIZEN, people.BOARD, people.COUNTER_HEAD
        shown = [await graph.ask(DETAILS, each, id=complaint.id) for each in readers]
        return [each["complaint"]["details"]["text"] for each in shown]

    request = await ask(uow, needs, complaint.id, right)
    assert await texts() == [SAID, SAID, SAID]
    granted = await reply(uow, needs, request)
    assert await texts() == [SAID, None, None]
    await withdraw(uow, needs, granted)
    assert await texts() == [SAID, SAID, SAID]


async def test_a_comment_is_held_back_as_well(uow: MemoryUnitOfWork, needs: Needs) -> None:
    submission = await rate(uow, needs, rating(comment="Cảm ơn"))
    graph = Graph(schema, uow, needs=needs)
    comment = "query($id: ID!) { submission(id: $id) { comment } }"

    await reply(uow, needs, await ask(uow, needs, submission.id, DataRight.RESTRICT))

    shown = [
        await graph.ask(comment, each, id=submission.id) for each in (people.CITIZEN, people.BOARD)
    ]
    assert [each["submission"]["comment"] for each in shown] == ["Cảm ơn", None]


async def test_another_request_goes_on_holding(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await file(uow, needs)
    first, second = [
        await reply(uow, needs, await ask(uow, needs, complaint.id, right))
        for right in (DataRight.OBJECT, DataRight.RESTRICT)
    ]

    await withdraw(uow, needs, first)

    [key] = await all_of(uow, collections.PRIVATE_KEYS)
    assert key.held_by == (second.id,)


async def test_a_correction_takes_the_place_of_what_was_wrong(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    complaint = await file(any_uow, needs)
    request = await ask(any_uow, needs, complaint.id, DataRight.CORRECT, name="Nguyễn Thị Hòa")
    [before] = await open_all(any_uow.reading(), needs.vault, [complaint.id])

    await reply(any_uow, needs, request)

    [after] = await open_all(any_uow.reading(), needs.vault, [complaint.id])
    assert (before["name"], after["name"]) == ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa")
    assert (after["contact"], after["text"]) == (before["contact"], before["text"])


async def test_what_was_refused_changes_nothing(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await file(uow, needs)
    for right in DataRight:
        request = await ask(uow, needs, complaint.id, right, name=right_name(right))
        await reply(uow, needs, request, refused_because=RefusalGround.ONGOING_CASE)

    [plain] = await open_all(uow.reading(), needs.vault, [complaint.id])
    [key] = await all_of(uow, collections.PRIVATE_KEYS)
    assert (plain["name"], key.held_by, key.wrapped is None) == ("Nguyễn Thị Hoa", (), False)


async def test_an_erasure_is_for_good_and_leaves_a_tombstone(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    complaint = await file(any_uow, needs)
    request = await ask(any_uow, needs, complaint.id, DataRight.ERASE)

    await reply(any_uow, needs, request)

    assert await open_all(any_uow.reading(), needs.vault, [complaint.id]) == [{}]
    assert [each.owner_id for each in await needs.erasures.all()] == [complaint.id]
    entries = await log_of(any_uow)
    assert [each.type for each in entries][-2:] == ["DATA_REQUEST_ANSWERED", "PRIVATE_DATA_ERASED"]
    assert {each.subject for each in entries} == {complaint.id}
    assert entries[-1].shown("legal_basis") == REASON


@pytest.mark.parametrize("right", [*DataRight])
async def test_nobodys_silence_takes_a_right_away(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock, right: DataRight
) -> None:
    complaint = await file(uow, needs)
    await ask(uow, needs, complaint.id, right, name=right_name(right))

    async def passed() -> int:
        return await pass_data_request_dates(uow, needs.vault, needs.erasures)

    clock.pass_days(ANSWER_DAYS)
    assert await passed() == 0
    clock.pass_days(1)
    assert [await passed(), await passed()] == [1, 0]

    [request] = await all_of(uow, collections.DATA_REQUESTS)
    assert (request.state, request.by, request.ground) == ("GRANTED", None, None)
    answered = [each for each in await log_of(uow) if each.type == "DATA_REQUEST_ANSWERED"]
    assert [(each.by, each.shown("reason")) for each in answered] == [
        ("PLATFORM", "Quá hạn trả lời (ngày 05/08/2026).")
    ]
    [key] = await all_of(uow, collections.PRIVATE_KEYS)
    assert bool(key.held_by) is (right in HOLDING)
    assert (key.wrapped is None) is (right is DataRight.ERASE)


async def test_the_date_follows_the_working_calendar(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await file(uow, needs)
    request = await ask(uow, needs, complaint.id, DataRight.SEE)

    await calendar_comes(uow, off=(request.answer_by,))
    await follow_calendars(uow)

    [moved] = await all_of(uow, collections.DATA_REQUESTS)
    days = [each.answer_by.isoformat() for each in (request, moved)]
    assert days == ["2026-08-05", "2026-08-06"]
    told = [each for each in await log_of(uow) if each.type == "DEADLINE_MOVED"]
    assert "2026-08-06" in [each.shown("request_answer_by") for each in told]


async def test_the_same_is_asked_once_and_not_without_end(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    complaint = await file(uow, needs)
    await ask(uow, needs, complaint.id, DataRight.SEE)
    with pytest.raises(Conflict, match="asked already"):
        await ask(uow, needs, complaint.id, DataRight.SEE)
    for _ in range(REQUESTS_MAX - 1):
        await withdraw(uow, needs, await ask(uow, needs, complaint.id, DataRight.OBJECT))
    before = await everything(uow)

    with pytest.raises(Conflict, match=f"at most {REQUESTS_MAX}"):
        await ask(uow, needs, complaint.id, DataRight.OBJECT)
    assert await everything(uow) == before


@pytest.mark.parametrize(
    ("right", "name"), [(DataRight.CORRECT, None), (DataRight.SEE, "Hòa"), (DataRight.ERASE, "Hòa")]
)
async def test_a_correction_and_nothing_else_says_what_is_right(
    uow: MemoryUnitOfWork, needs: Needs, right: DataRight, name: str | None
) -> None:
    complaint = await file(uow, needs)

    with pytest.raises(Invalid) as refused:
        await ask(uow, needs, complaint.id, right, name=name)
    assert refused.value.field == "input.name"


async def test_an_answer_is_given_once(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await file(uow, needs)
    answered = await reply(uow, needs, await ask(uow, needs, complaint.id, DataRight.SEE))

    for again in (reply, withdraw):
        with pytest.raises(Conflict, match="answered or withdrawn"):
            await again(uow, needs, answered)


@pytest.mark.parametrize(
    ("days", "kept"), [(10, {"sub", "cpl"}), (11, {"cpl"}), (20, {"cpl"}), (21, set[str]())]
)
async def test_the_private_part_is_kept_as_long_as_the_retention_says(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock, days: int, kept: set[str]
) -> None:
    """A complaint's longer than what was said with a rating."""
    await rate(any_uow, needs, rating(comment="Cảm ơn"))
    await file(any_uow, needs)
    retention = Retention(submission_days=10, complaint_days=20)

    clock.pass_days(days)
    erased = [await pass_retention(any_uow, retention, needs.erasures) for _ in range(2)]

    keys = await all_of(any_uow, collections.PRIVATE_KEYS)
    assert {each.id.partition("_")[0] for each in keys if each.wrapped} == kept
    assert erased == [2 - len(kept), 0]
    told = [each for each in await log_of(any_uow) if each.type == "PRIVATE_DATA_ERASED"]
    assert [(each.by, each.shown("legal_basis")) for each in told] == [
        ("PLATFORM", EXPIRED)
    ] * erased[0]


async def test_keys_move_under_the_newest_and_the_older_is_needed_no_more(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    complaint, gone = await file(any_uow, needs), await file(any_uow, needs)
    await reply(any_uow, needs, await ask(any_uow, needs, gone.id, DataRight.ERASE))
    one, two = AesVault.of(b"v" * 32), AesVault.of(b"v" * 32, {2: b"n" * 32})
    before = await open_all(any_uow.reading(), two, [complaint.id])

    assert [await rewrap(any_uow, each) for each in (one, two, two)] == [(0, 0), (1, 0), (0, 0)]

    keys = {each.id: each.wrapped for each in await all_of(any_uow, collections.PRIVATE_KEYS)}
    assert (keys[complaint.id] or "").startswith("2:")
    assert keys[gone.id] is None
    without_the_first = AesVault(lambda: VaultKeys({2: b"n" * 32}, wraps=2, people=b""))
    assert await open_all(any_uow.reading(), without_the_first, [complaint.id]) == before
    assert before[0]["text"] == SAID
    assert two.person("salt", "dan-1") == one.person("salt", "dan-1")


async def test_a_replica_that_has_the_new_key_may_go_on_with_the_old_one(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    """While keys are handed out, every replica can read what any of them wrote."""
    ready = AesVault.of(b"v" * 32, {2: b"n" * 32}, wrap_with=1)
    await file(uow, replace(needs, vault=ready))

    [key] = await all_of(uow, collections.PRIVATE_KEYS)
    assert ":" not in (key.wrapped or ":")
    assert await rewrap(uow, ready) == (0, 0)
