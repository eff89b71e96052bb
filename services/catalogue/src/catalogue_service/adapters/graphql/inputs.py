"""What callers send, and the domain's words for it."""

from datetime import date
from decimal import Decimal

import strawberry

from catalogue_service.adapters.graphql import enums  # noqa: F401 - describes them first
from catalogue_service.adapters.graphql.imports import ImportFileInput
from catalogue_service.application.importing import OnError
from catalogue_service.application.review import Opinion
from catalogue_service.domain.content import Draft
from catalogue_service.domain.kinds import Complexity, DataSource, Group, KpiKind, Orientation
from catalogue_service.domain.rows import Row
from congvu_kit.domain.errors import Invalid

KEY = "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
REVISION = "The revision you saw; refused with CONFLICT when somebody changed it since."


@strawberry.input(description="What a product says. Points or coefficient may be left out.")
class WorkProductContentInput:
    name_vi: str = strawberry.field(description="Name in Vietnamese, up to 300 characters.")
    unit_of_measure: str = strawberry.field(description="What one is (đơn vị tính).")
    complexity: Complexity = strawberry.field(description="Độ phức tạp; caps the points.")
    points: Decimal | None = strawberry.field(default=None, description="Điểm.")
    coefficient: Decimal | None = strawberry.field(
        default=None,
        description="Hệ số quy đổi; must equal points / reference points when both are given.",
    )
    name_en: str | None = strawberry.field(default=None, description="Name in English.")
    description: str | None = strawberry.field(default=None, description="Mô tả.")
    field: str | None = strawberry.field(default=None, description="Lĩnh vực.")
    standard_hours: Decimal | None = strawberry.field(
        default=None, description="Định mức thời gian, hours for one."
    )
    lead_days: int | None = strawberry.field(default=None, description="Working days, 1 to 366.")
    quality_criteria: list[str] = strawberry.field(
        default_factory=list, description="Tiêu chí chất lượng; no ; or line break inside."
    )
    evidence_required: list[str] = strawberry.field(
        default_factory=list, description="Minh chứng cần có; no ; or line break inside."
    )
    data_source: DataSource = strawberry.field(
        default=DataSource.MANUAL, description="Nguồn dữ liệu."
    )
    orientation: Orientation | None = strawberry.field(
        default=None, description="Định hướng phục vụ."
    )
    kpi_kind: KpiKind | None = strawberry.field(default=None, description="Loại KPI.")
    job_positions: list[str] = strawberry.field(
        default_factory=list, description="Codes of positions (vị trí việc làm)."
    )
    legal_basis: str | None = strawberry.field(default=None, description="Căn cứ pháp lý.")
    procedure_code: str | None = strawberry.field(
        default=None, description="Mã thủ tục hành chính, e.g. 1.001193."
    )

    def to_draft(self) -> Draft:
        return Draft(
            name_vi=self.name_vi,
            name_en=self.name_en,
            description=self.description,
            field=self.field,
            unit_of_measure=self.unit_of_measure,
            complexity=self.complexity,
            points=self.points,
            coefficient=self.coefficient,
            standard_hours=self.standard_hours,
            lead_days=self.lead_days,
            quality_criteria=tuple(self.quality_criteria),
            evidence_required=tuple(self.evidence_required),
            data_source=self.data_source,
            orientation=self.orientation,
            kpi_kind=self.kpi_kind,
            job_positions=tuple(self.job_positions),
            legal_basis=self.legal_basis,
            procedure_code=self.procedure_code,
        )


@strawberry.input(description="A new product with its first draft.")
class DraftWorkProductInput:
    idempotency_key: str = strawberry.field(description=KEY)
    group: Group = strawberry.field(description="Nhóm; C is one unit's own list.")
    code: str = strawberry.field(
        description="`<group>.<province>.` then A-Z 0-9 . _ -, e.g. C.56.22363.1.001193."
    )
    content: WorkProductContentInput = strawberry.field(description="What it says.")
    province: str | None = strawberry.field(default=None, description="Default: your own.")
    unit: strawberry.ID | None = strawberry.field(
        default=None, description="Group C only. Default: your own."
    )


@strawberry.input(description="Changes the open draft, or opens the next version.")
class ReviseWorkProductInput:
    idempotency_key: str = strawberry.field(description=KEY)
    code: str = strawberry.field(description="Which product.")
    expected_revision: int = strawberry.field(description=f"Of the newest version. {REVISION}")
    content: WorkProductContentInput = strawberry.field(description="What it says now, in full.")
    reason: str | None = strawberry.field(default=None, description="Why it changes.")


@strawberry.input(description="A step on one version.")
class SubmitVersionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    expected_revision: int = strawberry.field(description=REVISION)


@strawberry.input(description="Takes a submitted version back; it becomes a draft again.")
class WithdrawVersionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    expected_revision: int = strawberry.field(description=REVISION)
    reason: str | None = strawberry.field(default=None, description="Why.")


@strawberry.input(description="The professional check before approval (thẩm định).")
class AppraiseVersionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    expected_revision: int = strawberry.field(description=REVISION)
    opinion: Opinion = strawberry.field(
        default=Opinion.FAVOURABLE, description="What the appraiser says."
    )
    note: str | None = strawberry.field(default=None, description="Needed when changes are needed.")


@strawberry.input(description="Sends a version back to its editor.")
class RequestChangesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    expected_revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(description="What to change.")


@strawberry.input(description="The authority agrees (phê duyệt).")
class ApproveVersionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    expected_revision: int = strawberry.field(description=REVISION)
    note: str | None = strawberry.field(default=None, description="A remark for the history.")


@strawberry.input(description="The appraiser or the authority refuses (từ chối).")
class RejectVersionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Which version.")
    expected_revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="Puts approved versions in force by one decision (ban hành).")
class PublishReleaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    decision_number: str = strawberry.field(description="Số quyết định, up to 60 characters.")
    effective_from: date = strawberry.field(
        description="First day in force: today or later, in no closed period."
    )
    version_ids: list[strawberry.ID] = strawberry.field(
        description="1 to 500 approved versions of one province or of one unit."
    )
    province: str | None = strawberry.field(
        default=None, description="When given, the versions must be of it."
    )
    unit: strawberry.ID | None = strawberry.field(
        default=None, description="When given, the versions must be of it."
    )


@strawberry.input(description="Ends a product (bãi bỏ).")
class RetireWorkProductInput:
    idempotency_key: str = strawberry.field(description=KEY)
    code: str = strawberry.field(description="Which product.")
    expected_revision: int = strawberry.field(description=f"Of the product. {REVISION}")
    effective_to: date = strawberry.field(description="First day it is no more in force.")
    decision_number: str = strawberry.field(description="Số quyết định.")
    reason: str = strawberry.field(description="Why.")
    replacement_code: str | None = strawberry.field(
        default=None, description="Needed while open assignments use it."
    )


@strawberry.input(
    description="A line of a sheet; every cell is text, so that a bad one can be named. Lists are "
    "parted by ; or line breaks."
)
class ImportRowInput:
    row: int = strawberry.field(description="Its number in your sheet, given back in the result.")
    group: str | None = strawberry.field(default=None, description="A, B, C or D.")
    code: str | None = strawberry.field(default=None, description="Mã.")
    name_vi: str | None = strawberry.field(default=None, description="Tên.")
    name_en: str | None = strawberry.field(default=None, description="Tên tiếng Anh.")
    description: str | None = strawberry.field(default=None, description="Mô tả.")
    field: str | None = strawberry.field(default=None, description="Lĩnh vực.")
    unit_of_measure: str | None = strawberry.field(default=None, description="Đơn vị tính.")
    complexity: str | None = strawberry.field(default=None, description="N1 to N5; default N1.")
    points: str | None = strawberry.field(default=None, description="Điểm.")
    coefficient: str | None = strawberry.field(default=None, description="Hệ số.")
    standard_hours: str | None = strawberry.field(default=None, description="Định mức giờ.")
    lead_days: str | None = strawberry.field(default=None, description="Ngày làm việc.")
    quality_criteria: str | None = strawberry.field(default=None, description="Tiêu chí.")
    evidence_required: str | None = strawberry.field(default=None, description="Minh chứng.")
    data_source: str | None = strawberry.field(default=None, description="Nguồn dữ liệu.")
    orientation: str | None = strawberry.field(default=None, description="Định hướng.")
    kpi_kind: str | None = strawberry.field(default=None, description="Loại KPI.")
    job_positions: str | None = strawberry.field(default=None, description="Vị trí việc làm.")
    legal_basis: str | None = strawberry.field(default=None, description="Căn cứ.")
    procedure_code: str | None = strawberry.field(default=None, description="Mã thủ tục.")

    def to_row(self) -> Row:
        cells = {
            name: value
            for name, value in vars(self).items()
            if name != "row" and isinstance(value, str)
        }
        return Row(number=self.row, cells=cells)


@strawberry.input(description="Drafts in bulk; the same rules as one by one.")
class ImportWorkProductsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    rows: list[ImportRowInput] = strawberry.field(
        default_factory=list, description="1 to 500 rows; or give a file."
    )
    file: ImportFileInput | None = strawberry.field(default=None, description="Instead of rows.")
    on_error: OnError = strawberry.field(
        default=OnError.ALL_OR_NOTHING, description="What a bad row does to the good ones."
    )
    dry_run: bool = strawberry.field(default=False, description="Check only, write nothing.")
    province: str | None = strawberry.field(default=None, description="Default: your own.")
    unit: strawberry.ID | None = strawberry.field(
        default=None, description="Of the group-C rows. Default: your own."
    )

    def to_rows(self) -> tuple[Row, ...]:
        if self.file is None:
            return tuple(row.to_row() for row in self.rows)
        if self.rows:
            raise Invalid(
                en="give rows or a file, not both",
                vi="chỉ gửi các dòng hoặc tệp, không gửi cả hai",
                field="input.file",
            )
        return tuple(self.file.to_rows())
