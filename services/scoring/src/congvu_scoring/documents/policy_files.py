"""Policies from YAML files: the shipped ones, and any file in the policy language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import jsonschema

from congvu_kit.domain.errors import Invalid, NotFound
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import Policy, read_policy
from congvu_scoring.common.plain import plain
from congvu_scoring.documents.yaml_documents import parse_own, read_yaml
from congvu_scoring.language.schema import policy_schema

_PACKAGE = "congvu_scoring.policies"


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(policy_schema())


def load_policy(document: object, file: str) -> Policy:
    """Read and check; the reader's messages come first because they name rule and remedy."""
    policy = read_policy(document, file)
    for error in _validator().iter_errors(plain(document)):
        raise Invalid(
            en=f"{file}: {error.json_path}: {error.message}",
            vi=f"{file}: mục «{error.json_path}» không đúng cấu trúc của quy chế.",
            field=error.json_path,
        )
    return policy


def read_policy_file(path: Path) -> Policy:
    return load_policy(read_yaml(path), str(path))


@cache
def shipped_policies() -> Mapping[str, Policy]:
    """Every shipped policy by id."""
    found = {}
    for item in sorted(files(_PACKAGE).iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".yaml"):
            document = parse_own(item.read_text(encoding="utf-8"))
            policy = load_policy(document, item.name)
            found[policy.id] = policy
    return found


def shipped_policy(ref: str) -> Policy:
    """By `id` or `id@version`; `NotFound` names what there is."""
    policy_id, _, version = ref.partition("@")
    policy = shipped_policies().get(policy_id)
    if policy is None or (version and version != str(policy.version)):
        known = ", ".join(item.ref for item in shipped_policies().values())
        raise NotFound(
            en=f"no policy {ref!r}; shipped: {known}",
            vi=f"Không có quy chế {vi_text(ref)}. Có sẵn: {known}.",
            field="policy",
        )
    return policy


def find_policy(file_or_ref: str) -> Policy:
    """A policy file when there is one of that name, else a shipped policy."""
    path = Path(file_or_ref)
    return read_policy_file(path) if path.is_file() else shipped_policy(file_or_ref)
