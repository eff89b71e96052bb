"""Every worked case of every shipped system, with what is said of its points."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import DomainError
from congvu_scoring import Snapshot, compile_policy, score_anyway
from congvu_scoring.conformance.finding import Policies
from congvu_scoring.conformance.reading import read_conformance

VECTORS = Path(str(files("congvu_scoring"))) / "policies" / "vectors"


@cache
def explained_cases() -> Mapping[str, Json]:
    said: dict[str, Json] = {}
    for file in sorted(VECTORS.glob("*.yaml")):
        read = read_conformance(file)
        policies = Policies(read.policies, file)
        for case in (each for each in read.cases if each.kind == "cases"):
            with suppress(DomainError):  # that the policy or its inputs are refused is the case
                compiled = compile_policy(policies.find(case.policy), case.switches)
                result = score_anyway(compiled, Snapshot.from_document(case.given))
                said[f"{file.stem}: {case.name}"] = result.explanation().document()
    return said
