"""Which database server a machine gets."""

from pathlib import Path

import pytest

from congvu_local.errors import ProgramMissing
from congvu_local.servers import choose_database_server, database_server


def _script(file: Path, exit_code: int) -> Path:
    file.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    file.chmod(0o755)
    return file


def test_the_quick_server_is_taken_where_it_runs(tmp_path: Path) -> None:
    quick, portable = _script(tmp_path / "quick", 0), _script(tmp_path / "portable", 0)

    chosen = choose_database_server(quick=quick, portable=portable, version="1")

    assert (chosen.program, chosen.label) == (quick, "SecantusDB 1")


@pytest.mark.parametrize("quick_exits", [None, 126])
def test_the_portable_server_stands_in_and_the_label_says_so(
    tmp_path: Path, quick_exits: int | None
) -> None:
    quick, portable = tmp_path / "quick", _script(tmp_path / "portable", 0)
    if quick_exits is not None:
        _script(quick, quick_exits)

    chosen = choose_database_server(quick=quick, portable=portable, version="1")

    assert (chosen.program, chosen.options) == (portable, ())
    assert "the slower portable server" in chosen.label


def test_without_any_the_error_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ProgramMissing, match="set CONGVU_MONGO_URL to a MongoDB replica set"):
        choose_database_server(quick=tmp_path / "a", portable=tmp_path / "b", version="1")


def test_the_installed_package_has_the_quick_one() -> None:
    assert database_server().program.name == "secantusd-rs"
