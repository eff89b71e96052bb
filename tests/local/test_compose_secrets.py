"""What containers are told in confidence: made once, and everything that the Compose file names."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from congvu_kit.adapters.signatures import read_owner, read_signer
from congvu_kit.tools.broker import rights
from congvu_kit.tools.contracts import all_contracts
from congvu_local.compose_secrets import USERS, main, write

DEPLOY = Path(__file__).parents[2] / "deploy"


def named() -> set[str]:
    """The files that the Compose file takes from the folder."""
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    files = [each["file"] for kind in ("secrets", "configs") for each in compose[kind].values()]
    return {each.partition("}/")[2] for each in files if each.startswith("${CONGVU_SECRETS_DIR")}


def test_there_is_what_the_compose_file_names(tmp_path: Path) -> None:
    assert write(tmp_path)

    assert {each for each in named() if not (tmp_path / each).read_text()} == set()


def test_they_are_made_once_and_only_their_owner_finds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "secrets"
    monkeypatch.setattr("sys.argv", ["compose_secrets", str(folder)])

    main()
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    main()

    after = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    assert (after, folder.stat().st_mode & 0o777) == (before, 0o700)
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "secrets made",
        "secrets are there",
    ]


def test_whoever_a_container_runs_as_reads_what_it_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    write(folder)

    given = [each for each in folder.rglob("*") if "private" not in each.parts]
    assert given
    for each in given:
        others = each.stat().st_mode & 0o007
        assert others == (0o5 if each.is_dir() else 0o4), each


def test_every_user_of_the_broker_has_a_password_and_every_service_its_key(tmp_path: Path) -> None:
    write(tmp_path)

    assert set(USERS["kafka"]) == {each.user for each in rights(all_contracts())}
    for service in ("catalogue", "evaluation", "feedback"):
        key = read_signer(service, tmp_path / f"{service}-event-key.pem")
        assert key.key_id in read_owner(service, tmp_path / "events").keys
    assert len({(tmp_path / f"kafka-{user}").read_text() for user in USERS["kafka"]}) == 4
