"""The people of these tests: a commune of Khánh Hòa (56), its province, and strangers."""

from congvu_kit.domain.actor import Actor, Role

COMMUNE = "unit_nha_trang_1"
OTHER_COMMUNE = "unit_nha_trang_2"


def person(
    subject: str,
    *roles: Role,
    province: str | None = "56",
    unit: str | None = None,
    officer: str | None = None,
) -> Actor:
    return Actor(
        subject=subject, roles=frozenset(roles), province=province, unit=unit, officer=officer
    )


EDITOR = person("editor", Role.CATALOGUE_EDITOR, unit=COMMUNE)
PROVINCE_EDITOR = person("province-editor", Role.CATALOGUE_EDITOR)
APPRAISER = person("appraiser", Role.CATALOGUE_APPRAISER)
HEAD = person("head", Role.UNIT_HEAD, unit=COMMUNE)
COMMITTEE = person("committee", Role.STEERING_COMMITTEE)
AUDITOR = person("auditor", Role.AUDITOR)
OFFICER = person("officer", Role.OFFICER, unit=COMMUNE)

OTHER_EDITOR = person("other-editor", Role.CATALOGUE_EDITOR, province="01", unit="unit_ha_noi")
OTHER_APPRAISER = person("other-appraiser", Role.CATALOGUE_APPRAISER, province="01")
OTHER_HEAD = person("other-head", Role.UNIT_HEAD, unit=OTHER_COMMUNE)
OTHER_COMMITTEE = person("other-committee", Role.STEERING_COMMITTEE, province="01")

EVERY_ROLE = person("everything", *Role, unit=COMMUNE)
"""One person with every role there is: C-I3 binds them like anybody else."""
NOWHERE = person("nowhere", *Role, province=None)
