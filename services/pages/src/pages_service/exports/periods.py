"""Which period is meant: by its id, or by its code (mã kỳ) in a province."""

from collections.abc import Mapping
from typing import Any

from congvu_kit.tools.client import Gateway
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.named import no_period, period_id

_FIELDS = """{
    id code name kind state province startsOn endsOn revision releaseIds frozenAt publishedAt
    staffPolicy { policy hash } deputyPolicy { policy hash } leaderPolicy { policy hash }
    unitPolicy { policy hash } seal { hash number } scopeUnit { id code name }
  }"""

PERIOD = f"""query ExportPeriod($id: ID!) {{
  evaluationPeriod(id: $id) {_FIELDS}
}}"""

Period = Mapping[str, Any]
"""Any: JSON."""


def find_period(gateway: Gateway, wanted: str, province: str | None) -> Period:
    """Raise `Failure` for none, and for several of one code."""
    id = period_id(gateway, wanted, province)
    found: Period | None = gateway.query(PERIOD, {"id": id})["evaluationPeriod"]
    if found is None:
        raise no_period()
    return found


def require_still(gateway: Gateway, period: Period) -> None:
    """Raise `Failure` where it went on while it was read: half of the rows would be of before."""
    now = gateway.query(PERIOD, {"id": period["id"]})["evaluationPeriod"]
    if now is None or (now["state"], now["revision"]) != (period["state"], period["revision"]):
        raise Failure(
            vi="Kỳ đã chuyển bước trong khi xuất; chưa ghi tệp nào. Vui lòng chạy lại.",
            en="the period went on while it was read; nothing was written: run it again",
        )
