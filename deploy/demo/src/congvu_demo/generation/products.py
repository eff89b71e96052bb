"""The catalogue: groups A, B and D as written, group C with one product for each procedure."""

from collections.abc import Mapping, Sequence

Row = Mapping[str, str]

COLUMNS = (
    "group", "code", "name_vi", "name_en", "field", "unit_of_measure", "complexity", "points",
    "standard_hours", "lead_days", "quality_criteria", "evidence_required", "data_source",
    "orientation", "kpi_kind", "job_positions", "legal_basis", "procedure_code",
)  # fmt: skip
"""As an import sheet of the catalogue has them."""

OF_DOSSIERS = {
    "unit_of_measure": "hồ sơ",
    "quality_criteria": "Đúng thành phần hồ sơ, yêu cầu bổ sung không quá một lần",
    "evidence_required": "Kết quả giải quyết trên Hệ thống thông tin giải quyết thủ tục hành chính",
    "data_source": "ONE_STOP",
    "orientation": "ADMIN_PROCEDURE",
    "kpi_kind": "HARD",
}
OF_DOCUMENTS = {
    "quality_criteria": "Đúng thể thức, được cấp có thẩm quyền thông qua",
    "evidence_required": "Văn bản, biên bản đã ký",
    "data_source": "MANUAL",
}
LEGAL_BASIS = "Danh mục minh họa; hệ số không phải số liệu chính thức"


def products(written: Sequence[Row], procedures: Sequence[Row]) -> list[dict[str, str]]:
    shared = [{**row, **OF_DOCUMENTS} for row in written]
    local = [
        {
            **row,
            **OF_DOSSIERS,
            "group": "C",
            "code": product_code(row["procedure_code"]),
            "name_vi": f"Giải quyết hồ sơ: {row['name']}",
        }
        for row in procedures
    ]
    return [
        {name: {**row, "legal_basis": LEGAL_BASIS}.get(name, "") for name in COLUMNS}
        for row in (*shared, *local)
    ]


def product_code(procedure: str) -> str:
    """Of the group-C product that counts this procedure's dossiers."""
    return f"C.56.3107.{procedure}"
