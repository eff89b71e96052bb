"""A country's catalogue as the database keeps it: communes with group-C products in versions."""

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.domain.common.kinds import Catalogue, Complexity, Group, Orientation
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.content import Draft
from catalogue_service.domain.products.versions import VersionState, WorkProductVersion
from catalogue_service.domain.products.work_products import ProductState, Span, WorkProduct
from congvu_kit.application.documents import Codec

PROVINCES = 34
PRODUCTS_EACH, EDITIONS = 60, 5
"""Issue 3: 3,321 communes with 60 group-C products each in five versions."""

FIRST_DAY = date(2026, 1, 1)
WORK = ("Đăng ký", "Cấp giấy phép", "Chứng thực", "Thẩm định", "Kiểm tra", "Xác nhận")
MATTER = (
    "khai sinh",
    "khai tử",
    "kết hôn",
    "giám hộ",
    "hộ kinh doanh",
    "nhà ở riêng lẻ",
    "đất nông nghiệp",
    "tạm trú",
    "thường trú",
    "hộ nghèo",
    "người có công",
    "bản sao từ bản chính",
)
FIELDS = ("Hộ tịch", "Xây dựng", "Đất đai", "Cư trú", "Bảo trợ xã hội")

Document = dict[str, Any]


def communes_for(versions: int) -> int:
    return max(1, round(versions / (PRODUCTS_EACH * EDITIONS)))


def commune(number: int) -> tuple[list[Document], list[Document]]:
    """The product and the version documents of one commune."""
    province = f"{number % PROVINCES + 1:02d}"
    unit = f"unit_{number:05d}"
    products, versions = [], []
    for at, (product, editions) in enumerate(_TEMPLATES):
        code = f"C.{province}.{number:05d}.{at:03d}"
        place = {"group": "C", "province": province, "unit_id": unit}
        products.append({**product, "_id": code, "catalogue": place})
        versions += [
            {**each, "_id": f"{code}@{n}", "code": code, "catalogue": place}
            for n, each in enumerate(editions, start=1)
        ]
    return products, versions


def _templates() -> Iterator[tuple[Document, list[Document]]]:
    """What every commune has in common, made by the domain itself and dumped as it is kept."""
    place = Catalogue(group=Group.C, province="01", unit_id="unit")
    policy = CataloguePolicy(id="01")
    product_codec, version_codec = Codec(PRODUCTS), Codec(VERSIONS)
    for at in range(PRODUCTS_EACH):
        code = f"C.01.X.{at}"
        product = WorkProduct(id=code, catalogue=place, name_vi="x", revision=6)
        editions = []
        for number in range(1, EDITIONS + 1):
            version = _version(code, at, number, place, policy)
            product.found_by = product.found_by.also("C", version.content)
            product.name_vi = version.content.name_vi
            editions.append(version_codec.dump(version))
        product.state = ProductState.ACTIVE
        product.last_number = EDITIONS
        product.timeline = tuple(_span(number) for number in range(1, EDITIONS + 1))
        yield copy.deepcopy(product_codec.dump(product)), editions


def _span(number: int) -> Span:
    starts = FIRST_DAY + timedelta(days=30 * (number - 1))
    ends = None if number == EDITIONS else starts + timedelta(days=30)
    return Span(number=number, starts_on=starts, ends_on=ends)


def _version(
    code: str, at: int, number: int, place: Catalogue, policy: CataloguePolicy
) -> WorkProductVersion:
    draft = Draft(
        name_vi=f"{WORK[at % len(WORK)]} {MATTER[at % len(MATTER)]} loại {at}",
        unit_of_measure="hồ sơ",
        complexity=Complexity.N1,
        points=Decimal(5 + number),
        description="Tiếp nhận, kiểm tra thành phần hồ sơ, xử lý và trả kết quả đúng hạn.",
        field=FIELDS[at % len(FIELDS)],
        standard_hours=Decimal("1.5"),
        lead_days=3,
        quality_criteria=("Đúng thẩm quyền", "Không phải làm lại"),
        evidence_required=("Mã hồ sơ một cửa",),
        orientation=list(Orientation)[at % 2],
        job_positions=(f"vt-{at % 9}",),
        legal_basis="Quyết định công bố thủ tục hành chính",
        procedure_code=f"1.{at:06d}",
    )
    content = checked(draft, place, policy)
    span = _span(number)
    return WorkProductVersion(
        id=f"{code}@{number}",
        code=code,
        number=number,
        catalogue=place,
        content=content,
        content_hash=content.hash,
        state=VersionState.PUBLISHED if span.ends_on is None else VersionState.SUPERSEDED,
        effective_from=span.starts_on,
        effective_to=span.ends_on,
        decision_number="283/QĐ-UBND",
        release_id="rel_0",
        revision=5,
    )


_TEMPLATES = [*_templates()]
