"""The share of lines the tests ran, held to its floor: `python deploy/covered.py LINES PAGES`.

LINES is what SlipCover kept of a run, PAGES the folder of the report. What counts as a line, what
is left out and where the floor is are coverage.py's to say; it does not watch itself, because
tracing made the tests take two to three times as long on Python 3.11, and SlipCover stops looking
at a line once it was seen.
"""

import json
import sys
from pathlib import Path
from typing import cast

from coverage import Coverage

ROOT = Path(__file__).resolve().parents[1]


def covered(lines: Path, pages: Path, root: Path = ROOT) -> tuple[float, float]:
    """The share of lines that ran, in hundredths, and the floor; the report is written."""
    report = Coverage(data_file=None, config_file=str(root / "pyproject.toml"))
    ran: dict[str, list[int]] = {
        str((root / name).resolve()): of_file["executed_lines"]
        for name, of_file in json.loads(lines.read_text())["files"].items()
    }
    report.get_data().add_lines(ran)
    precision = cast(int, report.get_option("report:precision"))
    share = round(report.html_report(directory=str(pages)), precision)
    return share, cast(float, report.get_option("report:fail_under"))


def main(lines: str, pages: str) -> int:
    share, floor = covered(Path(lines), Path(pages))
    sys.stdout.write(f"{share} % of the lines ran, the floor is {floor} %: {pages}/index.html\n")
    return 0 if share >= floor else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
