"""The service's two secrets as files: the log's signing key and the vault's key."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

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
    signing = serialization.load_pem_private_key(
        (folder / SIGNING_FILE).read_bytes(), password=None
    )
    vault = bytes.fromhex((folder / VAULT_FILE).read_text().strip())
    if not isinstance(signing, Ed25519PrivateKey) or len(vault) != VAULT_BYTES:
        raise BadSettings(f"FEEDBACK_KEYS_DIR: {folder} holds keys of another kind")
    return Keys(signing=signing, vault=vault)


def create_keys(folder: Path) -> None:
    """What is missing; what exists is never replaced, since old data needs it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _create(folder / SIGNING_FILE, pem)
    _create(folder / VAULT_FILE, secrets.token_hex(VAULT_BYTES).encode())


def _create(path: Path, content: bytes) -> None:
    """Whole or not at all, also when two processes start at once: a link never replaces."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
