"""Which period is meant: by its id, or by its code (mã kỳ) in a province."""

from collections.abc import Mapping
from typing import Any

from congvu_kit.tools.client import Gateway
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

_FIELDS = """{
    id code name kind state province startsOn endsOn revision releaseIds frozenAt publishedAt
    staffPolicy { policy hash } deputyPolicy { policy hash } leaderPolicy { policy hash }
    unitPolicy { policy hash } seal { hash number } scopeUnit { id code name }
  }"""

PERIOD = f"""query ExportPeriod($id: ID!) {{
  me {{ subject province }}
  evaluationPeriod(id: $id) {_FIELDS}
}}"""

PERIODS = f"""query ExportPeriods($province: String!, $after: String) {{
  evaluationPeriods(filter: {{province: $province}}, first: 50, after: $after) {{
    edges {{ node {_FIELDS} }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}"""

Period = Mapping[str, Any]
"""Any: JSON."""


def find_period(gateway: Gateway, wanted: str, province: str | None) -> Period:
    """Raise `Failure` for none, and for several of one code."""
    asked = gateway.query(PERIOD, {"id": wanted})
    if asked["evaluationPeriod"] is not None:
        found: Period = asked["evaluationPeriod"]
        return found
    province = province or (asked["me"] or {}).get("province")
    if province is None:
        raise Failure(
            vi=(
                "Không có kỳ nào mang mã định danh này. Để tìm theo mã kỳ, vui lòng cho biết "
                "mã tỉnh."
            ),
            en="no period has this id; to find one by its code say --province",
        )
    pages = gateway.pages(PERIODS, "evaluationPeriods", {"province": province})
    fitting = [each for each in pages if each["code"].upper() == wanted.upper()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        lines = "\n".join(f"  {each['id']}  {each['name']}" for each in fitting)
        raise Failure(
            said(
                vi=f"Có {len(fitting)} kỳ mang mã này; vui lòng dùng mã định danh của một kỳ:\n",
                en=f"{len(fitting)} periods have this code; say the id of one:\n",
            )
            + lines
        )
    raise Failure(
        vi="Tỉnh này không có kỳ nào mang mã này; chưa ghi tệp nào.",
        en=f"province {province} has no such period; nothing was written",
    )


def require_still(gateway: Gateway, period: Period) -> None:
    """Raise `Failure` where it went on while it was read: half of the rows would be of before."""
    now = gateway.query(PERIOD, {"id": period["id"]})["evaluationPeriod"]
    if now is None or (now["state"], now["revision"]) != (period["state"], period["revision"]):
        raise Failure(
            vi="Kỳ đã chuyển bước trong khi xuất; chưa ghi tệp nào. Vui lòng chạy lại.",
            en="the period went on while it was read; nothing was written: run it again",
        )
