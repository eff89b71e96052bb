"""The file with the secret of gateway and services, while one takes another's place.

Every line is a secret that services accept; the gateways sign with the first.
"""

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

from congvu_kit.adapters.key_files import replace_file

SECRET_BYTES = 32

ID_PURPOSE = b"congvu-gateway-secret-id/1\n"


def ids(file: Path) -> Sequence[str]:
    """Names of the secrets that tell nothing about them; the first signs."""
    return [hashlib.sha256(ID_PURPOSE + each.encode()).hexdigest()[:8] for each in _read(file)]


def add(file: Path) -> None:
    """One more, accepted and not yet signed with."""
    _write(file, [*_read(file), secrets.token_hex(SECRET_BYTES)])


def use(file: Path) -> None:
    """Sign with the last."""
    *others, last = _read(file)
    _write(file, [last, *others])


def retire(file: Path) -> None:
    """Accept the first alone."""
    _write(file, _read(file)[:1])


def _read(file: Path) -> list[str]:
    return [each for each in file.read_text(encoding="utf-8").splitlines() if each.strip()]


def _write(file: Path, all: Sequence[str]) -> None:
    replace_file(file, "".join(f"{each}\n" for each in all).encode(), mode=file.stat().st_mode)
