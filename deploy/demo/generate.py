"""Makes the demo data from the ingredients beside it: `python deploy/demo/generate.py`."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from io import StringIO
from pathlib import Path
from typing import Any

from congvu_demo.generation.dossiers import dossiers, ratings
from congvu_demo.generation.draws import AFTER_LAST, FIRST, Draws
from congvu_demo.generation.people import officers
from congvu_demo.generation.plans import criteria, plans
from congvu_demo.generation.products import products

HERE = Path(__file__).parent
INGREDIENTS = HERE / "ingredients"
DATA = HERE / "src" / "congvu_demo" / "data"
COMMUNE = "H32.31.07"
NOTE = (
    "Dữ liệu minh họa: xã, người, hồ sơ và ý kiến đều do dự án đặt ra. Mã, tên và lĩnh vực của "
    "thủ tục là có thật; điểm, hệ số, định mức và thời hạn là của dự án, không phải số liệu chính "
    "thức. | Demo data: the commune, its people, dossiers and ratings are invented. Code, name and "
    "field of the procedures are facts; points, coefficients, hours and days are ours."
)


def files() -> dict[str, str]:
    """Name and text of every data file."""
    draws = Draws()
    people = officers(draws, _rows("posts"), _rows("names"))
    commune = [each for each in people if each.unit.startswith(COMMUNE)]
    served = dossiers(draws, COMMUNE, commune, _rows("procedures"))
    by_number = {each.number: each for each in people}
    place = {
        "note": NOTE,
        "system": "hrm.khanhhoa",
        "province": "56",
        "commune": COMMUNE,
        "quarter": {
            "name": "Quý III/2026",
            "starts_on": FIRST.isoformat(),
            "ends_on": AFTER_LAST.isoformat(),
        },
        "units": _rows("units"),
        "positions": _rows("positions"),
        "people": [asdict(each) for each in people],
    }
    catalogue = {"note": NOTE, "products": products(_rows("products"), _rows("procedures"))}
    return {
        "commune.json": _json(place),
        "products.json": _json(catalogue),
        "dossiers.csv": _csv(served),
        "ratings.csv": _csv(ratings(draws, served, by_number)),
        "plans.csv": _csv(plans(draws, commune, served)),
        "criteria.csv": _csv(criteria(draws, commune)),
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (INGREDIENTS / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Sequence[Any]) -> str:
    """Any: whichever dataclass the rows are."""
    text = StringIO()
    names = [each.name for each in fields(rows[0])]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


if __name__ == "__main__":
    for name, text in files().items():
        (DATA / name).write_text(text)
        sys.stdout.write(f"{name}: {text.count(chr(10))} lines\n")
