"""Periods, units, people and releases as people name them on the command line: by the codes and
numbers they know, or by ids."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

import typer

from congvu_kit.adapters.tabular import day_of
from congvu_kit.domain.text import canonical_text
from congvu_kit.tools.client import Gateway
from congvu_kit.tools.failure import Failure, WrongCall
from congvu_kit.tools.speech import said

PERIOD_IS: Final = "Kỳ đánh giá: its code, as 2026-Q3, or its id."
UNIT_IS: Final = "Its code, SYSTEM|ID, or its id."
OFFICER_IS: Final = "SYSTEM|ID of the civil servant, or the id."
RELEASE_IS: Final = "The number of its decision, as 283/QĐ-UBND, or its id."
"""Each ends the help of every option that names one."""

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
query NamedUnit($ref: ExternalRefInput!) {
  orgUnitByRef(ref: $ref) { id externalRef { system id } }
}"""

UNIT_OF_ID = """
query NamedUnitOfId($id: ID!) { orgUnit(id: $id) { id externalRef { system id } } }"""

UNITS = """
query NamedUnits($province: String!, $filter: OrgUnitFilter, $after: String) {
  orgUnits(province: $province, filter: $filter, first: 100, after: $after) {
    edges { node { id code name externalRef { system id } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

OFFICER = """
query NamedOfficer($ref: ExternalRefInput!) { civilServantByRef(ref: $ref) { id } }"""

RELEASE: Final = "rel_"
"""Begins the id of a release; no decision is numbered so."""

RELEASES = """
query NamedReleases($province: String!, $unit: ID, $after: String) {
  catalogueReleases(province: $province, unitId: $unit, first: 100, after: $after) {
    edges { node { id decisionNumber effectiveFrom } }
    pageInfo { hasNextPage endCursor }
  }
}"""

COUNTRY: Final = "00"
"""The place of the national lists."""

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
    fitting = [
        each for each in known if wanted.upper() in (each["code"].upper(), each["id"].upper())
    ]
    only = _only_one(
        fitting,
        known,
        _period_line,
        none=said(
            vi="Không tìm thấy kỳ đánh giá có mã này.",
            en="there is no such period",
        ),
        several=said(
            vi="Có nhiều kỳ cùng mã này; vui lòng dùng mã định danh của một kỳ:",
            en="several periods have this code; say the id of one:",
        ),
    )
    return str(only["id"])


def unit_id(gateway: Gateway, wanted: str, province: str | None = None) -> str:
    """By the agency code, by the id in another system, alone or as SYSTEM|ID, or by the id, which
    is taken as it is. Raise `Failure` as `period_id`."""
    return wanted if ID.fullmatch(wanted) else str(_unit(gateway, wanted, province)["id"])


def unit_ref(gateway: Gateway, wanted: str, province: str | None = None) -> Mapping[str, str]:
    """Its system and its id there, by all that names a unit. Raise `Failure` as `period_id`."""
    if not ID.fullmatch(wanted):
        found: Mapping[str, Any] | None = _unit(gateway, wanted, province)
    else:
        found = gateway.query(UNIT_OF_ID, {"id": wanted})["orgUnit"]
    if found is None:
        raise Failure(vi="Không tìm thấy đơn vị này.", en="there is no such unit")
    ref: Mapping[str, str] = found["externalRef"]
    return ref


def _unit(gateway: Gateway, wanted: str, province: str | None) -> Mapping[str, Any]:
    """One question where it is spelled as it is kept; else of all there are."""
    system, bar, outer = wanted.partition("|")
    if bar:
        found = gateway.query(UNIT, {"ref": {"system": system, "id": outer}})["orgUnitByRef"]
        if found is not None:
            return dict(found)
    province = province or _own_province(gateway)
    if province is None:
        raise Failure(
            vi="Không tìm thấy đơn vị này. Vui lòng ghi SYSTEM|ID hoặc mã định danh của đơn vị.",
            en="there is no such unit; say SYSTEM|ID, or the id of the unit",
        )
    given: dict[str, object] = {"province": province}
    coded = {} if bar else {**given, "filter": {"code": wanted}}
    fitting = list(gateway.pages(UNITS, "orgUnits", coded)) if coded else []
    known = fitting or list(gateway.pages(UNITS, "orgUnits", given))
    return _only_one(
        fitting or [each for each in known if wanted.upper() in _names(each)],
        known,
        _unit_line,
        none=said(
            vi="Không tìm thấy đơn vị có mã này.",
            en="there is no such unit",
        ),
        several=said(
            vi="Có nhiều đơn vị cùng mã này; vui lòng ghi SYSTEM|ID hoặc mã định danh:",
            en="several units have this code; say SYSTEM|ID or the id of one:",
        ),
    )


def officer_id(gateway: Gateway, wanted: str) -> str:
    """By SYSTEM|ID, or by the id, which is taken as it is. Raise `Failure` for nobody."""
    if ID.fullmatch(wanted):
        return wanted
    system, _, outer = wanted.partition("|")
    ref = {"system": system, "id": outer}
    found = gateway.query(OFFICER, {"ref": ref})["civilServantByRef"] if outer else None
    if found is None:
        raise Failure(
            vi="Không tìm thấy công chức này. Vui lòng ghi SYSTEM|ID hoặc mã định danh.",
            en="there is no such civil servant; say SYSTEM|ID, or the id",
        )
    return str(found["id"])


def release_id(gateway: Gateway, wanted: str, unit: str, province: str | None = None) -> str:
    """By the number of its decision: of the unit (an id), else of its province, else of the
    country; or by the id, which is taken as it is. Raise `Failure` as `period_id`."""
    if wanted.startswith(RELEASE):
        return wanted
    province = province or _own_province(gateway)
    lists: list[dict[str, object]] = [{"province": COUNTRY}]
    if province is not None:
        lists = [{"province": province, "unit": unit}, {"province": province}, *lists]
    known: dict[str, Mapping[str, Any]] = {}
    number = _number(wanted)
    fitting: list[Mapping[str, Any]] = []
    for each in lists:
        found = list(gateway.pages(RELEASES, "catalogueReleases", each))
        known |= {release["id"]: release for release in found}
        fitting = [release for release in found if _number(release["decisionNumber"]) == number]
        if fitting:
            break
    return str(
        _only_one(
            fitting,
            [*known.values()],
            _release_line,
            none=said(
                vi="Không tìm thấy đợt ban hành theo quyết định này.",
                en="there is no release by this decision",
            ),
            several=said(
                vi="Có nhiều đợt ban hành theo quyết định này; vui lòng ghi mã định danh của "
                "một đợt:",
                en="several releases are by this decision; say the id of one:",
            ),
        )["id"]
    )


def _number(decision: str) -> str:
    """As it is compared: nobody types its spaces and capitals alike."""
    return "".join(canonical_text(decision).split()).upper()


def day_option(text: str, option: str) -> date:
    """A day as an office or a program writes it. Raise `WrongCall` for none."""
    found = day_of(text.strip())
    if found is None:
        raise WrongCall(
            vi="Ghi ngày theo dạng 01/07/2026 hoặc 2026-07-01.",
            en="a day, as 2026-07-01 or 01/07/2026",
            param_hint=option,
        )
    return date.fromisoformat(found)


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
) -> Mapping[str, Any]:
    if len(fitting) == 1:
        return fitting[0]
    there = fitting or known
    lines = [f"  {line(each)}" for each in there[:SHOWN]]
    if len(there) > SHOWN:
        hidden = len(there) - SHOWN
        lines.append(said(vi=f"  … và {hidden} mục nữa", en=f"  ... and {hidden} more"))
    if not fitting and known:
        none = said(vi=f"{none} Hiện có:", en=f"{none}; there are:")
    raise Failure("\n".join([several if fitting else none, *lines]))


def _period_line(period: Mapping[str, Any]) -> str:
    return f"{period['code']}  {period['id']}  {period['name']}"


def _unit_line(unit: Mapping[str, Any]) -> str:
    return f"{unit['code']}  {_outer(unit)}  {unit['name']}"


def _release_line(release: Mapping[str, Any]) -> str:
    from_day = release["effectiveFrom"]
    return f"{release['decisionNumber']}  {release['id']}  {from_day}"


def _outer(unit: Mapping[str, Any]) -> str:
    return f"{unit['externalRef']['system']}|{unit['externalRef']['id']}"


def _names(unit: Mapping[str, Any]) -> set[str]:
    told = (unit["id"], unit["code"], unit["externalRef"]["id"], _outer(unit))
    return {each.upper() for each in told}
