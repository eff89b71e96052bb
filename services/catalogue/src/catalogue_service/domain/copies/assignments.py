"""Work that was given out, and whether it is still open."""

from dataclasses import dataclass

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Assignment(Aggregate):
    """Whether somebody still works on a version."""

    province: str
    version_id: str
    code: str
    period_id: str
    open: bool = True
