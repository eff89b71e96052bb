"""What the containers of deploy/compose.yaml are told in confidence, made once on this machine:
`python -m congvu_local.compose_secrets FOLDER`.

The folder is for its owner only; the files in it can be read by whoever the engine gives them to,
since each container runs as a user of its own.
"""

import argparse
import base64
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path

from congvu_kit.adapters.signatures import create_keys, private_file
from congvu_local.certificates import Authority, new_authority
from congvu_local.settings import SERVICES
from feedback_service.adapters.files.keys import create_keys as create_log_keys

OWNER_ONLY_FOLDER = 0o700
PASSWORD_BYTES = 32

HOSTS = {"kafka": ["kafka", "localhost"], "mongo": ["mongo", "localhost"], "valkey": ["valkey"]}
"""Under which names who is called."""

MAY = "~* &* +@all -@dangerous +info"
"""What the gateway may ask of Valkey."""

USERS = {
    "mongo": ("admin", *SERVICES),
    "kafka": ("operator", *SERVICES),
}


ADDED = ("grafana-admin",)
"""Made for those as well who have all others: no container keeps anything made with it."""


def _password() -> str:
    return secrets.token_hex(PASSWORD_BYTES)


def contents(authority: Authority) -> Iterator[tuple[str, str]]:
    """Every file but the keys for events."""
    yield "ca.pem", authority.pem
    for server, hosts in HOSTS.items():
        yield f"{server}.pem", authority.issue(server, hosts)
    yield "kafka-admin.pem", authority.issue("admin")
    for server, users in USERS.items():
        for user in users:
            yield f"{server}-{user}", _password()
    yield "gateway-secret", _password()
    counting = _password()
    yield "valkey.acl", f"user default off\nuser gateway on >{counting} {MAY}\n"
    yield "rate-limit-url", f"rediss://gateway:{counting}@valkey:6379"


def write(folder: Path) -> bool:
    """False when they were there: what containers keep was made with them."""
    done = folder / "compose.env"
    folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    folder.chmod(OWNER_ONLY_FOLDER)
    for name in ADDED:
        if not (folder / name).exists():
            (folder / name).write_text(_password())
    if done.exists():
        return False
    for name, content in contents(new_authority()):
        (folder / name).write_text(content)
    create_keys(folder / "events", SERVICES)
    for service in SERVICES:
        key = private_file(folder / "events", service)
        key.rename(folder / f"{service}-event-key.pem").chmod(0o644)
    create_log_keys(folder / "log-keys")
    (folder / "log-keys").chmod(0o755)
    for path in (folder / "log-keys").iterdir():
        path.chmod(0o644)
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    done.write_text(f"CONGVU_SECRETS_DIR={folder.absolute()}\nKAFKA_CLUSTER_ID={cluster}\n")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(prog="congvu_local.compose_secrets", description=__doc__)
    parser.add_argument("folder", type=Path, help="where they go, for its owner only")
    folder: Path = parser.parse_args().folder
    print(f"secrets {'made' if write(folder) else 'are there'}: {folder}")  # noqa: T201


if __name__ == "__main__":
    main()
