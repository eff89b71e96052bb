"""What follows from a published period: what the graph is asked for each list, and its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

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

UNITS = """
query HeadcountOfUnits($period: ID!, $unit: ID, $after: String) {
  orgEvaluations(periodId: $period, filter: { unitId: $unit }, first: 25, after: $after) {
    edges { node {
      id resultHash band
      unit { code name } period { seal { hash } }
      headcount { rule { id clause } value }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

_ANNEX = """serviceAnnex {
        satisfaction { index answers intervalLow intervalHigh }
        complaints { received due answeredInTime decided upheld }
        commitments { due kept partly missed }
        dossiers { inTime late waiting share }
      }"""

SERVICE_OF_UNITS = f"""
query ServiceOfUnits($period: ID!, $unit: ID, $after: String) {{
  orgEvaluations(periodId: $period, filter: {{ unitId: $unit }}, first: 25, after: $after) {{
    edges {{ node {{
      evaluationId: id resultHash band unit {{ code name }}
      {_ANNEX}
    }} }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}"""

SERVICE_OF_LEADERS = f"""
query ServiceOfLeaders($period: ID!, $unit: ID, $after: String) {{
  evaluations(filter: {{ periodId: $period, unitId: $unit }}, first: 25, after: $after) {{
    edges {{ node {{
      evaluationId: id resultHash band unit {{ code name }}
      civilServant {{ fullName externalRefs {{ system id }} }}
      {_ANNEX}
    }} }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}"""

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
    UNIT_HEADCOUNT = "unit-headcount"
    SERVICE = "service"
    CASES = "cases"


def _person(node: Node) -> Row:
    person = node.get("civilServant") or {"fullName": None, "externalRefs": []}
    ref = (person["externalRefs"] or [{"system": None, "id": None}])[0]
    return {
        **_place({"unit": node.get("unit") or person.get("unit")}),
        "system": ref["system"],
        "id": ref["id"],
        "full_name": person["fullName"],
    }


def _place(node: Node) -> Row:
    unit = node["unit"] or {"code": None, "name": None}
    return {"unit_code": unit["code"], "unit_name": unit["name"]}


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
    for each in node["needs"]:
        for source in each["sources"]:
            yield {
                **_place(node),
                **{name: each[name] for name in ("kind", "code", "rated", "people", "share")},
                **_rule(each),
                "evaluation": source["evaluationId"],
                "sheet": source["sheet"],
                "seal": node["sealHash"],
            }


def _of_unit(node: Node) -> Iterator[Row]:
    seal = (node["period"] or {}).get("seal") or {"hash": None}
    for each in node["headcount"]:
        yield {
            **_place(node),
            "band": node["band"],
            "people": each["value"],
            **_rule(each),
            "evaluation": node["id"],
            "result_hash": node["resultHash"],
            "seal": seal["hash"],
        }


def _service(node: Node) -> Iterator[Row]:
    """Of a leader, or of a unit, which has no person."""
    annex = node["serviceAnnex"]
    if annex is None:
        return
    yield {
        **_person(node),
        "band": node["band"],
        **{
            f"{part}_{name}": (annex[part] or {}).get(field)
            for part, fields in ANNEX.items()
            for name, field in fields.items()
        },
        "evaluation": node["evaluationId"],
        "result_hash": node["resultHash"],
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
ANNEX: Mapping[str, Mapping[str, str]] = {
    "satisfaction": {
        "index": "index",
        "n": "answers",
        "low": "intervalLow",
        "high": "intervalHigh",
    },
    "complaints": {
        "received": "received",
        "due": "due",
        "in_time": "answeredInTime",
        "decided": "decided",
        "upheld": "upheld",
    },
    "commitments": {each: each for each in ("due", "kept", "partly", "missed")},
    "dossiers": {"in_time": "inTime", "late": "late", "waiting": "waiting", "share": "share"},
}
HEADINGS: Mapping[List, tuple[str, ...]] = {
    **{list_: (*_PERSON, *shown, *_RULE, *_SOURCE) for list_, (_, shown) in _SHOWN.items()},
    List.TRAINING: (
        *("unit_code", "unit_name", "kind", "code", "rated", "people", "share"),
        *(*_RULE, "evaluation", "sheet", "seal"),
    ),
    List.UNIT_HEADCOUNT: (
        *("unit_code", "unit_name", "band", "people"),
        *(*_RULE, "evaluation", "result_hash", "seal"),
    ),
    List.SERVICE: (
        *_PERSON,
        *(f"{part}_{name}" for part, fields in ANNEX.items() for name in fields),
        *("evaluation", "result_hash"),
    ),
    List.CASES: (*_PERSON[:-1], "rule", "state", "reason", "fires", "due_on", "evaluation"),
}
LISTS: Mapping[List, Sequence[tuple[str, str, Callable[[Node], Iterator[Row]]]]] = {
    **{
        list_: [(PERSONS, "consequences", _of_persons(name, shown))]
        for list_, (name, shown) in _SHOWN.items()
    },
    List.TRAINING: [(TRAINING, "trainingNeeds", _training)],
    List.UNIT_HEADCOUNT: [(UNITS, "orgEvaluations", _of_unit)],
    List.SERVICE: [
        (SERVICE_OF_UNITS, "orgEvaluations", _service),
        (SERVICE_OF_LEADERS, "evaluations", _service),
    ],
    List.CASES: [(CASES, "triggerCases", _case)],
}
