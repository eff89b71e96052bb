"""The vocabularies as GraphQL enums, each value explained with its Vietnamese term.

Names are the catalogue's own, since an enum that two subgraphs share must be equal in both.
"""

from enum import EnumMeta

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from catalogue_service.application.bulk import BulkStep
from catalogue_service.application.importing import OnError, Outcome
from catalogue_service.application.review import Opinion
from catalogue_service.domain.adjustments import AdjustmentState, Norm
from catalogue_service.domain.kinds import (
    Complexity,
    DataSource,
    Group,
    KpiKind,
    LocalityType,
    Orientation,
)
from catalogue_service.domain.products import ProductState
from catalogue_service.domain.proposals import ProposalKind, ProposalState
from catalogue_service.domain.versions import VersionState


def describe(kind: EnumMeta, name: str, description: str, **values: str) -> None:
    """Make `kind` known to GraphQL; a value without its text, or a text too many, fails here."""
    strawberry.enum(kind, name=name, description=description)
    definition: StrawberryEnumDefinition = vars(kind)["__strawberry_definition__"]
    if set(values) != {value.name for value in definition.values}:
        raise ValueError(f"{name}: describe each of {list(kind.__members__)}")
    for value in definition.values:
        value.description = values[value.name]


describe(
    Group,
    "CatalogueGroup",
    "Catalogue group (nhóm danh mục): says who decides about an entry.",
    A="Managers (quản lý). One list a province.",
    B="Shared professional work (chuyên môn dùng chung). One list a province.",
    C="Specialised local work (chuyên ngành). One list a unit.",
    D="Other (khác). One list a province.",
)
describe(
    Complexity,
    "WorkProductComplexity",
    "Complexity group (nhóm N1-N5), each with its ceiling of points.",
    N1="Simple (đơn giản), up to 100 points.",
    N2="Common (phổ biến), up to 200 points.",
    N3="Advanced (nâng cao), up to 300 points.",
    N4="Complex (phức tạp), up to 400 points.",
    N5="Special (đặc biệt), up to 500 points.",
)
describe(
    DataSource,
    "WorkProductDataSource",
    "Where the done quantity is read from (nguồn dữ liệu).",
    MANUAL="The officer's report (tự báo cáo).",
    DMS="The document management system (quản lý văn bản).",
    ONE_STOP="The one-stop system (một cửa).",
)
describe(
    Orientation,
    "WorkProductOrientation",
    "Service orientation (định hướng phục vụ).",
    ADMIN_PROCEDURE="Inside the administration (thủ tục hành chính nội bộ).",
    PUBLIC_SERVICE="For citizens and businesses (phục vụ người dân, doanh nghiệp).",
)
describe(
    KpiKind,
    "WorkProductKpiKind",
    "KPI kind (loại KPI).",
    SPEARHEAD="Spearhead (mũi nhọn).",
    HARD="Hard (cứng).",
    SOFT="Soft (mềm).",
)
describe(
    VersionState,
    "WorkProductVersionState",
    "Where a version stands on its way (trạng thái phiên bản).",
    DRAFT="Being written (nháp).",
    SUBMITTED="Waits for appraisal (trình).",
    IN_REVIEW="Appraised favourably, waits for the authority (thẩm định).",
    CHANGES_REQUESTED="Sent back to be improved (yêu cầu chỉnh sửa).",
    REJECTED="Refused with a reason (từ chối).",
    APPROVED="Agreed, waits for a release (phê duyệt).",
    PUBLISHED="Issued by a decision (ban hành).",
    SUPERSEDED="Has a successor; in force until effectiveTo (thay thế).",
    RETIRED="Ended without a successor; in force until effectiveTo (bãi bỏ).",
)
describe(
    ProductState,
    "WorkProductState",
    "Where a product stands as a whole.",
    DRAFT="Never published yet.",
    ACTIVE="Published.",
    RETIRED="Retired (bãi bỏ); its code is never used again.",
)
describe(
    Opinion,
    "AppraisalOpinion",
    "What the appraiser says (ý kiến thẩm định).",
    FAVOURABLE="Goes on to the authority.",
    CHANGES_NEEDED="Back to the editor; the note says why.",
)
describe(
    OnError,
    "ImportErrorPolicy",
    "What a bad row does to the good ones.",
    ALL_OR_NOTHING="One bad row, and nothing is written.",
    SKIP_BAD_ROWS="Good rows are written, bad ones are told.",
)
describe(
    Outcome,
    "ImportOutcome",
    "What became of a row.",
    CREATED="A new product, as a draft.",
    UPDATED="The open draft was changed.",
    REVISED="A new version was opened.",
    UNCHANGED="The catalogue says this already.",
    REFUSED="Breaks a rule; see problem.",
    HELD_BACK="Good, but not written because another row was refused.",
)
describe(
    LocalityType,
    "CatalogueLocality",
    "What kind of place a unit works in (loại địa bàn).",
    URBAN="Urban (đô thị).",
    RURAL="Rural (nông thôn).",
    MOUNTAIN="Mountain (miền núi).",
    DISADVANTAGED="Disadvantaged (vùng khó khăn).",
    SPECIAL="Special (đặc thù).",
)
describe(
    Norm,
    "LocalNorm",
    "What a local adjustment changes.",
    COEFFICIENT="Conversion coefficient (hệ số quy đổi).",
    STANDARD_HOURS="Standard hours (định mức thời gian).",
    LEAD_DAYS="Working days to deliver (thời hạn).",
)
describe(
    AdjustmentState,
    "LocalAdjustmentState",
    "Where a local adjustment stands.",
    PROPOSED="Waits for the superior unit (đề nghị).",
    APPROVED="Holds inside its validity (phê duyệt).",
    REJECTED="Refused with a reason (từ chối).",
    EXPIRED="Came to its end (hết hiệu lực).",
)
describe(
    ProposalKind,
    "ChangeProposalKind",
    "What is asked for (đề xuất).",
    ADD="A new product (bổ sung).",
    CHANGE="Another content (sửa đổi).",
    REMOVE="That it goes (bãi bỏ).",
)
describe(
    ProposalState,
    "ChangeProposalState",
    "Where a proposal stands.",
    OPEN="In discussion.",
    ACCEPTED="Agreed; a draft was opened unless it is a removal.",
    DECLINED="Refused with a reason.",
    WITHDRAWN="Taken back by its proposer.",
)
describe(
    BulkStep,
    "BulkStep",
    "The step to take with every version that matches.",
    SUBMIT="Submit drafts (trình).",
    APPRAISE="Appraise favourably what was submitted (thẩm định).",
    APPROVE="Approve what was appraised (phê duyệt).",
)
