"""Who may sync people and record dossiers, row by row."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Role
from evaluation import scenes
from evaluation.people import HRM, LAN_ID, OFFICE, PORTAL, SYSTEM, ref
from evaluation_service.application.collections import DOSSIERS, LISTINGS, UNITS
from evaluation_service.domain.dossiers.dossiers import DossierRecorded, dossier_id
from evaluation_service.domain.personnel.units import OrgUnitSynced
from support.callers import Case, Saved, Stage, elsewhere

CODE = "H32.31.07-260805-0001"
UNIT = {
    "externalRef": {"system": SYSTEM, "id": "H32.99"},
    "code": "H32.99",
    "name": "UBND xã mới",
    "level": "COMMUNE",
    "province": "56",
    "validFrom": "2026-01-01",
}
DOSSIER = {
    "dossierCode": CODE,
    "procedureCode": "1.001193",
    "unitId": OFFICE,
    "civilServantId": LAN_ID,
    "receivedAt": "2026-08-05T01:30:00Z",
    "dueAt": "2026-08-06T10:00:00Z",
}


async def commune(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    return {}


CASES = [
    Case(
        mutation="syncPersonnel",
        right=HRM,
        roles=(Role.PERSONNEL_SYNC,),
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=commune,
        input={"units": [UNIT]},
        returns="SyncReport",
        rows="results",
        saved=Saved(UNITS, {"name": "UBND xã mới", "province": "56"}, ref("H32.99").ours("unit")),
        tells=(OrgUnitSynced,),
    ),
    Case(
        mutation="listPersonnel",
        right=HRM,
        roles=(Role.PERSONNEL_SYNC,),
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=commune,
        input={"name": "2026-11-26", "province": "56", "positionCodes": ["HO-TICH"]},
        returns="PersonnelListing",
        saved=Saved(LISTINGS, {"name": "2026-11-26", "position_codes": ("HO-TICH",)}),
        tells=(),
    ),
    Case(
        mutation="recordDossierEvents",
        right=PORTAL,
        roles=(Role.SERVICE_PORTAL,),
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=commune,
        input={"events": [DOSSIER]},
        returns="DossierReport",
        rows="results",
        saved=Saved(DOSSIERS, {"code": CODE, "facts.civil_servant_id": LAN_ID}, dossier_id(CODE)),
        tells=(DossierRecorded,),
    ),
]
