"""A dossier, as evaluation tells it."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Dossier(Aggregate):
    """One citizen's file in the one-stop system. `unit_path` is its unit and those above it;
    `salt` is ours: it hides who rated it."""

    province: str
    code: str
    procedure_code: str
    unit_path: tuple[str, ...]
    civil_servant_id: str | None
    received_on: date
    completed_on: date | None
    salt: str
