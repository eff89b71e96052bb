"""`congvu export KIND`: what the graph gives the caller, as files with a manifest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Annotated

import typer

from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url
from congvu_kit.tools.exports.columns import Headings, Kind, Row
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.running import (
    AllowEmpty,
    Format,
    HeadingsOption,
    Out,
    Part,
    Wanted,
    part_of,
    tell,
    write_export,
)
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.named import PERIOD_IS, PeriodOption, WithinUnit, unit_id
from pages_service.exports import kinds
from pages_service.exports.feedback_kinds import COMMITMENTS, COMPLAINTS, INDEXES, SUBMISSIONS
from pages_service.exports.lists import LISTS
from pages_service.exports.periods import Period, find_period, require_still
from pages_service.exports.tables import start

_ALL = (*kinds.KINDS.values(), *chain.from_iterable(LISTS.values()))
DOCUMENTS = [each for kind in _ALL for each in kind.documents]
"""Where the registered documents are looked for (decision 0018)."""

WithinOption = Annotated[
    str | None,
    typer.Option("--period", help=f"Only of its days. {PERIOD_IS}"),
]
ProvinceOption = Annotated[
    str | None, typer.Option(help="Where a code is looked for. Default: your token's.")
]

ListOption = Annotated[
    list[str] | None,
    typer.Option(
        "--list",
        help="Also what each row has a list of, as a table of its own: its name (reports, checks), "
        "or all. Several times for several.",
    ),
]
EVERY = "all"

_SAYS: Mapping[str, str] = {
    kinds.RESULTS.name: "Results of a period (kết quả đánh giá), a row a person.",
    kinds.UNIT_RESULTS.name: "Results of the units of a period (đánh giá tập thể), a row a unit.",
    kinds.EXPLANATIONS.name: "How each result came about (giải trình điểm), a row a line.",
    kinds.UNIT_EXPLANATIONS.name: "How each result of a unit came about, a row a line.",
    kinds.ASSIGNMENTS.name: "Work assigned in a period (việc được giao), a row an assignment.",
    kinds.READINGS.name: "Figures of objectives (số liệu chỉ tiêu), a row a figure of a day.",
    INDEXES.name: "Citizens' satisfaction in a period (chỉ số hài lòng), a row a unit.",
    COMPLAINTS.name: "Complaints (phản ánh), without who complained and what they wrote.",
    SUBMISSIONS.name: "Ratings, suggestions and praise (ý kiến), without who sent them.",
    COMMITMENTS.name: "Public promises (cam kết), a row a promise.",
}
_ENDS = " You get what your token may see, in a stable order; congvu verify-export checks it."

_DAY_OF = {
    COMPLAINTS.name: "filed_on",
    SUBMISSIONS.name: "received_on",
    COMMITMENTS.name: "due",
}
"""The day that tells whether a row is of a period."""


def _of_period(kind: Kind) -> Callable[..., None]:
    def command(
        *,
        period: PeriodOption,
        out: Out,
        province: ProvinceOption = None,
        unit: WithinUnit = None,
        form: Format = Form.CSV,
        headings: HeadingsOption = Headings.EN,
        list: ListOption = None,
        allow_empty: AllowEmpty = False,
        url: Url = GATEWAY,
        token: Token = "",
    ) -> None:
        wanted = Wanted(out=out, form=form, headings=headings, allow_empty=allow_empty)
        with Gateway(url, token) as gateway:
            found = find_period(gateway, period, province)
            of_unit = unit and unit_id(gateway, unit, province)
            variables = {"period": found["id"], "unit": of_unit}
            given = {name: variables[name] for name in kind.variables}
            _export(gateway, tables_of(kind, list or []), given, wanted, found)

    command.__doc__ = _SAYS[kind.name] + _ENDS
    return command


def _of_unit(kind: Kind) -> Callable[..., None]:
    def command(
        *,
        out: Out,
        period: WithinOption = None,
        province: ProvinceOption = None,
        unit: WithinUnit = None,
        form: Format = Form.CSV,
        headings: HeadingsOption = Headings.EN,
        list: ListOption = None,
        allow_empty: AllowEmpty = False,
        url: Url = GATEWAY,
        token: Token = "",
    ) -> None:
        wanted = Wanted(out=out, form=form, headings=headings, allow_empty=allow_empty)
        with Gateway(url, token) as gateway:
            found = find_period(gateway, period, province) if period else None
            of_unit = unit and unit_id(gateway, unit, province)
            tables = tables_of(kind, list or [])
            _export(gateway, tables, {"unit": of_unit}, wanted, found)

    command.__doc__ = _SAYS[kind.name] + _ENDS
    return command


def tables_of(kind: Kind, lists: Sequence[str]) -> Sequence[Kind]:
    """The kind itself, then the lists that are wanted, by their names. Raise `Failure`."""
    known = {each.name.removeprefix(start(kind)): each for each in LISTS.get(kind.name, ())}
    if not set(lists) <= {*known, EVERY}:
        names = ", ".join((*known, EVERY))
        raise Failure(
            vi=f"Loại này không có danh sách con mang tên đã ghi; các tên có thể dùng: {names}.",
            en=f"this kind has no such list; there are {names}",
        )
    wanted = known if EVERY in lists else {name: known[name] for name in known if name in lists}
    return [kind, *wanted.values()]


def _export(
    gateway: Gateway,
    tables: Sequence[Kind],
    variables: Mapping[str, object],
    wanted: Wanted,
    period: Period | None,
) -> None:
    kind = tables[0]
    about = {
        "kind": kind.name,
        "asked": variables,
        "period": period,
        "catalogueReleases": period["releaseIds"] if period else None,
    }
    parts = [_part(gateway, kind.name, each, variables, period) for each in tables]
    name = kind.name if period is None else f"{kind.name}-{period['code']}"
    tell(write_export(name, parts, wanted, about))


def _part(
    gateway: Gateway,
    of: str,
    table: Kind,
    variables: Mapping[str, object],
    period: Period | None,
) -> Part:
    part = part_of(gateway, table, variables)
    if period is None:
        return part
    if of in _DAY_OF:
        return replace(part, rows=_within(table, _DAY_OF[of], part.rows, period))
    return replace(part, rows=_unmoved(gateway, part.rows, period))


def _within(kind: Kind, day: str, rows: Iterable[Row], period: Period) -> Iterator[Row]:
    at = [each.name for each in kind.columns].index(day)
    first, after = (date.fromisoformat(period[name]) for name in ("startsOn", "endsOn"))
    for row in rows:
        if row[at] is not None and first <= date.fromisoformat(row[at]) < after:
            yield row


def _unmoved(gateway: Gateway, rows: Iterable[Row], period: Period) -> Iterator[Row]:
    yield from rows
    require_still(gateway, period)


export_results = _of_period(kinds.RESULTS)
export_unit_results = _of_period(kinds.UNIT_RESULTS)
export_explanations = _of_period(kinds.EXPLANATIONS)
export_unit_explanations = _of_period(kinds.UNIT_EXPLANATIONS)
export_assignments = _of_period(kinds.ASSIGNMENTS)
export_readings = _of_period(kinds.READINGS)
export_indexes = _of_period(INDEXES)
export_complaints = _of_unit(COMPLAINTS)
export_submissions = _of_unit(SUBMISSIONS)
export_commitments = _of_unit(COMMITMENTS)
