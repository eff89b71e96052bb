from typing import Annotated, Literal, Optional, Union

from congvu_client.unknown import Growing, UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .enums import PersonnelKind, RowOutcome
from .fragments import ProblemFields


class SyncPersonnel(BaseModel):
    sync_personnel: Annotated[
        Union["SyncPersonnelSyncPersonnelSyncReport", UnknownMember],
        members("SyncReport", "Problem"),
    ] = Field()


class SyncPersonnelSyncPersonnelSyncReport(BaseModel):
    typename__: Literal["SyncReport"] = Field(alias="__typename")
    changed: int
    unchanged: int
    refused: int
    dry_run: bool
    remaining: int
    results: list["SyncPersonnelSyncPersonnelSyncReportResults"]
    ended: list["SyncPersonnelSyncPersonnelSyncReportEnded"]


class SyncPersonnelSyncPersonnelSyncReportResults(BaseModel):
    row: str
    id: Optional[str]
    outcome: Growing[RowOutcome]
    changed: bool
    changed_fields: list[str]
    warnings: list["SyncPersonnelSyncPersonnelSyncReportResultsWarnings"]
    problem: Optional["SyncPersonnelSyncPersonnelSyncReportResultsProblem"]


class SyncPersonnelSyncPersonnelSyncReportResultsWarnings(BaseModel):
    rule_id: str
    field: str
    message: str


SyncPersonnelSyncPersonnelSyncReportResultsProblem = ProblemFields


class SyncPersonnelSyncPersonnelSyncReportEnded(BaseModel):
    kind: Growing[PersonnelKind]
    id: str
    ref: str


SyncPersonnel.model_rebuild()
SyncPersonnelSyncPersonnelSyncReport.model_rebuild()
SyncPersonnelSyncPersonnelSyncReportResults.model_rebuild()
