"""Finding, reading and compiling the policies that periods pin."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.errors import NotFound
from congvu_scoring import plain, read_policy
from congvu_scoring.engine.compiled import CompiledPolicy, compile_policy
from congvu_scoring.engine.policy import Policy
from evaluation_service.application.collections import POLICIES
from evaluation_service.domain.periods.pins import PolicyPin
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy

COMPILED_MAX = 256
"""Compiled policies kept; a period uses three."""


async def pinned_policy(
    tx: Transaction, reference: str, switches: Mapping[str, str], *, province: str, on: date
) -> tuple[PolicyPin, Policy]:
    """The published policy a reference names, with its switches checked."""
    stored = await find_policy(tx, reference, on)
    stored.require_usable(province)
    compiled = compiled_policy(stored.document, tuple(sorted(switches.items())))
    pin = PolicyPin(
        policy_id=stored.policy_id,
        version=stored.version,
        hash=compiled.policy.hash,
        switches=dict(switches),
    )
    return pin, compiled.policy


async def find_policy(tx: Transaction, reference: str, on: date) -> StoredPolicy:
    """By id@version exactly, by id the newest published version in force on the day."""
    policy_id, _, version = reference.partition("@")
    if version:
        stored = await tx.store(POLICIES).find(reference)
    else:
        published = await tx.store(POLICIES).select(
            Eq("policy_id", policy_id), Eq("state", PolicyState.PUBLISHED)
        )
        ours = [p for p in published if p.effective_from is None or p.effective_from <= on]
        stored = max(ours, key=lambda policy: policy.version, default=None)
    if stored is None:
        raise NotFound(
            en=f"no published policy {reference!r} in force on {on}",
            vi=f"không có quy chế {reference!r} đã ban hành có hiệu lực ngày {on}",
            field="input.policies",
        )
    return stored


async def compiled_pin(tx: Transaction, pin: PolicyPin) -> CompiledPolicy:
    stored = await tx.store(POLICIES).get(pin.reference)
    return compiled_policy(stored.document, tuple(sorted(pin.switches.items())))


@lru_cache(maxsize=COMPILED_MAX)
def compiled_policy(document: str, switches: tuple[tuple[str, str], ...]) -> CompiledPolicy:
    """Compiled once per document and switches; both are immutable."""
    return compile_policy(read_policy(json.loads(document)), dict(switches))


@lru_cache(maxsize=COMPILED_MAX)
def known_bands(document: str) -> tuple[str, ...]:
    """Every band that a policy gives or gave."""
    return read_policy(json.loads(document)).bands.known


def policy_text(policy: Policy) -> str:
    """The document as JSON in its own order: a measure may only name those above it."""
    return json.dumps(plain(policy.document), ensure_ascii=False, separators=(",", ":"))
