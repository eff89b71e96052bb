"""The service's secrets as files: the log's signing key and the vault's keys."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.key_files import create_private, create_signing_key, read_signing_key
from congvu_kit.service.bad_settings import BadSettings

SIGNING_FILE, VAULT_FILE = "log-signing.pem", "vault.key"
LATER_FILE = re.compile(r"vault-(\d+)\.key")
"""Keys that wrap instead of the first one, from number 2 on."""

VAULT_BYTES = 32


@dataclass(frozen=True)
class Keys:
    signing: Ed25519PrivateKey
    vault: bytes
    later: Mapping[int, bytes]


def load_keys(keys_dir: Path | None, data_dir: Path, *, production: bool) -> Keys:
    """From `keys_dir`, where both must exist. Without one they are made in the data folder at first
    start, on a machine of one's own: in production two replicas would make two sets."""
    folder = keys_dir or data_dir / "feedback" / "keys"
    if keys_dir is None:
        if production:
            raise BadSettings(
                "FEEDBACK_KEYS_DIR: in production it names the folder of the log's and the vault's "
                "keys, the same for every replica; `congvu make-log-keys FOLDER` makes them"
            )
        create_keys(folder)
    for name in (SIGNING_FILE, VAULT_FILE):
        if not (folder / name).is_file():
            raise BadSettings(f"FEEDBACK_KEYS_DIR: {folder / name} is missing")
    return read_keys(folder)


def read_keys(folder: Path) -> Keys:
    vault = _secret(folder / VAULT_FILE)
    later = {number: _secret(path) for number, path in _later(folder)}
    try:
        signing = read_signing_key(folder / SIGNING_FILE)
    except (ValueError, TypeError):
        signing = None
    if signing is None or any(len(each) != VAULT_BYTES for each in (vault, *later.values())):
        raise BadSettings(f"FEEDBACK_KEYS_DIR: {folder} holds keys of another kind")
    return Keys(signing=signing, vault=vault, later=later)


def _later(folder: Path) -> Iterator[tuple[int, Path]]:
    for path in sorted(folder.iterdir()):
        if named := LATER_FILE.fullmatch(path.name):
            yield int(named[1]), path


def _secret(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text().strip())
    except ValueError as exception:
        raise BadSettings(f"FEEDBACK_KEYS_DIR: {path} holds no key") from exception


def create_keys(folder: Path) -> None:
    """What is missing; what exists is never replaced, since old data needs it."""
    create_signing_key(folder / SIGNING_FILE)
    create_private(folder / VAULT_FILE, secrets.token_hex(VAULT_BYTES).encode())


def create_wrapping_key(folder: Path) -> Path:
    """The next key of the vault; the ones before stay, until nothing is wrapped under them."""
    number = max([1, *(number for number, _ in _later(folder))]) + 1
    path = folder / f"vault-{number}.key"
    create_private(path, secrets.token_hex(VAULT_BYTES).encode())
    return path
