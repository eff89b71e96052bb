"""One platform for all tests here that need the real services: each leaves every part running."""

from collections.abc import Iterator

import pytest

from congvu_local.platform import Platform


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with Platform(tmp_path_factory.mktemp("platform")) as started:
        yield started
