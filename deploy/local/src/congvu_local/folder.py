"""The data folder: one instance at a time, its secrets, and the ports it used last."""

import fcntl
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from joserfc.jwk import RSAKey

from congvu_kit.adapters.signatures import create_keys
from congvu_local.errors import FolderTaken
from congvu_local.ports import free_port, is_free

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700

KEY_BITS = 2048
"""Of the issuer's RSA key; the least that RFC 7518 allows for RS256."""

SECRET_BYTES = 32
"""Of the key the gateway signs with; as long as the digest of its HMAC-SHA256."""


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock: IO[str] | None = None
        self._issuer_key: RSAKey | None = None

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def issuer_key_file(self) -> Path:
        return self.path / "secrets" / "issuer-key.json"

    def lock(self) -> None:
        """Take the folder for this process; raise `FolderTaken` when another has it."""
        self.path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        lock = (self.path / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            owner = lock.read().strip()
            lock.close()
            raise FolderTaken(self.path, owner=owner) from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()}\n")
        lock.flush()
        self._lock = lock

    def unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def issuer_key(self) -> RSAKey:
        """The local issuer's signing key, made at the first call and then kept: reading it checks
        its primes, which takes longer than to sign with it."""
        if self._issuer_key is not None:
            return self._issuer_key
        if not self.issuer_key_file.exists():
            made = RSAKey.generate_key(KEY_BITS, auto_kid=True)
            self._keep_secret(self.issuer_key_file, json.dumps(made.as_dict(private=True)))
        self._issuer_key = RSAKey.import_key(json.loads(self.issuer_key_file.read_text()))
        return self._issuer_key

    def gateway_secret_file(self) -> Path:
        """Holds what the gateway signs its calls with, made at the first call."""
        file = self.path / "secrets" / "gateway-secret"
        if not file.exists():
            self._keep_secret(file, secrets.token_hex(SECRET_BYTES))
        return file

    def gateway_secret(self) -> str:
        """The one to sign with now."""
        return self.gateway_secret_file().read_text().splitlines()[0]

    def event_keys(self, services: Sequence[str]) -> Path:
        """Where each service's pair of keys for its events is, made at the first call."""
        folder = self.path / "secrets" / "events"
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        create_keys(folder, services)
        return folder

    def write_private(self, name: str, text: str) -> Path:
        """A file with tokens in it, written anew, for its owner only."""
        file = self.path / name
        self._keep_secret(file, text)
        return file

    def port(self, part: str) -> int:
        """The port this part had last time if it is still free, else another free one."""
        file = self.path / "ports.json"
        remembered: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        port = remembered.get(part)
        if port is None or not is_free(port):
            port = free_port()
            file.write_text(json.dumps(remembered | {part: port}, indent=2))
        return port

    def _keep_secret(self, file: Path, text: str) -> None:
        file.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.part")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w") as target:
            target.write(text)
        part.rename(file)  # never half a key, whenever the machine stops
