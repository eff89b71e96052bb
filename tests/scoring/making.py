"""Snapshots and policies for scoring tests."""

from collections.abc import Mapping
from functools import cache

from congvu_scoring import (
    CompiledPolicy,
    Policy,
    ScoreResult,
    Snapshot,
    compile_policy,
    score,
)
from congvu_scoring.documents.policy_files import load_policy, shipped_policy
from congvu_scoring.documents.yaml_documents import parse_yaml

STAFF = "ND335-2025-STAFF"
LEADER = "ND335-2025-LEADER"


@cache
def compiled(policy: str, *switches: tuple[str, str]) -> CompiledPolicy:
    return compile_policy(shipped_policy(policy), dict(switches))


def scored(policy: str, snapshot: Mapping[str, object], *switches: tuple[str, str]) -> ScoreResult:
    return score(compiled(policy, *switches), Snapshot.from_document(snapshot))


def item(
    coefficient: object = 1, assigned: object = 1, completed: object = 1, **more: object
) -> dict[str, object]:
    return {
        "item": "C.56.1@1",
        "coefficient": coefficient,
        "assigned": assigned,
        "completed": completed,
        **more,
    }


MINIMAL = """
format: congvu.policy/1
id: TINY
version: 1
title: {vi: Thử, en: Trial}
subjects: [STAFF]
sources: [{id: s, kind: DEFAULT, text: {vi: Thử, en: Trial}}]
SECTIONS
measures:
  MEASURES
  total:
    clause: s
    text: {vi: Tổng, en: Total}
    unit: points
    value: TOTAL
total: total
bands:
  clause: s
  text: {vi: Mức, en: Band}
  table:
    - {code: A, at_least: 50, text: {vi: A, en: A}}
    - {code: B, text: {vi: B, en: B}}
"""


def tiny_text(total: str, sections: str = "", measures: str = "") -> str:
    """A whole policy around one expression for the total."""
    text = MINIMAL.replace("SECTIONS", sections).replace("TOTAL", total)
    return text.replace("  MEASURES\n", measures)


def tiny(total: str, sections: str = "", measures: str = "") -> Policy:
    return load_policy(parse_yaml(tiny_text(total, sections, measures), "tiny"), "tiny.yaml")


def tiny_score(
    total: str, snapshot: Mapping[str, object], sections: str = "", measures: str = ""
) -> ScoreResult:
    found = compile_policy(tiny(total, sections, measures))
    return score(found, Snapshot.from_document(snapshot))
