"""Whether a snapshot fits a policy: its subject, its unit, the ranges of what it states."""

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import comma, exact_text
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.base import Number, Range
from congvu_scoring.snapshots.sections import REFUSED
from congvu_scoring.snapshots.snapshot import Snapshot

ANY_ELEMENT = "elements.*"
"""Declares every element that is not declared by its own name."""


def stated_ranges(policy: Policy) -> dict[str, Range]:
    """By input path: the rule it belongs to, its least and its greatest value."""
    ranges: dict[str, Range] = {
        path: (path, declared.low, declared.high) for path, declared in policy.inputs.items()
    }
    for measure in policy.measures.values():
        for node in measure.value.walk():
            if isinstance(node, Number):
                ranges.update(node.stated_ranges(measure.rule))
    return ranges


def require_whole(snapshot: Snapshot) -> None:
    """Raise what refused the inputs, where the snapshot is of somebody whose inputs were."""
    rule, vi, en = (snapshot.texts.get(path, "") for path in REFUSED)
    if rule:
        raise Invalid(en=en, vi=vi, field="snapshot", rule_id=rule)


def check_snapshot(policy: Policy, ranges: dict[str, Range], snapshot: Snapshot) -> None:
    """The subject is one the policy is for, and every stated number lies in its range."""
    _check_subject(policy, snapshot)
    for path, value in snapshot.numbers.items():
        found = ranges.get(path)
        if found is None and path.startswith("elements."):
            found = ranges.get(ANY_ELEMENT)
        if found is None:
            if path.startswith("general."):
                raise _refuse(
                    policy.id,
                    path,
                    "the policy has no such criterion",
                    "quy chế không có tiêu chí này",
                )
            continue
        rule, low, high = found
        if (low is not None and value < low) or (high is not None and value > high):
            least = "–" if low is None else exact_text(low)
            most = "–" if high is None else exact_text(high)
            raise _refuse(
                rule,
                path,
                f"must lie in {least} to {most}",
                f"phải từ {comma(least)} đến {comma(most)}",
            )
    for path, declared in policy.inputs.items():
        text = snapshot.texts.get(path)
        if text is not None and declared.values and text not in declared.values:
            known = ", ".join(declared.values)
            raise _refuse(
                path, path, f"{text!r} is none of {known}", f"{text!r} không thuộc {known}"
            )


def _check_subject(policy: Policy, snapshot: Snapshot) -> None:
    kind = snapshot.texts.get("subject.kind")
    if kind is not None and kind not in policy.subjects:
        kinds = ", ".join(policy.subjects)
        raise _refuse(
            policy.id,
            "subject.kind",
            f"the policy is for {kinds}, not {kind}",
            f"quy chế áp dụng cho {kinds}, không phải {kind}",
        )
    unit = snapshot.texts.get("subject.unit")
    if policy.units and unit is not None and unit not in policy.units:
        raise _refuse(
            policy.id,
            "subject.unit",
            f"the policy is limited to named units; {unit!r} is none of them",
            f"quy chế chỉ áp dụng cho đơn vị thí điểm; {unit!r} không thuộc danh sách",
        )


def _refuse(rule: str, path: str, en: str, vi: str) -> Invalid:
    return Invalid(
        en=f"snapshot.{path}: {en}",
        vi=f"snapshot.{path}: {vi}",
        field=f"snapshot.{path}",
        rule_id=rule,
    )
