"""How long a death may hold the others: docs/operations.md tells what the code holds to."""

import json
import re
from pathlib import Path

from congvu_kit.adapters import alone, consumer, relay, sessions, waiting
from congvu_kit.service import workers
from congvu_local import supervisor
from evaluation_service.settings import EvaluationSettings
from feedback_service.adapters.workers import SEQUENCER_LEASE
from feedback_service.main import DEAD_AFTER_S

ROOT = Path(__file__).parents[2]
OPERATIONS = ROOT / "docs/operations.md"
GATEWAY = ROOT / "services/gateway/settings.json"
ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| ([\d.]+) s \|$", re.MULTILINE)


def default(setting: str) -> float:
    return float(EvaluationSettings.model_fields[setting].default)


def of_the_gateway(setting: str) -> float:
    rows = json.loads(GATEWAY.read_text())["settings"]
    return int(next(row["default"] for row in rows if row["name"] == setting)) / 1000


HEARTBEAT_S = consumer.SESSION_TIMEOUT_S / consumer.HEARTBEATS
HELD_S = {
    "a process in a transaction": sessions.LEASE_S * (1 + 1 / sessions.RENEWALS),
    "consumers of a group, any number": 2 * consumer.SESSION_TIMEOUT_S + HEARTBEAT_S,
    "a process of feedback in a transaction": DEAD_AFTER_S * (1 + 1 / sessions.RENEWALS),
    "the replica that sequences the log": SEQUENCER_LEASE.total_seconds(),
    "the replica that relays": relay.LEASE.total_seconds(),
    "a consumer's transaction, for the time being": alone.BACKOFF_MAX_S,
    "the broker": relay.BACKOFF_MAX_S,
    "the database": waiting.WAIT_MAX_S,
    "a worker inside a service": workers.RESTART_MAX_S,
    "a program under `congvu up --restart`": supervisor.LONGEST_PAUSE_S,
    "a consumer that lives and stands still": consumer.ROUND_S + consumer.RECORD_MAX_S,
    "a message that asks for an agency's scoring": default("run_wait_s"),
    "a service that was called": of_the_gateway("CONGVU_QUERY_TIMEOUT_MS"),
    "the same, to change something": of_the_gateway("CONGVU_MUTATION_TIMEOUT_MS"),
    "the same, in an import": of_the_gateway("CONGVU_IMPORT_TIMEOUT_MS"),
}


def test_the_operator_is_told_how_long_each_death_holds_the_others() -> None:
    section = OPERATIONS.read_text().partition("## What a death stretches")[2].partition("\n## ")[0]

    assert {what: float(at_most) for what, at_most in ROW.findall(section)} == HELD_S
