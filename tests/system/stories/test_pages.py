"""A reader without an account follows every link of the public site, after the main story."""

import re
from collections import Counter, deque
from collections.abc import Collection
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from congvu_demo.dataset import dataset
from pages.test_public import Tags
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]
PUBLIC_SITE = "/cong-khai"
OTHER_PROVINCES = "/cong-khai/tinh/"
ID = re.compile(r"[a-z]+_[0-9a-f]{8,}|(?<==)\w+")
OF_A_KIND = 4


def links(html: str) -> list[str]:
    elements = Tags(html).elements
    return [str(each["href"]) for tag, each in elements if tag == "a" and "href" in each]


patiently = Retrying(
    retry=retry_if_result(lambda answer: answer.status_code == httpx.codes.SERVICE_UNAVAILABLE),
    wait=wait_fixed(5),
    stop=stop_after_delay(90),
    retry_error_callback=lambda last: last.outcome.result() if last.outcome else None,
)
"""Callers are counted, and who asks for so much at once is answered later."""


def crawled(base: str, province: str, always: Collection[str]) -> dict[str, httpx.Response]:
    """What is reached from the first page, without other provinces: of pages that differ in their
    ids alone a few, and those of the units `always`, since callers are counted."""
    found: dict[str, httpx.Response] = {}
    alike: Counter[str] = Counter()
    waiting = deque([f"{base}{PUBLIC_SITE}"])
    with httpx.Client(timeout=30) as browser:
        while waiting:
            url = waiting.popleft().partition("#")[0]
            path = urlsplit(url).path
            elsewhere = path.startswith(OTHER_PROVINCES) and path.split("/")[3] != province
            if url in found or elsewhere or not url.startswith(f"{base}{PUBLIC_SITE}"):
                continue
            shape = ID.sub("_", url)
            if alike[shape] >= OF_A_KIND and not any(id in url for id in always):
                continue
            alike[shape] += 1
            found[url] = patiently(browser.get, url)
            if "html" in found[url].headers["content-type"]:
                waiting.extend(urljoin(url, each) for each in links(found[url].text))
    return found


def test_every_link_of_the_public_site_leads_somewhere_and_names_no_person(told: Told) -> None:
    data = dataset()

    units = [data.unit_id(each["id"]) for each in data.units]
    pages = crawled(told.platform.base_url, data.province, units)

    assert {url: each.status_code for url, each in pages.items() if each.status_code != 200} == {}
    text = "\n".join(each.text for each in pages.values())
    assert len(pages) > 20
    assert "phiếu" in text
    assert [each.full_name for each in data.people.values() if each.full_name in text] == []
