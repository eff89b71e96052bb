"""A reader without an account follows every link of the public site, after the main story."""

from collections import deque
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from congvu_demo.dataset import dataset
from pages.test_public import Tags
from system.telling import Told

pytestmark = pytest.mark.system
PUBLIC_SITE = "/cong-khai"
OTHER_PROVINCES = "/cong-khai/tinh/"


def links(html: str) -> list[str]:
    elements = Tags(html).elements
    return [str(each["href"]) for tag, each in elements if tag == "a" and "href" in each]


def crawled(base: str, province: str) -> dict[str, httpx.Response]:
    """Every page that is reached from the first one, without those of other provinces."""
    found: dict[str, httpx.Response] = {}
    waiting = deque([f"{base}/cong-khai"])
    with httpx.Client(timeout=30) as browser:
        while waiting:
            url = waiting.popleft().partition("#")[0]
            path = urlsplit(url).path
            elsewhere = path.startswith(OTHER_PROVINCES) and path.split("/")[3] != province
            if url in found or elsewhere or not url.startswith(f"{base}{PUBLIC_SITE}"):
                continue
            found[url] = browser.get(url)
            links = (
                Tags(found[url].text).elements
                if "html" in found[url].headers["content-type"]
                else []
            )
            waiting.extend(
                urljoin(url, str(each["href"]))
                for tag, each in links
                if tag == "a" and "href" in each
            )
    return found


def test_every_link_of_the_public_site_leads_somewhere_and_names_no_person(told: Told) -> None:
    data = dataset()

    pages = crawled(told.platform.base_url, data.province)

    assert {url: each.status_code for url, each in pages.items() if each.status_code != 200} == {}
    text = "\n".join(each.text for each in pages.values())
    assert len(pages) > 20
    assert "phiếu" in text
    assert [each.full_name for each in data.people.values() if each.full_name in text] == []
