"""Parts die in the middle of the story, and nothing that was acknowledged is lost or doubled."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import httpx
import pytest

from congvu_demo.client import Gateway
from congvu_demo.dataset import Dataset, Dossier, Plan, Rating, dataset
from congvu_demo.story import STEPS, tell_all
from congvu_demo.story.citizens import RATED_OFFICER
from congvu_demo.story.events import read_all
from congvu_kit.service.definition import topic_of
from congvu_local.folder import DataFolder
from congvu_local.layout import PLAYGROUND_FILE, Layout, choose_ports
from congvu_local.platform import Platform
from congvu_local.processes import Process, stop_all
from congvu_local.settings import SERVICES, LocalSettings
from congvu_local.showcase import Showcase
from support.polling import NeverHappened, eventually, until
from system.recording import Recording

pytestmark = [pytest.mark.system]

DEATHS = {
    "The commune drafts its group C": ("catalogue", 2),
    "Home Affairs appraises, the head issues": ("database", 4),
    "Superiors assign work": ("evaluation", 1),
    "Work is reported and checked": ("gateway", 5),
    "The portal's dossiers fill the rest": ("evaluation", 2),
    "An objective cause needs a second person": ("database", 3),
    "Citizens rate what they got": ("feedback", 2),
    "A complaint is disputed and upheld": ("feedback", 5),
    "The quarter is frozen, scored and ranked": ("broker", 1),
    "It is published, closed and sealed": ("evaluation", 2),
}
"""In which step which part is killed, while which of the step's requests is under way."""

PATIENCE_S = 90.0
WAITS_WITHIN_S = 30
COMES_WITHIN_S = 60


class ShortQuarter(Dataset):
    """Four officers of the quarter, with whatever is theirs: enough to lose or double."""

    OFFICERS = ("CB034", "CB035", "CB036", RATED_OFFICER)
    RATINGS = 60

    @cached_property
    def plans(self) -> list[Plan]:
        return [each for each in dataset().plans if each.officer in self.OFFICERS]

    @cached_property
    def dossiers(self) -> list[Dossier]:
        return [each for each in dataset().dossiers if each.officer in self.OFFICERS]

    @cached_property
    def ratings(self) -> list[Rating]:
        codes = {each.code for each in self.dossiers}
        return [each for each in dataset().ratings if each.dossier in codes][: self.RATINGS]


class DeadlyGateway(Gateway, Recording):
    """Kills a part while a request is on its way, and records the story on the side."""

    def __init__(self, platform: Platform, deaths: Mapping[str, tuple[str, int]]) -> None:
        Gateway.__init__(self, platform.base_url, patience_s=PATIENCE_S)
        Recording.__init__(self)
        self._platform = platform
        self._deaths = deaths
        self._requests = 0
        self.killed: list[str] = []

    def step(self, number: int, title: str) -> None:
        Recording.step(self, number, title)
        self._requests = 0

    async def post(
        self, query: str, variables: Mapping[str, object], token: str | None
    ) -> httpx.Response:
        self._requests += 1
        part, request = self._deaths.get(self.titles[-1], ("", 0))
        if self._requests != request:
            return await super().post(query, variables, token)
        under_way = asyncio.ensure_future(super().post(query, variables, token))
        await asyncio.sleep(0)  # lets the request leave
        await asyncio.to_thread(self._platform.kill, part)
        self.killed.append(part)
        return await under_way


@pytest.fixture(scope="module")
def healing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with Platform(tmp_path_factory.mktemp("healing"), restarts=True) as platform:
        yield platform


@pytest.mark.timeout(400)
async def test_the_story_holds_though_every_part_dies_on_the_way(healing: Platform) -> None:
    """The story's own expectations are exact: a lost or doubled call would change a score."""
    data = ShortQuarter()

    async with DeadlyGateway(healing, DEATHS) as gateway:
        await tell_all(healing, gateway, gateway, data)

    assert gateway.killed == [part for part, _ in DEATHS.values()]
    assert gateway.titles == [step.title for step in STEPS]
    assert gateway.met["staff whose score is not what the decree says"] == {}
    await _until_each_event_was_told_once(healing, data)


async def _until_each_event_was_told_once(platform: Platform, data: Dataset) -> None:
    """By event id, since repeats are what consumers ignore; the last ones may be on their way."""
    wanted = _events_of_the_story(data)
    counts: Counter[str] = Counter()

    async def told_once() -> bool:
        told = await read_all(platform.kafka_brokers, [topic_of(each) for each in SERVICES])
        types = {each.headers["ce_id"]: each.type for each in told}
        counts.clear()
        counts.update(type for type in types.values() if type in wanted)
        return counts == wanted

    with suppress(NeverHappened):  # the comparison below says what is missing
        await eventually(told_once, within_s=COMES_WITHIN_S, what="every event")
    assert counts == wanted


def _events_of_the_story(data: Dataset) -> Counter[str]:
    done = sum(bool(plan.done) for plan in data.plans)
    return Counter(
        {
            "congvu.evaluation.org_unit.synced.v1": len(data.units),
            "congvu.evaluation.civil_servant.synced.v1": len(data.people),
            "congvu.catalogue.work_product.published.v1": len(data.products) + 1,
            "congvu.catalogue.release.published.v1": 3,
            "congvu.evaluation.assignment.created.v1": len(data.plans),
            "congvu.evaluation.assignment.submitted.v1": done,
            "congvu.evaluation.assignment.accepted.v1": done,
            "congvu.evaluation.dossier.recorded.v1": len(data.dossiers),
            "congvu.feedback.submission.received.v1": len(data.ratings),
            "congvu.feedback.complaint.upheld.v1": 1,
            "congvu.feedback.post_audit.requested.v1": 1,
            "congvu.evaluation.evaluation.scored.v1": 41,
            "congvu.evaluation.evaluation.ranked.v1": 41,
            "congvu.evaluation.evaluation.published.v1": 41,
            "congvu.evaluation.period.closed.v1": 1,
        }
    )


@pytest.mark.timeout(180)
def test_parts_that_die_together_come_back_by_themselves(healing: Platform) -> None:
    for part in ("database", "broker", "issuer", *SERVICES, "gateway"):
        healing.kill(part)

    until(lambda: _ready(healing), within_s=COMES_WITHIN_S, what="every part is back")

    answer = httpx.post(healing.graphql_url, json={"query": "{ __typename }"})
    assert answer.json() == {"data": {"__typename": "Query"}}


def _ready(platform: Platform) -> bool:
    try:
        return httpx.get(f"{platform.base_url}/readyz", timeout=10).json()["ready"] is True
    except httpx.HTTPError:
        return False


@pytest.mark.timeout(120)
def test_services_that_start_before_their_servers_wait_and_say_so(tmp_path: Path) -> None:
    settings = LocalSettings(data_dir=tmp_path, ports={"gateway": 0})
    folder = DataFolder(settings.data_dir)
    folder.lock()
    folder.issuer_key()
    layout = Layout(settings=settings, folder=folder, ports=choose_ports(settings, folder))
    folder.write_private(PLAYGROUND_FILE, '{"tokens": [], "examples": []}')
    servers, services = ([Process(program) for program in tier] for tier in layout.tiers())
    started = [*servers, *services]
    try:
        for process in services:
            process.spawn()
        for name in SERVICES:
            _until_it_says(layout, name, 503, "waiting for database")
        database, *others = servers
        database.start()
        for name in SERVICES:
            _until_it_says(layout, name, 503, f"waiting for kafka at {layout.kafka_brokers}")
        for process in others:
            process.start()
        for process in services:
            process.wait_ready()

        for name in SERVICES:
            _until_it_says(layout, name, 200, "")
    finally:
        stop_all(started)
        folder.unlock()


def _until_it_says(layout: Layout, service: str, status: int, words: str) -> None:
    def said() -> bool:
        try:
            answer = httpx.get(f"{layout.service_url(service)}/readyz", timeout=5)
        except httpx.TransportError:
            return False
        return answer.status_code == status and words in answer.text

    until(said, within_s=WAITS_WITHIN_S, what=f"{service} says {status} {words!r}")


def test_the_showcase_of_the_demo_is_what_the_story_ends_with() -> None:
    first = Showcase.of_demo().examples[0]

    assert first["variables"] == {
        "officer": dataset().civil_servant_id(RATED_OFFICER),
        "period": dataset().period_id,
    }
