"""An Ed25519 key that signs notes, in a private file of its own."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def create_signing_key(path: Path) -> None:
    """Unless there is one: a key is never replaced, since what it signed needs it."""
    key = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    create_private(path, key)


def read_signing_key(path: Path) -> Ed25519PrivateKey:
    """Raise `TypeError` for a key of another kind."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"the key in {path} is not of the kind Ed25519")
    return key


def create_private(path: Path, content: bytes) -> None:
    """Whole or not at all, also when two processes start at once: a link never replaces."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(path, content, 0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def replace_file(path: Path, content: bytes, *, mode: int) -> None:
    """Whole or not at all; whoever reads it meanwhile has the old one or the new one."""
    _draft(path, content, mode).rename(path)


def _draft(path: Path, content: bytes, mode: int) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft
