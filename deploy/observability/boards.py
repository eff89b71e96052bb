"""Writes the dashboards (Grafana) from `boards.toml`: `python deploy/observability/boards.py`."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BOARDS = tomllib.loads((HERE / "boards.toml").read_text())


def panel(number: int, given: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": given["title"],
        "datasource": {"type": "prometheus", "uid": "${source}"},
        "gridPos": {"x": 12 * (number % 2), "y": 8 * (number // 2), "w": 12, "h": 8},
        "fieldConfig": {"defaults": {"unit": given["unit"], "min": 0}, "overrides": []},
        "targets": [{"refId": "A", "expr": given["expr"], "legendFormat": given["legend"]}],
    }


def board(name: str) -> dict[str, Any]:
    title, panels = BOARDS[name]["title"], BOARDS[name]["panels"]
    source = {"name": "source", "type": "datasource", "query": "prometheus", "label": "Prometheus"}
    return {
        "uid": f"congvu-{name}",
        "title": title,
        "tags": ["congvu"],
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "templating": {"list": [source]},
        "panels": [panel(number, each) for number, each in enumerate(panels)],
    }


def texts() -> Mapping[str, str]:
    return {
        f"{name}.json": json.dumps(board(name), ensure_ascii=False, indent=1) + "\n"
        for name in BOARDS
    }


if __name__ == "__main__":
    for name, text in texts().items():
        (HERE / "dashboards").mkdir(exist_ok=True)
        (HERE / "dashboards" / name).write_text(text)
