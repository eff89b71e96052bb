"""The public log for people: an entry by its number or receipt, and what became of its subject."""

import re

from pages_service import documents
from pages_service.graph import Asker
from pages_service.public import NothingThere, Site, further, nodes
from pages_service.rendering import Page, rendered

NUMBER = re.compile(r"[1-9]\d{0,8}")
OF_RECEIPT = re.compile(r"^entry ([1-9]\d{0,8})\s*$", re.MULTILINE)


def number_of(asked: str) -> int:
    """Of a number as it is, or of the receipt it stands in."""
    found = NUMBER.fullmatch(asked.strip()) or OF_RECEIPT.search(asked.replace("\r", ""))
    if found is None:
        raise NothingThere
    return int(found.group(found.re.groups))


async def entry(site: Site, asker: Asker, asked: str | None, after: str | None) -> Page:
    found = None if asked is None else await _found(site, asker, number_of(asked), after)
    here = "/cong-khai/nhat-ky"
    return Page.of(rendered("log.html", lang=asker.language, here=here, found=found))


async def _found(site: Site, asker: Asker, number: int, after: str | None) -> dict[str, object]:
    data = await site.graph.ask(asker, documents.ENTRY, sequence=number)
    shown = data["logProof"]["entry"]
    if shown is None:
        raise NothingThere
    story = await site.graph.ask(asker, documents.STORY, subject=shown["subject"], after=after)
    return {
        "entry": shown,
        "proof": data["inclusionProof"],
        "head": data["publicLogHead"],
        "story": nodes(story, "publicLog"),
        "after": further(story, "publicLog"),
    }
