"""From what a leader means to promise to a public version of it."""

import secrets
from datetime import date

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.collections import COMMITMENTS
from feedback_service.application.copies.queries import province_of
from feedback_service.application.log.entries import log, next_number
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.draft import Pledge
from feedback_service.domain.commitments.values import CommitmentKind, CommitmentVersion
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.entry import SALT_BYTES, ActorClass, EntryType

LIST_MAX = 20
"""Most milestones or pieces of evidence in one step."""


async def leading(actor: Actor, tx: Transaction) -> tuple[str, str, str]:
    """The unit that the caller heads, who they are, and the province of both."""
    actor.require(Role.UNIT_HEAD)
    if actor.officer is None or actor.unit is None:
        raise Forbidden(
            en="the token names no officer and unit",
            vi="Tài khoản chưa gắn với công chức và đơn vị. Vui lòng liên hệ bộ phận tổ chức "
            "cán bộ.",
        )
    province = await province_of(tx, actor.unit)
    actor.require_province(province)
    return actor.unit, actor.officer, province


async def publish(actor: Actor, pledge: Pledge, tx: Transaction) -> Commitment:
    unit_id, leader_id, province = await leading(actor, tx)
    commitment = Commitment(
        id=new_id("cmt"),
        province=province,
        unit_id=unit_id,
        leader_id=leader_id,
        versions=(),
        salt=secrets.token_hex(SALT_BYTES),
        due=pledge.due,
        kind=pledge.kind or CommitmentKind.PROMISE,
    )
    today, sequence = business_date(tx.now), await next_number(tx)
    version = version_of(commitment, pledge, today, reason=None, sequence=sequence)
    commitment.versions = (version,)
    await log_version(tx, commitment, EntryType.COMMITMENT_PUBLISHED)
    commitment.publish()
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


def version_of(
    commitment: Commitment, pledge: Pledge, today: date, *, reason: str | None, sequence: int
) -> CommitmentVersion:
    if pledge.due <= today:
        raise Invalid(
            en="must lie in the future",
            vi="Phải là ngày trong tương lai.",
            field="input.pledge.due",
            rule_id="F-I8",
        )
    if pledge.kind not in (None, commitment.kind):
        raise Invalid(
            en="a promise stays a promise, and a key task a key task",
            vi="Không đổi được giữa cam kết và nhiệm vụ trọng tâm.",
            field="input.pledge.kind",
            rule_id="F-I8",
        )
    return CommitmentVersion(
        number=len(commitment.versions) + 1,
        text=public_text(pledge.text, field="input.pledge.text"),
        target=public_text(pledge.target, field="input.pledge.target"),
        due=pledge.due,
        beneficiaries=public_text(pledge.beneficiaries, field="input.pledge.beneficiaries"),
        milestones=lines(pledge.milestones, field="input.pledge.milestones"),
        published_on=today,
        log_sequence=sequence,
        reason=reason,
        milestone_dates=_dates(pledge),
    )


def _dates(pledge: Pledge) -> tuple[date, ...]:
    """One for each milestone, in order, and none after the promise is due; or none at all."""
    dates = pledge.milestone_dates
    whole = len(dates) in (0, len(pledge.milestones))
    if not whole or list(dates) != sorted(dates) or any(day > pledge.due for day in dates):
        raise Invalid(
            en="one date for each milestone, in order, none after the commitment is due",
            vi="Mỗi mốc phải có một ngày, theo thứ tự, không sau thời hạn của cam kết.",
            field="input.pledge.milestoneDates",
        )
    return dates


def lines(values: tuple[str, ...], *, field: str) -> tuple[str, ...]:
    if len(values) > LIST_MAX:
        raise Invalid(en=f"at most {LIST_MAX}", vi=f"Tối đa {LIST_MAX} mục.", field=field)
    return tuple(public_text(value, field=f"{field}.{n}") for n, value in enumerate(values))


async def log_version(tx: Transaction, commitment: Commitment, type: EntryType) -> None:
    version = commitment.current
    fields = {
        "leader": commitment.leader_id,
        "version": str(version.number),
        "text": version.text,
        "target": version.target,
        "due": version.due.isoformat(),
        "beneficiaries": version.beneficiaries,
        "milestones": "\n".join(version.milestones),
        "milestone_dates": ",".join(day.isoformat() for day in version.milestone_dates),
        "kind": "" if commitment.kind is CommitmentKind.PROMISE else commitment.kind,
        "why": version.reason or "",
    }
    given = {name: value for name, value in fields.items() if value}
    await log(tx, commitment, type, ActorClass.UNIT_HEAD, **given)
