"""The pages as a process: `python -m pages_service`."""

import argparse

import structlog

from congvu_kit.adapters import telemetry
from congvu_kit.service.app import collect_seldom
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.serving import listen
from pages_service.settings import PagesSettings
from pages_service.web import create_app

log = structlog.get_logger(__name__)


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
        log.critical("cannot_start", error=str(exception))
        raise SystemExit(2) from exception
    telemetry.configure("pages", settings.log_level)
    app = create_app(settings)
    collect_seldom()
    listen(
        app,
        host=settings.host,
        port=settings.port,
        ending=app.state.ending,
        drain_s=settings.drain_ms / 1000,
    )
