"""A partner's own check of a closed period: every hash made again from what the graph shows."""

import json
from hashlib import sha256

import rfc8785

from congvu_demo.acts.period import results
from congvu_demo.acts.world import World
from congvu_demo.client import Json

SEAL = "query($id: ID!) { evaluationPeriod(id: $id) { sealed } }"

RUN = """query($id: ID!) { rankingRuns(periodId: $id, first: 1) { edges { node { id agency { id }
  sealed sealedResults { evaluationId hash band } } } } }"""


class Tampered(Exception):
    """A hash is not that of what it stands for."""


def _require_same(what: str, computed: object, sealed: object) -> None:
    if computed != sealed:
        raise Tampered(f"the {what} give {computed}, not the sealed {sealed}")


def fingerprint(value: Json | list[Json]) -> str:
    """SHA-256 over canonical JSON (RFC 8785)."""
    return sha256(rfc8785.dumps(value)).hexdigest()


async def recompute(world: World, period: Json) -> str:
    """The seal's hash; raises `Tampered` at the first level that is not what was hashed."""
    auditor, asked = world.cast.auditor, {"id": period["id"]}
    said = (await world.gateway.ask(auditor, SEAL, asked))["evaluationPeriod"]
    runs = await world.gateway.ask(auditor, RUN, asked)
    run = runs["rankingRuns"]["edges"][0]["node"]
    evaluations = await results(world, auditor, period)
    sealed = [_sealed(each) for each in evaluations.values()]
    sealed.sort(key=lambda each: str(each["evaluation_id"]))
    shown = [
        {"evaluation_id": each["evaluationId"], "hash": each["hash"], "band": each["band"]}
        for each in run["sealedResults"]
    ]
    _require_same("results of the agency", sealed, shown)
    agency = _record(run["sealed"])
    of_run = fingerprint({"agency_id": run["agency"]["id"], "results": sealed})
    _require_same("results of the agency", of_run, agency["results"])
    root = fingerprint([{"agency_id": run["agency"]["id"], "hash": fingerprint(agency)}])
    record = _record(said["sealed"])
    _require_same("agencies of the period", root, record["seal"]["root"])
    return fingerprint(record)


def _record(sealed: str) -> Json:
    record: Json = json.loads(sealed)["record"]
    return record


def _sealed(evaluation: Json) -> Json:
    record, sheet = _record(evaluation["sealed"]), evaluation["sheets"][-1]
    digest = sha256(sheet["snapshot"].encode()).hexdigest()
    if digest != sheet["snapshotHash"]:
        raise Tampered(f"the inputs of {evaluation['id']} are not those that were scored")
    bound = record["sheets"][-1]
    for what, here, there in (
        ("inputs", sheet["snapshotHash"], bound["snapshot_hash"]),
        ("result", sheet["resultHash"], bound["result_hash"]),
        ("person", evaluation["civilServant"]["id"], record["civil_servant_id"]),
        ("band", evaluation["band"], record.get("band")),
        ("state", evaluation["state"], record["state"]),
    ):
        _require_same(f"{what} of {evaluation['id']}", here, there)
    return {
        "evaluation_id": evaluation["id"],
        "hash": fingerprint(record),
        "band": evaluation["band"],
    }
