"""The share of lines is of what ran, and falls below a floor when less ran."""

import json
from pathlib import Path

import pytest

from deploy import covered

SOURCE = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nothing

def two(value: int) -> int:
    if value:
        return (
            1
            + value
        )
    return 0

def never() -> int:
    return 2
"""

PROJECT = """
[tool.coverage.report]
omit = ["*/left_out.py"]
exclude_also = ["if TYPE_CHECKING:"]
precision = 1
fail_under = 71.5
"""


@pytest.mark.parametrize(
    ("ran", "share"),
    [((2, 7, 8, 9, 10, 11, 15), 71.4), ((2, 7, 8, 9, 10, 11, 13, 15, 16), 100.0)],
)
def test_statements_are_counted_and_what_is_left_out_is_not(
    tmp_path: Path, ran: tuple[int, ...], share: float
) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    for name in ("code.py", "left_out.py"):
        (tmp_path / name).write_text(SOURCE)
    files = {"code.py": {"executed_lines": ran}, "left_out.py": {"executed_lines": ()}}
    lines = tmp_path / "lines.json"
    lines.write_text(json.dumps({"files": files}))

    told, floor = covered.covered(lines, tmp_path / "pages", tmp_path)

    assert (round(told, 1), floor) == (share, 71.5)
    assert (tmp_path / "pages/index.html").exists()
