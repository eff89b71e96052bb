"""Periods and units as people name them on the command line: by the codes they know, or by ids."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from congvu_kit.tools.client import Gateway
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

PERIOD_IS: Final = "Kỳ đánh giá: its code, as 2026-Q3, or its id."
UNIT_IS: Final = "Its code, SYSTEM|ID, or its id."
"""Ends the help of every option that names a unit."""

Period = Annotated[str, typer.Argument(help=PERIOD_IS)]
PeriodOption = Annotated[str, typer.Option("--period", help=PERIOD_IS)]
WithinUnit = Annotated[
    str | None, typer.Option("--unit", help=f"Only this unit and all below it. {UNIT_IS}")
]

SHOWN: Final = 20
"""Of what there is instead; the rest is a number."""

ID: Final = re.compile(r"[a-z]+_[0-9a-f]{32}")

ME = """
query NamedBy { me { province } }"""

PERIODS = """
query NamedPeriods($filter: EvaluationPeriodFilter, $after: String) {
  evaluationPeriods(filter: $filter, first: 50, after: $after) {
    edges { node { id code name province } }
    pageInfo { hasNextPage endCursor }
  }
}"""

UNIT = """
query NamedUnit($ref: ExternalRefInput!) { orgUnitByRef(ref: $ref) { id } }"""

UNITS = """
query NamedUnits($province: String!, $after: String) {
  orgUnits(province: $province, first: 100, after: $after) {
    edges { node { id code name externalRef { system id } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

Found = Sequence[Mapping[str, Any]]
"""Any: JSON."""


def no_period() -> Failure:
    """Of an id that the graph has nothing for."""
    return Failure(
        vi="Không tìm thấy kỳ đánh giá, hoặc tài khoản không được xem kỳ này.",
        en="there is no such period, or you may not see it",
    )


def period_id(gateway: Gateway, wanted: str, province: str | None = None) -> str:
    """Of the caller's province, or of all for a caller of none. An id is taken as it is. Raise
    `Failure` for a code of none and of several, with those there are."""
    if ID.fullmatch(wanted):
        return wanted
    province = province or _own_province(gateway)
    given = {"filter": {} if province is None else {"province": province}}
    known = list(gateway.pages(PERIODS, "evaluationPeriods", given))
    return _only_one(
        [each for each in known if wanted.upper() in (each["code"].upper(), each["id"].upper())],
        known,
        _period_line,
        none=said(
            vi="Không tìm thấy kỳ đánh giá có mã này. Các kỳ hiện có:",
            en="there is no such period; there are:",
        ),
        several=said(
            vi="Có nhiều kỳ cùng mã này; vui lòng dùng mã định danh của một kỳ:",
            en="several periods have this code; say the id of one:",
        ),
    )


def unit_id(gateway: Gateway, wanted: str, province: str | None = None) -> str:
    """By the agency code, by the id in another system, alone or as SYSTEM|ID, or by the id, which
    is taken as it is. Raise `Failure` as `period_id`."""
    if ID.fullmatch(wanted):
        return wanted
    system, bar, outer = wanted.partition("|")
    if bar:
        found = gateway.query(UNIT, {"ref": {"system": system, "id": outer}})["orgUnitByRef"]
        if found is not None:
            return str(found["id"])
    province = province or _own_province(gateway)
    if province is None:
        raise Failure(
            vi="Không tìm thấy đơn vị này. Vui lòng ghi SYSTEM|ID hoặc mã định danh của đơn vị.",
            en="there is no such unit; say SYSTEM|ID, or the id of the unit",
        )
    known = list(gateway.pages(UNITS, "orgUnits", {"province": province}))
    return _only_one(
        [each for each in known if wanted.upper() in _names(each)],
        known,
        _unit_line,
        none=said(
            vi="Không tìm thấy đơn vị có mã này. Các đơn vị hiện có:",
            en="there is no such unit; there are:",
        ),
        several=said(
            vi="Có nhiều đơn vị cùng mã này; vui lòng ghi SYSTEM|ID hoặc mã định danh:",
            en="several units have this code; say SYSTEM|ID or the id of one:",
        ),
    )


def _own_province(gateway: Gateway) -> str | None:
    caller = gateway.query(ME, {})["me"]
    province: str | None = caller and caller["province"]
    return province


def _only_one(
    fitting: Found,
    known: Found,
    line: Callable[[Mapping[str, Any]], str],
    *,
    none: str,
    several: str,
) -> str:
    if len(fitting) == 1:
        return str(fitting[0]["id"])
    there = fitting or known
    lines = [f"  {line(each)}" for each in there[:SHOWN]]
    if len(there) > SHOWN:
        hidden = len(there) - SHOWN
        lines.append(said(vi=f"  … và {hidden} mục nữa", en=f"  ... and {hidden} more"))
    raise Failure("\n".join([several if fitting else none, *lines]))


def _period_line(period: Mapping[str, Any]) -> str:
    return f"{period['code']}  {period['id']}  {period['name']}"


def _unit_line(unit: Mapping[str, Any]) -> str:
    return f"{unit['code']}  {_outer(unit)}  {unit['name']}"


def _outer(unit: Mapping[str, Any]) -> str:
    return f"{unit['externalRef']['system']}|{unit['externalRef']['id']}"


def _names(unit: Mapping[str, Any]) -> set[str]:
    told = (unit["id"], unit["code"], unit["externalRef"]["id"], _outer(unit))
    return {each.upper() for each in told}
