"""A partner's own check of a closed period: every hash made again from what the graph shows."""

from fractions import Fraction
from hashlib import sha256

import rfc8785

from congvu_demo.acts.period import results
from congvu_demo.acts.world import World
from congvu_demo.client import Json

SEAL = """query($id: ID!) { evaluationPeriod(id: $id) { id releaseIds
  staffPolicy { policy hash } deputyPolicy { policy hash } leaderPolicy { policy hash }
  seal { hash root signer sealedAt counts { band count } agencies { agencyId hash results } }
} }"""


class Tampered(Exception):
    """A hash is not that of what it stands for."""


def _require_same(what: str, computed: str, sealed: str) -> None:
    if computed != sealed:
        raise Tampered(f"the {what} give {computed}, not the sealed {sealed}")


def fingerprint(value: Json | list[Json]) -> str:
    """SHA-256 over canonical JSON (RFC 8785)."""
    return sha256(rfc8785.dumps(value)).hexdigest()


async def recompute(world: World, period: Json) -> str:
    """The seal's hash; raises `Tampered` at the first level that is not what was hashed."""
    seen = await world.gateway.ask(world.cast.auditor, SEAL, {"id": period["id"]})
    said = seen["evaluationPeriod"]
    agency = said["seal"]["agencies"][0]
    evaluations = await results(world, world.cast.auditor, period)
    sealed = [_sealed(each) for each in evaluations.values()]
    sealed.sort(key=lambda each: str(each["evaluation_id"]))
    run = fingerprint({"agency_id": agency["agencyId"], "results": sealed})
    _require_same("results of the agency", run, agency["hash"])
    root = fingerprint([{"agency_id": agency["agencyId"], "hash": run}])
    _require_same("agencies of the period", root, said["seal"]["root"])
    pins = (said["staffPolicy"], said["deputyPolicy"], said["leaderPolicy"])
    return fingerprint(
        {
            "format": "congvu.seal/1",
            "period_id": said["id"],
            "root": root,
            "counts": {each["band"]: each["count"] for each in said["seal"]["counts"]},
            "policies": {pin["policy"]: pin["hash"] for pin in pins},
            "releases": said["releaseIds"],
            "signer": said["seal"]["signer"],
            "sealed_at": said["seal"]["sealedAt"],
        }
    )


def _fraction(exact: str | None) -> str | None:
    """As a reduced fraction, `187/2`, where the graph may show the decimal 93.5."""
    return None if exact is None else str(Fraction(exact))


def _sealed(evaluation: Json) -> Json:
    sheet = evaluation["sheets"][-1]
    digest = sha256(sheet["snapshot"].encode()).hexdigest()
    if digest != sheet["snapshotHash"]:
        raise Tampered(f"the inputs of {evaluation['id']} are not those that were scored")
    return {
        "evaluation_id": evaluation["id"],
        "sheet": sheet["number"],
        "snapshot_hash": sheet["snapshotHash"],
        "result_hash": sheet["resultHash"],
        "total": _fraction(evaluation["totalExact"]),
        "band": evaluation["band"],
    }
