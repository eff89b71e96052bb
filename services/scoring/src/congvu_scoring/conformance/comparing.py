"""Compares what a case expects with what the engine gives: exactly, any subset of the fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.labels import label, path_in_words
from congvu_scoring import (
    TIE_AT_CUT,
    CompiledPolicy,
    Ranking,
    RollUpResult,
    ScoreResult,
    Snapshot,
    display,
    exact,
    exact_text,
    rank,
    roll_up,
    score,
)
from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.spelling import meant
from congvu_scoring.conformance.reading import Case
from congvu_scoring.engine.following import pay_rates, proposals, weak_codes
from congvu_scoring.language.reading.consequences import PERIODS


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and what is worth knowing though nothing differs."""

    details: tuple[Bilingual, ...]
    notes: tuple[Bilingual, ...] = ()


def compare(case: Case, compiled: CompiledPolicy, given: object) -> Compared:
    if isinstance(given, Snapshot):
        return _scored(case.expect, score(compiled, given))
    if case.kind == "rankings" and isinstance(given, list):
        return Compared(_compare_ranking(case.expect, rank(compiled, given), compiled))
    periods = given if isinstance(given, list) else []
    return Compared(_compare_roll_up(case.expect, roll_up(compiled, periods)))


def _scored(expect: Mapping[str, object], got: ScoreResult) -> Compared:
    details = _compare_score(expect, got)
    why: tuple[Bilingual, ...] = ()
    if got.why_not is not None:
        rule, text = got.why_not
        state = label("EvaluationOutcome", str(got.state), "vi")
        why = (
            Bilingual(
                f"{state} theo quy tắc «{rule.id}»: {text.vi}",
                f"{got.state} because rule {rule.id}: {text.en}",
            ),
        )
    notes = tuple(Bilingual(f"chưa dùng đến: «{e}»", f"not read: {e}") for e in got.not_read)
    return Compared((*details, *why), notes) if details else Compared((), (*why, *notes))


def _compare_score(expect: Mapping[str, object], got: ScoreResult) -> tuple[Bilingual, ...]:
    details = [*_compare_totals(expect, got.total, got.band, got.state)]
    if "counted_total" in expect:
        details += _number("counted_total", expect["counted_total"], got.counted_total)
    if "raw_band" in expect:
        details += _text("raw_band", expect["raw_band"], got.raw_band)
    components = expect.get("components") or {}
    if not isinstance(components, Mapping):
        return (
            _of(
                "components",
                Bilingual("phải là nhóm khóa, giá trị", "expected a mapping"),
            ),
        )
    for name, value in components.items():
        if str(name) not in got.compiled.policy.measures:
            known = got.compiled.policy.measures
            hint, none = meant(str(name), known), "the policy has no such measure"
            told = Bilingual(f"quy chế không có đại lượng này{hint.vi}", f"{none}{hint.en}")
            details.append(_of(f"components.{name}", told))
            continue
        details += _number(f"components.{name}", value, got.components.get(str(name)))
    if "reasons" in expect:
        details += _listed("reasons", expect["reasons"], list(got.reasons))
    if "triggers" in expect:
        wanted = expect["triggers"]
        wanted = sorted(map(str, wanted)) if isinstance(wanted, list) else wanted
        details += _listed("triggers", wanted, sorted(got.triggers))
    if "consequences" in expect:
        details += _compare_consequences(expect["consequences"], got)
    return tuple(details)


def _compare_consequences(expect: object, got: ScoreResult) -> Iterator[Bilingual]:
    """Of a period of the kind that is named, with the band as scored."""
    if not isinstance(expect, Mapping) or expect.get("period") not in PERIODS:
        listed = ", ".join(PERIODS)
        told = Bilingual(
            f"phải có mục «period», một trong: {listed}",
            f"expected a mapping with period, one of {listed}",
        )
        yield _of("consequences", told)
        return
    period = str(expect["period"])
    if "pay" in expect:
        wanted = expect["pay"]
        found = {
            each.rule.id: None if each.rate is None else exact_text(each.rate)
            for each in pay_rates(got.compiled, got.band, period)
        }
        given = {str(key): value for key, value in dict(wanted or {}).items()}
        stated = {
            key: None if value is None else exact_text(exact(value, f"expect.consequences.{key}"))
            for key, value in given.items()
        }
        if stated != found:
            yield _differs("consequences.pay", str(stated), str(found))
    if "proposals" in expect:
        ids = [each.rule.id for each in proposals(got, got.band, period)]
        yield from _listed("consequences.proposals", expect["proposals"], ids)
    if "weak" in expect:
        yield from _listed("consequences.weak", expect["weak"], sorted(weak_codes(got)))


def _compare_roll_up(expect: Mapping[str, object], got: RollUpResult) -> tuple[Bilingual, ...]:
    return tuple(_compare_totals(expect, got.total, got.band, got.state))


def _compare_totals(
    expect: Mapping[str, object], total: Fraction | None, band: str | None, state: str
) -> Iterator[Bilingual]:
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
) -> tuple[Bilingual, ...]:
    details: list[Bilingual] = []
    for key, value in expect.items():
        if key not in (*compiled.policy.bands.codes, TIE_AT_CUT):
            hint, none = meant(key, compiled.policy.bands.codes), "the policy has no such band"
            told = Bilingual(f"quy chế không có mức này{hint.vi}", f"{none}{hint.en}")
            details.append(_of(key, told))
            continue
        found = sorted(got.tie_at_cut if key == TIE_AT_CUT else got.of_band(key))
        wanted = sorted(map(str, value)) if isinstance(value, list) else value
        details += _listed(key, wanted, found)
    return tuple(details)


def _number(name: str, expected: object, got: Fraction | None) -> Iterator[Bilingual]:
    shown = None if got is None else exact_text(got)
    if expected is None:
        if got is not None:
            yield _differs(name, None, shown)
        return
    wanted = exact(expected, f"expect.{name}")
    if got != wanted:
        yield _differs(name, exact_text(wanted), shown)


def _text(name: str, expected: object, got: str | None) -> Iterator[Bilingual]:
    wanted = None if expected is None else str(expected)
    if wanted != got:
        yield _differs(name, wanted or None, got or None)


def _listed(name: str, expected: object, got: list[str]) -> Iterator[Bilingual]:
    wanted = [str(item) for item in expected] if isinstance(expected, list) else expected
    if wanted != got:
        yield _differs(name, str(wanted), str(got))


def _differs(name: str, wanted: str | None, found: str | None) -> Bilingual:
    vi = [f"«{each}»" if each else "không có" for each in (wanted, found)]
    told = Bilingual(
        f"cần {vi[0]}, kết quả {vi[1]}",
        f"expected {wanted or 'none'}, got {found or 'none'}",
    )
    return _of(name, told)


def _of(path: str, told: Bilingual) -> Bilingual:
    where = path_in_words(path, "policy", "column", "field")
    return Bilingual(f"{where}: {told.vi}", f"{path}: {told.en}")
