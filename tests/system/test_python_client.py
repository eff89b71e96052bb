"""From nothing to results with the Python client alone, as a vendor would write it: awaited and
not, over a line that loses an answer."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import httpx
import pytest

from congvu_client import (
    AcceptGapsInput,
    AcceptWorkInput,
    Assignment,
    AssignmentFilter,
    AssignWorkInput,
    AsyncClient,
    Change,
    ChangeEvent,
    Client,
    DossierEventInput,
    Evaluation,
    EvaluationFilter,
    EvaluationOrder,
    EvaluationPeriodKind,
    EvaluationPeriodState,
    ExternalRefInput,
    FileComplaintInput,
    Forbidden,
    FreezePeriodInput,
    IdempotencyMismatch,
    NotFound,
    OpenPeriodInput,
    Period,
    PeriodStepInput,
    RecordDossierEventsInput,
    ReportWorkInput,
    SyncPersonnelInput,
    Unauthenticated,
    WorkSource,
    async_nodes,
    events,
    nodes,
    told,
)
from congvu_demo.acts.ballots import applicant_hash
from congvu_demo.acts.world import today
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from support.polling import until
from system.stories.acting import this_quarter
from system.telling import Told
from system.vendor import PLANNED, Vendor

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

LOST = "the first answer is lost on its way"


class Losing(httpx.HTTPTransport):
    """The platform does what it is asked, and its first answer never arrives."""

    asked = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        self.asked += 1
        if self.asked == 1:
            answer.close()
            raise httpx.ReadError(LOST)
        return answer


class AsyncLosing(httpx.AsyncHTTPTransport):
    asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        self.asked += 1
        if self.asked == 1:
            await answer.aclose()
            raise httpx.ReadError(LOST)
        return answer


class Waiting:
    """A program that waits for each answer."""

    def __init__(self, url: str) -> None:
        self._url = url

    def call(self, token: str | None, method: str, *given: Any, loses: bool = False) -> Any:
        transport = Losing() if loses else httpx.HTTPTransport()
        with Client(self._url, token, http=httpx.Client(transport=transport, timeout=60)) as client:
            return getattr(client, method)(*given)

    def listed(self, token: str, method: str, **asked: Any) -> list[Any]:
        with Client(self._url, token) as client:
            return list(nodes(lambda after: getattr(client, method)(**asked, after=after)))

    def heard(self, token: str, wanted: Callable[[Change], bool]) -> Change:
        with Client(self._url, token) as client, closing(client.changes("results")) as changes:
            return next(filter(wanted, changes))

    def subscribed(self, token: str, wanted: Callable[[ChangeEvent], bool]) -> ChangeEvent:
        with (
            Client(self._url, lambda: token) as client,
            closing(client.result_published(province=dataset().province)) as events,
        ):
            return next(filter(wanted, events))


class Awaiting:
    """A program that goes on meanwhile."""

    def __init__(self, url: str) -> None:
        self._url = url

    def call(self, token: str | None, method: str, *given: Any, loses: bool = False) -> Any:
        async def asked() -> Any:
            transport = AsyncLosing() if loses else httpx.AsyncHTTPTransport()
            http = httpx.AsyncClient(transport=transport, timeout=60)
            async with AsyncClient(self._url, token, http=http) as client:
                return await getattr(client, method)(*given)

        return asyncio.run(asked())

    def listed(self, token: str, method: str, **asked: Any) -> list[Any]:
        async def all_of() -> list[Any]:
            async with AsyncClient(self._url, token) as client:
                pages = partial(getattr(client, method), **asked)
                return [each async for each in async_nodes(lambda after: pages(after=after))]

        return asyncio.run(all_of())

    def heard(self, token: str, wanted: Callable[[Change], bool]) -> Change:
        async def listened() -> Change:
            async with (
                AsyncClient(self._url, token) as client,
                aclosing(client.changes("results")) as changes,
            ):
                async for change in changes:
                    if wanted(change):
                        return change
            raise AssertionError("a stream of changes ended")

        return asyncio.run(listened())

    def subscribed(self, token: str, wanted: Callable[[ChangeEvent], bool]) -> ChangeEvent:
        async def listened() -> ChangeEvent:
            async with (
                AsyncClient(self._url, lambda: token) as client,
                aclosing(client.result_published(province=dataset().province)) as events,
            ):
                async for event in events:
                    if wanted(event):
                        return event
            raise AssertionError("a subscription ended")

        return asyncio.run(listened())


@dataclass
class Results:
    vendor: Vendor
    program: Waiting | Awaiting
    synced: Any = None
    again: Any = None
    works: list[Assignment] = field(default_factory=list)
    dossiers: list[Any] = field(default_factory=list)
    period: Period | None = None
    evaluations: list[Evaluation] = field(default_factory=list)
    updated: list[Evaluation] = field(default_factory=list)
    explained: Any = None
    change: Change | None = None
    event: ChangeEvent | None = None
    complaint: Any = None

    def key(self, what: str) -> str:
        return f"clients/{self.vendor.number}/{what}"

    def once_known(self, token: str, method: str, given: object) -> Any:
        """Of what another service hears of as an event."""
        found = []

        def known() -> bool:
            try:
                found.append(self.program.call(token, method, given))
            except NotFound:
                return False
            return True

        until(known, within_s=30, what=f"{method} finds what was said elsewhere")
        return found[0]


def personnel_is_sent(story: Results) -> None:
    vendor, token = story.vendor, story.vendor.token(Role.PERSONNEL_SYNC)
    rows = SyncPersonnelInput.model_validate(vendor.personnel())
    story.synced = story.program.call(token, "sync_personnel", rows, loses=True)
    more = rows.model_copy(update={"idempotency_key": story.key("nightly")})
    story.again = story.program.call(token, "sync_personnel", more)


def a_period_opens(story: Results, release: str) -> Period:
    data, (first, last) = dataset(), this_quarter()
    token = story.vendor.token(Role.PERIOD_ADMIN)
    [shared, *_] = [
        each.id
        for each in story.program.listed(token, "catalogue_releases", province=data.province)
        if each.decision_number == "72-QĐ/TU"
    ]
    asked = OpenPeriodInput(
        idempotency_key=story.key("open"),
        name="Quý mẫu",
        kind=EvaluationPeriodKind.QUARTER,
        scope_unit_id=data.unit_id(story.vendor.commune),
        starts_on=first,
        ends_on=last,
        release_ids=[shared, release],
        appeal_days=0,
    )
    opened: Period = story.once_known(token, "open_period", asked)
    return opened


def work_is_done(story: Results, period: Period) -> None:
    vendor, program = story.vendor, story.program
    head, clerk = vendor.token(Role.MANAGER, "head"), vendor.token(Role.OFFICER, "clerk")
    who = dataset().civil_servant_id(vendor.person("clerk"))
    for version, source in ((PLANNED, WorkSource.PLAN), (vendor.served, WorkSource.PORTAL)):
        asked = AssignWorkInput(
            idempotency_key=story.key(version),
            version_id=f"{version}@1",
            quantity=Decimal("2"),
            due_on=today(),
            source=source,
            period_id=period.id,
            civil_servant_id=who,
        )
        story.works.append(program.call(head, "assign_work", asked))
    planned = story.works[0]
    report = ReportWorkInput(
        idempotency_key=story.key("report"),
        expected_revision=planned.revision,
        assignment_id=planned.id,
        quantity=Decimal("2"),
        completed_on=today(),
    )
    reported = program.call(clerk, "report_work", report)
    check = AcceptWorkInput(
        idempotency_key=story.key("accept"),
        expected_revision=reported.revision,
        assignment_id=reported.id,
    )
    with pytest.raises(Forbidden):
        program.call(clerk, "accept_work", check)
    program.call(head, "accept_work", check)


def citizens_are_served(story: Results) -> None:
    vendor, now = story.vendor, datetime.now(UTC) - timedelta(minutes=1)

    def ref(id: str) -> ExternalRefInput:
        return ExternalRefInput(system=dataset().system, id=id)

    events = [
        DossierEventInput(
            dossier_code=f"{vendor.commune}-{now:%y%m%d}-{n:04d}",
            procedure_code="1.001193",
            unit_ref=ref(vendor.office),
            civil_servant_ref=ref(vendor.person("clerk")),
            received_at=now - timedelta(days=1),
            due_at=now + timedelta(days=1 - 2 * n),
            completed_at=now,
            applicant_hash=applicant_hash(f"{vendor.commune}-{now:%y%m%d}-{n:04d}", f"v-{n}"),
        )
        for n in range(2)
    ]
    portal = vendor.token(Role.SERVICE_PORTAL)
    for key in ("dossiers", "dossiers again"):
        asked = RecordDossierEventsInput(idempotency_key=story.key(key), events=events)
        told = story.program.call(portal, "record_dossier_events", asked, loses=True)
        story.dossiers += told.results
    complaint = FileComplaintInput(
        idempotency_key=story.key("complain"),
        unit_id=dataset().unit_id(vendor.office),
        text="Chờ lâu, không ai hướng dẫn",
        submitter_token="vneid-clients",
    )
    filed = story.once_known(portal, "file_complaint", complaint)
    story.complaint = story.program.call(None, "complaint_by_receipt", filed.receipt)


def results_are_published(story: Results, period: Period) -> None:
    admin, hrm = story.vendor.token(Role.PERIOD_ADMIN), story.vendor.token(Role.PERSONNEL_SYNC)
    before = datetime.now(UTC) - timedelta(minutes=1)
    frozen = FreezePeriodInput(
        idempotency_key=story.key("freeze"),
        expected_revision=period.revision,
        period_id=period.id,
        early="Diễn tập",
        accept_gaps=AcceptGapsInput(reason="Diễn tập: không phải ai cũng được chấm"),
    )
    story.program.call(admin, "freeze_period", frozen)

    def scored() -> bool:
        story.period = story.program.call(admin, "evaluation_period_by_id", period.id)
        return story.period is not None and story.period.state is EvaluationPeriodState.REVIEW

    until(scored, within_s=180, what="the quarter is scored")
    assert story.period is not None
    step = PeriodStepInput(
        idempotency_key=story.key("publish"),
        expected_revision=story.period.revision,
        period_id=period.id,
    )
    story.period = story.program.call(admin, "publish_period", step, loses=True)
    mine = EvaluationFilter(period_id=period.id)
    story.evaluations = story.program.listed(hrm, "evaluations", filter_=mine, first=1)
    since = EvaluationFilter(period_id=period.id, updated_since=before)
    story.updated = story.program.listed(
        hrm, "evaluations", filter_=since, order=EvaluationOrder.UPDATED
    )
    clerk = evaluation_of(story, "clerk")
    story.explained = story.program.call(hrm, "explanation", clerk.id)
    story.change = story.program.heard(
        hrm,
        lambda each: (
            isinstance(each.data, events.EvaluationPublished)
            and each.data.evaluation_id == clerk.id
        ),
    )
    story.event = story.program.subscribed(hrm, lambda each: clerk.id in each.payload)


def evaluation_of(story: Results, post: str) -> Evaluation:
    wanted = story.vendor.person(post)
    return next(
        each
        for each in story.evaluations
        if each.civil_servant and wanted in {ref.id for ref in each.civil_servant.external_refs}
    )


@pytest.fixture(scope="module", params=["waiting", "awaiting"])
def story(request: pytest.FixtureRequest, told: Told) -> Results:
    url = told.platform.base_url
    if request.param == "waiting":
        story = Results(Vendor(told, 80), Waiting(url))
    else:
        story = Results(Vendor(told, 81), Awaiting(url))
    personnel_is_sent(story)
    period = a_period_opens(story, asyncio.run(story.vendor.own_procedure()))
    work_is_done(story, period)
    citizens_are_served(story)
    results_are_published(story, period)
    return story


def test_what_was_sent_over_a_line_that_broke_is_done_once(story: Results) -> None:
    assert (story.synced.changed, story.synced.refused) == (5, 0)
    assert (story.again.changed, story.again.unchanged) == (0, 5)
    assert [each.changed for each in story.dossiers] == [True, True, False, False]


def test_dossiers_fill_the_work_that_waits_for_them(story: Results) -> None:
    token = story.vendor.token(Role.MANAGER, "head")
    who = dataset().civil_servant_id(story.vendor.person("clerk"))
    mine = AssignmentFilter(civil_servant_id=who)
    found = story.program.listed(token, "assignments", filter_=mine, first=1)

    assert {each.version.code: (each.completed, each.late) for each in found} == {
        PLANNED: (2, 0),
        story.vendor.served: (2, 1),
    }


def test_results_are_exact_and_come_page_by_page(story: Results) -> None:
    people = {each.civil_servant.id for each in story.evaluations if each.civil_servant}
    clerk = evaluation_of(story, "clerk")
    posts = [story.vendor.person(post) for post in ("dean", "head", "clerk")]
    assert people == {dataset().civil_servant_id(post) for post in posts}
    assert {each.id for each in story.updated} >= {clerk.id}
    exact = Fraction(clerk.total_exact or "")
    assert isinstance(clerk.total, Decimal)
    assert abs(Fraction(clerk.total) - exact) < Fraction(1, 10**6)
    lines = story.explained.explanation_lines
    assert Fraction(lines[0].points_exact) == exact
    assert max(each.depth for each in lines) > 1


def test_the_published_result_is_heard(story: Results) -> None:
    clerk = evaluation_of(story, "clerk")

    assert story.change is not None
    assert story.change.type == "congvu.evaluation.evaluation.published.v1"
    assert isinstance(story.change.data, events.EvaluationPublished)
    assert story.change.data.total == clerk.total_exact
    assert story.event is not None
    assert story.event.event_type == story.change.type
    assert told(story.event.event_type, story.event.payload) == story.change.data


def test_a_complaint_is_followed_by_its_receipt_without_a_token(story: Results) -> None:
    assert story.complaint.unit.id == dataset().unit_id(story.vendor.office)
    assert story.complaint.answer_by > story.complaint.filed_on


def test_problems_are_exceptions_that_name_code_field_and_rule(story: Results) -> None:
    token, sent = story.vendor.token(Role.PERSONNEL_SYNC), story.vendor.personnel()
    other = SyncPersonnelInput.model_validate({**sent, "people": []})

    with pytest.raises(IdempotencyMismatch) as refused:
        story.program.call(token, "sync_personnel", other)
    with pytest.raises(Unauthenticated):
        story.program.call(None, "sync_personnel", other)

    assert (refused.value.code, refused.value.field) == (
        "IDEMPOTENCY_MISMATCH",
        "input.idempotencyKey",
    )
