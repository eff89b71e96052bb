"""What the whole list of a personnel system holds, told in parts before its snapshot."""

from dataclasses import dataclass

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class PersonnelListing(Aggregate):
    """One part; the keys are canonical refs, `system` and id, and positions' codes."""

    name: str
    province: str
    listed_by: str
    units: tuple[str, ...]
    position_codes: tuple[str, ...]
    people: tuple[str, ...]
