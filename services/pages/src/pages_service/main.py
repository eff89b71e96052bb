"""The pages as a process: `python -m pages_service`."""

import argparse
import sys

import uvicorn

from congvu_kit.adapters import telemetry
from congvu_kit.service.app import SHUTDOWN_S, collect_seldom
from congvu_kit.service.bad_settings import BadSettings
from pages_service.settings import PagesSettings
from pages_service.web import create_app

KEEP_ALIVE_S = 75
"""Longer than the gateway keeps an idle connection, so that it closes first."""


def main() -> None:
    """Run until SIGTERM or Ctrl-C; a bad environment is one clear line and exit code 2."""
    argparse.ArgumentParser(
        prog="python -m pages_service",
        description="Renders the public site and the pages of the person rated. Settings come from "
        "CONGVU_* and PAGES_* variables.",
    ).parse_args()
    try:
        settings = PagesSettings.from_environment()
    except BadSettings as exception:
        sys.stderr.write(f"pages_service: {exception}\n")
        raise SystemExit(2) from exception
    telemetry.configure("pages", settings.log_level)
    app = create_app(settings)
    collect_seldom()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )
