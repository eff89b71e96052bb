"""GraphQL over HTTP as its audit suite reads the specification: no error."""

import json
import subprocess
from collections import Counter
from pathlib import Path

from congvu_local.node import node_binary
from gateway.running import SOURCES, Gateway

AUDITS = SOURCES.parent / "node_modules/graphql-http/lib/audits/index.mjs"


def test_the_audit_of_graphql_over_http_finds_no_error(gateway: Gateway) -> None:
    script = Path(__file__).with_name("audit.check.mjs")

    ended = subprocess.run(
        [node_binary(), script, AUDITS.as_uri(), gateway.url],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    verdicts = json.loads(ended.stdout)
    assert {name: each for name, each in verdicts.items() if each.startswith("error")} == {}
    assert Counter(each.split(":")[0] for each in verdicts.values())["ok"] >= 50
