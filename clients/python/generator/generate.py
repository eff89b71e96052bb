"""Writes the package `generated` into a folder: `python generate.py FOLDER SCHEMA`.

Both clients stand on the same types, so they are generated over each other. Runs where
ariadne-codegen is, which needs an older graphql-core than the services.
"""

import sys
import tomllib
from pathlib import Path

from ariadne_codegen.client_generators.client import ClientGenerator
from ariadne_codegen.main import client
from listening import as_if_awaited

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
    folder, schema = sys.argv[1:]
    ClientGenerator.add_method = as_if_awaited(ClientGenerator.add_method)  # type: ignore[method-assign]
    settings = tomllib.loads((HERE / "settings.toml").read_text())
    places = {
        "schema_path": schema,
        "queries_path": str(ROOT / "clients/operations"),
        "base_client_file_path": str(HERE / "base.py"),
        "target_package_path": folder,
    }
    for flavour in FLAVOURS:
        client({"tool": {"ariadne-codegen": {**settings, **places, **flavour}}})


if __name__ == "__main__":
    main()
