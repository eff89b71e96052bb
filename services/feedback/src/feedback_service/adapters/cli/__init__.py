"""Sub-commands of `congvu`; the entry points in pyproject.toml name them here."""

from feedback_service.adapters.cli.collecting import import_feedback, write_feedback_template
from feedback_service.adapters.cli.commands import (
    make_log_keys,
    rotate_vault_key,
    verify_index,
    verify_log,
)

__all__ = [
    "import_feedback",
    "make_log_keys",
    "rotate_vault_key",
    "verify_index",
    "verify_log",
    "write_feedback_template",
]
