"""Sub-commands of `congvu`; the entry points in pyproject.toml name them here."""

from feedback_service.adapters.cli.collecting import import_feedback, write_feedback_template
from feedback_service.adapters.cli.commands import (
    make_log_keys,
    verify_index,
    verify_log,
)
from feedback_service.adapters.cli.keys import log as log_keys
from feedback_service.adapters.cli.keys import vault as vault_keys

__all__ = [
    "import_feedback",
    "log_keys",
    "make_log_keys",
    "vault_keys",
    "verify_index",
    "verify_log",
    "write_feedback_template",
]
