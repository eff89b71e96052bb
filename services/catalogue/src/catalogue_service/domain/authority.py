"""Who may do what to which list (phân cấp thẩm quyền)."""

from catalogue_service.domain.copies import Unit
from catalogue_service.domain.kinds import Catalogue
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden

READERS_OF_DRAFTS = (
    Role.CATALOGUE_EDITOR,
    Role.CATALOGUE_APPRAISER,
    Role.STEERING_COMMITTEE,
    Role.UNIT_HEAD,
    Role.AUDITOR,
)


def require_editor(actor: Actor, catalogue: Catalogue) -> str:
    """Editors write the lists of their province; those of a unit only their unit's group C."""
    subject = actor.require(Role.CATALOGUE_EDITOR)
    actor.require_province(catalogue.province)
    if catalogue.unit_id is not None and actor.unit is not None:
        actor.require_unit([catalogue.unit_id])
    return subject


def require_appraiser(actor: Actor, catalogue: Catalogue) -> str:
    """The Department of Home Affairs appraises every list of its province (thẩm định)."""
    subject = actor.require(Role.CATALOGUE_APPRAISER)
    actor.require_province(catalogue.province)
    return subject


def require_authority(actor: Actor, catalogue: Catalogue) -> str:
    """Groups A, B, D: the province's steering committee. Group C: the head of the unit."""
    if catalogue.unit_id is None:
        subject = actor.require(Role.STEERING_COMMITTEE)
        actor.require_province(catalogue.province)
        return subject
    subject = actor.require(Role.UNIT_HEAD)
    actor.require_province(catalogue.province)
    actor.require_unit([catalogue.unit_id])
    return subject


def require_judge(actor: Actor, catalogue: Catalogue) -> str:
    """Whoever may send a draft back: its appraiser or its authority."""
    if actor.has(Role.CATALOGUE_APPRAISER):
        return require_appraiser(actor, catalogue)
    return require_authority(actor, catalogue)


def may_read_drafts(actor: Actor, catalogue: Catalogue) -> bool:
    """Drafts are the province's own business; what is published is everybody's."""
    return actor.has(*READERS_OF_DRAFTS) and actor.province == catalogue.province


def require_superior(actor: Actor, unit: Unit, superior: Unit | None) -> str:
    """A local adjustment is decided above the unit: by the head of the unit over it, or by the
    province's steering committee where that is the province itself."""
    is_province = superior is None or superior.level == "PROVINCE"
    if is_province and actor.has(Role.STEERING_COMMITTEE):
        actor.require_province(unit.province)
        return actor.require_login()
    subject = actor.require(Role.UNIT_HEAD, Role.STEERING_COMMITTEE)
    if superior is None or actor.unit != superior.id or not actor.has(Role.UNIT_HEAD):
        raise Forbidden(
            en=f"only the unit above {unit.id!r} decides this",
            vi=f"chỉ cấp trên trực tiếp của {unit.id!r} mới được quyết định",
        )
    return subject
