"""A dossier, as evaluation tells it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Forbidden
from feedback_service.domain.common.officers import Handled


def applicant_hash(dossier_code: str, rating_code: str, person: str) -> str:
    """What a portal tells of who handed a dossier in: binds to the person and to the rating code
    that they alone were given, and shows neither as long as that code is not shown."""
    said = "\n".join(("congvu-applicant-v1", dossier_code, rating_code, person))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(kw_only=True)
class DossierCode(Aggregate):
    """Where the word of who handed a dossier in and a rating that came before it meet: both save
    it, so of two at once one is run again and sees the other. `id` is the code."""


@dataclass(kw_only=True)
class Dossier(Aggregate, Handled):
    """One citizen's file in the one-stop system. `unit_path` is its unit and those above it;
    `civil_servant_id` handled it, together with the `other_officers`. `salt` is ours: it hides who
    rated it. `portal_id` is the account that told of it, `rating_id` the one answer about it;
    `told_revision` is evaluation's, the higher one wins; `late` is None of one told before it was
    kept."""

    province: str
    code: str
    procedure_code: str
    unit_path: tuple[str, ...]
    received_on: date
    completed_on: date | None
    salt: str
    applicant_hash: str | None = None
    portal_id: str | None = None
    rating_id: str | None = None
    told_revision: int = 0
    late: bool | None = None

    def require_portal(self, portal_id: str) -> None:
        if self.portal_id != portal_id:
            raise Forbidden(
                en="another portal told of this dossier, and passes on what is said of it",
                vi="Hồ sơ do Cổng Dịch vụ công khác báo cáo. Vui lòng gửi đánh giá qua cổng đó.",
                field="input.dossierCode",
                rule_id="F-I10",
            )

    def require_applicant(self, person: str, rating_code: str) -> None:
        """Only who handed it in rates it (F-I10). A wrong code and a wrong person are refused
        alike, so that nobody learns which it was."""
        if self.applicant_hash is None:
            raise Forbidden(
                en="the portal has not told who handed this dossier in, so nobody can rate it yet; "
                "ask the portal to tell it, or send a suggestion or complaint",
                vi="Cổng Dịch vụ công chưa báo người nộp hồ sơ này nên chưa đánh giá được. "
                "Đề nghị cổng bổ sung, hoặc gửi góp ý, phản ánh.",
                field="input.dossierCode",
                rule_id="F-I10",
            )
        shown = applicant_hash(self.code, rating_code, person)
        if not secrets.compare_digest(shown, self.applicant_hash):
            raise Forbidden(
                en="only who handed the dossier in rates it, with its own rating code",
                vi="Chỉ người nộp hồ sơ được đánh giá, bằng mã đánh giá của hồ sơ đó.",
                field="input.ratingCode",
                rule_id="F-I10",
            )
