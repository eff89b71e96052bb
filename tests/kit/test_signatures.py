"""An event is its owner's, whole, or nobody's."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import bson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.cloudevents import SIGNATURE, CloudEvent
from congvu_kit.adapters.outbox import outbox_rows, to_event
from congvu_kit.adapters.signatures import (
    SIGNED,
    BadKey,
    EventOwner,
    Untrusted,
    add_key,
    create_keys,
    private_file,
    public_file,
    read_owner,
    read_signer,
    use_key,
)
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.clock import SystemClock
from congvu_kit.tools.contracts import all_contracts
from kit.desks import Desk
from support.event_keys import owner, signed, signer

EVENT = signed(
    CloudEvent(
        id="evt_1",
        type="congvu.test.desk.renamed.v1",
        source="//congvu/test",
        subject="d1",
        time=SystemClock().now(),
        sequence=7,
        data={"name": "Bàn"},
        traceparent="00-1-2-01",
    )
)


def refusal(event: CloudEvent, by: EventOwner | None = None, value: bytes | None = None) -> str:
    with pytest.raises(Untrusted) as refused:
        (by or owner("test")).require_told(event.headers(), value or event.value())
    return str(refused.value)


def test_what_its_owner_signed_is_believed() -> None:
    owner("test").require_told(EVENT.headers(), EVENT.value())


@pytest.mark.parametrize("name", SIGNED)
def test_every_attribute_is_signed(name: str) -> None:
    headers = dict(EVENT.headers())
    # At the end, so that source and type still begin as they must.
    headers[f"ce_{name}"] += b"0"

    with pytest.raises(Untrusted):
        owner("test").require_told(list(headers.items()), EVENT.value())


def test_every_header_is_signed_or_says_nothing_about_the_fact() -> None:
    unsigned = {"content-type", "traceparent", SIGNATURE}

    assert {name for name, _ in EVENT.headers()} - unsigned == {f"ce_{name}" for name in SIGNED}


def test_the_body_is_signed() -> None:
    assert refusal(EVENT, value=b'{"name":"Ban"}') == "the signature does not fit the event"


@pytest.mark.parametrize("signature", ["", ":", "x", "x:y", "é:é"])
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    known = signer("test").key_id

    assert "sign" in refusal(replace(EVENT, signature=signature))
    assert "sign" in refusal(replace(EVENT, signature=f"{known}:{signature}"))


def test_unsigned_is_refused() -> None:
    assert refusal(replace(EVENT, signature=None)) == "the event is not signed"


def test_each_service_speaks_for_itself_only() -> None:
    """Its own good key does not let a service tell what is another's, on either's topic."""
    mine = replace(EVENT, source="//congvu/desks", type="congvu.desks.desk.renamed.v1")

    assert refusal(signed(EVENT, "desks")) == "the event is signed with no key of test"
    assert refusal(signed(mine)) == "the source is not test, whose topic this is"
    assert refusal(signed(replace(EVENT, type=mine.type))) == (
        "the type is none of test, whose topic this is"
    )
    assert refusal(signed(replace(EVENT, source=mine.source)), owner("desks")) == (
        "the type is none of desks, whose topic this is"
    )


def test_a_key_is_replaced_without_a_gap(tmp_path: Path) -> None:
    create_keys(tmp_path, ["test"])
    before = read_signer("test", private_file(tmp_path, "test"))
    assert create_keys(tmp_path, ["test"]) == []

    add_key(tmp_path, "test")
    use_key(tmp_path, "test")

    after = read_signer("test", private_file(tmp_path, "test"))
    assert after.key_id != before.key_id
    known = read_owner("test", tmp_path)
    for each in (before, after):
        event = replace(EVENT, signature=each.sign(EVENT))
        known.require_told(event.headers(), event.value())


def test_private_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    create_keys(tmp_path, ["test"])

    private = private_file(tmp_path, "test")
    modes = [each.stat().st_mode & 0o777 for each in (private, private.parent)]
    assert modes == [0o600, 0o700]
    assert b"PRIVATE" not in public_file(tmp_path, "test").read_bytes()


# pragma: allowlist nextline secret
@pytest.mark.parametrize("content", [None, b"", b"x", b"-----BEGIN PRIVATE KEY-----\nAA\n"])
def test_a_file_that_is_no_key_is_said_to_be_none(tmp_path: Path, content: bytes | None) -> None:
    file = public_file(tmp_path, "test")
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BadKey, match=r"test\.pem"):
        read_owner("test", tmp_path)
    with pytest.raises(BadKey, match=r"test\.pem"):
        read_signer("test", file)


def examples() -> Sequence[Event]:
    return [each.example for contracts in all_contracts() for each in contracts.events]


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.TYPE)
def test_every_event_verifies_after_it_lay_in_the_outbox(example: Event) -> None:
    """The database's form of a row, however often it is sent, is the bytes that were signed."""
    service = example.TYPE.split(".")[1]
    aggregate = Aggregate(id="a")
    aggregate.record(example)
    (row,) = outbox_rows(aggregate, signer(service), SystemClock().now())

    event = to_event(as_stored(row))

    owner(service).require_told(event.headers(), event.value())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"data": {"desk_id": "d1", "name": "another"}}, "the signature does not fit the event"),
        ({"sequence": 9}, "the signature does not fit the event"),
        ({"_id": "evt_9"}, "the signature does not fit the event"),
        ({"signature": None}, "the event is not signed"),
    ],
)
def test_what_somebody_writes_into_the_outbox_is_nobodys_word(
    change: dict[str, object], reason: str
) -> None:
    desk = Desk(id="d1", name="")
    desk.rename("Bàn")
    (row,) = outbox_rows(desk, signer("test"), SystemClock().now())

    assert refusal(to_event(as_stored(row | change))) == reason


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc_$.é"), inner),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text("abcé"), JSON))
def test_the_database_gives_back_the_bytes_it_was_given(data: dict[str, Any]) -> None:
    event = replace(EVENT, data=data)

    assert replace(EVENT, data=as_stored({"data": data})["data"]).value() == event.value()
    assert json.loads(event.value()) == data


def as_stored(row: dict[str, Any]) -> dict[str, Any]:
    """As the database's driver writes and reads it."""
    options: bson.CodecOptions[dict[str, Any]] = bson.CodecOptions(tz_aware=True)
    stored: dict[str, Any] = bson.decode(bson.encode(row), options)
    return stored
