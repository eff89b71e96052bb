"""Who speaks, and who may see what of submissions and complaints."""

import secrets
from collections.abc import Collection, Sequence
from typing import Protocol

from congvu_kit.application.ports import Condition, Eq
from congvu_kit.domain.actor import Actor, Role, is_subject, one_spelling
from congvu_kit.domain.errors import Forbidden, Invalid
from feedback_service.application.needs import Vault
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.submissions.submission import Submission

SUBMITTERS = (Role.CITIZEN, Role.SERVICE_PORTAL)


def submitter(actor: Actor, token: str | None, *, province: str) -> str:
    """The verified person behind a call: a citizen is their own token's subject, a portal passes
    the subject of whom it verified, in its own province. Capitals make nobody another (F-I10).
    The use case has checked that it is one of both."""
    if not actor.has(Role.SERVICE_PORTAL):
        if token is not None:
            raise Forbidden(
                en="only a portal speaks for somebody else",
                vi="Chỉ Cổng Dịch vụ công được gửi thay người dân.",
                field="input.submitterToken",
                rule_id="F-I4",
            )
        return one_spelling(actor.require_login())
    actor.require_province(province)
    if token is None or not is_subject(token):
        raise Invalid(
            en="a portal names the verified person: 1 to 200 visible ASCII characters, no blanks",
            vi="Cổng Dịch vụ công phải gửi mã người đã xác thực, từ 1 đến 200 chữ cái không "
            "dấu, chữ số hoặc ký hiệu, không có dấu cách.",
            field="input.submitterToken",
            rule_id="F-I4",
        )
    return one_spelling(token)


class Sent(Protocol):
    """What somebody sent: who it was is a commitment under its own salt."""

    @property
    def province(self) -> str: ...

    @property
    def person(self) -> str: ...

    @property
    def salt(self) -> str: ...


def require_submitter(actor: Actor, token: str | None, sent: Sent, vault: Vault) -> None:
    """Raise `Forbidden` unless the person behind the call is the one who sent it."""
    person = vault.person(sent.salt, submitter(actor, token, province=sent.province))
    if not secrets.compare_digest(person, sent.person):
        raise Forbidden(
            en="only the person who sent it", vi="Chỉ người đã gửi được thực hiện thao tác này."
        )


def is_submitter(vault: Vault, actor: Actor, sent: Sent) -> bool:
    if not actor.has(Role.CITIZEN) or actor.subject is None:
        return False
    return vault.person(sent.salt, one_spelling(actor.subject)) == sent.person


def in_scope(actor: Actor, province: str, path: Sequence[str]) -> bool:
    """The unit's own management and that of units above; board and auditor of the province."""
    if actor.province != province:
        return False
    if actor.has(Role.REVIEW_BOARD, Role.AUDITOR):
        return True
    return actor.has(Role.UNIT_HEAD, Role.MANAGER) and actor.unit in path


def may_read_complaint(vault: Vault, actor: Actor, complaint: Complaint) -> bool:
    """Its course. The person complained of, and others of the unit, may follow it too."""
    if in_scope(actor, complaint.province, complaint.unit_path):
        return True
    if actor.has(Role.SERVICE_PORTAL) and actor.province in (None, complaint.province):
        return True
    of_unit = actor.has(Role.OFFICER) and actor.unit == complaint.unit_id
    return of_unit or is_submitter(vault, actor, complaint)


def may_read_details(vault: Vault, actor: Actor, complaint: Complaint) -> bool:
    """What the complainant wrote, and about whom. Never the person complained of (F-I3): the
    wording may show who wrote it."""
    if actor.officer in complaint.officers:
        return False
    scoped = in_scope(actor, complaint.province, complaint.unit_path)
    known = not _may_be(actor, complaint.officers)
    return (scoped and known) or is_submitter(vault, actor, complaint)


def may_read_submission(vault: Vault, actor: Actor, submission: Submission) -> bool:
    scoped = in_scope(actor, submission.province, submission.unit_path)
    return scoped or is_submitter(vault, actor, submission)


def may_read_comment(vault: Vault, actor: Actor, submission: Submission) -> bool:
    """Never who did the work, nor staff below management (F-I3): they could tell who wrote."""
    if actor.officer in submission.officers:
        return False
    scoped = in_scope(actor, submission.province, submission.unit_path)
    known = not _may_be(actor, submission.officers)
    return (scoped and known) or is_submitter(vault, actor, submission)


def _may_be(actor: Actor, officers: Collection[str]) -> bool:
    """A token of the unit's management that names no officer may be that of whom it is about."""
    if actor.has(Role.REVIEW_BOARD, Role.AUDITOR) and actor.officer is None:
        return False
    return any(actor.is_person(each) for each in officers)


def listing_scope(actor: Actor, unit_id: str | None) -> list[Condition]:
    """The conditions of a listing for this caller, within `unit_id` when given: units below one's
    own, or the whole province for board and auditor."""
    actor.require(Role.UNIT_HEAD, Role.MANAGER, Role.REVIEW_BOARD, Role.AUDITOR)
    paths = [unit_id]
    if not actor.has(Role.REVIEW_BOARD, Role.AUDITOR):
        if actor.unit is None:
            raise Forbidden(
                en="the token names no unit",
                vi="Tài khoản chưa được gắn với đơn vị. Vui lòng liên hệ quản trị hệ thống.",
            )
        paths.append(actor.unit)
    within = [Eq("unit_path", path) for path in sorted({path for path in paths if path})]
    return [Eq("province", actor.province), *within]
