"""The layout that docs/decisions/0009 binds: one service is as the others."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[1] / "services"
ROOMS = {
    "catalogue": "products review releases adjustments proposals policy feed imports webhooks",
    "evaluation": "personnel imports policies periods readiness work dossiers results integrity "
    "review calendar transfers desk oversight stages objectives consequences fairness "
    "initiatives agreements leadership organisations feed webhooks",
    "feedback": "submissions surveys data_requests reviews complaints verdicts commitments indexes "
    "log desk feed webhooks",
}
LAYOUT = r"""
    (__init__ | __main__ | main | settings)
  | domain/(__init__ | (ROOM | common | copies)/\w+)
  | application/(__init__ | access | reactions | collections | keys | needs | (ROOM | copies)/\w+)
  | adapters/(__init__ | contracts | workers | subscriptions | (?!graphql)[a-z]+/\w+)
  | adapters/graphql/(__init__ | schema | context)
  | adapters/graphql/(ROOM | common)/(__init__ | types | values | inputs | mutations | queries)
"""


def modules(service: str) -> Iterator[str]:
    root = SERVICES / service / "src" / f"{service}_service"
    for path in sorted(root.rglob("*.py")):
        yield str(path.relative_to(root).with_suffix(""))


@pytest.mark.parametrize("service", sorted(ROOMS))
def test_every_module_stands_in_its_place(service: str) -> None:
    room = f"({'|'.join(ROOMS[service].split())})"
    layout = re.compile(LAYOUT.replace("ROOM", room), re.VERBOSE)

    astray = [each for each in modules(service) if not layout.fullmatch(each)]

    assert astray == []


@pytest.mark.parametrize("service", sorted(ROOMS))
def test_a_room_has_commands_or_queries(service: str) -> None:
    found = set(modules(service))
    rooms = {each.split("/")[1] for each in found if re.match(r"application/\w+/", each)}

    empty = [
        room
        for room in sorted(rooms)
        if not {f"application/{room}/commands", f"application/{room}/queries"} & found
    ]
    assert empty == []
