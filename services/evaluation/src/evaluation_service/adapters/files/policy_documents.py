"""Policies as callers write them: JSON, or YAML with its comments."""

import json

import yaml

from congvu_kit.domain.errors import Invalid
from congvu_scoring import plain
from congvu_scoring.documents.yaml_documents import parse_yaml
from evaluation_service.application.policies.commands import DOCUMENT_MAX_CHARS


def as_json_text(document: str) -> str:
    """The document as JSON in its own order; raise `Invalid` when it is neither."""
    if len(document) > DOCUMENT_MAX_CHARS:
        raise Invalid(
            en=f"a policy has at most {DOCUMENT_MAX_CHARS} characters",
            vi=f"quy chế dài tối đa {DOCUMENT_MAX_CHARS} ký tự",
            field="input.document",
        )
    parsed = parse_yaml(document, "input.document")
    # A few aliases of aliases would unfold into more than any memory holds.
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(document)):
        raise Invalid(
            en="a policy has no YAML aliases (*name)",
            vi="quy chế không dùng bí danh YAML (*tên)",
            field="input.document",
        )
    return json.dumps(plain(parsed), ensure_ascii=False, separators=(",", ":"))
