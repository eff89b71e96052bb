"""What is new of a unit, for readers of news (RSS 2.0) and programs (JSON Feed 1.1)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from email.utils import format_datetime
from typing import Any, Protocol
from xml.etree import ElementTree as ET

from congvu_kit.domain.clock import VIETNAM
from pages_service.rendering import address, percent, word

ITEMS_MAX = 50


@dataclass(frozen=True, kw_only=True)
class Item:
    id: str
    at: datetime
    title: str
    text: str
    path: str


class Form(Protocol):
    def __call__(
        self, title: str, base: str, path: str, found: Iterable[Item], *, lang: str
    ) -> str: ...


def items(data: Mapping[str, Any], code: str, *, lang: str) -> list[Item]:
    """Steps of promises and figures of periods, newest first."""
    found = [*_promised(data["promises"], lang), *_measured(data, code, lang)]
    return sorted(found, key=lambda item: (item.at, item.id), reverse=True)[:ITEMS_MAX]


def _promised(promises: Iterable[Mapping[str, Any]], lang: str) -> Iterator[Item]:
    for each in promises:
        path = address("cong-khai", "cam-ket", each["id"], lang=lang)
        now, state = each["current"], word("CommitmentState", each["state"], lang=lang)
        steps = [(now["publishedOn"], now["target"])]
        steps += [(step["on"], step["note"]) for step in each["progress"]]
        if each["assessedOn"]:
            steps.append((each["assessedOn"], state))
        for at, (on, text) in enumerate(steps):
            yield Item(
                id=f"{each['id']}:{now['number']}:{at}",
                at=_at(on),
                title=now["text"],
                text=text,
                path=path,
            )


def _measured(data: Mapping[str, Any], code: str, lang: str) -> Iterator[Item]:
    unit = data["unit"]
    for period, index in data["shown"]:
        if index and index["state"] != "PENDING":
            share = index["index"]
            state = word("IndexState", index["state"], lang=lang)
            yield Item(
                id=f"{unit['id']}:{period['id']}",
                at=datetime.fromisoformat(index["computedAt"]),
                title=f"{unit['name']}: {period['name']}",
                text=f"{state}: {percent(share, lang=lang) if share else index['answers']}",
                path=address(
                    *("cong-khai", "tinh", code, "don-vi", unit["id"]), lang=lang, ky=period["id"]
                ),
            )


def _at(day: str) -> datetime:
    return datetime.combine(datetime.fromisoformat(day), time(), VIETNAM)


def rss(title: str, base: str, path: str, found: Iterable[Item], *, lang: str) -> str:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    for name, text in (
        ("title", title),
        ("link", base + path),
        ("description", title),
        ("language", lang),
    ):
        ET.SubElement(channel, name).text = _plain(text)
    for each in found:
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "guid", isPermaLink="false").text = _plain(each.id)
        ET.SubElement(item, "title").text = _plain(each.title)
        ET.SubElement(item, "description").text = _plain(each.text)
        ET.SubElement(item, "link").text = base + each.path
        ET.SubElement(item, "pubDate").text = format_datetime(each.at)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def json_feed(title: str, base: str, path: str, found: Iterable[Item], *, lang: str) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": base + path,
        "language": lang,
        "items": [
            {
                "id": each.id,
                "url": base + each.path,
                "title": each.title,
                "content_text": each.text,
                "date_published": each.at.isoformat(),
            }
            for each in found
        ],
    }
    return json.dumps(feed, ensure_ascii=False)


def _plain(text: str) -> str:
    """Without the characters that XML has not."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
