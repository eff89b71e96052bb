"""What dossiers ask of other collections, asked once for all dossiers of a call: by itself, each
question costs more than the rest of a dossier."""

from collections.abc import Sequence
from datetime import date, timedelta

from congvu_kit.application.ports import Eq, Gte, In, Lt, Transaction
from congvu_kit.domain.procedures import Procedure
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    DOSSIERS,
    MATCHINGS,
    PERIODS,
    SERVANTS,
    UNITS,
    VERSIONS,
)
from evaluation_service.application.dossiers.seeking import note_waiting
from evaluation_service.domain.copies.versions import WorkProductVersion
from evaluation_service.domain.dossiers.dossiers import dossier_id
from evaluation_service.domain.dossiers.facts import DossierFacts
from evaluation_service.domain.dossiers.matching import DossierMatching, matching_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.doubts import DOUBTS_MAX
from evaluation_service.domain.work.reports import COUNTING

VERSIONS_MAX = 1_000
"""Of one procedure, that are read to see whether the catalogue knows it."""
WORKS_MAX = 1_000
"""Of one officer and one procedure, over all their periods: the newest are due last."""


class Asked:
    """Of one transaction. It keeps which rows answer a question, and not the rows that the
    transaction may change: those are found anew, as they are by then. Units, officers and periods
    stay as they are while dossiers are counted, and are made of their rows once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._units: dict[str, OrgUnit] = {}
        self._unit_codes: dict[str, list[str]] = {}
        self._officers: dict[str, CivilServant] = {}
        self._periods: dict[str, EvaluationPeriod | None] = {}
        self._may_wait: Sequence[DossierFacts] = ()
        self._noted: set[str] = set()
        self._works: dict[tuple[str, str], list[str]] = {}
        self._unnamed: set[str] = set()
        self._versions: dict[str, list[WorkProductVersion]] = {}
        self._frozen: dict[tuple[str, str, date], list[EvaluationPeriod]] = {}

    async def ahead(self, told: Sequence[tuple[str, DossierFacts]]) -> None:
        """Dossiers by their codes, before each of them is looked at."""
        facts = [each for _, each in told]
        officers = sorted({officer for each in facts for officer in each.parts})
        procedures = sorted({each.procedure.national for each in facts})
        await self._tx.store(UNITS).find_many(sorted({each.unit_id for each in facts}))
        await self._tx.store(SERVANTS).find_many(officers)
        await self._tx.store(DOSSIERS).find_many([dossier_id(code) for code, _ in told])
        await self._ask_versions(procedures)
        await self._ask_works(officers, procedures)
        await self._ask_naming({code for code, _ in told})
        self._may_wait = facts

    async def unit(self, id: str) -> OrgUnit:
        if id not in self._units:
            self._units[id] = await self._tx.store(UNITS).get(id)
        return self._units[id]

    async def unit_codes(self, unit: OrgUnit) -> Sequence[str]:
        """Its code, and those of the units above it."""
        if unit.id not in self._unit_codes:
            path = await self._tx.store(UNITS).find_many(unit.path)
            self._unit_codes[unit.id] = [each.facts.code for each in path if each is not None]
        return self._unit_codes[unit.id]

    async def officer(self, id: str) -> CivilServant:
        if id not in self._officers:
            self._officers[id] = await self._tx.store(SERVANTS).get(id)
        return self._officers[id]

    async def periods(self, ids: Sequence[str]) -> list[EvaluationPeriod | None]:
        if strange := [id for id in ids if id not in self._periods]:
            found = await self._tx.store(PERIODS).find_many(strange)
            self._periods |= dict(zip(strange, found, strict=True))
        return [self._periods[id] for id in ids]

    async def note_waiting(self, matching: DossierMatching) -> None:
        """Once, however many are left waiting for it."""
        if matching.id in self._noted:
            return
        self._noted.add(matching.id)
        await self._ask_waiting()
        await note_waiting(matching, self._tx)

    async def _ask_waiting(self) -> None:
        """Where one dossier of a call waits, others do: what each may wait for is asked at once."""
        several, self._may_wait = self._may_wait, ()
        if not several:
            return
        units = await self._tx.store(UNITS).find_many(sorted({each.unit_id for each in several}))
        provinces = {each.id: each.province for each in units if each is not None}
        pairs = {
            (provinces[each.unit_id], officer, each.procedure.national)
            for each in several
            if each.unit_id in provinces
            for officer in each.parts
        }
        ids = [matching_of(*each).id for each in sorted(pairs)]
        await self._tx.store(MATCHINGS).find_many(ids)

    async def works(self, officer: str, procedure: str) -> list[Assignment]:
        """That count, by the day they are due."""
        if (officer, procedure) not in self._works:
            await self._ask_works([officer], [procedure])
        found = await self._tx.store(ASSIGNMENTS).find_many(self._works[officer, procedure])
        return [each for each in found if each is not None and each.state in COUNTING]

    async def _ask_works(self, officers: Sequence[str], procedures: Sequence[str]) -> None:
        self._works |= {(officer, each): [] for officer in officers for each in procedures}
        found = await self._tx.store(ASSIGNMENTS).select(
            In("civil_servant_id", officers),
            In("extra.procedure", procedures),
            In("state", list(COUNTING)),
            order=["due_on"],
            limit=WORKS_MAX * len(officers) * len(procedures),
        )
        for each in found:
            if procedure := Procedure.of(each.version.procedure_code):
                self._works[each.civil_servant_id, procedure.national].append(each.id)

    async def naming(self, code: str) -> list[Assignment]:
        """Work of whose evidence a dossier is."""
        if code in self._unnamed:
            return []
        return await self._tx.store(ASSIGNMENTS).select(
            Eq("extra.evidence", code), limit=DOUBTS_MAX
        )

    async def _ask_naming(self, codes: set[str]) -> None:
        """Few are named anywhere: only where one is, each is asked for."""
        named = await self._tx.store(ASSIGNMENTS).first(In("extra.evidence", sorted(codes)))
        if named is None:
            self._unnamed |= codes

    async def versions(self, procedure: str) -> list[WorkProductVersion]:
        """Of the catalogue, that it could count for."""
        if procedure not in self._versions:
            await self._ask_versions([procedure])
        return self._versions[procedure]

    async def _ask_versions(self, procedures: Sequence[str]) -> None:
        self._versions |= {each: [] for each in procedures}
        for version in await self._tx.store(VERSIONS).select(
            In("extra.procedure", procedures), limit=VERSIONS_MAX * len(procedures)
        ):
            if procedure := Procedure.of(version.procedure_code):
                self._versions[procedure.national].append(version)

    async def frozen(self, province: str, unit_id: str, on: date) -> list[EvaluationPeriod]:
        """The unit's periods of that day whose inputs are fixed."""
        key = (province, unit_id, on)
        if key not in self._frozen:
            next_day = (on + timedelta(days=1)).isoformat()
            found = await self._tx.store(PERIODS).select(
                Eq("province", province),
                Eq("unit_ids", unit_id),
                Lt("starts_on", next_day),
                Gte("ends_on", next_day),
            )
            self._frozen[key] = [each for each in found if each.state is not PeriodState.OPEN]
        return self._frozen[key]
