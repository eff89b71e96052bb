"""Runs each case and compares exactly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from congvu_kit.errors import DomainError, Invalid, NotFound
from evaluation_service.adapters.policy_files import load_policy, shipped_policy
from evaluation_service.domain.scoring import (
    Policy,
    RankEntry,
    Snapshot,
    compile_policy,
    exact,
)
from evaluation_service.domain.scoring.row_reading import read_table
from evaluation_service.domain.scoring.sections import PERIODS

from .comparing import compare
from .reading import Case, read_conformance

_CASE_KEYS = (
    "components",
    "total",
    "total_display",
    "counted_total",
    "raw_band",
    "band",
    "state",
    "triggers",
    "reasons",
    "refused",
)
_ROLLUP_KEYS = ("total", "total_display", "band", "state", "refused")
_PERSON_KEYS = ("id", "duty_group", "unit", "total", "result", "general", "band")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`text` is the line to print: pass, differs (...), or error: ..."""

    name: str
    verdict: Literal["pass", "differs", "error"]
    details: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        if self.verdict == "pass":
            return f"{self.name}: pass"
        if self.verdict == "differs":
            return f"{self.name}: differs ({'; '.join(self.details)})"
        return f"{self.name}: error: {'; '.join(self.details)}"


class _Policies:
    """Inline policies first, then the shipped ones; an unreadable inline one fails its cases."""

    def __init__(self, documents: list[object], file: str) -> None:
        self._inline: dict[str, Policy | Invalid] = {}
        self.unnamed: list[str] = []
        for index, document in enumerate(documents):
            name = f"policies[{index}]"
            policy_id = document.get("id") if isinstance(document, Mapping) else None
            if not isinstance(policy_id, str):
                self.unnamed.append(f"{name}: a policy needs an id")
                continue
            try:
                self._inline[policy_id] = load_policy(document, f"{file}: {name} {policy_id}")
            except Invalid as error:
                self._inline[policy_id] = error

    def unreadable(self) -> Iterator[tuple[str, Invalid]]:
        for policy_id, policy in self._inline.items():
            if isinstance(policy, Invalid):
                yield policy_id, policy

    def find(self, ref: str) -> Policy:
        policy_id, _, version = ref.partition("@")
        policy = self._inline.get(policy_id)
        if policy is None:
            return shipped_policy(ref)
        if isinstance(policy, Invalid):
            raise policy
        if version and version != str(policy.version):
            raise NotFound(en=f"no policy {ref!r}", vi=f"không có quy chế {ref!r}")
        return policy


def run_file(path: Path) -> Iterator[Outcome]:
    """One outcome a case; raises `Invalid` for a file that cannot be read."""
    file = read_conformance(path)
    policies = _Policies(list(file.policies), str(path))
    for problem in policies.unnamed:
        yield Outcome("policies", "error", (problem,))
    named = {case.policy.partition("@")[0] for case in file.cases}
    for policy_id, error in policies.unreadable():
        if policy_id not in named:
            yield Outcome(policy_id, "error", (error.en,))
    for case in file.cases:
        yield _run(case, policies)


def _run(case: Case, policies: _Policies) -> Outcome:
    if case.problem is not None:
        return Outcome(case.name, "error", (case.problem,))
    refused = case.expect.get("refused")
    try:
        _check_expectations(case)
        given = _given(case)
        policy = policies.find(case.policy)
    except DomainError as error:
        expected = refused is not None and refused == error.rule_id
        return Outcome(case.name, "pass") if expected else Outcome(case.name, "error", (error.en,))
    try:
        compiled = compile_policy(policy, case.switches)
        details = compare(case, compiled, given)
    except DomainError as error:
        if refused is not None and refused == error.rule_id:
            return Outcome(case.name, "pass")
        wanted = "a result" if refused is None else f"refusal by {refused}"
        return Outcome(case.name, "differs", (f"refused: expected {wanted}, got {error.en}",))
    if refused is not None:
        details = (f"refused: expected refusal by {refused}, got a result", *details)
    return Outcome(case.name, "differs" if details else "pass", details)


def _given(case: Case) -> object:
    if case.kind == "cases":
        return Snapshot.from_document(case.given)
    if case.kind == "rankings":
        return _people(case.given)
    read_table(PERIODS, case.given, "periods")
    return case.given


def _people(given: object) -> list[RankEntry]:
    if not isinstance(given, list):
        raise Invalid(en="people: a list is expected", vi="people: phải là danh sách")
    entries = []
    for index, person in enumerate(given):
        where = f"people[{index}]"
        if not isinstance(person, Mapping) or "id" not in person or "total" not in person:
            raise Invalid(en=f"{where}: id and total are required", vi=f"{where}: thiếu id, total")
        for key in person:
            if key not in _PERSON_KEYS:
                raise Invalid(en=f"{where}: unknown key {key!r}", vi=f"{where}: khóa lạ {key!r}")
        numbers = {
            key: exact(person.get(key, 0), f"{where}.{key}")
            for key in ("total", "result", "general")
        }
        entries.append(
            RankEntry(
                id=str(person["id"]),
                total=numbers["total"],
                result=numbers["result"],
                general=numbers["general"],
                duty_group=str(person.get("duty_group", "")),
                unit=str(person.get("unit", "")),
                band=None if person.get("band") is None else str(person["band"]),
            )
        )
    return entries


def _check_expectations(case: Case) -> None:
    known = {"cases": _CASE_KEYS, "rollups": _ROLLUP_KEYS}.get(case.kind)
    for key in case.expect:
        if known is not None and key not in known:
            raise Invalid(
                en=f"unknown key {key!r} in expect; known: {', '.join(known)}",
                vi=f"khóa lạ {key!r} trong expect",
            )
