"""The public log for people: an entry by its number or receipt, and what became of its subject."""

import re

from pages_service import documents
from pages_service.graph import Asker
from pages_service.public import NothingThere, Site, further, nodes
from pages_service.rendering import Page, rendered

NUMBER = re.compile(r"[1-9]\d{0,8}")
OF_RECEIPT = re.compile(r"^entry ([1-9]\d{0,8})\s*$", re.MULTILINE)
OF_PROMISE = re.compile(
    r"^receipt/v2 .*\n(?:.*\n)*?subject ([a-z]+_[0-9a-f]{1,60})\s*$", re.MULTILINE
)


def wanted(asked: str) -> dict[str, object]:
    """By a number as it is, or by the receipt: its number, or whom it promised an entry about."""
    text = asked.replace("\r", "")
    if number := NUMBER.fullmatch(asked.strip()) or OF_RECEIPT.search(text):
        return {"sequence": int(number.group(number.re.groups))}
    if promise := OF_PROMISE.search(text):
        return {"subject": promise.group(1)}
    raise NothingThere


async def entry(site: Site, asker: Asker, asked: str | None, after: str | None) -> Page:
    found = None if asked is None else await _found(site, asker, wanted(asked), after)
    here = "/cong-khai/nhat-ky"
    return Page.of(rendered("log.html", lang=asker.language, here=here, found=found))


async def _found(
    site: Site, asker: Asker, wanted: dict[str, object], after: str | None
) -> dict[str, object]:
    data = await site.graph.ask(asker, documents.ENTRY, **wanted)
    shown = data["logProof"]["entry"]
    if shown is None and data["logProof"]["mergedBy"]:
        return {"entry": None, "awaited": data["logProof"]["mergedBy"]}
    if shown is None:
        raise NothingThere
    story = await site.graph.ask(asker, documents.STORY, subject=shown["subject"], after=after)
    asked = await site.graph.ask(asker, documents.RECEIPT, receipt=shown["receipt"])
    return {
        "awaited": None,
        "complaint": asked["complaintByReceipt"],
        "entry": shown,
        "proof": data["inclusionProof"],
        "head": data["publicLogHead"],
        "story": nodes(story, "publicLog"),
        "after": further(story, "publicLog"),
    }
