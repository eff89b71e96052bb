"""The guides, walked as a newcomer does, on the platform of the story (decision 0068)."""

import os
import sys
from pathlib import Path

import pytest

from docs.examples import GUIDES, walk
from system.telling import Told

ROOT = Path(__file__).parents[2]

TSC = ROOT / "clients/typescript/node_modules/.bin/tsc"

A_DAY_BEHIND = "FAR+17"
"""A newcomer's clock on which it is yesterday in Vietnam at any hour, as in America at most."""

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_example_of_a_guide_runs(told: Told, guide: str, tmp_path: Path) -> None:
    page = ROOT / "docs" / f"{guide}.md"
    if "TSC" in page.read_text() and not TSC.exists():
        pytest.skip("no compiler of TypeScript here")
    platform = told.platform
    walk(
        page,
        tmp_path,
        {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "CONGVU_DATA_DIR": str(platform.settings.data_dir),
            "CONGVU_GATEWAY_URL": f"{platform.base_url}/graphql",
            "TSC": str(TSC),
            "LC_ALL": "C.UTF-8",
        },
    )
