from typing import Annotated, Literal, Optional, Union

from congvu_client.unknown import Growing, UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .enums import DossierStanding, UnmatchedReason
from .fragments import ProblemFields


class RecordDossierEvents(BaseModel):
    record_dossier_events: Annotated[
        Union["RecordDossierEventsRecordDossierEventsDossierReport", UnknownMember],
        members("DossierReport", "Problem"),
    ] = Field()


class RecordDossierEventsRecordDossierEventsDossierReport(BaseModel):
    typename__: Literal["DossierReport"] = Field(alias="__typename")
    results: list["RecordDossierEventsRecordDossierEventsDossierReportResults"]


class RecordDossierEventsRecordDossierEventsDossierReportResults(BaseModel):
    row: str
    dossier_id: Optional[str]
    changed: bool
    standing: Optional[Growing[DossierStanding]]
    reason: Optional[Growing[UnmatchedReason]]
    assignment_id: Optional[str]
    assignment_ids: list[str]
    problem: Optional[
        "RecordDossierEventsRecordDossierEventsDossierReportResultsProblem"
    ]


RecordDossierEventsRecordDossierEventsDossierReportResultsProblem = ProblemFields
RecordDossierEvents.model_rebuild()
RecordDossierEventsRecordDossierEventsDossierReport.model_rebuild()
RecordDossierEventsRecordDossierEventsDossierReportResults.model_rebuild()
