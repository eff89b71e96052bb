"""The images of both gateways hold every file that their programs read beside them."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GATEWAY = ROOT / "services" / "gateway"
STAGE = re.compile(r"^FROM \S+ AS (\S+)$", re.M)
READ = {
    "gateway": (
        GATEWAY / "src",
        "*.mjs",
        re.compile(r"new URL\('(?:\.\./)?(\w+\.(?:json|graphql))'"),
    ),
    "router": (GATEWAY / "router" / "src", "*.rs", re.compile(r'home\.join\("(\w+\.\w+)"\)')),
}


def copied(stage: str) -> list[str]:
    """What an image takes from the gateway's folder, as patterns of names."""
    parts = STAGE.split((ROOT / "deploy" / "Dockerfile").read_text())
    lines = dict(zip(parts[1::2], parts[2::2], strict=True))[stage].splitlines()
    words = [word for line in lines if line.startswith("COPY ") for word in line.split()]
    return [word.removeprefix("services/gateway/") for word in words if "services/gateway/" in word]


@pytest.mark.parametrize("stage", READ)
def test_an_image_holds_what_its_program_reads(stage: str) -> None:
    folder, pattern, reads = READ[stage]
    sources = [each.read_text() for each in folder.glob(pattern)]
    named = {name for source in sources for name in reads.findall(source)}
    settings = json.loads((GATEWAY / "settings.json").read_text())["settings"]
    named |= {row["default"] for row in settings if row["kind"] == "ownFile"}

    assert {"streams.json", "subscriptions.graphql", "supergraph.graphql"} <= named
    assert [
        name for name in sorted(named) if not any(fnmatch(name, each) for each in copied(stage))
    ] == []
