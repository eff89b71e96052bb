"""Writes the package `generated` into a folder: `python generate.py FOLDER`.

Both clients stand on the same types, so they are generated over each other. Runs where
ariadne-codegen is, which needs an older graphql-core than the services.
"""

import sys
import tomllib
from pathlib import Path

from ariadne_codegen.main import client

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
FLAVOURS = (
    {"client_name": "AsyncClient", "client_file_name": "aio", "base_client_name": "AsyncBase"},
    {
        "client_name": "Client",
        "client_file_name": "sync",
        "base_client_name": "Base",
        "async_client": False,
    },
)


def main() -> None:
    (folder,) = sys.argv[1:]
    settings = tomllib.loads((HERE / "settings.toml").read_text())
    places = {
        "schema_path": str(ROOT / "services/gateway/schema.graphql"),
        "queries_path": str(ROOT / "clients/operations"),
        "base_client_file_path": str(HERE / "base.py"),
        "target_package_path": folder,
    }
    for flavour in FLAVOURS:
        client({"tool": {"ariadne-codegen": {**settings, **places, **flavour}}})


if __name__ == "__main__":
    main()
