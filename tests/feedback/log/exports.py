"""The public log as anybody reads it, in tests."""

import json

from congvu_kit.tools.log_export import CHECKPOINTS_QUERY, HEAD_QUERY, LOG_QUERY, Export
from congvu_kit.tools.log_verification import LogHeader, LogVerifier, Verified
from support.graph import Graph


async def exported(graph: Graph) -> Export:
    """What anybody may read of the log, as the gateway would give it."""
    head = (await graph.ask(HEAD_QUERY))["publicLogHead"]
    log = (await graph.ask(LOG_QUERY, first=100, after=None))["publicLog"]
    points = (await graph.ask(CHECKPOINTS_QUERY, first=100, after=None))["logCheckpoints"]
    return Export(
        header=LogHeader(**head),
        entries=[json.loads(json.dumps(edge["node"])) for edge in log["edges"]],
        notes=[edge["node"]["note"] for edge in points["edges"]],
    )


def check(export: Export, key: str | None = None) -> Verified:
    verifier = LogVerifier()
    for entry in export.read_entries():
        verifier.take(entry)
    return verifier.finish(export.header, export.notes, key=key)
