"""People as rows that a sync takes back unchanged."""

from collections.abc import Mapping
from typing import Any

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from evaluation_service.application.collections import SERVANTS
from evaluation_service.application.imports.checks import require_reach
from evaluation_service.domain.personnel.lives import ExternalRef, Identity
from evaluation_service.domain.personnel.servants import Appointment, CivilServant


async def list_person_rows(
    reader: Actor, tx: Transaction, province: str, *, first: int, after: str | None
) -> Page[CivilServant]:
    """For personnel systems alone: rows hold leaves."""
    reader.require(Role.PERSONNEL_SYNC)
    require_reach(reader, province)
    return await tx.store(SERVANTS).page(Eq("province", province), first=first, after=after)


def unit_ids(servant: CivilServant) -> list[str]:
    """Of all units that a row of this person names."""
    found = (id for each in servant.appointments for id in (each.unit_id, *each.field_unit_ids))
    return list(dict.fromkeys(found))


def row_of(servant: CivilServant, refs: Mapping[str, ExternalRef]) -> dict[str, Any]:
    """`refs` are those of the units. Any: JSON, as PersonRowInput has it."""
    ref = servant.external_refs[0]
    row: dict[str, Any] = {
        "externalRef": _ref(ref),
        "fullName": servant.full_name,
        "province": servant.province,
        "appointments": [_post(each, refs) for each in servant.appointments],
        "leaves": [
            {
                "kind": each.kind,
                "validFrom": each.valid_from.isoformat(),
                "validTo": each.valid_to.isoformat(),
            }
            for each in servant.leaves
        ],
    }
    if servant.source is not None:
        time = servant.source.time
        row["sourceRevision"] = servant.source.revision
        row["sourceTime"] = time.isoformat() if time else None
    return row if servant.id == ref.ours("cs") else {**row, "identity": Identity.NEW.value}


def _post(post: Appointment, refs: Mapping[str, ExternalRef]) -> dict[str, Any]:
    return {
        "unitRef": _ref(refs[post.unit_id]),
        "positionCode": post.position_code,
        "role": post.role.value,
        "validFrom": post.valid_from.isoformat(),
        "validTo": post.valid_to.isoformat() if post.valid_to else None,
        "dutyGroup": post.duty_group,
        "actingFor": post.acting_for,
        "fieldUnitRefs": [_ref(refs[id]) for id in post.field_unit_ids],
    }


def _ref(ref: ExternalRef) -> dict[str, str]:
    return {"system": ref.system, "id": ref.id}
