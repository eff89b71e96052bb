"""What `make bench` can be asked for is what its page says, and is measured of what stands here."""

import re
import subprocess
from pathlib import Path

from congvu_bench.__main__ import AREAS
from congvu_bench.gateways import NODE, ROUTER, programs
from congvu_local import router
from congvu_local.servers import system_environment

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/performance.md").read_text()


def test_the_page_names_every_area() -> None:
    [told] = re.findall(r"chooses areas: (.+?)\. `PEOPLE", PAGE, re.DOTALL)

    assert {each.strip() for each in re.sub(r"\s*\([^)]*\)", "", told).split(",")} == set(AREAS)


def test_make_hands_several_areas_on() -> None:
    done = subprocess.run(
        ["make", "-n", "--no-print-directory", "bench", "ONLY=write ingest"],
        cwd=ROOT,
        env=system_environment({}),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1].split()[-4:] == [
        "congvu_bench",
        "--only",
        "write",
        "ingest",
    ]


def test_a_router_of_other_sources_is_not_measured(tmp_path: Path) -> None:
    for name in ("src/assets.mjs", "package-lock.json", "router/Cargo.toml", "router/Cargo.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it is")
    router.program(tmp_path).parent.mkdir()
    router.program(tmp_path).write_text("a program")
    (tmp_path / "router/assets").mkdir()
    for name in router.PAGE_FILES:
        (tmp_path / "router/assets" / name).write_text("/* taken */")

    router.built_from(tmp_path).write_text(router.sources_digest(tmp_path))
    assert list(programs(tmp_path)) == [NODE, ROUTER]

    (tmp_path / "router/Cargo.lock").write_text("another")
    assert list(programs(tmp_path)) == [NODE]
