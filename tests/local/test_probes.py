"""Parts are asked every moment whether they work: a question must cost next to nothing."""

import ssl
from collections.abc import Iterator

import pytest

from congvu_local import probes
from congvu_local.ports import LOOPBACK, free_port


@pytest.fixture(autouse=True)
def asked_by_nobody() -> Iterator[None]:
    """Whoever asked in other tests is forgotten, and who asks here is closed."""
    probes._asker.cache_clear()
    yield
    probes._asker().close()
    probes._asker.cache_clear()


def test_certificates_are_read_once_however_often_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    contexts: list[ssl.SSLContext] = []
    make = ssl.create_default_context

    def made(*given: object, **named: object) -> ssl.SSLContext:
        contexts.append(make(*given, **named))  # type: ignore[arg-type]
        return contexts[-1]

    monkeypatch.setattr(ssl, "create_default_context", made)
    answers = probes.http_ready(f"http://{LOOPBACK}:{free_port()}/readyz")

    assert [answers() for _ in range(3)] == [False, False, False]
    assert len(contexts) == 1
