"""Policies as callers write them: JSON, or YAML with its comments, read in a box."""

import json

import yaml

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.domain.errors import Invalid
from congvu_scoring import plain, read_policy
from congvu_scoring.documents.yaml_documents import parse_yaml

FIELD = "input.document"


class BoxedDocuments:
    """The `Documents` of the service."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes

    async def policy(self, document: str) -> str:
        return str(await self._boxes.ask(as_json_text, document, field=FIELD))


def as_json_text(document: str) -> str:
    """Inside the box: what takes long is refused before the service reads the policy again."""
    parsed = parse_yaml(document, FIELD)
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(document)):
        raise Invalid(
            en="a policy has no YAML aliases (*name)",
            vi="Quy chế không dùng bí danh YAML (*tên).",
            field=FIELD,
        )
    found = plain(parsed)
    read_policy(found)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
