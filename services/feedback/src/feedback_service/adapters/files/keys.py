"""The service's two secrets as files: the log's signing key and the vault's key."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.key_files import create_private, create_signing_key, read_signing_key
from congvu_kit.service.bad_settings import BadSettings

SIGNING_FILE, VAULT_FILE = "log-signing.pem", "vault.key"
VAULT_BYTES = 32


@dataclass(frozen=True)
class Keys:
    signing: Ed25519PrivateKey
    vault: bytes


def load_keys(keys_dir: Path | None, data_dir: Path) -> Keys:
    """From `keys_dir`, where both must exist; without one, from the data folder, where they are
    made at first start (one machine only: replicas must share a `keys_dir`)."""
    folder = keys_dir or data_dir / "feedback" / "keys"
    if keys_dir is None:
        create_keys(folder)
    for name in (SIGNING_FILE, VAULT_FILE):
        if not (folder / name).is_file():
            raise BadSettings(f"FEEDBACK_KEYS_DIR: {folder / name} is missing")
    return read_keys(folder)


def read_keys(folder: Path) -> Keys:
    vault = bytes.fromhex((folder / VAULT_FILE).read_text().strip())
    try:
        signing = read_signing_key(folder / SIGNING_FILE)
    except (ValueError, TypeError):
        signing = None
    if signing is None or len(vault) != VAULT_BYTES:
        raise BadSettings(f"FEEDBACK_KEYS_DIR: {folder} holds keys of another kind")
    return Keys(signing=signing, vault=vault)


def create_keys(folder: Path) -> None:
    """What is missing; what exists is never replaced, since old data needs it."""
    create_signing_key(folder / SIGNING_FILE)
    create_private(folder / VAULT_FILE, secrets.token_hex(VAULT_BYTES).encode())
