"""Who may see what of submissions and complaints."""

from congvu_kit.application.ports import Condition, Eq
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from feedback_service.application.ports import Vault
from feedback_service.domain.complaints import Complaint
from feedback_service.domain.submissions import Submission


def is_submitter(vault: Vault, actor: Actor, sent: Complaint | Submission) -> bool:
    if not actor.has(Role.CITIZEN) or actor.subject is None:
        return False
    return vault.person(sent.salt, actor.subject) == sent.person


def in_scope(actor: Actor, province: str, path: tuple[str, ...]) -> bool:
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
    words may show who wrote them."""
    if complaint.servant_id is not None and actor.officer == complaint.servant_id:
        return False
    scoped = in_scope(actor, complaint.province, complaint.unit_path)
    return scoped or is_submitter(vault, actor, complaint)


def may_read_submission(vault: Vault, actor: Actor, submission: Submission) -> bool:
    scoped = in_scope(actor, submission.province, submission.unit_path)
    return scoped or is_submitter(vault, actor, submission)


def may_read_comment(vault: Vault, actor: Actor, submission: Submission) -> bool:
    """Never who did the work, nor staff below management (F-I3): they could tell who wrote."""
    if submission.servant_id is not None and actor.officer == submission.servant_id:
        return False
    return may_read_submission(vault, actor, submission)


def listing_scope(actor: Actor, unit_id: str | None) -> list[Condition]:
    """The conditions of a listing for this caller, within `unit_id` when given: units below one's
    own, or the whole province for board and auditor."""
    actor.require(Role.UNIT_HEAD, Role.MANAGER, Role.REVIEW_BOARD, Role.AUDITOR)
    paths = [unit_id]
    if not actor.has(Role.REVIEW_BOARD, Role.AUDITOR):
        if actor.unit is None:
            raise Forbidden(en="the token names no unit", vi="token không nêu đơn vị")
        paths.append(actor.unit)
    within = [Eq("unit_path", path) for path in sorted({path for path in paths if path})]
    return [Eq("province", actor.province), *within]
