"""What is kept beside an aggregate for looking it up."""

from collections.abc import Mapping
from fractions import Fraction

from congvu_kit.domain.clock import business_date
from congvu_kit.domain.procedures import Procedure
from congvu_kit.domain.text import fold, sort_key
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.dossiers.dossiers import Dossier, codes_in
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.positions import JobPosition, position_key
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.work.assignments import Assignment

REF = "extra.ref"
"""The id of another system in its canonical form: what is found by it."""


def servant_keys(servant: CivilServant) -> Mapping[str, object]:
    until = servant.two_posts_until
    return {
        "name": fold(servant.full_name),
        "sort": sort_key(servant.full_name),
        "two_posts_until": until.isoformat() if until else "",
        "ref": [each.key for each in servant.external_refs],
    }


def national(procedure_code: str | None) -> Mapping[str, object]:
    """By what dossiers find work, whatever spelling is stored; none is "", and not missing."""
    procedure = Procedure.of(procedure_code)
    return {"procedure": procedure.national if procedure else ""}


def work_keys(assignment: Assignment) -> Mapping[str, object]:
    named = {code for uri in assignment.evidence_uris for code in codes_in(uri)}
    evidence = sorted(assignment.evidence_hashes | named)
    return {
        **national(assignment.version.procedure_code),
        "evidence": evidence,
        "converted": str(assignment.version.coefficient * Fraction(assignment.quantity)),
        "doubted": assignment.doubted,
        "lead_due": assignment.due_on.isoformat() if assignment.due_term else None,
    }


def dossier_keys(dossier: Dossier) -> Mapping[str, object]:
    facts = dossier.facts
    return {
        **national(facts.procedure_code if facts else None),
        "officers": list(dossier.parts),
        "settled": dossier.settled,
        "done_on": dossier.done_on.isoformat() if dossier.done_on else "",
        "due_on": business_date(facts.due_at).isoformat() if facts else "",
        "late": facts.late if facts else False,
    }


def unit_keys(unit: OrgUnit) -> Mapping[str, object]:
    return {
        "ref": unit.external_ref.key,
        "waits_for": [each.key for each in unit.successor_refs],
    }


def position_keys(position: JobPosition) -> Mapping[str, object]:
    return {"ref": position_key(position.province, position.code)}


def period_keys(period: EvaluationPeriod) -> Mapping[str, object]:
    until = period.appeals_until
    return {"appeals_until": until.isoformat() if until else None}


def agreement_keys(agreement: Agreement) -> Mapping[str, object]:
    due_on = agreement.due_on
    return {
        "waits_for": agreement.waits_for or "",
        "public": agreement.public,
        "due_on": due_on.isoformat() if due_on else None,
    }
