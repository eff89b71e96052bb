"""Former results (kết quả các kỳ trước) of a person: one a period label, wherever it comes from."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_scoring import CompiledPolicy, Snapshot, band_of, period_sums
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.transfers.prior_results import PriorResult

SUMS = ("numerator", "denominator")
"""Measures that add up; the others of one label weigh by the working days of each."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The sheet that a result is, and the seal of its period once there is one."""

    evaluation_id: str
    result_hash: str
    period_id: str
    period_name: str | None
    seal_hash: str | None


@dataclass(frozen=True, kw_only=True)
class PastResult:
    """`numbers` are read when a year is made, `days` only where two results share a label.
    `proof` names the documents of results from before the platform, `origin` the period and the
    sheet of those from here."""

    label: str
    starts_on: date
    family: str
    state: str
    total: Fraction | None
    band: str | None
    days: Callable[[], int]
    numbers: Callable[[], Mapping[str, Fraction]]
    proof: tuple[Mapping[str, Json], ...] = field(default=())
    origin: tuple[Origin, ...] = ()


def rated_here(
    evaluation: Evaluation, family: str, period: EvaluationPeriod | None = None
) -> PastResult:
    sheet = evaluation.sheets[-1]
    seal = period.seal if period else None

    def numbers() -> dict[str, Fraction]:
        shown = {name: sheet.components.get(name) for name in ("general", "result")}
        known = {name: value for name, value in shown.items() if value is not None}
        return known | period_sums(
            sheet.components, Snapshot.from_document(json.loads(sheet.snapshot))
        )

    return PastResult(
        label=evaluation.period_label,
        starts_on=evaluation.period_starts_on,
        family=family,
        state=sheet.outcome,
        total=sheet.counted_total,
        band=evaluation.band,
        days=lambda: int(json.loads(sheet.snapshot).get("working_days", 0)),
        numbers=numbers,
        origin=(
            Origin(
                evaluation_id=evaluation.id,
                result_hash=sheet.result_hash,
                period_id=evaluation.period_id,
                period_name=period.name if period else None,
                seal_hash=seal.hash if seal else None,
            ),
        ),
    )


def rated_before(prior: PriorResult, days: int) -> PastResult:
    return PastResult(
        label=prior.period_label,
        starts_on=prior.facts.starts_on,
        family=prior.family,
        state=EvaluationOutcome.SCORED,
        total=prior.total,
        band=prior.facts.band,
        days=lambda: days,
        numbers=lambda: prior.facts.numbers,
        proof=({"ref": prior.id, "hash": prior.hash},),
    )


def one_a_label(results: Iterable[PastResult], compiled: CompiledPolicy) -> list[PastResult]:
    """In order of time, as a policy looks back at them.

    Results of one label and family, of two agencies, are one by the working days of each. Where
    the policy looks at several families of one label its own counts, else that of the most days;
    those it does not look at stand beside (E-I19).
    """
    labels: dict[str, dict[str, list[PastResult]]] = {}
    for each in sorted(results, key=lambda result: result.starts_on):
        labels.setdefault(each.label, {}).setdefault(each.family, []).append(each)
    return [row for families in labels.values() for row in _of_label(families, compiled)]


def _of_label(
    families: Mapping[str, Sequence[PastResult]], compiled: CompiledPolicy
) -> list[PastResult]:
    policy = compiled.policy
    rows = [_combined(results) for results in families.values()]
    counting = [row for row in rows if policy.looks_at(row.family)]
    own = [row for row in counting if row.family == policy.family]
    one = own or ([max(counting, key=lambda row: row.days())] if len(counting) > 1 else counting)
    beside = [row for row in rows if not policy.looks_at(row.family)]
    return [*beside, *(_with_band(row, compiled) for row in one)]


def _combined(results: Sequence[PastResult]) -> PastResult:
    """Those that were scored; without any, the newest of the others."""
    scored = [each for each in results if each.state == EvaluationOutcome.SCORED]
    if len(scored) < 2:  # noqa: PLR2004 - one stands as it is
        return scored[0] if scored else results[-1]
    weights = [each.days() for each in scored]
    if not sum(weights):
        weights = [1] * len(scored)
    bands = {each.band for each in scored}
    return PastResult(
        label=scored[0].label,
        starts_on=scored[0].starts_on,
        family=scored[0].family,
        state=EvaluationOutcome.SCORED,
        total=_mean([each.total for each in scored], weights),
        band=bands.pop() if len(bands) == 1 else None,
        days=lambda: sum(weights),
        numbers=lambda: _numbers([each.numbers() for each in scored], weights),
        proof=tuple(piece for each in scored for piece in each.proof),
        origin=tuple(piece for each in scored for piece in each.origin),
    )


def _numbers(
    known: Sequence[Mapping[str, Fraction]], weights: Sequence[int]
) -> dict[str, Fraction]:
    """What every one of them has; half of a sum would be no sum."""
    names = set(known[0]).intersection(*known)
    return {
        name: sum((each[name] for each in known), Fraction(0))
        if name in SUMS
        else _weighed([each[name] for each in known], weights)
        for name in names
    }


def _mean(totals: Sequence[Fraction | None], weights: Sequence[int]) -> Fraction | None:
    """Nothing where one is known by its band alone."""
    known = [total for total in totals if total is not None]
    return _weighed(known, weights) if len(known) == len(totals) else None


def _weighed(values: Sequence[Fraction], weights: Sequence[int]) -> Fraction:
    whole = sum(value * n for value, n in zip(values, weights, strict=True))
    return Fraction(whole) / sum(weights)


def _with_band(result: PastResult, compiled: CompiledPolicy) -> PastResult:
    """A result of the policy's own family that is known by its total alone has that total's."""
    if result.band is not None or result.total is None or result.family != compiled.policy.family:
        return result
    if result.state != EvaluationOutcome.SCORED:
        return result
    return replace(result, band=band_of(compiled, result.total))


def history_row(past: PastResult) -> dict[str, Json]:
    """As the engine looks back at it."""
    row: dict[str, Json] = {"period": past.label, "state": past.state, "family": past.family}
    if past.total is not None:
        row["total"] = str(past.total)
    if past.band is not None:
        row["band"] = past.band
    if past.proof:
        row["evidence"] = list(past.proof)
    return row
