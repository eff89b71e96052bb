"""The demo data as it lies beside this module; deploy/demo/README.md says what is in it."""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, TypeVar

from congvu_kit.domain.ids import derived_id

R = TypeVar("R")


@dataclass(frozen=True)
class Person:
    number: str
    full_name: str
    unit: str
    position: str
    role: str
    field_units: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """One assignment of the quarter; `done` is None where the portal's dossiers count it."""

    officer: str
    product: str
    quantity: int
    due_on: str
    done: int | None
    completed_on: str
    failures: int
    cause: str
    cause_count: int
    cause_reason: str
    cause_confirmed: bool

    @property
    def key(self) -> str:
        return f"{self.officer}/{self.product}"


@dataclass(frozen=True)
class Criterion:
    officer: str
    criterion: str
    points: str
    reason: str


@dataclass(frozen=True)
class Dossier:
    code: str
    procedure_code: str
    officer: str
    received_at: str
    due_at: str
    completed_at: str | None


@dataclass(frozen=True)
class Rating:
    dossier: str
    person: str
    submitter: str
    channel: str
    answer: str
    driver: str
    answered_on: str


@dataclass(frozen=True)
class Quarter:
    """Half-open: `ends_on` is the first day after it."""

    name: str
    starts_on: date
    ends_on: date


class Dataset:
    """The commune's quarter. Units and people are named by the personnel system's own ids."""

    @cached_property
    def _place(self) -> dict[str, Any]:
        """Any: JSON; each part is read into its own type below."""
        return _json("commune")

    @property
    def system(self) -> str:
        """The personnel system whose ids the data uses."""
        return str(self._place["system"])

    @property
    def province(self) -> str:
        return str(self._place["province"])

    @property
    def commune(self) -> str:
        return str(self._place["commune"])

    @cached_property
    def quarter(self) -> Quarter:
        said = self._place["quarter"]
        return Quarter(
            name=said["name"],
            starts_on=date.fromisoformat(said["starts_on"]),
            ends_on=date.fromisoformat(said["ends_on"]),
        )

    @property
    def units(self) -> list[dict[str, str]]:
        return list(self._place["units"])

    @property
    def positions(self) -> list[dict[str, str]]:
        return list(self._place["positions"])

    @cached_property
    def people(self) -> dict[str, Person]:
        """By number."""
        rows = [Person(**each) for each in self._place["people"]]
        return {person.number: person for person in rows}

    @cached_property
    def products(self) -> list[dict[str, str]]:
        return list(_json("products")["products"])

    @cached_property
    def plans(self) -> list[Plan]:
        return _rows("plans", _plan)

    @cached_property
    def criteria(self) -> list[Criterion]:
        return _rows("criteria", lambda row: Criterion(**row))

    @cached_property
    def dossiers(self) -> list[Dossier]:
        return _rows(
            "dossiers",
            lambda row: Dossier(
                code=row["code"],
                procedure_code=row["procedure_code"],
                officer=row["officer"],
                received_at=row["received_at"],
                due_at=row["due_at"],
                completed_at=row["completed_at"] or None,
            ),
        )

    @cached_property
    def ratings(self) -> list[Rating]:
        return _rows("ratings", lambda row: Rating(**row))

    @cached_property
    def _raters(self) -> dict[str, str]:
        return {each.dossier: each.person for each in self.ratings}

    def applicant_of(self, dossier_code: str) -> str:
        """The subject of who handed a dossier in: whoever rated it, or somebody who did not."""
        return self._raters.get(dossier_code, f"vneid-demo-{dossier_code}".lower())

    def plans_of(self, officer: str) -> list[Plan]:
        return [each for each in self.plans if each.officer == officer]

    def criteria_of(self, officer: str) -> list[Criterion]:
        return [each for each in self.criteria if each.officer == officer]

    def staff(self) -> list[Person]:
        """The commune's officers without a leading position who were given work."""
        return [
            each
            for each in self.people.values()
            if each.role == "STAFF" and self.plans_of(each.number)
        ]

    def unit_id(self, unit: str) -> str:
        """The platform's id for a unit of the personnel system: the same on every machine."""
        return derived_id("unit", self.system, unit)

    @property
    def period_id(self) -> str:
        """Of the commune's quarter."""
        first_day = self.quarter.starts_on.isoformat()
        return derived_id("period", self.unit_id(self.commune), "QUARTER", first_day)

    def civil_servant_id(self, number: str) -> str:
        return derived_id("cs", self.system, number)

    def superior_of(self, number: str) -> Person:
        """Who leads a person: the head of the unit, of the unit above for heads and deputies
        of the commune, and a province leader for its chair."""
        person = self.people[number]
        if person.role == "HEAD" and person.unit == self.commune:
            return next(each for each in self.people.values() if each.position == "LD.00")
        unit = self.commune if person.role == "HEAD" else person.unit
        return next(
            each for each in self.people.values() if each.unit == unit and each.role == "HEAD"
        )


@cache
def dataset() -> Dataset:
    return Dataset()


def _text(name: str) -> str:
    return files("congvu_demo").joinpath("data", name).read_text(encoding="utf-8")


def _json(name: str) -> dict[str, Any]:
    """Any: JSON; the caller reads it into its own types."""
    read: dict[str, Any] = json.loads(_text(f"{name}.json"))
    return read


def _rows(name: str, read: Callable[[dict[str, str]], R]) -> list[R]:
    return [read(row) for row in csv.DictReader(_text(f"{name}.csv").splitlines())]


def _plan(row: Mapping[str, str]) -> Plan:
    return Plan(
        officer=row["officer"],
        product=row["product"],
        quantity=int(row["quantity"]),
        due_on=row["due_on"],
        done=int(row["done"]) if row["done"] else None,
        completed_on=row["completed_on"],
        failures=int(row["failures"]),
        cause=row["cause"],
        cause_count=int(row["cause_count"]),
        cause_reason=row["cause_reason"],
        cause_confirmed=row["cause_confirmed"] == "true",
    )
