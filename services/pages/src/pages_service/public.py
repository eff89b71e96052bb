"""What stands on each public page: the anonymous graph's answer, and nothing else."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from async_lru import alru_cache

from pages_service import documents, feeds
from pages_service.graph import Asker, Graph
from pages_service.rendering import Page, address, rendered
from pages_service.settings import PagesSettings

Node = dict[str, Any]
View = Callable[..., Awaitable[Page]]

KEPT_PAGES = 2_000
"""Of 5 to 50 kB each, packed ones beside them: 100 MB at most."""


RSS = (feeds.rss, "application/rss+xml")
JSON_FEED = (feeds.json_feed, "application/feed+json")


class NothingThere(Exception):
    """The graph knows no such thing, or none for this reader."""


class Site:
    """Asks the graph for a page once, however many wait for it, and keeps it for a while."""

    def __init__(self, graph: Graph, settings: PagesSettings) -> None:
        self.graph = graph
        self.settings = settings
        keep = alru_cache(maxsize=KEPT_PAGES, ttl=settings.keep_s)
        self._page = keep(self._make)
        self._periods = keep(self._ask_periods)

    async def page(self, view: View, asker: Asker, *arguments: str | None) -> Page:
        made: Page = await self._page(view, asker, *arguments)
        return made

    async def periods(self, asker: Asker, province: str) -> Sequence[Node]:
        """Newest first."""
        found: Sequence[Node] = await self._periods(asker, province)
        return found

    async def _make(self, view: View, asker: Asker, *arguments: str | None) -> Page:
        return await view(self, asker, *arguments)

    async def _ask_periods(self, asker: Asker, province: str) -> Sequence[Node]:
        return nodes(await self.graph.ask(asker, documents.PERIODS, province=province))


def nodes(data: Node, name: str = "evaluationPeriods") -> list[Node]:
    return [edge["node"] for edge in data[name]["edges"]]


def further(data: Node, name: str) -> str | None:
    """The cursor of the next page, where there is one."""
    info = data[name]["pageInfo"]
    return info["endCursor"] if info["hasNextPage"] else None


def chosen(periods: Sequence[Node], period_id: str | None) -> Node | None:
    """The period asked for; else the newest whose figures are final, else the newest."""
    if period_id is not None:
        found = [each for each in periods if each["id"] == period_id]
        if not found:
            raise NothingThere
        return found[0]
    final = [each for each in periods if each["state"] != "OPEN"]
    return next(iter([*final, *periods]), None)


async def home(_site: Site, asker: Asker) -> Page:
    return Page.of(rendered("home.html", lang=asker.language, here="/cong-khai"))


async def about(site: Site, asker: Asker) -> Page:
    del site
    return Page.of(rendered("about.html", lang=asker.language, here="/cong-khai/giai-thich"))


async def province(
    site: Site, asker: Asker, code: str, period_id: str | None, after: str | None
) -> Page:
    periods = await site.periods(asker, code)
    period = chosen(periods, period_id)
    data = await site.graph.ask(
        asker,
        documents.PROVINCE,
        province=code,
        after=after,
        periodId=period["id"] if period else "",
        measured=period is not None,
    )
    text = rendered(
        "province.html",
        lang=asker.language,
        here=f"/cong-khai/tinh/{code}",
        code=code,
        periods=periods,
        period=period,
        units=nodes(data, "orgUnits"),
        after=further(data, "orgUnits"),
    )
    return Page.of(text)


async def unit_data(
    site: Site, asker: Asker, code: str, unit_id: str, period_id: str | None
) -> Node:
    """The unit, its promises, and its index in each of the last periods, oldest first."""
    periods = await site.periods(asker, code)
    period = chosen(periods, period_id)
    alike = [
        each
        for each in periods
        if period and each["kind"] == period["kind"] and each["endsOn"] <= period["endsOn"]
    ][: documents.TREND]
    ids = [each["id"] for each in alike]
    asked: dict[str, object] = {
        name: value
        for n in range(documents.TREND)
        for name, value in ((f"p{n}", ids[n] if n < len(ids) else ""), (f"h{n}", n < len(ids)))
    }
    data = await site.graph.ask(asker, documents.UNIT, unitId=unit_id, **asked)
    if data["orgUnit"] is None or data["orgUnit"]["province"] != code:
        raise NothingThere
    shown = [(each, data["orgUnit"][f"p{n}"]) for n, each in enumerate(alike)]
    return {
        "unit": data["orgUnit"],
        "periods": periods,
        "period": period,
        "index": shown[0][1] if shown else None,
        "made": data["orgUnit"].get("made"),
        "shown": shown[::-1],
        "complaints": data["complaintOverview"],
        "promises": nodes(data, "commitments"),
        "more_promises": data["commitments"]["pageInfo"]["hasNextPage"],
    }


async def unit(site: Site, asker: Asker, code: str, unit_id: str, period_id: str | None) -> Page:
    data = await unit_data(site, asker, code, unit_id, period_id)
    here = f"/cong-khai/tinh/{code}/don-vi/{unit_id}"
    return Page.of(rendered("unit.html", lang=asker.language, here=here, code=code, **data))


async def rss(site: Site, asker: Asker, code: str, unit_id: str) -> Page:
    return await _feed(site, asker, code, unit_id, RSS)


async def json_feed(site: Site, asker: Asker, code: str, unit_id: str) -> Page:
    return await _feed(site, asker, code, unit_id, JSON_FEED)


async def _feed(
    site: Site, asker: Asker, code: str, unit_id: str, kind: tuple[feeds.Form, str]
) -> Page:
    form, type = kind
    data, lang = await unit_data(site, asker, code, unit_id, None), asker.language
    path = address("cong-khai", "tinh", code, "don-vi", unit_id, lang=lang)
    found = feeds.items(data, code, lang=lang)
    text = form(data["unit"]["name"], site.settings.public_url, path, found, lang=lang)
    return Page.of(text, f"{type}; charset=utf-8")


async def commitments(site: Site, asker: Asker, code: str, after: str | None) -> Page:
    data = await site.graph.ask(asker, documents.COMMITMENTS, province=code, after=after)
    text = rendered(
        "commitments.html",
        lang=asker.language,
        here=f"/cong-khai/tinh/{code}/cam-ket",
        code=code,
        promises=nodes(data, "commitments"),
        after=further(data, "commitments"),
    )
    return Page.of(text)


async def commitment(site: Site, asker: Asker, id: str) -> Page:
    found = (await site.graph.ask(asker, documents.COMMITMENT, id=id))["commitment"]
    if found is None:
        raise NothingThere
    here = f"/cong-khai/cam-ket/{id}"
    return Page.of(rendered("commitment.html", lang=asker.language, here=here, promise=found))


async def period(site: Site, asker: Asker, id: str) -> Page:
    found = (await site.graph.ask(asker, documents.PERIOD, id=id))["evaluationPeriod"]
    if found is None:
        raise NothingThere
    here = f"/cong-khai/ky/{id}"
    return Page.of(rendered("period.html", lang=asker.language, here=here, period=found))
