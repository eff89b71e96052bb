"""A platform whose three services only say that they are ready; all the rest of it is real.

The command's own behaviour is tested with it, quickly; tests/system starts the real services.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from congvu_local.layout import gateway_home
from congvu_local.node import node_binary
from congvu_local.servers import system_environment
from congvu_local.settings import PAGES, SERVICES

READY_SERVICE = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
prefix = __package__.removesuffix("_service").upper()
HTTPServer(("127.0.0.1", int(os.environ[prefix + "_PORT"])), Ready).serve_forever()
"""

REST_IS_REAL = """
from pkgutil import extend_path

__path__ = extend_path(__path__, __name__)
"""
"""The command line loads the services' own commands: only their start is replaced."""

SCHEMA = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Query { %(name)s: String }
"""


@dataclass(frozen=True, kw_only=True)
class StandIns:
    """Where the stand-in services' packages and the supergraph of their schemas are."""

    packages: Path
    supergraph: Path

    def environment(self, **ours: str) -> dict[str, str]:
        """For a command that is to start them instead of the real services."""
        found_first = {"PYTHONPATH": str(self.packages), "CONGVU_SUPERGRAPH": str(self.supergraph)}
        return system_environment() | found_first | ours


def make_stand_ins(folder: Path) -> StandIns:
    for name in (*SERVICES, PAGES):
        package = folder / "packages" / f"{name}_service"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(REST_IS_REAL)
        (package / "__main__.py").write_text(READY_SERVICE)
    for name in SERVICES:
        schema = folder / "services" / name / "schema.graphql"
        schema.parent.mkdir(parents=True)
        schema.write_text(SCHEMA % {"name": name})
    supergraph = folder / "supergraph.graphql"
    compose = [str(node_binary()), str(gateway_home() / "src" / "compose.mjs")]
    places = ["--services", str(folder / "services"), "--output", str(supergraph)]
    subprocess.run([*compose, *places], check=True, env=os.environ)
    return StandIns(packages=folder / "packages", supergraph=supergraph)


def congvu(*arguments: str) -> list[str]:
    """The installed command."""
    return [str(Path(sys.executable).with_name("congvu")), *arguments]
