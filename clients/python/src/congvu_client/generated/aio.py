from collections.abc import AsyncGenerator
from datetime import date
from typing import Any, Optional, Union

from congvu_client.unknown import UnknownMember

from .accept_work import AcceptWork, AcceptWorkAcceptWorkAssignment
from .assign_work import AssignWork, AssignWorkAssignWorkAssignment
from .assign_work_bulk import AssignWorkBulk, AssignWorkBulkAssignWorkBulkAssignedReport
from .assignments import Assignments, AssignmentsAssignments
from .base import AsyncBase
from .base_model import UNSET, UnsetType
from .catalogue_releases import CatalogueReleases, CatalogueReleasesCatalogueReleases
from .civil_servant_by_ref import CivilServantByRef, CivilServantByRefCivilServantByRef
from .civil_servants import CivilServants, CivilServantsCivilServants
from .close_period import ClosePeriod, ClosePeriodClosePeriodEvaluationPeriod
from .complaint_by_receipt import (
    ComplaintByReceipt,
    ComplaintByReceiptComplaintByReceipt,
)
from .complaint_updated import ComplaintUpdated, ComplaintUpdatedComplaintUpdated
from .confirm_answer import ConfirmAnswer, ConfirmAnswerConfirmAnswerComplaint
from .dispute_answer import DisputeAnswer, DisputeAnswerDisputeAnswerComplaint
from .enums import EvaluationOrder
from .evaluation_changes import EvaluationChanges, EvaluationChangesEvaluationChanges
from .evaluation_period_by_id import (
    EvaluationPeriodById,
    EvaluationPeriodByIdEvaluationPeriod,
)
from .evaluation_periods import EvaluationPeriods, EvaluationPeriodsEvaluationPeriods
from .evaluations import Evaluations, EvaluationsEvaluations
from .explanation import Explanation, ExplanationEvaluation
from .feedback_changes import FeedbackChanges, FeedbackChangesFeedbackChanges
from .file_complaint import FileComplaint, FileComplaintFileComplaintComplaint
from .freeze_period import FreezePeriod, FreezePeriodFreezePeriodEvaluationPeriod
from .index_computed import IndexComputed, IndexComputedIndexComputed
from .input_types import (
    AcceptWorkInput,
    AssignmentFilter,
    AssignWorkBulkInput,
    AssignWorkInput,
    ConfirmAnswerInput,
    DisputeAnswerInput,
    EvaluationFilter,
    EvaluationPeriodFilter,
    ExternalRefInput,
    FileComplaintInput,
    FreezePeriodInput,
    ListPersonnelInput,
    OpenPeriodInput,
    OrgUnitFilter,
    PeriodStepInput,
    RateServiceInput,
    RecordDossierEventsInput,
    ReopenComplaintInput,
    ReportWorkInput,
    SubmitFeedbackBulkInput,
    SubmitSatisfactionInput,
    SubmitSuggestionInput,
    SyncPersonnelInput,
    WorkProductVersionFilter,
)
from .list_personnel import ListPersonnel, ListPersonnelListPersonnelPersonnelListing
from .me import Me, MeMe
from .open_period import OpenPeriod, OpenPeriodOpenPeriodEvaluationPeriod
from .operations import (
    ACCEPT_WORK_GQL,
    ASSIGN_WORK_BULK_GQL,
    ASSIGN_WORK_GQL,
    ASSIGNMENTS_GQL,
    CATALOGUE_RELEASES_GQL,
    CIVIL_SERVANT_BY_REF_GQL,
    CIVIL_SERVANTS_GQL,
    CLOSE_PERIOD_GQL,
    COMPLAINT_BY_RECEIPT_GQL,
    COMPLAINT_UPDATED_GQL,
    CONFIRM_ANSWER_GQL,
    DISPUTE_ANSWER_GQL,
    EVALUATION_CHANGES_GQL,
    EVALUATION_PERIOD_BY_ID_GQL,
    EVALUATION_PERIODS_GQL,
    EVALUATIONS_GQL,
    EXPLANATION_GQL,
    FEEDBACK_CHANGES_GQL,
    FILE_COMPLAINT_GQL,
    FREEZE_PERIOD_GQL,
    INDEX_COMPUTED_GQL,
    LIST_PERSONNEL_GQL,
    ME_GQL,
    OPEN_PERIOD_GQL,
    ORG_UNIT_BY_REF_GQL,
    ORG_UNITS_GQL,
    PUBLISH_PERIOD_GQL,
    RATE_SERVICE_GQL,
    RECORD_DOSSIER_EVENTS_GQL,
    RELEASE_PUBLISHED_GQL,
    REOPEN_COMPLAINT_GQL,
    REPORT_WORK_GQL,
    RESULT_PUBLISHED_GQL,
    SATISFACTION_INDEXES_GQL,
    SUBMISSION_BY_ID_GQL,
    SUBMIT_FEEDBACK_BULK_GQL,
    SUBMIT_SATISFACTION_GQL,
    SUBMIT_SUGGESTION_GQL,
    SYNC_PERSONNEL_GQL,
    WORK_PRODUCT_VERSIONS_GQL,
)
from .org_unit_by_ref import OrgUnitByRef, OrgUnitByRefOrgUnitByRef
from .org_units import OrgUnits, OrgUnitsOrgUnits
from .publish_period import PublishPeriod, PublishPeriodPublishPeriodEvaluationPeriod
from .rate_service import RateService, RateServiceRateServiceSubmission
from .record_dossier_events import (
    RecordDossierEvents,
    RecordDossierEventsRecordDossierEventsDossierReport,
)
from .release_published import ReleasePublished, ReleasePublishedReleasePublished
from .reopen_complaint import ReopenComplaint, ReopenComplaintReopenComplaintComplaint
from .report_work import ReportWork, ReportWorkReportWorkAssignment
from .result_published import ResultPublished, ResultPublishedResultPublished
from .satisfaction_indexes import (
    SatisfactionIndexes,
    SatisfactionIndexesSatisfactionIndexes,
)
from .submission_by_id import SubmissionById, SubmissionByIdSubmission
from .submit_feedback_bulk import (
    SubmitFeedbackBulk,
    SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReport,
)
from .submit_satisfaction import (
    SubmitSatisfaction,
    SubmitSatisfactionSubmitSatisfactionSubmission,
)
from .submit_suggestion import (
    SubmitSuggestion,
    SubmitSuggestionSubmitSuggestionSubmission,
)
from .sync_personnel import SyncPersonnel, SyncPersonnelSyncPersonnelSyncReport
from .work_product_versions import (
    WorkProductVersions,
    WorkProductVersionsWorkProductVersions,
)


def gql(q: str) -> str:
    return q


class AsyncClient(AsyncBase):
    async def org_units(
        self,
        province: str,
        filter_: Union[Optional[OrgUnitFilter], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> OrgUnitsOrgUnits:
        variables: dict[str, object] = {
            "province": province,
            "filter": filter_,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=ORG_UNITS_GQL,
            operation_name="OrgUnits",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrgUnits.model_validate(data).org_units

    async def org_unit_by_ref(
        self,
        ref: ExternalRefInput,
        as_of: Union[Optional[date], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Optional[OrgUnitByRefOrgUnitByRef]:
        variables: dict[str, object] = {"ref": ref, "asOf": as_of}
        response = await self.execute(
            query=ORG_UNIT_BY_REF_GQL,
            operation_name="OrgUnitByRef",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrgUnitByRef.model_validate(data).org_unit_by_ref

    async def civil_servants(
        self,
        unit_id: str,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> CivilServantsCivilServants:
        variables: dict[str, object] = {
            "unitId": unit_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=CIVIL_SERVANTS_GQL,
            operation_name="CivilServants",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CivilServants.model_validate(data).civil_servants

    async def civil_servant_by_ref(
        self,
        ref: ExternalRefInput,
        as_of: Union[Optional[date], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Optional[CivilServantByRefCivilServantByRef]:
        variables: dict[str, object] = {"ref": ref, "asOf": as_of}
        response = await self.execute(
            query=CIVIL_SERVANT_BY_REF_GQL,
            operation_name="CivilServantByRef",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CivilServantByRef.model_validate(data).civil_servant_by_ref

    async def sync_personnel(
        self, input: SyncPersonnelInput, **kwargs: Any
    ) -> Union[SyncPersonnelSyncPersonnelSyncReport, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=SYNC_PERSONNEL_GQL,
            operation_name="SyncPersonnel",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SyncPersonnel.model_validate(data).sync_personnel

    async def list_personnel(
        self, input: ListPersonnelInput, **kwargs: Any
    ) -> Union[ListPersonnelListPersonnelPersonnelListing, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=LIST_PERSONNEL_GQL,
            operation_name="ListPersonnel",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ListPersonnel.model_validate(data).list_personnel

    async def work_product_versions(
        self,
        filter_: Union[Optional[WorkProductVersionFilter], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> WorkProductVersionsWorkProductVersions:
        variables: dict[str, object] = {
            "filter": filter_,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=WORK_PRODUCT_VERSIONS_GQL,
            operation_name="WorkProductVersions",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return WorkProductVersions.model_validate(data).work_product_versions

    async def catalogue_releases(
        self,
        province: str,
        unit_id: Union[Optional[str], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> CatalogueReleasesCatalogueReleases:
        variables: dict[str, object] = {
            "province": province,
            "unitId": unit_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=CATALOGUE_RELEASES_GQL,
            operation_name="CatalogueReleases",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CatalogueReleases.model_validate(data).catalogue_releases

    async def evaluation_period_by_id(
        self, id: str, **kwargs: Any
    ) -> Optional[EvaluationPeriodByIdEvaluationPeriod]:
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=EVALUATION_PERIOD_BY_ID_GQL,
            operation_name="EvaluationPeriodById",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return EvaluationPeriodById.model_validate(data).evaluation_period

    async def evaluation_periods(
        self,
        filter_: Union[Optional[EvaluationPeriodFilter], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> EvaluationPeriodsEvaluationPeriods:
        variables: dict[str, object] = {
            "filter": filter_,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=EVALUATION_PERIODS_GQL,
            operation_name="EvaluationPeriods",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return EvaluationPeriods.model_validate(data).evaluation_periods

    async def open_period(
        self, input: OpenPeriodInput, **kwargs: Any
    ) -> Union[OpenPeriodOpenPeriodEvaluationPeriod, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=OPEN_PERIOD_GQL,
            operation_name="OpenPeriod",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OpenPeriod.model_validate(data).open_period

    async def freeze_period(
        self, input: FreezePeriodInput, **kwargs: Any
    ) -> Union[FreezePeriodFreezePeriodEvaluationPeriod, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=FREEZE_PERIOD_GQL,
            operation_name="FreezePeriod",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return FreezePeriod.model_validate(data).freeze_period

    async def publish_period(
        self, input: PeriodStepInput, **kwargs: Any
    ) -> Union[PublishPeriodPublishPeriodEvaluationPeriod, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=PUBLISH_PERIOD_GQL,
            operation_name="PublishPeriod",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return PublishPeriod.model_validate(data).publish_period

    async def close_period(
        self, input: PeriodStepInput, **kwargs: Any
    ) -> Union[ClosePeriodClosePeriodEvaluationPeriod, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CLOSE_PERIOD_GQL,
            operation_name="ClosePeriod",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ClosePeriod.model_validate(data).close_period

    async def assignments(
        self,
        filter_: Union[Optional[AssignmentFilter], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> AssignmentsAssignments:
        variables: dict[str, object] = {
            "filter": filter_,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=ASSIGNMENTS_GQL,
            operation_name="Assignments",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Assignments.model_validate(data).assignments

    async def assign_work(
        self, input: AssignWorkInput, **kwargs: Any
    ) -> Union[AssignWorkAssignWorkAssignment, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=ASSIGN_WORK_GQL,
            operation_name="AssignWork",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AssignWork.model_validate(data).assign_work

    async def assign_work_bulk(
        self, input: AssignWorkBulkInput, **kwargs: Any
    ) -> Union[AssignWorkBulkAssignWorkBulkAssignedReport, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=ASSIGN_WORK_BULK_GQL,
            operation_name="AssignWorkBulk",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AssignWorkBulk.model_validate(data).assign_work_bulk

    async def report_work(
        self, input: ReportWorkInput, **kwargs: Any
    ) -> Union[ReportWorkReportWorkAssignment, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REPORT_WORK_GQL,
            operation_name="ReportWork",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReportWork.model_validate(data).report_work

    async def accept_work(
        self, input: AcceptWorkInput, **kwargs: Any
    ) -> Union[AcceptWorkAcceptWorkAssignment, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=ACCEPT_WORK_GQL,
            operation_name="AcceptWork",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AcceptWork.model_validate(data).accept_work

    async def evaluations(
        self,
        filter_: Union[Optional[EvaluationFilter], UnsetType] = UNSET,
        order: Union[Optional[EvaluationOrder], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> EvaluationsEvaluations:
        variables: dict[str, object] = {
            "filter": filter_,
            "order": order,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=EVALUATIONS_GQL,
            operation_name="Evaluations",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Evaluations.model_validate(data).evaluations

    async def explanation(
        self, evaluation_id: str, **kwargs: Any
    ) -> Optional[ExplanationEvaluation]:
        variables: dict[str, object] = {"evaluationId": evaluation_id}
        response = await self.execute(
            query=EXPLANATION_GQL,
            operation_name="Explanation",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Explanation.model_validate(data).evaluation

    async def evaluation_changes(
        self,
        province: Union[Optional[str], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> EvaluationChangesEvaluationChanges:
        variables: dict[str, object] = {
            "province": province,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=EVALUATION_CHANGES_GQL,
            operation_name="EvaluationChanges",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return EvaluationChanges.model_validate(data).evaluation_changes

    async def record_dossier_events(
        self, input: RecordDossierEventsInput, **kwargs: Any
    ) -> Union[RecordDossierEventsRecordDossierEventsDossierReport, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=RECORD_DOSSIER_EVENTS_GQL,
            operation_name="RecordDossierEvents",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RecordDossierEvents.model_validate(data).record_dossier_events

    async def submit_satisfaction(
        self, input: SubmitSatisfactionInput, **kwargs: Any
    ) -> Union[SubmitSatisfactionSubmitSatisfactionSubmission, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=SUBMIT_SATISFACTION_GQL,
            operation_name="SubmitSatisfaction",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SubmitSatisfaction.model_validate(data).submit_satisfaction

    async def rate_service(
        self, input: RateServiceInput, **kwargs: Any
    ) -> Union[RateServiceRateServiceSubmission, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=RATE_SERVICE_GQL,
            operation_name="RateService",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RateService.model_validate(data).rate_service

    async def submit_suggestion(
        self, input: SubmitSuggestionInput, **kwargs: Any
    ) -> Union[SubmitSuggestionSubmitSuggestionSubmission, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=SUBMIT_SUGGESTION_GQL,
            operation_name="SubmitSuggestion",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SubmitSuggestion.model_validate(data).submit_suggestion

    async def submit_feedback_bulk(
        self, input: SubmitFeedbackBulkInput, **kwargs: Any
    ) -> Union[SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReport, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=SUBMIT_FEEDBACK_BULK_GQL,
            operation_name="SubmitFeedbackBulk",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SubmitFeedbackBulk.model_validate(data).submit_feedback_bulk

    async def submission_by_id(
        self, id: str, **kwargs: Any
    ) -> Optional[SubmissionByIdSubmission]:
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=SUBMISSION_BY_ID_GQL,
            operation_name="SubmissionById",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SubmissionById.model_validate(data).submission

    async def file_complaint(
        self, input: FileComplaintInput, **kwargs: Any
    ) -> Union[FileComplaintFileComplaintComplaint, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=FILE_COMPLAINT_GQL,
            operation_name="FileComplaint",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return FileComplaint.model_validate(data).file_complaint

    async def complaint_by_receipt(
        self, receipt: str, **kwargs: Any
    ) -> Optional[ComplaintByReceiptComplaintByReceipt]:
        variables: dict[str, object] = {"receipt": receipt}
        response = await self.execute(
            query=COMPLAINT_BY_RECEIPT_GQL,
            operation_name="ComplaintByReceipt",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ComplaintByReceipt.model_validate(data).complaint_by_receipt

    async def confirm_answer(
        self, input: ConfirmAnswerInput, **kwargs: Any
    ) -> Union[ConfirmAnswerConfirmAnswerComplaint, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CONFIRM_ANSWER_GQL,
            operation_name="ConfirmAnswer",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ConfirmAnswer.model_validate(data).confirm_answer

    async def dispute_answer(
        self, input: DisputeAnswerInput, **kwargs: Any
    ) -> Union[DisputeAnswerDisputeAnswerComplaint, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=DISPUTE_ANSWER_GQL,
            operation_name="DisputeAnswer",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DisputeAnswer.model_validate(data).dispute_answer

    async def reopen_complaint(
        self, input: ReopenComplaintInput, **kwargs: Any
    ) -> Union[ReopenComplaintReopenComplaintComplaint, UnknownMember]:
        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REOPEN_COMPLAINT_GQL,
            operation_name="ReopenComplaint",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReopenComplaint.model_validate(data).reopen_complaint

    async def satisfaction_indexes(
        self,
        period_id: str,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> SatisfactionIndexesSatisfactionIndexes:
        variables: dict[str, object] = {
            "periodId": period_id,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=SATISFACTION_INDEXES_GQL,
            operation_name="SatisfactionIndexes",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SatisfactionIndexes.model_validate(data).satisfaction_indexes

    async def feedback_changes(
        self,
        province: Union[Optional[str], UnsetType] = UNSET,
        first: Union[Optional[int], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> FeedbackChangesFeedbackChanges:
        variables: dict[str, object] = {
            "province": province,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=FEEDBACK_CHANGES_GQL,
            operation_name="FeedbackChanges",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return FeedbackChanges.model_validate(data).feedback_changes

    async def me(self, **kwargs: Any) -> Optional[MeMe]:
        variables: dict[str, object] = {}
        response = await self.execute(
            query=ME_GQL, operation_name="Me", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Me.model_validate(data).me

    def result_published(
        self,
        after: Union[Optional[str], UnsetType] = UNSET,
        province: Union[Optional[str], UnsetType] = UNSET,
    ) -> AsyncGenerator[ResultPublishedResultPublished, None]:
        variables: dict[str, object] = {"after": after, "province": province}
        return self.subscribe(
            query=RESULT_PUBLISHED_GQL,
            operation_name="ResultPublished",
            variables=variables,
            read=lambda data: ResultPublished.model_validate(data).result_published,
        )

    def complaint_updated(
        self,
        after: Union[Optional[str], UnsetType] = UNSET,
        province: Union[Optional[str], UnsetType] = UNSET,
    ) -> AsyncGenerator[ComplaintUpdatedComplaintUpdated, None]:
        variables: dict[str, object] = {"after": after, "province": province}
        return self.subscribe(
            query=COMPLAINT_UPDATED_GQL,
            operation_name="ComplaintUpdated",
            variables=variables,
            read=lambda data: ComplaintUpdated.model_validate(data).complaint_updated,
        )

    def index_computed(
        self,
        after: Union[Optional[str], UnsetType] = UNSET,
        province: Union[Optional[str], UnsetType] = UNSET,
    ) -> AsyncGenerator[IndexComputedIndexComputed, None]:
        variables: dict[str, object] = {"after": after, "province": province}
        return self.subscribe(
            query=INDEX_COMPUTED_GQL,
            operation_name="IndexComputed",
            variables=variables,
            read=lambda data: IndexComputed.model_validate(data).index_computed,
        )

    def release_published(
        self,
        after: Union[Optional[str], UnsetType] = UNSET,
        province: Union[Optional[str], UnsetType] = UNSET,
    ) -> AsyncGenerator[ReleasePublishedReleasePublished, None]:
        variables: dict[str, object] = {"after": after, "province": province}
        return self.subscribe(
            query=RELEASE_PUBLISHED_GQL,
            operation_name="ReleasePublished",
            variables=variables,
            read=lambda data: ReleasePublished.model_validate(data).release_published,
        )
