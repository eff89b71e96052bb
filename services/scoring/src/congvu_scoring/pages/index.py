"""The page that lists the shipped policies."""

from collections.abc import Iterable

from congvu_scoring import Policy


def index_page(policies: Iterable[Policy]) -> str:
    rows = [
        f"| [`{policy.id}`]({policy.id.lower()}.md) | {policy.title.vi} | {policy.title.en} |"
        for policy in policies
    ]
    head = [
        "# Quy chế chấm điểm có sẵn / Shipped scoring policies",
        "",
        "Each page is made from its policy file by `congvu policy pages`; do not edit it by hand.",
        "How to write another policy: [the policy language](language.md).",
        "",
        "| id | tiếng Việt | English |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
