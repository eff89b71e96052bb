"""Opaque ids: a prefix that says what it is, then hexadecimal digits."""

import secrets
import time
import uuid

_NAMESPACE = uuid.UUID("6f1b1c64-4f6e-5f0e-9d0a-335202500000")
"""Ours alone; never change it, since ids of synced things are derived under it."""


def new_id(prefix: str) -> str:
    """Time-ordered and unguessable: 48 bits of milliseconds, then 80 random bits."""
    return f"{prefix}_{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def derived_id(prefix: str, *parts: str) -> str:
    """The same parts give the same id on every machine: what a repeated sync relies on."""
    return f"{prefix}_{uuid.uuid5(_NAMESPACE, chr(31).join(parts)).hex}"
