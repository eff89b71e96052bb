"""`congvu export catalogue`: the products in force, as an import reads them back, or with more."""

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catalogue_service.adapters.cli.catalogue import export_sheet
from catalogue_service.domain.products.content import RULES, FieldRule
from congvu_kit.domain.clock import SystemClock, business_date
from congvu_kit.domain.text import camel
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url
from congvu_kit.tools.exports.columns import Column, Headings, Kind, Type
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.running import (
    AllowEmpty,
    Format,
    HeadingsOption,
    Wanted,
    part_of,
    tell,
    write_export,
)
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.named import UNIT_IS, unit_id

_TYPES = {Decimal: Type.DECIMAL, int: Type.WHOLE, tuple: Type.TEXTS}


def _column(rule: FieldRule) -> Column:
    """A code of a closed list is in words where headings are Vietnamese: an import reads both."""
    words = rule.kind.__name__ if issubclass(rule.kind, StrEnum) else None
    path, type = f"version.{camel(rule.name)}", _TYPES.get(rule.kind, Type.TEXT)
    return Column(rule.name, path, type, words)


CATALOGUE = Kind(
    name="catalogue",
    version=1,
    field="workProducts",
    variables={"filter": "WorkProductFilter"},
    arguments="filter: $filter",
    page=100,
    columns=(
        Column("group", "group"),
        Column("code", "version.code"),
        *map(_column, RULES),
        Column("product_id", "id"),
        Column("product_state", "state", words="ProductState"),
        Column("province", "province"),
        Column("unit_id", "unit.id"),
        Column("version_number", "version.number", Type.WHOLE),
        Column("reference_points", "version.referencePoints", Type.DECIMAL),
        Column("effective_from", "version.effectiveFrom", Type.DAY),
        Column("effective_to", "version.effectiveTo", Type.DAY),
        Column("decision_number", "version.decisionNumber"),
        Column("content_hash", "version.contentHash"),
    ),
)
"""First what an import reads, from its own rules; then what it passes over."""

DOCUMENTS = [CATALOGUE.document]
"""Where the registered documents are looked for (decision 0018)."""

RELEASES = """query ReleasesOfExport($province: String!, $unit: ID) {
  catalogueReleases(province: $province, unitId: $unit, first: 1) {
    edges { node { id decisionNumber effectiveFrom contentHash } }
  }
}"""


def export_catalogue(
    file: Annotated[
        Path | None,
        typer.Argument(help="One sheet as an import reads it back: .xlsx .csv or .json."),
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option(help="Instead: the folder for files with a manifest.")
    ] = None,
    form: Format = Form.CSV,
    headings: HeadingsOption = Headings.EN,
    allow_empty: AllowEmpty = False,
    province: Annotated[
        str | None, typer.Option(help="Two digits; a ministry's code; 00: national.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help=f"One unit's group C. {UNIT_IS}")] = None,
    group: Annotated[str | None, typer.Option(help="A, B, C or D.")] = None,
    as_of: Annotated[str | None, typer.Option(help="A day, 2026-07-01. Default: today.")] = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Write the products in force (danh mục). Either way an import reads it back unchanged; with
    --out each row tells its version, days and decision too, and congvu verify-export checks it."""
    if (file is None) is (out is None):
        raise WrongCall(vi="Ghi tên tệp, hoặc --out.", en="give FILE, or --out")
    as_of = as_of or business_date(SystemClock().now()).isoformat()
    with Gateway(url, token) as gateway:
        unit = unit and unit_id(gateway, unit, province)
        given = {"province": province, "unitId": unit, "group": group, "asOf": as_of}
        wanted = {name: value for name, value in given.items() if value is not None}
        if out is None:
            assert file is not None
            export_sheet(gateway, file, wanted)
            return
        how = Wanted(out=out, form=form, headings=headings, allow_empty=allow_empty)
        part = part_of(gateway, CATALOGUE, {"filter": wanted})
        latest = _latest_release(gateway, province, unit)
        about = {"kind": CATALOGUE.name, "asked": wanted, "asOf": as_of, "latestRelease": latest}
        tell(write_export(f"{CATALOGUE.name}-{as_of}", [part], how, about))


def _latest_release(gateway: Gateway, province: str | None, unit: str | None) -> object:
    """Of the list that was asked for; none of all lists together."""
    if province is None:
        return None
    edges = gateway.query(RELEASES, {"province": province, "unit": unit})
    found = edges["catalogueReleases"]["edges"]
    return found[0]["node"] if found else None
