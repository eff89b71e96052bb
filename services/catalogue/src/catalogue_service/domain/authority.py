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


def require_editor(actor: Actor, catalogue: Catalogue) -> None:
    """Editors write the lists of their province; those of a unit only their unit's group C."""
    actor.require(Role.CATALOGUE_EDITOR)
    actor.require_province(catalogue.province)
    if catalogue.unit_id is not None and actor.unit is not None:
        actor.require_unit([catalogue.unit_id])


def require_appraiser(actor: Actor, catalogue: Catalogue) -> None:
    """The Department of Home Affairs appraises every list of its province (thẩm định)."""
    actor.require(Role.CATALOGUE_APPRAISER)
    actor.require_province(catalogue.province)


def require_authority(actor: Actor, catalogue: Catalogue) -> None:
    """Groups A, B, D: the province's steering committee. Group C: the head of the unit."""
    if catalogue.unit_id is None:
        actor.require(Role.STEERING_COMMITTEE)
    else:
        actor.require(Role.UNIT_HEAD)
        actor.require_unit([catalogue.unit_id])
    actor.require_province(catalogue.province)


def require_judge(actor: Actor, catalogue: Catalogue) -> None:
    """Whoever may send a draft back: its appraiser or its authority."""
    if actor.has(Role.CATALOGUE_APPRAISER):
        require_appraiser(actor, catalogue)
    else:
        require_authority(actor, catalogue)


def may_read_drafts(actor: Actor, catalogue: Catalogue) -> bool:
    """Drafts are the province's own business; what is published is everybody's."""
    return actor.has(*READERS_OF_DRAFTS) and actor.province == catalogue.province


def require_superior(actor: Actor, unit: Unit, superior: Unit | None) -> None:
    """A local adjustment is decided above the unit: by the head of the unit over it, or by the
    province's steering committee where that is the province itself."""
    actor.require_login()
    actor.require_province(unit.province)
    is_province = superior is None or superior.level == "PROVINCE"
    if is_province and actor.has(Role.STEERING_COMMITTEE):
        return
    actor.require(Role.UNIT_HEAD)
    if superior is None or actor.unit != superior.id:
        raise Forbidden(
            en=f"only the unit above {unit.id!r} decides this",
            vi=f"chỉ cấp trên trực tiếp của {unit.id!r} mới được quyết định",
        )
