"""Runs each case and compares exactly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from congvu_kit.errors import DomainError, Invalid, NotFound
from evaluation_service.adapters.policy_files import load_policy, shipped_policy
from evaluation_service.domain.scoring import (
    TIE_AT_CUT,
    CompiledPolicy,
    Policy,
    RankEntry,
    Ranking,
    RollUpResult,
    ScoreResult,
    Snapshot,
    compile_policy,
    display,
    exact,
    exact_text,
    rank,
    roll_up,
    score,
)

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
    try:
        _check_expectations(case)
        given = _given(case)
    except DomainError as error:
        return Outcome(case.name, "error", (error.en,))
    refused = case.expect.get("refused")
    try:
        compiled = compile_policy(policies.find(case.policy), case.switches)
        details = _compare(case, compiled, given)
    except NotFound as error:
        return Outcome(case.name, "error", (error.en,))
    except DomainError as error:
        if refused is not None and refused == error.rule_id:
            return Outcome(case.name, "pass")
        expected = "a result" if refused is None else f"refusal by {refused}"
        return Outcome(case.name, "differs", (f"refused: expected {expected}, got {error.en}",))
    if refused is not None:
        details = (f"refused: expected refusal by {refused}, got a result", *details)
    return Outcome(case.name, "differs" if details else "pass", details)


def _given(case: Case) -> object:
    if case.kind == "cases":
        return Snapshot.from_document(case.given)
    if case.kind == "rankings":
        return _people(case.given)
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


def _compare(case: Case, compiled: CompiledPolicy, given: object) -> tuple[str, ...]:
    if isinstance(given, Snapshot):
        return _compare_score(case.expect, score(compiled, given))
    if case.kind == "rankings" and isinstance(given, list):
        return _compare_ranking(case.expect, rank(compiled, given), compiled)
    periods = given if isinstance(given, list) else []
    return _compare_roll_up(case.expect, roll_up(compiled, periods))


def _compare_score(expect: Mapping[str, object], got: ScoreResult) -> tuple[str, ...]:
    details = [*_compare_totals(expect, got.total, got.band, got.state)]
    if "counted_total" in expect:
        details += _number("counted_total", expect["counted_total"], got.counted_total)
    if "raw_band" in expect:
        details += _text("raw_band", expect["raw_band"], got.raw_band)
    components = expect.get("components") or {}
    if not isinstance(components, Mapping):
        return ("components: expected a mapping",)
    for name, value in components.items():
        details += _number(f"components.{name}", value, got.components.get(str(name)))
    if "reasons" in expect:
        details += _listed("reasons", expect["reasons"], list(got.reasons))
    if "triggers" in expect:
        wanted = expect["triggers"]
        wanted = sorted(map(str, wanted)) if isinstance(wanted, list) else wanted
        details += _listed("triggers", wanted, sorted(got.triggers))
    return tuple(details)


def _compare_roll_up(expect: Mapping[str, object], got: RollUpResult) -> tuple[str, ...]:
    return tuple(_compare_totals(expect, got.total, got.band, got.state))


def _compare_totals(
    expect: Mapping[str, object], total: Fraction | None, band: str | None, state: str
) -> Iterator[str]:
    if "total" in expect:
        yield from _number("total", expect["total"], total)
    if "total_display" in expect:
        shown = None if total is None else display(total)
        yield from _text("total_display", expect["total_display"], shown)
    if "band" in expect:
        yield from _text("band", expect["band"], band)
    if "state" in expect:
        yield from _text("state", expect["state"], state)


def _compare_ranking(
    expect: Mapping[str, object], got: Ranking, compiled: CompiledPolicy
) -> tuple[str, ...]:
    details: list[str] = []
    for key, value in expect.items():
        if key not in (*compiled.policy.bands.codes, TIE_AT_CUT):
            details.append(f"{key}: the policy has no such band")
            continue
        found = sorted(got.tie_at_cut if key == TIE_AT_CUT else got.of_band(key))
        wanted = sorted(map(str, value)) if isinstance(value, list) else value
        details += _listed(key, wanted, found)
    return tuple(details)


def _number(name: str, expected: object, got: Fraction | None) -> Iterator[str]:
    shown = "none" if got is None else exact_text(got)
    if expected is None:
        if got is not None:
            yield f"{name}: expected none, got {shown}"
        return
    wanted = exact(expected, f"expect.{name}")
    if got != wanted:
        yield f"{name}: expected {exact_text(wanted)}, got {shown}"


def _text(name: str, expected: object, got: str | None) -> Iterator[str]:
    wanted = None if expected is None else str(expected)
    if wanted != got:
        yield f"{name}: expected {wanted or 'none'}, got {got or 'none'}"


def _listed(name: str, expected: object, got: list[str]) -> Iterator[str]:
    wanted = [str(item) for item in expected] if isinstance(expected, list) else expected
    if wanted != got:
        yield f"{name}: expected {wanted}, got {got}"
