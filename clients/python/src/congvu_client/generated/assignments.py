from typing import Optional

from .base_model import BaseModel
from .fragments import Assignment


class Assignments(BaseModel):
    assignments: "AssignmentsAssignments"


class AssignmentsAssignments(BaseModel):
    edges: list["AssignmentsAssignmentsEdges"]
    page_info: "AssignmentsAssignmentsPageInfo"


class AssignmentsAssignmentsEdges(BaseModel):
    node: "AssignmentsAssignmentsEdgesNode"


AssignmentsAssignmentsEdgesNode = Assignment


class AssignmentsAssignmentsPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


Assignments.model_rebuild()
AssignmentsAssignments.model_rebuild()
AssignmentsAssignmentsEdges.model_rebuild()
