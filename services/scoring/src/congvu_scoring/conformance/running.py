"""Runs each case and compares exactly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from congvu_kit.domain.errors import DomainError, Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import (
    RankEntry,
    Snapshot,
    compile_policy,
    exact,
)
from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.spelling import meant_or_known
from congvu_scoring.conformance.comparing import compare
from congvu_scoring.conformance.finding import Policies
from congvu_scoring.conformance.reading import Case, read_conformance
from congvu_scoring.snapshots.rows import OutOfRange, read_table
from congvu_scoring.snapshots.sections import PERIODS

CASE_KEYS = (
    "components",
    "total",
    "total_display",
    "counted_total",
    "raw_band",
    "band",
    "state",
    "triggers",
    "reasons",
    "consequences",
    "refused",
)
ROLLUP_KEYS = ("total", "total_display", "band", "state", "refused")
PERSON_KEYS = ("id", "duty_group", "unit", "total", "result", "general", "band")


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """`line` is what to print: pass, differs (...), or error: .... Programs read these three words,
    so they are the same in both languages; what is in them is told in either."""

    name: str
    verdict: Literal["pass", "differs", "error"]
    details: tuple[Bilingual, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    """What no rule read, and why there is no score, of a case that passes."""

    @property
    def text(self) -> str:
        return self.line("en")

    def line(self, language: str) -> str:
        details = "; ".join(each.vi if language == "vi" else each.en for each in self.details)
        match self.verdict:
            case "pass":
                return f"{self.name}: pass"
            case "differs":
                return f"{self.name}: differs ({details})"
        return f"{self.name}: error: {details}"


def run_file(path: Path) -> Iterator[CaseOutcome]:
    """One outcome a case; raises `Invalid` for a file that cannot be read."""
    file = read_conformance(path)
    policies = Policies(file.policies, path)
    for name, problem in policies.unreadable:
        yield CaseOutcome(name, "error", (_why(problem),))
    for case in file.cases:
        yield _run(case, policies)


def outcomes_of(path: str, language: str) -> list[tuple[str, str, str, list[str]]]:
    """Inside a box, where nobody knows the terminal: name, verdict, line and notes of each."""
    return [
        (
            each.name,
            each.verdict,
            each.line(language),
            [note.vi if language == "vi" else note.en for note in each.notes],
        )
        for each in run_file(Path(path))
    ]


def _why(error: DomainError) -> Bilingual:
    return Bilingual(error.vi, error.en)


def _run(case: Case, policies: Policies) -> CaseOutcome:
    if case.problem is not None:
        return CaseOutcome(case.name, "error", (case.problem,))
    refused = case.expect.get("refused")
    try:
        _check_expectations(case)
        given = _given(case)
        policy = policies.find(case.policy)
    except DomainError as error:
        expected = _names(refused, error) or _is_unscored(case, error)
        return (
            CaseOutcome(case.name, "pass")
            if expected
            else CaseOutcome(case.name, "error", (_why(error),))
        )
    try:
        compiled = compile_policy(policy, case.switches)
        found = compare(case, compiled, given)
    except DomainError as error:
        if _names(refused, error):
            return CaseOutcome(case.name, "pass")
        rule = error.rule_id or error.field
        wanted = "a result" if refused is None else f"refusal by {refused}"
        vi = "có kết quả" if refused is None else f"bị {vi_text(str(refused))} từ chối"
        told = Bilingual(
            f"cần {vi}, nhưng «{rule}» từ chối: {error.vi}",
            f"expected {wanted}, but {rule} refused it: {error.en}",
        )
        return CaseOutcome(case.name, "differs", (told,))
    details = found.details
    if refused is not None:
        told = Bilingual(
            f"cần bị «{refused}» từ chối, nhưng có kết quả",
            f"expected refusal by {refused}, got a result",
        )
        details = (told, *details)
    return CaseOutcome(case.name, "differs" if details else "pass", details, found.notes)


def _names(refused: object, error: DomainError) -> bool:
    """Whether the case expects this refusal: by the rule's id, or where in the snapshot."""
    names = (error.rule_id, error.field, (error.field or "").removeprefix("snapshot."))
    return refused is not None and refused in names


def _is_unscored(case: Case, error: DomainError) -> bool:
    """Whether nobody could be scored on such facts, as the case expects."""
    stated = {key: value for key, value in case.expect.items() if value}
    unscored = case.kind == "cases" and stated == {"state": "NOT_EVALUABLE"}
    return unscored and isinstance(error, OutOfRange)


def _given(case: Case) -> object:
    if case.kind == "cases":
        return Snapshot.from_document(case.given)
    if case.kind == "rankings":
        return _people(case.given)
    read_table(PERIODS, case.given, "periods")
    return case.given


def _people(given: object) -> list[RankEntry]:
    if not isinstance(given, list):
        raise Invalid(en="people: a list is expected", vi="Mục «people» phải là danh sách.")
    entries = []
    for index, person in enumerate(given):
        where = f"people[{index}]"
        if not isinstance(person, Mapping) or "id" not in person or "total" not in person:
            raise Invalid(
                en=f"{where}: id and total are required", vi=f"«{where}»: thiếu mã hoặc tổng điểm."
            )
        for key in person:
            if key not in PERSON_KEYS:
                hint = meant_or_known(str(key), PERSON_KEYS)
                raise Invalid(
                    en=f"{where}: unknown key {key!r}{hint.en}",
                    vi=f"«{where}»: không có mục {vi_text(key)}{hint.vi}.",
                )
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
    known = {"cases": CASE_KEYS, "rollups": ROLLUP_KEYS}.get(case.kind)
    for key in case.expect:
        if known is not None and key not in known:
            hint = meant_or_known(str(key), known)
            raise Invalid(
                en=f"unknown key {key!r} in expect{hint.en}",
                vi=f"Mục «expect» không có mục con {vi_text(key)}{hint.vi}.",
            )
