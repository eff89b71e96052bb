"""The service's secrets as files: the log's signing keys and the vault's keys.

A folder holds several of each while one takes another's place; `in-use.json` says which do what.
"""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from congvu_kit.adapters.key_files import (
    create_private,
    create_signing_key,
    read_signing_key,
    replace_file,
)
from congvu_kit.adapters.watched_files import Watched
from congvu_kit.application.documents import adapter
from congvu_kit.service.bad_settings import BadSettings
from feedback_service.adapters.crypto.log_signer import SigningKeys
from feedback_service.adapters.crypto.vault import FIRST, VaultKeys, people_key

VARIABLE = "FEEDBACK_KEYS_DIR"

IN_USE_FILE, PEOPLE_FILE = "in-use.json", "people.key"
"""What tells people apart is the first vault key's until that one is replaced, then its own."""

KEY_BYTES = 32


@dataclass(frozen=True)
class Kind:
    """How the files of one kind of key are called: the first, then numbers from 2 on."""

    first: str
    later: str

    def file(self, folder: Path, number: int) -> Path:
        return folder / (self.first if number == FIRST else self.later.format(number))

    def numbers(self, folder: Path) -> list[int]:
        later = re.compile(re.escape(self.later).replace(r"\{\}", r"(\d+)"))
        names = [each.name for each in folder.iterdir()]
        found = [int(named[1]) for name in names if (named := later.fullmatch(name))]
        return sorted([*([FIRST] if self.first in names else []), *found])


SIGNING = Kind("log-signing.pem", "log-signing-{}.pem")
VAULT = Kind("vault.key", "vault-{}.key")


@dataclass(frozen=True)
class InUse:
    """`log` sign, the first of them is the one that is told; `withdrawn` are public keys (hex) that
    sign no more; `vault` wraps."""

    log: Sequence[int] = (FIRST,)
    withdrawn: Sequence[str] = ()
    vault: int = FIRST


@dataclass(frozen=True)
class Keys:
    signing: SigningKeys
    vault: VaultKeys


def load_keys(keys_dir: Path | None, data_dir: Path, *, production: bool) -> Watched[Keys]:
    """From `keys_dir`, where both must exist. Without one they are made in the data folder at first
    start, on a machine of one's own: in production two replicas would make two sets."""
    folder = keys_dir or data_dir / "feedback" / "keys"
    if keys_dir is None:
        if production:
            raise BadSettings(
                f"{VARIABLE}: in production it names the folder of the log's and the vault's "
                "keys, the same for every replica; `congvu make-log-keys FOLDER` makes them"
            )
        create_keys(folder)
    return Watched(VARIABLE, folder, lambda: read_keys(folder))


def read_keys(folder: Path) -> Keys:
    """Raise `BadSettings`."""
    if not folder.is_dir():
        raise BadSettings(f"{VARIABLE}: {folder} is no folder that can be read")
    used = read_in_use(folder)
    signing = {number: _signing_key(folder, number) for number in SIGNING.numbers(folder)}
    vault = {number: _secret(VAULT.file(folder, number)) for number in VAULT.numbers(folder)}
    for kind, numbers, there in ((SIGNING, used.log, signing), (VAULT, (used.vault,), vault)):
        missing = [number for number in numbers if number not in there]
        if missing or not numbers:
            name = kind.file(folder, missing[0] if missing else FIRST)
            raise BadSettings(f"{VARIABLE}: {name} is missing")
    newest = max(used.log)
    return Keys(
        signing=SigningKeys(
            signing=[signing[number] for number in used.log],
            waiting=[key for number, key in signing.items() if number > newest],
            withdrawn=[bytes.fromhex(each) for each in used.withdrawn],
        ),
        vault=VaultKeys(wrapping=vault, wraps=used.vault, people=_people(folder, vault)),
    )


def read_in_use(folder: Path) -> InUse:
    """The first of each where nothing was replaced yet."""
    file = folder / IN_USE_FILE
    if not file.exists():
        return InUse()
    try:
        return adapter(InUse).validate_json(file.read_bytes())
    except (OSError, ValidationError):
        raise BadSettings(f"{VARIABLE}: {file} does not say which keys are in use") from None


def change_in_use(folder: Path, **changes: object) -> None:
    used = adapter(InUse).dump_python(read_in_use(folder), mode="json") | changes
    replace_file(folder / IN_USE_FILE, json.dumps(used).encode(), mode=0o644)


def _people(folder: Path, vault: Mapping[int, bytes]) -> bytes:
    file = folder / PEOPLE_FILE
    if file.exists() or FIRST not in vault:
        return _secret(file)
    return people_key(vault[FIRST])


def _signing_key(folder: Path, number: int) -> Ed25519PrivateKey:
    file = SIGNING.file(folder, number)
    try:
        return read_signing_key(file)
    except (OSError, ValueError, TypeError):
        raise BadSettings(f"{VARIABLE}: {file} holds no Ed25519 key that can be read") from None


def _secret(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadSettings(f"{VARIABLE}: {path} holds no key of {KEY_BYTES} bytes") from None
    return key


def create_keys(folder: Path) -> None:
    """What is missing; what exists is never replaced, since old data needs it."""
    if not (folder / IN_USE_FILE).exists():
        create_signing_key(SIGNING.file(folder, FIRST))
        create_private(VAULT.file(folder, FIRST), _new_secret())


def add_signing_key(folder: Path) -> int:
    """The next key of the log, which waits; its number."""
    number = _next(SIGNING, folder)
    create_signing_key(SIGNING.file(folder, number))
    return number


def add_vault_key(folder: Path) -> int:
    """The next key of the vault, with which everybody can unwrap and nobody wraps yet. What tells
    people apart gets a file of its own, so that the first key can go."""
    number = _next(VAULT, folder)
    people = read_keys(folder).vault.people
    create_private(folder / PEOPLE_FILE, people.hex().encode())
    create_private(VAULT.file(folder, number), _new_secret())
    return number


def withdraw(folder: Path, used: InUse) -> InUse:
    """The first of those that sign goes on alone."""
    first, *others = used.log
    gone = [_signing_key(folder, each).public_key().public_bytes_raw().hex() for each in others]
    changed = replace(used, log=[first], withdrawn=[*used.withdrawn, *gone])
    change_in_use(folder, log=changed.log, withdrawn=changed.withdrawn)
    return changed


def _next(kind: Kind, folder: Path) -> int:
    return max([FIRST, *kind.numbers(folder)]) + 1


def _new_secret() -> bytes:
    return secrets.token_hex(KEY_BYTES).encode()
