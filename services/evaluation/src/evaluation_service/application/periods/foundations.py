"""What a period opens on: the units, the policies and the releases it pins."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.errors import Invalid, NotFound, Unavailable
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.vocabulary import not_known
from evaluation_service.application.collections import PERIODS, RELEASES, UNITS, VERSIONS
from evaluation_service.application.policies.pins import pinned_policy
from evaluation_service.domain.common.places import COUNTRY
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import PolicyPins, SwitchChoice
from evaluation_service.domain.periods.repeats import is_what_was_asked

UNITS_MAX = 20_000
"""Units of one period; the country's largest province has a few thousand."""

RELEASES_MAX = 50


async def opened_before(
    asked: EvaluationPeriod,
    policies: Mapping[str, str],
    objectives_until: date | None,
    tx: Transaction,
) -> EvaluationPeriod | None:
    """The period that the same values opened already, as it is now."""
    there = await tx.store(PERIODS).find(asked.id)
    if there is None or not is_what_was_asked(there, asked, policies.values(), objectives_until):
        return None
    return there


async def pinned_policies(
    named: Mapping[str, str],
    switches: Sequence[SwitchChoice],
    province: str,
    on: date,
    tx: Transaction,
) -> PolicyPins:
    """The policies named for the kinds of subject: STAFF, DEPUTY, LEADER, and UNIT if any."""
    require_used(switches, list(named.values()))
    pins = {}
    for kind, reference in named.items():
        policy_id = reference.partition("@")[0]
        chosen = {each.name: each.value for each in switches if each.policy == policy_id}
        field = f"input.{kind.lower()}Policy"
        with told_where(switches, policy_id):
            pin, policy = await pinned_policy(
                tx, reference, chosen, province=province, on=on, field=field
            )
        _check_subject(policy, kind, field)
        pins[kind.lower()] = pin
    return PolicyPins(**pins)


def require_used(switches: Sequence[SwitchChoice], references: Sequence[str]) -> None:
    """Each switch is of a policy that is used: one of another would never be read."""
    used = sorted({reference.partition("@")[0] for reference in references})
    for index, choice in enumerate(switches):
        if choice.policy not in used:
            meant = not_known(choice.policy, used)
            raise Invalid(
                en=f"no such policy is used here{meant.en}",
                vi=f"Quy chế này không được dùng ở đây{meant.vi}.",
                field=f"input.switches.{index}.policy",
            )


@contextmanager
def told_where(switches: Sequence[SwitchChoice], policy_id: str) -> Iterator[None]:
    """A refusal of a switch names the one of the input that it is about."""
    try:
        yield
    except Invalid as refused:
        for index, choice in enumerate(switches):
            if (choice.policy, f"switches.{choice.name}") == (policy_id, refused.field):
                field = f"input.switches.{index}"
                raise Invalid(
                    en=refused.en, vi=refused.vi, field=field, rule_id=refused.rule_id
                ) from None
        raise


def _check_subject(policy: Policy, kind: str, field: str) -> None:
    if policy.subjects and kind not in policy.subjects:
        raise Invalid(
            en=f"policy {policy.ref} rates {', '.join(policy.subjects)}, not {kind}",
            vi=f"Quy chế {policy.ref} không dùng cho đối tượng này.",
            field=field,
        )


async def units_below(scope_unit_id: str, tx: Transaction) -> tuple[str, ...]:
    units = await tx.store(UNITS).select(Eq("path", scope_unit_id), limit=UNITS_MAX)
    return tuple(sorted(unit.id for unit in units))


async def held_releases(
    release_ids: tuple[str, ...], province: str, tx: Transaction
) -> tuple[str, ...]:
    """Every release with all its versions here: the country's, or of this place."""
    if not 0 < len(release_ids) <= RELEASES_MAX:
        raise Invalid(
            en=f"1 to {RELEASES_MAX} releases are needed",
            vi=f"Vui lòng nêu từ 1 đến {RELEASES_MAX} bản phát hành danh mục.",
            field="input.releaseIds",
            rule_id="E-I1",
        )
    for index, release_id in enumerate(release_ids):
        field = f"input.releaseIds.{index}"
        release = await tx.store(RELEASES).find(release_id)
        if release is None:
            raise NotFound(
                en="this release has not arrived from the catalogue",
                vi="Chưa nhận được bản phát hành này từ danh mục. Vui lòng thử lại sau ít phút.",
                field=field,
                rule_id="C-I8",
            )
        held = await tx.store(VERSIONS).count(Eq("release_id", release_id))
        if held < release.version_count:
            raise Unavailable(
                en=f"{held} of {release.version_count} versions of release "
                f"{release.decision_number!r} are here",
                vi=f"Mới nhận {held}/{release.version_count} mục của bản phát hành theo "
                f"{vi_text(release.decision_number)}. Vui lòng thử lại sau ít phút.",
                field=field,
            )
        if release.province not in (None, COUNTRY, province):
            raise Invalid(
                en=f"release {release.decision_number!r} is of province {release.province!r}",
                vi=f"Bản phát hành theo {vi_text(release.decision_number)} thuộc tỉnh có mã "
                f"{release.province}.",
                field=field,
                rule_id="C-I6",
            )
    return tuple(dict.fromkeys(release_ids))
