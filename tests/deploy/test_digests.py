"""Images of others are pinned to digests in every file at once, and nowhere differently."""

import shutil
from pathlib import Path

import pytest

from deploy.check import PINNED
from deploy.containers.digests import (
    ROOT,
    NoDigest,
    disagreements,
    files,
    named,
    pin,
    pinned,
)

OLD, NEW = "sha256:" + "a" * 64, "sha256:" + "b" * 64


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    return tmp_path


def texts(root: Path) -> list[str]:
    return [each.read_text() for each in files(root)]


def test_the_files_as_committed_agree() -> None:
    found = named(texts(ROOT))

    assert {"mongo", "apache/kafka", "valkey/valkey"} <= {each.partition(":")[0] for each in found}
    assert not any(each.startswith("congvu/") for each in found)
    assert disagreements(texts(ROOT)) == []


def test_every_file_is_pinned_and_pinned_anew(copied: Path) -> None:
    images = set(named(texts(copied)))

    pin(copied, lambda _: OLD)
    first = texts(copied)
    pin(copied, lambda _: NEW)

    assert named(first) == {image: {f"@{OLD}"} for image in images}
    assert texts(copied) == [each.replace(OLD, NEW) for each in first]
    assert all(PINNED.fullmatch(f"{image}@{NEW}") for image in images)


def test_nothing_is_written_when_one_has_no_digest(copied: Path) -> None:
    before = texts(copied)

    def digest_of(image: str) -> str:
        if image.startswith("valkey"):
            raise NoDigest(image)
        return NEW

    with pytest.raises(NoDigest, match="valkey"):
        pin(copied, digest_of)

    assert texts(copied) == before


@pytest.mark.parametrize("other", ["", f"@{NEW}"])
def test_two_files_that_disagree_are_told(other: str) -> None:
    told = disagreements([f"    image: mongo:8.0.17@{OLD}\n", f"    image: mongo:8.0.17{other}\n"])

    assert told == ["mongo:8.0.17 is pinned in one file and not, or to something else, in another"]


def test_stages_and_own_images_keep_their_names() -> None:
    text = (
        "FROM python:3.11.14-slim AS services\nFROM services AS issuer\n  image: congvu/services\n"
    )

    assert pinned(text, {"python:3.11.14-slim": NEW}) == text.replace("slim", f"slim@{NEW}", 1)
