"""`congvu export consequences`: what follows from a published period, as lists for pay, personnel
and training."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from evaluation_service.adapters.cli.evaluation import (
    require_sheet,
    require_there,
    write_rows,
)

PERSONS = """
query Consequences($period: ID!, $unit: ID, $after: String) {
  consequences(periodId: $period, unitId: $unit, first: 25, after: $after) {
    edges { node {
      evaluationId sheet policy resultHash sealHash band
      unit { code name }
      civilServant { fullName externalRefs { system id } }
      headcount { rule { id clause } value }
      pay { rule { id clause } kind rate }
      proposals { rule { id clause } kind proposalVi }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

TRAINING = """
query TrainingNeeds($period: ID!, $unit: ID, $after: String) {
  trainingNeeds(periodId: $period, unitId: $unit, first: 2, after: $after) {
    edges { node {
      sealHash
      unit { code name }
      needs { rule { id clause } kind code rated people share sources { evaluationId sheet } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

CASES = """
query CasesOfPeriod($period: ID!, $after: String) {
  triggerCases(periodId: $period, first: 50, after: $after) {
    edges { node {
      rule state reason dueOn fires
      civilServant { fullName externalRefs { system id } unit { code name } }
      evaluation { id }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

Node = Mapping[str, Any]
Row = dict[str, object]


class List(StrEnum):
    """Which list."""

    HEADCOUNT = "headcount"
    PAY = "pay"
    PROPOSALS = "proposals"
    TRAINING = "training"
    CASES = "cases"


def export_consequences(
    period: Annotated[str, typer.Argument(help="The id of a published period.")],
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx .csv or .json.")],
    *,
    list_: Annotated[List, typer.Option("--list", help="Which list.")] = List.PAY,
    unit: Annotated[str | None, typer.Option(help="Only this unit and all below it.")] = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Write a list of what follows from the results of a published period that you may see: each
    row with rule, period and source (evaluation, sheet, seal). Nothing follows by itself: people
    decide."""
    require_sheet(file)
    document, field, rows_of = _LISTS[list_]
    rows: list[Row] = []
    asked = {"period": period} | ({} if list_ is List.CASES else {"unit": unit})
    with Gateway(url, token) as gateway, progress("exporting") as advance:
        require_there(gateway, period, unit)
        for node in gateway.pages(document, field, asked):
            rows += [{**row, "period": period} for row in rows_of(node)]
            advance(1)
    write_rows(file, list_, [*HEADINGS[list_], "period"], rows)
    typer.echo(f"{len(rows)} rows written to {file}")


def _person(node: Node) -> Row:
    person = node["civilServant"] or {"fullName": None, "externalRefs": []}
    ref = (person["externalRefs"] or [{"system": None, "id": None}])[0]
    unit = node.get("unit") or person.get("unit") or {"code": None, "name": None}
    return {
        "unit_code": unit["code"],
        "unit_name": unit["name"],
        "system": ref["system"],
        "id": ref["id"],
        "full_name": person["fullName"],
    }


def _source(node: Node) -> Row:
    return {
        "policy": node["policy"],
        "evaluation": node["evaluationId"],
        "sheet": node["sheet"],
        "result_hash": node["resultHash"],
        "seal": node["sealHash"],
    }


def _rule(row: Node) -> Row:
    return {"rule": row["rule"]["id"], "clause": row["rule"]["clause"]}


def _of_persons(name: str, shown: Mapping[str, str]) -> Callable[[Node], Iterator[Row]]:
    def rows(node: Node) -> Iterator[Row]:
        for each in node[name]:
            values = {heading: each[field] for heading, field in shown.items()}
            yield {**_person(node), "band": node["band"], **values, **_rule(each), **_source(node)}

    return rows


def _training(node: Node) -> Iterator[Row]:
    unit = node["unit"] or {"code": None, "name": None}
    for each in node["needs"]:
        for source in each["sources"]:
            yield {
                "unit_code": unit["code"],
                "unit_name": unit["name"],
                **{name: each[name] for name in ("kind", "code", "rated", "people", "share")},
                **_rule(each),
                "evaluation": source["evaluationId"],
                "sheet": source["sheet"],
                "seal": node["sealHash"],
            }


def _case(node: Node) -> Iterator[Row]:
    yield {
        **_person(node),
        **{name: node[name] for name in ("rule", "state", "reason", "fires")},
        "due_on": node["dueOn"],
        "evaluation": (node["evaluation"] or {"id": None})["id"],
    }


_PERSON = ("unit_code", "unit_name", "system", "id", "full_name", "band")
_RULE = ("rule", "clause")
_SOURCE = ("policy", "evaluation", "sheet", "result_hash", "seal")
_SHOWN: Mapping[List, tuple[str, Mapping[str, str]]] = {
    List.HEADCOUNT: ("headcount", {"people": "value"}),
    List.PAY: ("pay", {"kind": "kind", "rate": "rate"}),
    List.PROPOSALS: ("proposals", {"kind": "kind", "proposal": "proposalVi"}),
}
HEADINGS: Mapping[List, tuple[str, ...]] = {
    **{list_: (*_PERSON, *shown, *_RULE, *_SOURCE) for list_, (_, shown) in _SHOWN.items()},
    List.TRAINING: (
        *("unit_code", "unit_name", "kind", "code", "rated", "people", "share"),
        *(*_RULE, "evaluation", "sheet", "seal"),
    ),
    List.CASES: (*_PERSON[:-1], "rule", "state", "reason", "fires", "due_on", "evaluation"),
}
_LISTS: Mapping[List, tuple[str, str, Callable[[Node], Iterator[Row]]]] = {
    **{
        list_: (PERSONS, "consequences", _of_persons(name, shown))
        for list_, (name, shown) in _SHOWN.items()
    },
    List.TRAINING: (TRAINING, "trainingNeeds", _training),
    List.CASES: (CASES, "triggerCases", _case),
}
