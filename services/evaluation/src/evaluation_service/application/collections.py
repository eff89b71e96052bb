"""Every collection of this service, once: what is kept, and which questions an index answers."""

from typing import Any

from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import DATED, Collection, Condition, Eq, In
from congvu_kit.application.reads import READS
from congvu_kit.application.shards import ByKey, ByProvince, Unsharded
from congvu_kit.application.webhooks import WEBHOOK_COLLECTIONS
from evaluation_service.application.keys import (
    REF,
    agreement_keys,
    dossier_keys,
    national,
    period_keys,
    position_keys,
    servant_keys,
    unit_keys,
    work_keys,
)
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.calendar.calendars import WorkingCalendar
from evaluation_service.domain.copies.adjustments import LocalAdjustment
from evaluation_service.domain.copies.commitments import PublishedCommitment
from evaluation_service.domain.copies.releases import CatalogueRelease
from evaluation_service.domain.copies.unit_indexes import UnitIndex
from evaluation_service.domain.copies.versions import WorkProductVersion
from evaluation_service.domain.dossiers.dossiers import Dossier
from evaluation_service.domain.dossiers.matching import DossierMatching
from evaluation_service.domain.fairness.budgets import UnitBudget
from evaluation_service.domain.initiatives.initiatives import Initiative, InitiativeState
from evaluation_service.domain.integrity.cases import TriggerCase
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.leadership.ballots import BallotBox
from evaluation_service.domain.leadership.crises import Crisis
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import IndicatorReading
from evaluation_service.domain.objectives.scorecards import Scorecard
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.listings import PersonnelListing
from evaluation_service.domain.personnel.positions import JobPosition
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.policies.policies import StoredPolicy
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.review.appeals import Appeal
from evaluation_service.domain.review.post_audits import PostAudit
from evaluation_service.domain.stages.delegations import StageDelegation
from evaluation_service.domain.stages.rounds import StageRound
from evaluation_service.domain.transfers.handovers import HandedOverPart
from evaluation_service.domain.transfers.prior_results import PriorResult
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.groups import WorkGroup
from evaluation_service.domain.work.tallies import WorkTally

FEW = Unsharded("a few thousand rows for the whole country, read in every province")

UNITS = Collection(
    "units",
    OrgUnit,
    extra=unit_keys,
    indexes=[
        ("path",),
        (REF,),
        ("extra.waits_for",),
        ("facts.successor_ids",),
        ("heir_ids",),
        ("facts.province", "facts.code"),
        ("facts.parent_id", "facts.valid_from"),
    ],
    shard=ByProvince("facts.province"),
)
POSITIONS = Collection(
    "positions", JobPosition, extra=position_keys, indexes=[(REF,), ("province", "code")]
)
SERVANTS = Collection(
    "servants",
    CivilServant,
    extra=servant_keys,
    indexes=[
        ("appointments.unit_id",),
        ("province", "extra.sort"),
        ("extra.two_posts_until", "appointments.unit_id"),
        (REF,),
    ],
)
LISTINGS = Collection("personnel_listings", PersonnelListing, indexes=[("province", "name")])
PERIODS = Collection(
    "periods",
    EvaluationPeriod,
    extra=period_keys,
    indexes=[
        ("province", "kind", "starts_on"),
        ("starts_on",),
        ("state",),
        ("unit_ids", "starts_on"),
    ],
)
ASSIGNMENTS = Collection(
    "assignments",
    Assignment,
    extra=work_keys,
    indexes=[
        ("period_id", "civil_servant_id", "due_on"),
        ("civil_servant_id", "extra.procedure", "period_id"),
        ("extra.procedure",),
        ("province", "due_on"),
        ("state", "review_due_on"),
        ("unit_path", "state", "due_on"),
        ("extra.evidence", "civil_servant_id"),
        ("period_id", "state", "unit_id"),
        ("period_id", "causes.state"),
        ("period_id", "extra.doubted"),
        ("extra.lead_due",),
    ],
)
WORK_GROUPS = Collection("work_groups", WorkGroup)
TALLIES = Collection(
    "tallies", WorkTally, indexes=[("period_id", "civil_servant_id")], shard=ByKey()
)
EVALUATIONS = Collection(
    "evaluations",
    Evaluation,
    dated=True,
    migrations=[DATED],
    indexes=[
        ("period_id", "agency_id"),
        ("unit_path", "period_id", "unit_id"),
        ("civil_servant_id", "period_starts_on"),
        ("province", "period_id"),
        ("province", "updated_at"),
        ("unit_path", "updated_at"),
        ("period_id", "state"),
        ("period_id", "refusal.kind"),
        ("period_id", "file.next_on"),
        ("file.waits_for",),
    ],
)
ORG_EVALUATIONS = Collection(
    "org_evaluations",
    OrgEvaluation,
    indexes=[("period_id", "unit_id"), ("period_id", "state"), ("unit_path", "period_id")],
)
HANDOVERS = Collection(
    "handovers", HandedOverPart, indexes=[("receiving_period_id", "civil_servant_id")]
)
PRIOR_RESULTS = Collection(
    "prior_results",
    PriorResult,
    indexes=[("civil_servant_id", "facts.starts_on"), ("province", "state")],
)
RUNS = Collection(
    "runs",
    RankingRun,
    indexes=[("period_id", "state"), ("state", "frozen_at"), ("state", "asked_at")],
)
DOSSIERS = Collection(
    "dossiers",
    Dossier,
    extra=dossier_keys,
    indexes=[
        ("extra.officers", "extra.settled"),
        ("unit_path", "standing", "extra.done_on"),
        ("unit_path", "extra.done_on"),
        ("unit_path", "extra.due_on"),
        ("province", "standing", "extra.done_on"),
        ("reason",),
        ("extra.procedure", "extra.settled"),
    ],
    unique=[("code",)],
    shard=ByKey("code"),
)
MATCHINGS = Collection("dossier_matchings", DossierMatching)
VETOES = Collection("vetoes", VetoEvent, indexes=[("civil_servant_id",)])
PUBLISHED_COMMITMENTS = Collection(
    "published_commitments",
    PublishedCommitment,
    indexes=[("province", "published_on"), ("civil_servant_id", "published_on")],
)
FAULTS = Collection(
    "faults",
    ProcessFault,
    indexes=[("period_id", "civil_servant_id", "due_on", "_id"), ("due_on",)],
)
CASES = Collection(
    "cases", TriggerCase, indexes=[("province", "state", "due_on"), ("civil_servant_id",)]
)
APPEALS = Collection("appeals", Appeal, indexes=[("period_id", "state"), ("province", "state")])
VERSIONS = Collection(
    "catalogue_versions",
    WorkProductVersion,
    extra=lambda version: national(version.procedure_code),
    indexes=[("release_id",), ("extra.procedure",)],
    shard=FEW,
)
ADJUSTMENTS = Collection(
    "catalogue_adjustments", LocalAdjustment, indexes=[("version_id", "unit_id")], shard=FEW
)
LEAD_ADJUSTMENTS = Collection(
    "catalogue_lead_adjustments", LocalAdjustment, indexes=[("version_id", "unit_id")], shard=FEW
)
RELEASES = Collection("catalogue_releases", CatalogueRelease, shard=FEW)
INDEXES = Collection("unit_indexes", UnitIndex, indexes=[("period_id", "unit_id")])
POST_AUDITS = Collection(
    "post_audits",
    PostAudit,
    indexes=[("province", "state"), ("subject_id",), ("civil_servant_id", "state")],
)
POLICIES = Collection(
    "policies",
    StoredPolicy,
    indexes=[("policy_id", "version"), ("state", "policy_id", "version"), ("province", "state")],
    shard=FEW,
)
CALENDARS = Collection(
    "calendars", WorkingCalendar, indexes=[("province", "year"), ("pending",)], shard=FEW
)
OBJECTIVES = Collection(
    "objectives",
    Objective,
    extra=lambda objective: {"parent": objective.parent_id or ""},
    indexes=[
        ("unit_path", "period_id"),
        ("province", "period_id"),
        ("civil_servant_id", "period_id"),
        ("extra.parent",),
    ],
)
UNIT_BUDGETS = Collection("unit_budgets", UnitBudget, indexes=[("province", "state")])
READINGS = Collection(
    "readings",
    IndicatorReading,
    extra=lambda reading: {"of": reading.civil_servant_id or reading.unit_id},
    indexes=[("objective_id", "measured_on"), ("period_id", "state")],
)
SCORECARDS = Collection(
    "scorecards",
    Scorecard,
    indexes=[("period_id", "civil_servant_id"), ("period_id", "lacking", "unit_id")],
)
INITIATIVES = Collection(
    "initiatives",
    Initiative,
    extra=lambda each: {"next_check": str(each.next_check or "")},
    indexes=[("civil_servant_id",), ("period_id", "state"), ("unit_path",), ("province", "state")],
)
COUNTING = (In("state", [InitiativeState.PROVISIONAL, InitiativeState.FINAL]),)
"""Initiatives that have points."""
DELEGATIONS = Collection(
    "stage_delegations",
    StageDelegation,
    indexes=[("period_id", "stage"), ("province", "period_id"), ("to_civil_servant_id",)],
)
STAGE_ROUNDS = Collection("stage_rounds", StageRound, shard=ByKey())
AGREEMENTS = Collection(
    "agreements",
    Agreement,
    extra=agreement_keys,
    indexes=[
        ("appointment_id",),
        ("civil_servant_id", "starts_on"),
        ("province", "starts_on"),
        ("unit_path", "starts_on"),
        ("extra.waits_for", "unit_path", "starts_on"),
        ("extra.public", "unit_path", "starts_on"),
        ("extra.due_on",),
    ],
)
CRISES = Collection(
    "crises",
    Crisis,
    indexes=[
        ("period_id", "civil_servant_id"),
        ("period_id", "state"),
        ("unit_path", "began_at", "_id"),
        ("province", "began_at", "_id"),
        ("civil_servant_id", "began_at", "_id"),
        ("province", "state"),
    ],
)
BALLOTS = Collection("leader_ballots", BallotBox, indexes=[("period_id", "civil_servant_id")])

FEED = Feed()

ALL: tuple[Collection[Any], ...] = (
    *[each for each in list(globals().values()) if isinstance(each, Collection)],
    *FEED.collections,
    *WEBHOOK_COLLECTIONS,
    *READS,
)
"""Whatever is named above."""


def equal(**fields: str | None) -> list[Condition]:
    """A condition for each field that a filter names."""
    return [Eq(name, value) for name, value in fields.items() if value is not None]
