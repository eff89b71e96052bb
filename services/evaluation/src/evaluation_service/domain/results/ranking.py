"""Ranks one agency: each person by the bands and the quota of the policy that rates them (E-I8)."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import CompiledPolicy, RankEntry, Ranking, plain, rank
from congvu_scoring.engine.ranking import DUTY_GROUP, TIE_AT_CUT, UNIT
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import RulesByRole
from evaluation_service.domain.results.runs import QuotaUse

QUOTA = "QUOTA"
"""Why a band changed after the scoring."""

_IN_ORDER = (AppointmentRole.STAFF, AppointmentRole.DEPUTY, AppointmentRole.HEAD)


@dataclass(frozen=True, kw_only=True)
class QuotaOutcome:
    """The final bands of an agency, why they differ from the scored ones, and the quota's use."""

    bands: Mapping[str, str]
    reasons: Mapping[str, tuple[str, ...]]
    ties: tuple[str, ...]
    quota: tuple[QuotaUse, ...]


def apply_quota(
    evaluations: Sequence[Evaluation], rules: RulesByRole, tie_kept: Sequence[str] | None = None
) -> QuotaOutcome:
    """Rank together who is rated by one quota rule; who has none keeps the band as scored.

    `tie_kept` are the people tied at the cut whom the board leaves in the top band, None while it
    has not decided. Raise `Invalid` when one of them was not tied or does not fit.
    """
    kept = set(tie_kept or ())
    outcomes = [
        _outcome(compiled, rank_entries(evaluations, roles, compiled), kept)
        for roles, compiled in ranked_together(rules)
    ]
    ties = tuple(sorted(id for each in outcomes for id in each.ties))
    _refuse_unless_tied(kept, ties)
    return QuotaOutcome(
        bands=_as_scored(evaluations)
        | {id: b for each in outcomes for id, b in each.bands.items()},
        reasons={id: why for each in outcomes for id, why in each.reasons.items()},
        ties=() if tie_kept is not None else ties,
        quota=tuple(use for each in outcomes for use in each.quota),
    )


def ranked_together(
    rules: RulesByRole,
) -> Iterator[tuple[Collection[AppointmentRole], CompiledPolicy]]:
    """Roles whose policies say the same quota over the same bands, with the policy whose switches
    set it: the staff's where staff are among them, else the deputies' (decision 0026)."""
    groups: list[tuple[list[AppointmentRole], CompiledPolicy]] = []
    for role in _IN_ORDER:
        compiled = rules[role].compiled
        for roles, first in groups:
            if _one_quota(first, compiled):
                roles.append(role)
                break
        else:
            if compiled.policy.quotas:
                groups.append(([role], compiled))
    return iter(groups)


def _one_quota(one: CompiledPolicy, other: CompiledPolicy) -> bool:
    """As their documents write it: the same rule over the same bands, whatever their switches."""
    written = [
        (plain(each.policy.document.get("quota")), each.policy.bands.codes) for each in (one, other)
    ]
    return written[0] == written[1]


def rank_entries(
    evaluations: Sequence[Evaluation],
    roles: Collection[AppointmentRole],
    compiled: CompiledPolicy,
) -> list[RankEntry]:
    """Who has a score in one of these bands."""
    entries = []
    for evaluation in evaluations:
        sheet = evaluation.sheets[-1]
        scored = sheet.counted_total is not None and sheet.band in compiled.policy.bands.codes
        if sheet.counted_total is None or not scored or evaluation.role not in roles:
            continue
        entries.append(
            RankEntry(
                id=evaluation.id,
                total=sheet.counted_total,
                result=sheet.components.get("result", Fraction(0)),
                general=sheet.components.get("general", Fraction(0)),
                duty_group=evaluation.duty_group,
                unit=evaluation.agency_id,
                band=sheet.band,
            )
        )
    return entries


def _outcome(
    compiled: CompiledPolicy, entries: Sequence[RankEntry], wanted: Collection[str]
) -> QuotaOutcome:
    """`ties` are those at the cut, decided or not."""
    ranking = rank(compiled, entries)
    bands = dict(ranking.bands)
    reasons: dict[str, tuple[str, ...]] = {id: (QUOTA,) for id in ranking.moved_down}
    reasons |= {id: (QUOTA, TIE_AT_CUT) for id in ranking.tie_at_cut}
    used = {(row.scope, row.name): row.kept for row in ranking.quota}
    for entry in entries:
        if entry.id in wanted and entry.id in ranking.tie_at_cut:
            _refuse_several(compiled)
            bands[entry.id], reasons[entry.id] = entry.band or "", (TIE_AT_CUT,)
            for scope in ((DUTY_GROUP, entry.duty_group), (UNIT, entry.unit)):
                if scope in used:
                    used[scope] += 1
    quota = quota_use(compiled, ranking, used)
    _refuse_over_quota(quota)
    return QuotaOutcome(bands=bands, reasons=reasons, ties=ranking.tie_at_cut, quota=quota)


def quota_use(
    compiled: CompiledPolicy,
    ranking: Ranking,
    used: Mapping[tuple[str, str], int] | None = None,
) -> tuple[QuotaUse, ...]:
    """`used` counts those whom the board left at the top, too."""
    return tuple(
        QuotaUse(
            scope=f"{row.scope}:{row.name}",
            people=row.counted,
            allowed=row.allowed,
            kept=row.kept if used is None else used[row.scope, row.name],
            policy=compiled.ref,
        )
        for row in ranking.quota
    )


def _as_scored(evaluations: Sequence[Evaluation]) -> dict[str, str]:
    return {
        each.id: each.sheets[-1].band for each in evaluations if each.sheets[-1].band is not None
    }


def tie_decision_in_force(
    evaluations: Sequence[Evaluation], rules: RulesByRole, tie_kept: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """What the board decided, or None once others are tied: one correction waits for nobody."""
    try:
        apply_quota(evaluations, rules, tie_kept)
    except Invalid:
        return None
    return tie_kept


def _refuse_several(compiled: CompiledPolicy) -> None:
    if len(compiled.policy.quotas) != 1:
        raise Invalid(
            en=f"{compiled.ref} has several quotas: people tied at a cut stay below it",
            vi=f"Quy chế {compiled.ref} có nhiều tỷ lệ; người bằng điểm tại ngưỡng tỷ lệ giữ "
            "mức thấp hơn.",
            field="input.keptEvaluationIds",
            rule_id="E-I8",
        )


def _refuse_unless_tied(kept: Set[str], ties: Collection[str]) -> None:
    if not kept <= set(ties):
        raise Invalid(
            en="one of these evaluations is not tied at the cut",
            vi="Có phiếu đánh giá không thuộc diện bằng điểm tại ngưỡng tỷ lệ.",
            field="input.keptEvaluationIds",
            rule_id="E-I8",
        )


def _refuse_over_quota(quota: Sequence[QuotaUse]) -> None:
    for use in quota:
        if use.kept > use.allowed:
            raise Invalid(
                en=f"{use.scope}: {use.kept} at the top, {use.allowed} allowed",
                vi=f"Có {vi_text(use.kept)} người ở mức xếp loại cao nhất, vượt số tối đa là "
                f"{vi_text(use.allowed)}.",
                field="input.keptEvaluationIds",
                rule_id="E-I8",
            )
