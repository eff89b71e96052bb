"""Many versions at one step: which wait for it, and what a preview stands for."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum

from catalogue_service.domain.products.versions import VersionState, WorkProductVersion

BULK_MAX = 200
"""Versions of one call: one transaction of well under a second."""


class BulkStep(StrEnum):
    """The step to take with every version that matches."""

    SUBMIT = "SUBMIT"
    APPRAISE = "APPRAISE"
    APPROVE = "APPROVE"


WAITING = {
    BulkStep.SUBMIT: (VersionState.DRAFT, VersionState.CHANGES_REQUESTED),
    BulkStep.APPRAISE: (VersionState.SUBMITTED,),
    BulkStep.APPROVE: (VersionState.IN_REVIEW,),
}


def preview_of(step: BulkStep, versions: Sequence[WorkProductVersion]) -> str:
    lines = "".join(f"{each.id} {each.revision}\n" for each in versions)
    return hashlib.sha256(f"{step}\n{lines}".encode()).hexdigest()
