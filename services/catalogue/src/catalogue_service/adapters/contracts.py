"""What the catalogue promises: its schema, and one example of every event."""

from datetime import date
from decimal import Decimal

from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.adapters.subscriptions import SUBSCRIPTIONS
from catalogue_service.application import collections
from catalogue_service.application.feed.queries import TOLD
from catalogue_service.domain.adjustments.adjustments import (
    AdjustmentApproved,
    AdjustmentExpired,
    AdjustmentFields,
)
from catalogue_service.domain.common.kinds import Complexity, Group, KpiKind, Orientation
from catalogue_service.domain.products.versions import (
    Names,
    VersionApproved,
    VersionPublished,
    VersionRejected,
    VersionSubmitted,
    VersionSuperseded,
)
from catalogue_service.domain.products.work_products import ProductRetired
from catalogue_service.domain.proposals.proposals import ProposalDecided
from catalogue_service.domain.releases.releases import ReleasePublished
from congvu_kit.tools.contracts import Contracts, Published

_NAMES: Names = {
    "version_id": "C.56.22363.1.001193@2",
    "code": "C.56.22363.1.001193",
    "number": 2,
    "group": Group.C,
    "province": "56",
    "unit_id": "unit_0198f0c2a4d17e5b8c3d2e1f0a9b8c7d",
}
_HASH = "9f2c1f6e0b7a4c58d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0"
_RELEASE = "rel_0198f0c2a4d17e5b8c3d2e1f0a9b8c7e"

_PUBLISHED = VersionPublished(
    **_NAMES,
    name_vi="Đăng ký khai sinh",
    name_en="Birth registration",
    field="Hộ tịch",
    unit_of_measure="hồ sơ",
    points=Decimal("12.5"),
    coefficient=Decimal("2.5"),
    complexity=Complexity.N1,
    standard_hours=Decimal("0.5"),
    lead_days=1,
    orientation=Orientation.PUBLIC_SERVICE,
    kpi_kind=KpiKind.HARD,
    procedure_code="1.001193",
    job_positions=("ho-tich",),
    release_id=_RELEASE,
    effective_from=date(2026, 7, 1),
    effective_to=None,
    content_hash=_HASH,
)

_ADJUSTMENT: AdjustmentFields = {
    "adjustment_id": "adj_0198f0c2a4d17e5b8c3d2e1f0a9b8c7f",
    "version_id": "B.56.KH-001@1",
    "code": "B.56.KH-001",
    "province": "56",
    "unit_id": "unit_0198f0c2a4d17e5b8c3d2e1f0a9b8c7d",
    "norm": "COEFFICIENT",
    "value": Decimal("2.5"),
    "valid_from": date(2026, 7, 1),
    "valid_to": date(2027, 7, 1),
}

EVENTS = (
    VersionSubmitted(**_NAMES),
    VersionApproved(**_NAMES),
    VersionRejected(**_NAMES, reason="Chưa nêu căn cứ pháp lý."),
    _PUBLISHED,
    VersionSuperseded(**_NAMES, effective_to=date(2027, 1, 1), replaced_by="C.56.22363.1.001193@3"),
    ProductRetired(
        **_NAMES,
        effective_to=date(2027, 1, 1),
        replacement_code="C.56.22363.2.000635",
        decision_number="283/QĐ-UBND",
    ),
    ReleasePublished(
        release_id=_RELEASE,
        province="56",
        unit_id="unit_0198f0c2a4d17e5b8c3d2e1f0a9b8c7d",
        groups=(Group.C,),
        decision_number="283/QĐ-UBND",
        effective_from=date(2026, 7, 1),
        version_count=32,
        content_hash=_HASH,
    ),
    AdjustmentApproved(**_ADJUSTMENT),
    AdjustmentExpired(**_ADJUSTMENT),
    ProposalDecided(
        proposal_id="prop_0198f0c2a4d17e5b8c3d2e1f0a9b8c80",
        province="56",
        group=Group.B,
        code="B.56.KH-001",
        accepted=True,
        reason="Phù hợp nhiệm vụ chung của các xã.",
    ),
)

CONTRACTS = Contracts(
    service="catalogue",
    schema=schema,
    subscriptions=SUBSCRIPTIONS,
    collections=collections.ALL,
    feed=collections.FEED,
    told=TOLD,
    events=[Published(type(example), example) for example in EVENTS],
)
