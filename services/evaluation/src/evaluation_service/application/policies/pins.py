"""Finding, reading and compiling the policies that periods pin."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.errors import NotFound
from congvu_scoring import read_policy
from congvu_scoring.engine.compiled import CompiledPolicy, compile_policy
from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.vocabulary import not_known
from evaluation_service.application.collections import POLICIES
from evaluation_service.domain.periods.pins import PolicyPin
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy
from evaluation_service.domain.results.evaluations import Evaluation

POLICIES_MAX = 10_000
"""Published policies of the country: some shipped ones and a few of each province."""

COMPILED_MAX = 256
"""Compiled policies kept; a period uses three."""


_COMPILED: dict[tuple[str, str, tuple[tuple[str, str], ...]], CompiledPolicy] = {}


async def pinned_policy(
    tx: Transaction,
    reference: str,
    switches: Mapping[str, str],
    *,
    province: str,
    on: date,
    field: str,
) -> tuple[PolicyPin, Policy]:
    """The published policy a reference names, with its switches checked. `field` named it."""
    stored = await find_policy(tx, reference, on, province=province, field=field)
    compiled = compiled_policy(stored.document, tuple(sorted(switches.items())))
    pin = PolicyPin(
        policy_id=stored.policy_id,
        version=stored.version,
        hash=compiled.policy.hash,
        switches=dict(switches),
    )
    return pin, compiled.policy


async def find_policy(
    tx: Transaction, reference: str, on: date, *, province: str, field: str
) -> StoredPolicy:
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
        known = await usable(province, tx)
        meant = not_known(policy_id, sorted({each.policy_id for each in known}))
        raise NotFound(
            en=f"there is no such published policy in force on the first day{meant.en}",
            vi=f"Không có quy chế này đã ban hành và có hiệu lực vào ngày đầu kỳ{meant.vi}.",
            field=field,
        )
    stored.require_usable(province, field)
    return stored


async def usable(province: str, tx: Transaction) -> list[StoredPolicy]:
    """The published policies that can rate somebody of the province."""
    published = await tx.store(POLICIES).select(
        Eq("state", PolicyState.PUBLISHED), limit=POLICIES_MAX
    )
    return [each for each in published if each.province in (None, province)]


async def compiled_pin(tx: Transaction, pin: PolicyPin) -> CompiledPolicy:
    """Read once a process: what a pin names is published, and its hash says which text that is."""
    switches = tuple(sorted(pin.switches.items()))
    known = _COMPILED.get((pin.reference, pin.hash, switches))
    if known is None:
        stored = await tx.store(POLICIES).get(pin.reference)
        known = compiled_policy(stored.document, switches)
        _COMPILED[pin.reference, known.policy.hash, switches] = known
        if len(_COMPILED) > COMPILED_MAX:
            del _COMPILED[next(iter(_COMPILED))]
    return known


async def compiled_pins(tx: Transaction, pins: Sequence[PolicyPin]) -> list[CompiledPolicy]:
    """Of many at once, each policy read once."""
    stored = {
        reference: await tx.store(POLICIES).get(reference)
        for reference in sorted({each.reference for each in pins})
    }
    return [
        compiled_policy(stored[each.reference].document, tuple(sorted(each.switches.items())))
        for each in pins
    ]


async def families_of(evaluations: Iterable[Evaluation], tx: Transaction) -> Mapping[str, str]:
    """Of the policies that rated them last, by reference."""
    references = sorted({each.sheets[-1].policy.reference for each in evaluations if each.sheets})
    found = await tx.store(POLICIES).find_many(references)
    return {
        stored.id: compiled_policy(stored.document, ()).policy.family for stored in found if stored
    }


async def events_known(province: str, tx: Transaction) -> frozenset[str]:
    """To the published policies that can rate anybody of the province."""
    return frozenset[str]().union(
        *(
            compiled_policy(each.document, ()).vocabulary.events
            for each in await usable(province, tx)
        )
    )


@lru_cache(maxsize=COMPILED_MAX)
def compiled_policy(document: str, switches: tuple[tuple[str, str], ...]) -> CompiledPolicy:
    """Compiled once per document and switches; both are immutable."""
    return compile_policy(read_policy(json.loads(document)), dict(switches))


@lru_cache(maxsize=COMPILED_MAX)
def known_bands(document: str) -> tuple[str, ...]:
    """Every band that a policy gives or gave."""
    return read_policy(json.loads(document)).bands.known


async def bands_of(references: Iterable[str], tx: Transaction) -> tuple[str, ...]:
    """Every band that these policies give or gave, by name."""
    found = await tx.store(POLICIES).find_many(sorted(references))
    return tuple(sorted({code for each in found if each for code in known_bands(each.document)}))
