"""A value in one row that does not fit its type refuses that row with its path, and no other row;
in every list of rows of the three schemas, each field wrong once."""

import copy
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_type_hints

import pytest
import structlog
from graphql import (
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
)

from catalogue.needs import NEEDS as CATALOGUE
from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import OWN_ROWS
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from evaluation import scenes
from evaluation.people import COMMUNE
from evaluation.scenes import NOW
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback.scenes import make_needs
from feedback_service.adapters.graphql.schema import schema as feedback
from gateway.echo import SERVICES, Echo
from gateway.running import NAMES, Gateway, World
from security.test_inputs import WRONG
from support.clock import FixedClock
from support.graph import Graph
from support.malformed import CANARY, OWN_SCALARS, Place, inputs_of, is_row, sent

GRAPHS = {"catalogue": catalogue, "evaluation": evaluation, "feedback": feedback}
INPUTS = {name: inputs_of(schema._schema) for name, schema in GRAPHS.items()}
PLACES = [
    (name, place)
    for name, inputs in INPUTS.items()
    for place in inputs.places
    if place.row is not None
]
EVERYBODY = Actor(
    subject="everybody",
    roles=frozenset(Role),
    scopes=frozenset({"personnel:national"}),
    province="56",
    unit="unit_1",
    officer="cs_1",
)
"""Whoever may send rows."""


def ids(given: tuple[str, Place]) -> str:
    return f"{given[0]}:{given[1].name}"


def row_of(place: Place) -> tuple[tuple[str | int, ...], str]:
    """The keys of the list that the place's row stands in, and the path inside the row."""
    assert place.row is not None
    return place.keys[: place.row - 1], ".".join(map(str, place.keys[place.row :]))


def bare(variables: dict[str, Any]) -> dict[str, Any]:
    """Rows come in no other way, and end nothing that they leave out."""
    for other in (
        "file",
        "everybody",
        "asIn",
        "scope",
        "maxRemovedShare",
        "mode",
        "form",
        "dryRun",
    ):
        variables["input"].pop(other, None)
    return variables


def at(variables: dict[str, Any], keys: tuple[str | int, ...]) -> Any:
    here: Any = variables
    for key in keys:
        here = here[key]
    return here


def answer_of(name: str, place: Place) -> tuple[str, str]:
    """The mutation that asks for all that is told of each row, and the name of the list."""
    schema = GRAPHS[name]._schema
    assert schema.mutation_type is not None
    union: Any = get_named_type(schema.mutation_type.fields[place.field].type)
    report = next(each for each in union.types if each.name != "Problem")
    listed, rows = next(
        (field, get_named_type(each.type))
        for field, each in report.fields.items()
        if is_list_type(get_nullable_type(each.type))
        and "problem" in get_named_type(each.type).fields
    )
    told = " ".join(get_named_type(rows.fields["problem"].type).fields)
    document = place.document.replace(
        "{ __typename }",
        f"{{ ... on {report.name} {{ {listed} {{ problem {{ {told} }} }} }} "
        "... on Problem { message } }",
    )
    return document, listed


async def told(name: str, place: Place, variables: dict[str, Any]) -> list[Any]:
    """Why each row was refused, in the order of the input."""
    needs = {"catalogue": CATALOGUE, "feedback": make_needs()}.get(name)
    uow = MemoryUnitOfWork(FixedClock(NOW))
    if "periodId" in variables["input"]:  # Without a period the whole call is refused.
        await scenes.commune(uow)
        there = {"periodId": (await scenes.open_period(uow)).id, "unitId": COMMUNE}
        asked = {key: there.get(key, value) for key, value in variables["input"].items()}
        variables = {**variables, "input": asked}
    graph = Graph(GRAPHS[name], uow, needs=needs)
    document, listed = answer_of(name, place)
    with structlog.testing.capture_logs() as logged:
        result = await graph.execute(document, EVERYBODY, sent(variables))
    assert (result.errors, logged) == (None, [])
    return [each["problem"] for each in result.data[place.field][listed]]


def beside(place: Place, variables: dict[str, Any], good: dict[str, Any]) -> tuple[Any, Any, int]:
    """The good calls without and with the bad row in the middle, and which result is its."""
    keys, _ = row_of(place)
    without, whole = bare(copy.deepcopy(good)), bare(copy.deepcopy(good))
    [row] = at(without, keys)
    at(without, keys).append(copy.deepcopy(row))
    at(whole, keys).extend([at(variables, keys)[0], copy.deepcopy(row)])
    lists = [each for each in good["input"] if keys[1] == each or is_before(good, each, keys[1])]
    return without, whole, len(lists)


def is_before(good: dict[str, Any], name: str, other: str | int) -> bool:
    """Whether these are rows whose results come first."""
    names = list(good["input"])
    value = good["input"][name]
    return names.index(name) < names.index(str(other)) and isinstance(value, list)


@pytest.mark.parametrize("given", PLACES, ids=ids)
async def test_a_wrong_value_refuses_its_row_alone(given: tuple[str, Place]) -> None:
    name, place = given
    _, path = row_of(place)
    bad = INPUTS[name].malformed(place)
    without, whole, its = beside(place, bad, INPUTS[name].good[place.field])

    expected = await told(name, place, without)
    found = await told(name, place, whole)

    refused = found.pop(its)
    assert found == expected
    text = refused.get("message") or refused["messageEn"]
    assert text.startswith((f"{path or 'the row'} must be", f"{path} is required")), text
    assert CANARY not in str(refused)
    if "field" in refused:
        assert (refused["code"], refused["field"]) == ("INVALID", path or None)


@pytest.mark.parametrize("given", [each for each in PLACES if each[1].kind in WRONG], ids=ids)
async def test_every_other_form_of_a_number_or_a_day_too(given: tuple[str, Place]) -> None:
    name, place = given
    for value in WRONG[place.kind]:
        bad = INPUTS[name].with_(place, value)
        without, whole, its = beside(place, bad, INPUTS[name].good[place.field])

        found = await told(name, place, whole)

        assert found.pop(its)["field"] == row_of(place)[1]
        assert found == await told(name, place, without)


ROWS = sorted({(name, place.field, row_of(place)[0]) for name, place in PLACES})


@pytest.mark.parametrize(("name", "field", "keys"), ROWS)
@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, "the row is required"),
        (CANARY, "the row must be an object"),
        ({}, "is required"),
        ({CANARY: 1}, "is required"),
        ({"__proto__": 1}, "is required"),
    ],
)
async def test_a_row_that_is_none(
    name: str, field: str, keys: tuple[str | int, ...], row: object, words: str
) -> None:
    place = next(p for n, p in PLACES if (n, p.field, row_of(p)[0]) == (name, field, keys))
    bad = copy.deepcopy(INPUTS[name].good[field])
    at(bad, keys)[0] = row
    without, whole, its = beside(place, bad, INPUTS[name].good[field])

    found = await told(name, place, whole)

    refused = found.pop(its)
    assert words in (refused.get("message") or refused["messageEn"])
    assert CANARY not in str(refused)
    assert found == await told(name, place, without)


DOSSIER = next(place for name, place in PLACES if place.field == "recordDossierEvents")


async def test_a_field_nobody_knows_and_half_a_character() -> None:
    good = INPUTS["evaluation"].good[DOSSIER.field]
    unknown, half = copy.deepcopy(good), copy.deepcopy(good)
    unknown["input"]["events"][0][CANARY] = 1
    half["input"]["events"][0]["dossierCode"] = f"{CANARY}\ud800"

    for bad, words in ((unknown, "the row has a field"), (half, "dossierCode holds half")):
        _, whole, its = beside(DOSSIER, bad, good)
        found = await told("evaluation", DOSSIER, whole)
        assert found[its]["message"].startswith(words)


async def test_all_that_is_wrong_in_a_row_is_told() -> None:
    good = INPUTS["evaluation"].good[DOSSIER.field]
    bad = copy.deepcopy(good)
    bad["input"]["events"][0] |= {"receivedAt": "2026-07-01T08:00:00", "dueAt": 5}

    _, whole, its = beside(DOSSIER, bad, good)
    found = await told("evaluation", DOSSIER, whole)

    wrong = found[its]["message"]
    assert wrong.startswith("receivedAt must be an instant with its offset")
    assert "; dueAt must be an instant with its offset" in wrong


@pytest.mark.parametrize(
    "argument", ["$input", "{idempotencyKey: $key, events: $events}"], ids=["whole", "in parts"]
)
async def test_rows_come_in_a_variable_of_their_own_as_well(argument: str) -> None:
    good = INPUTS["evaluation"].good[DOSSIER.field]["input"]
    rows = [{**good["events"][0], "dueAt": "2026-07-01T08:00:00"}, good["events"][0], None]
    declared = (
        "$input: RecordDossierEventsInput!"
        if argument == "$input"
        else "$key: String!, $events: [DossierEventInput!]!"
    )
    graph = Graph(evaluation, MemoryUnitOfWork())

    answer = await graph.ask(
        f"mutation({declared}) {{ it: recordDossierEvents(input: {argument}) "
        "{ ... on DossierReport { results { row problem { field } } } } }",
        EVERYBODY,
        **(
            {"input": {**good, "events": rows}}
            if argument == "$input"
            else {"key": "k", "events": rows}
        ),
    )

    results = answer["it"]["results"]
    assert [each["row"] for each in results] == ["events[0]", "events[1]", "events[2]"]
    assert results[0]["problem"]["field"] == "dueAt"
    assert results[2]["problem"] == {"field": None}


async def test_the_same_key_with_the_row_put_right_is_another_call() -> None:
    good = INPUTS["evaluation"].good[DOSSIER.field]
    bad = INPUTS["evaluation"].with_(
        next(p for _, p in PLACES if p.path == "input.events.0.dueAt"), "2026-07-01T08:00:00"
    )
    graph = Graph(evaluation, MemoryUnitOfWork())
    document = DOSSIER.document.replace("__typename", "__typename ... on Problem { code }")

    answers = [
        (await graph.ask(document, EVERYBODY, **sent(variables)))[DOSSIER.field]
        for variables in (bad, bad, good)
    ]

    assert [each.get("code") for each in answers] == [None, None, "IDEMPOTENCY_MISMATCH"]


async def test_who_may_not_send_rows_hears_that_first() -> None:
    bad = INPUTS["evaluation"].malformed(DOSSIER)
    graph = Graph(evaluation, MemoryUnitOfWork())
    document = DOSSIER.document.replace("__typename", "... on Problem { code }")

    answer = await graph.ask(document, ANONYMOUS, **sent(bad))

    assert answer[DOSSIER.field] == {"code": "UNAUTHENTICATED"}


WHOLE = {
    "ComplexityBoundsInput": "the bounds of one policy",
    "LocalReachInput": "the bounds of one policy",
    "ExternalRefInput": "a list without one of its own would dissolve whom it leaves out",
    "PolicySwitchInput": "the choices of one period",
    "WorkEvidenceInput": "what proves one thing",
    "UnitCriterionInput": "the criteria of one unit",
    "GroupMemberInput": "shares that sum to 100",
    "PolicyOverrideInput": "one policy",
    "DayOffInput": "one year",
    "WorkedDayInput": "one year",
    "LeftOutInput": "what is not read would be accepted",
    "AttachmentInput": "one complaint",
}
"""Lists that are right together or not at all."""


def test_every_list_of_a_mutation_is_of_rows_or_says_why_not() -> None:
    found = {}
    for schema in GRAPHS.values():
        assert schema._schema.mutation_type is not None
        for mutation in schema._schema.mutation_type.fields.values():
            for each in get_named_type(mutation.args["input"].type).fields.values():
                kind = get_named_type(each.type)
                if is_list_type(get_nullable_type(each.type)) and is_input_object_type(kind):
                    found[kind.name] = is_row(kind)

    assert {name for name, rows in found.items() if not rows} == set(WHOLE)
    assert sum(found.values()) == len(ROWS)


def commands() -> Iterator[type[Command]]:
    waiting = [Command]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield kind


def test_every_list_of_rows_is_tried() -> None:
    marked = {
        (kind.__name__, each.name)
        for kind in commands()
        if kind.__module__.split(".")[0].endswith("_service")
        for each in fields(kind)
        if OWN_ROWS
        in getattr(get_type_hints(kind, include_extras=True)[each.name], "__metadata__", ())
    } - {("ImportSheet", "rows")}
    tagged = {
        kind
        for schema in GRAPHS.values()
        for kind in schema._schema.type_map.values()
        if is_row(kind)
    }

    assert len(ROWS) == len(marked) >= 5
    assert len(tagged) == len(ROWS)
    assert any(is_enum_type(evaluation._schema.type_map.get(place.kind)) for _, place in PLACES)
    assert {"String", "ID", "Int", "Boolean", "Date", "DateTime"} <= {p.kind for _, p in PLACES}


async def test_the_gateway_passes_such_rows_on(world: World) -> None:
    echoes = [Echo(name) for name in NAMES]
    addresses = {f"{echo.name.upper()}_URL": echo.start() for echo in echoes}
    supergraph = str(SERVICES / "gateway" / "supergraph.graphql")
    gateway = Gateway(
        world.environment(**addresses, CONGVU_SUPERGRAPH=supergraph), world.folder / "rows.log"
    )
    gateway.start()
    by_name = {echo.name: echo for echo in echoes}

    for name, place in PLACES:
        variables = INPUTS[name].malformed(place)
        answer = gateway.post(place.document, variables=sent(variables)).text

        assert len(by_name[name].sent) == 1, (place, answer)
        [arrived] = by_name[name].sent
        by_name[name].sent.clear()
        assert list(arrived.values()) == list(variables.values()), (place, answer)

    assert gateway.stop() == 0
    for echo in echoes:
        echo.stop()
    assert CANARY not in gateway.log.read_text()
    assert set(OWN_SCALARS) & {place.kind for _, place in PLACES}
