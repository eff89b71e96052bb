"""What differs between two policies, and what an agency may change when it derives one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import exact_text
from congvu_scoring.common.plain import plain
from congvu_scoring.engine.compiled import compile_policy
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.formula import mapping
from congvu_scoring.language.reading.policy import read_policy

_OWN = ("id", "version", "title", "summary", "effective_from", "effective_to", "units")
"""What a derived policy says for itself."""
_LAST_DAY = ".last_day"


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """`before` or `after` is None for what was added or removed."""

    path: str
    before: Json
    after: Json


def diff(before: Policy, after: Policy) -> tuple[PolicyChange, ...]:
    """Everything in which the documents differ, in the order of the document."""
    return tuple(_changes("", plain(before.document), plain(after.document)))


def one_by_one(change: PolicyChange) -> Iterator[PolicyChange]:
    """What was added or removed whole, part by part."""
    if not any(isinstance(each, Mapping | list) for each in (change.before, change.after)):
        yield change
        return
    for path, value in _parts(change.path, change.before):
        yield PolicyChange(path, value, None)
    for path, value in _parts(change.path, change.after):
        yield PolicyChange(path, None, value)


def _parts(path: str, value: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(value, Mapping) and value:
        for key, each in value.items():
            yield from _parts(f"{path}.{key}", each)
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from _parts(f"{path}[{index}]", each)
    elif value is not None:
        yield path, value


def _changes(path: str, before: Json, after: Json) -> Iterator[PolicyChange]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            inner = f"{path}.{key}".removeprefix(".")
            yield from _changes(inner, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            one = before[index] if index < len(before) else None
            other = after[index] if index < len(after) else None
            yield from _changes(f"{path}[{index}]", one, other)
    elif before != after:
        yield PolicyChange(path, before, after)


def derive(
    base: Policy,
    overrides: Mapping[str, str],
    *,
    policy_id: str,
    version: int = 1,
    title: Mapping[str, str] | None = None,
) -> Policy:
    """An agency's own policy: the base with other defaults, each within the base's bounds.

    `overrides` names switches, weights, and `STAGE.last_day` where the base lets it be moved (month
    and day, "05-31"). Raises `Invalid` naming the one out of bounds, the weights that no longer sum
    to 100 (E-I6), the stage that would end out of order, or the constraint that refuses.
    """
    if policy_id == base.id:
        raise Invalid(
            en=f"a derived policy needs an id of its own, not {policy_id!r}",
            vi="Quy chế dẫn xuất phải có mã riêng, khác mã của quy chế gốc.",
            field="id",
            rule_id="derived_from",
        )
    document = dict(base.document)
    document["id"], document["version"] = policy_id, version
    document["derived_from"] = {"id": base.id, "version": base.version, "hash": base.hash}
    if title is not None:
        document["title"] = dict(title)
    document |= _changed(base, overrides)
    for section in ("switches", "weights"):
        if not document[section]:
            del document[section]
    own = read_policy(document, policy_id)
    if own.family == base.family:
        return own
    return read_policy({**document, "family": base.family}, policy_id)


def _changed(base: Policy, overrides: Mapping[str, str]) -> dict[str, object]:
    """The sections with what differs."""
    days = {name: day for name, day in overrides.items() if name.endswith(_LAST_DAY)}
    named = {name: value for name, value in overrides.items() if name not in days}
    constants = compile_policy(base, named).constants
    chosen = {
        name: exact_text(value) if isinstance(value, Fraction) else value
        for name, value in constants.items()
        if name in named
    }
    sections: dict[str, object] = {
        "switches": _with_defaults(_switches(base, chosen), chosen),
        "weights": _with_group_defaults(base.document.get("weights"), chosen),
    }
    return {**sections, "workflow": _with_days(base, days)} if days else sections


def _switches(policy: Policy, also: Collection[str]) -> dict[str, object]:
    """Those it declares, and of the language's own the named ones."""
    declared = mapping(policy.document.get("switches"))
    standing = {name: entry for name, entry in _standing(policy).items() if name in also}
    return {str(name): entry for name, entry in declared.items()} | standing


def _standing(policy: Policy) -> dict[str, object]:
    """The language's switches that its document does not declare, as it would declare them."""
    return {
        name: {
            "default": switch.default,
            "values": {value: {"vi": text.vi, "en": text.en} for value, text in switch.values},
            "clause": switch.clause,
            "text": {"vi": switch.text.vi, "en": switch.text.en},
        }
        for name, switch in policy.switches.items()
        if name in policy.standing
    }


def _written_out(policy: Policy) -> Json:
    """The document with what the language says where it is silent."""
    switches = _switches(policy, policy.standing)
    return plain({**policy.document, "family": policy.family, "switches": switches})


def _with_days(base: Policy, days: Mapping[str, str]) -> dict[str, object]:
    """Its workflow with other last days; whether they hold is checked where a policy is read."""
    movable = {f"{each.id}{_LAST_DAY}" for each in base.workflow.stages if each.movable}
    for name in sorted(days.keys() - movable):
        raise Invalid(
            en=f"{name}: the base says of no such stage that its last day may be moved",
            vi=f"«{name}»: quy chế gốc không cho dời ngày cuối của bước này.",
            field="overrides",
            rule_id=name,
        )
    workflow = mapping(base.document.get("workflow"))
    listed = workflow.get("stages")
    stages = [dict(mapping(each)) for each in listed] if isinstance(listed, list | tuple) else []
    for stage in stages:
        if (name := f"{stage['id']}{_LAST_DAY}") in days:
            stage["last_day"] = days[name]
    return {**workflow, "stages": stages}


def _with_defaults(section: object, chosen: Mapping[str, str]) -> dict[str, object]:
    entries = section if isinstance(section, Mapping) else {}
    return {
        str(name): {**entry, "default": chosen[name]} if name in chosen else entry
        for name, entry in entries.items()
    }


def _with_group_defaults(section: object, chosen: Mapping[str, str]) -> dict[str, object]:
    groups = section if isinstance(section, Mapping) else {}
    return {
        str(name): {**group, "items": _with_defaults(group["items"], chosen)}
        for name, group in groups.items()
    }


def undeclared_changes(base: Policy, derived: Policy) -> tuple[PolicyChange, ...]:
    """What a policy that says it derives from `base` changed beyond its declared freedom."""
    changes = _changes("", _written_out(base), _written_out(derived))
    free = {
        f"workflow.stages[{n}]{_LAST_DAY}"
        for n, stage in enumerate(base.workflow.stages)
        if stage.movable
    }
    return tuple(each for each in changes if each.path not in free and not _is_free(each.path))


def _is_free(path: str) -> bool:
    head, *rest = path.split(".")
    if head in _OWN or head == "derived_from":
        return True
    return head in ("switches", "weights") and bool(rest) and rest[-1] == "default"
