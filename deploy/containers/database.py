"""The embedded profile's database server in a container, in the place of MongoDB: makes the users
while nobody else can reach it, then serves with rights and TLS."""

import os
import subprocess
import sys
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import OperationFailure

SECRETS = Path("/run/secrets")
DATABASES = {
    "catalogue": ["congvu_catalogue"],
    "evaluation": ["congvu_evaluation"],
    "feedback": ["congvu_feedback", "congvu_feedback_keys"],
}
"""As deploy/mongo/prepare.js gives them."""

PORT = 27017
EXISTS = 51_003
NO_SETTINGS = Path("/tmp/secantusd.toml")
"""Empty: the server would look for others, and takes no device for one."""

SERVER = [
    "secantusd-rs",
    *("--config", str(NO_SETTINGS), "--port", str(PORT), "--storage-path", "/data/db"),
    *("--sync-on-commit", "--cache-size", "256M", "--log-file-max", "64MB"),
    *("--tls-cert-file", f"{SECRETS}/mongo.pem", "--tls-key-file", f"{SECRETS}/mongo.pem"),
    *("--log-level", "WARNING"),
]


def make_users() -> None:
    client: MongoClient[dict[str, object]] = MongoClient(
        f"mongodb://localhost:{PORT}/?directConnection=true&tls=true&tlsCAFile={SECRETS}/ca.pem"
    )
    known = {each["user"] for each in client.admin.command("usersInfo", 1)["users"]}
    for user, names in DATABASES.items():
        password = (SECRETS / f"mongo-{user}").read_text().strip()
        roles = [{"role": "readWrite", "db": name} for name in names]
        try:
            verb = "updateUser" if user in known else "createUser"
            client.admin.command(verb, user, pwd=password, roles=roles)
        except OperationFailure as failure:
            if failure.code != EXISTS:
                raise
    client.close()


def main() -> None:
    NO_SETTINGS.touch()
    first = subprocess.Popen([*SERVER, "--host", "127.0.0.1"])
    try:
        make_users()
    finally:
        first.terminate()
        first.wait()
    sys.stdout.flush()
    os.execvp(SERVER[0], [*SERVER, "--host", "0.0.0.0", "--auth"])


if __name__ == "__main__":
    main()
