"""The data folder belongs to one instance, and its secrets to its owner."""

import stat
from pathlib import Path

import pytest

from congvu_local.errors import FolderTaken
from congvu_local.folder import DataFolder
from congvu_local.ports import LOOPBACK
from local.listener import listening


def test_a_second_instance_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    first, second = DataFolder(tmp_path), DataFolder(tmp_path)
    first.lock()

    with pytest.raises(FolderTaken, match=r"is used by another instance \(process \d+\)"):
        second.lock()

    first.unlock()
    second.lock()
    second.unlock()


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")

    secret, key = folder.gateway_secret(), folder.issuer_key()
    playground = folder.write_private("playground.json", "{}")

    again = DataFolder(tmp_path / "new")
    assert (again.gateway_secret(), again.issuer_key().thumbprint()) == (secret, key.thumbprint())
    assert len(bytes.fromhex(secret)) == 32
    files = [folder.issuer_key_file, tmp_path / "new/secrets/gateway-secret", playground]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    assert stat.S_IMODE(folder.issuer_key_file.parent.stat().st_mode) == 0o700


def test_two_folders_have_different_secrets(tmp_path: Path) -> None:
    one, other = DataFolder(tmp_path / "one"), DataFolder(tmp_path / "other")

    assert one.gateway_secret() != other.gateway_secret()
    assert one.issuer_key().thumbprint() != other.issuer_key().thumbprint()


def test_a_port_is_remembered_while_it_is_free(tmp_path: Path) -> None:
    tmp_path.joinpath("data").mkdir()
    folder = DataFolder(tmp_path / "data")
    port = folder.port("database")

    same = DataFolder(tmp_path / "data").port("database")
    with listening(LOOPBACK, port):
        other = folder.port("database")

    assert same == port
    assert other != port
