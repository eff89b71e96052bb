"""The manifests as a cluster gets them."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

Resource = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/kubernetes"
REQUIRED = "CONGVU_TEST_REQUIRE_KUSTOMIZE"


class NotRendered(Exception):
    """There is no kustomize here, or it refused."""


def _program() -> list[str]:
    """`make kustomize` puts one into .venv; kubectl has one inside."""
    own = ROOT / ".venv/kustomize"
    if own.exists():
        return [str(own), "build"]
    for name, verb in (("kustomize", "build"), ("kubectl", "kustomize")):
        if shutil.which(name):
            return [name, verb]
    raise NotRendered("neither kustomize nor kubectl is here (`make kustomize`)")


def rendered(folder: Path = FOLDER) -> list[Resource]:
    """Raise `NotRendered`."""
    done = subprocess.run([*_program(), str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotRendered(done.stderr.strip())
    return list(yaml.safe_load_all(done.stdout))


def resources() -> list[Resource]:
    """Rendered; where no kustomize is, the base as it is written, unless it is required."""
    try:
        return rendered()
    except NotRendered:
        if os.environ.get(REQUIRED):
            raise
    written = sorted((FOLDER / "base").glob("*.yaml"))
    loaded = (yaml.safe_load_all(each.read_text()) for each in written)
    return [each for documents in loaded for each in documents if each["kind"] != "Kustomization"]
