"""The personnel system sends the commune: units, positions, people and their appointments."""

from collections.abc import Mapping

from congvu_demo.acts.world import World
from congvu_demo.client import Json
from congvu_demo.dataset import Dataset, Person

VALID_FROM = "2025-07-01"
"""The day communes of this kind began: the two-level local government of 1 July 2025."""

REPORT = (
    "SyncReport { changed unchanged refused results { row id changed "
    "problem { code message field ruleId } } }"
)


def unit_row(data: Dataset, unit: Mapping[str, str]) -> dict[str, object]:
    return {
        "externalRef": {"system": data.system, "id": unit["id"]},
        "code": unit["id"],
        "name": unit["name"],
        "level": unit["level"],
        "province": data.province,
        "parentRef": {"system": data.system, "id": unit["parent"]} if unit["parent"] else None,
        "localityType": unit["locality_type"],
        "validFrom": VALID_FROM,
    }


def position_row(data: Dataset, position: Mapping[str, str]) -> dict[str, object]:
    return {
        "province": data.province,
        "code": position["code"],
        "title": position["title"],
        "family": position["family"],
        "dutyGroup": position["duty_group"],
        "leadership": position["leadership"] == "true",
    }


def person_row(data: Dataset, person: Person) -> dict[str, object]:
    return {
        "externalRef": {"system": data.system, "id": person.number},
        "fullName": person.full_name,
        "province": data.province,
        "appointments": [
            {
                "unitRef": {"system": data.system, "id": person.unit},
                "positionCode": person.position,
                "role": person.role,
                "fieldUnitRefs": [
                    {"system": data.system, "id": unit} for unit in person.field_units
                ],
                "validFrom": VALID_FROM,
            }
        ],
    }


def whole_commune(data: Dataset, key: str) -> dict[str, object]:
    """Everything in one call; parents before their children."""
    return {
        "idempotencyKey": key,
        "units": [unit_row(data, unit) for unit in data.units],
        "positions": [position_row(data, position) for position in data.positions],
        "people": [person_row(data, person) for person in data.people.values()],
    }


async def sync(world: World, asked: Mapping[str, object]) -> Json:
    return await world.gateway.do(world.cast.hrm, "syncPersonnel", asked, REPORT)
