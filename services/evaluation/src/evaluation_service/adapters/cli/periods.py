"""`congvu period close PERIOD`: watch a frozen period being scored, publish it, close it."""

import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url
from congvu_kit.tools.named import Period, no_period, period_id
from congvu_kit.tools.speech import said, tell_next

LOOK_S = 2.0
"""Between two looks at the runs."""

BEING_SCORED = ("DATA_FROZEN", "SCORING")

PERIOD = """
query PeriodToClose($id: ID!) {
  evaluationPeriod(id: $id) { id name state revision seal { hash number } }
}"""

RUNS = """
query RunsToWatch($period: ID!, $after: String) {
  rankingRuns(periodId: $period, first: 50, after: $after) {
    edges { node { state people scored trouble agency { name } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

PUBLISH = """
mutation PublishPeriodOfCli($input: PeriodStepInput!) {
  publishPeriod(input: $input) {
    ... on EvaluationPeriod { id name state revision seal { hash number } }
    ... on Problem { code message field ruleId }
  }
}"""

CLOSE = """
mutation ClosePeriodOfCli($input: PeriodStepInput!) {
  closePeriod(input: $input) {
    ... on EvaluationPeriod { id name state revision seal { hash number } }
    ... on Problem { code message field ruleId }
  }
}"""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the agencies of a period are; those withdrawn are none of it."""

    agencies: int
    ranked: int
    people: int
    scored: int
    troubles: Sequence[str]

    def __str__(self) -> str:
        return said(
            vi=f"đã xếp loại {self.ranked}/{self.agencies} cơ quan, đã chấm điểm {self.scored} "
            "công chức",
            en=f"{self.ranked} of {self.agencies} agencies ranked, {self.scored} people scored",
        )

    @property
    def stuck(self) -> bool:
        """Nobody goes on with any of those that are left."""
        return bool(self.troubles) and self.ranked + len(self.troubles) == self.agencies


Tell = Callable[[Standing], None]


def close_period(
    period: Period,
    *,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish it first, when it is not yet.")
    ] = False,
    look_s: Annotated[float, typer.Option(help="Seconds between two looks.")] = LOOK_S,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Close and seal a period: wait while its agencies are scored, publish it with --publish, close
    it once appeals are over. An agency that nobody goes on with ends the wait with its trouble:
    mend it, then rescore. May be stopped and run again at any time. Role period-admin."""
    with Gateway(url, token) as gateway:
        found = find(gateway, period)
        if found["state"] in BEING_SCORED:
            with _shown() as tell:
                found = _wait(gateway, found, look_s, tell)
        if found["state"] == "OPEN":
            raise _still_open(period)
        if found["state"] == "REVIEW":
            if not publish:
                raise Failure(
                    vi=(
                        "Kỳ đã chấm điểm, xếp loại nhưng chưa công bố; thêm --publish để "
                        "công bố và đóng kỳ."
                    ),
                    en="scored and ranked, not published; --publish publishes and closes it",
                )
            found = step(gateway, PUBLISH, "publishPeriod", found)
            typer.echo(f"{found['name']}: {said(vi='đã công bố kết quả', en='published')}")
        if found["state"] != "CLOSED":
            found = step(gateway, CLOSE, "closePeriod", found)
        _tell_closed(found, period)


def _still_open(period: str) -> Failure:
    tell_next(f"congvu period freeze {period}", vi="chốt số liệu", en="freeze it")
    return Failure(
        vi="Kỳ đang mở: hãy chốt số liệu trước.",
        en="the period is open: freeze it first (freezePeriod)",
    )


def _tell_closed(found: dict[str, Any], period: str) -> None:
    closed = said(vi="đã đóng, dấu niêm phong", en="closed under seal")
    typer.echo(f"{found['name']}: {closed} {found['seal']['hash']}")
    folder = said(vi="THƯ-MỤC", en="FOLDER")
    tell_next(
        f"congvu export results --period {period} --out {folder}",
        vi="xuất kết quả",
        en="export the results",
    )


def after_publish(period: str) -> None:
    tell_next(
        f"congvu period close {period}",
        vi="hết thời hạn kiến nghị thì đóng kỳ",
        en="once appeals are over close it",
    )


def find(gateway: Gateway, named: str) -> dict[str, Any]:
    id = period_id(gateway, named)
    found: dict[str, Any] | None = gateway.query(PERIOD, {"id": id})["evaluationPeriod"]
    if found is None:
        raise no_period()
    return found


def step(gateway: Gateway, document: str, name: str, period: dict[str, Any]) -> dict[str, Any]:
    step = {
        "idempotencyKey": f"cli-{secrets.token_hex(8)}",
        "periodId": period["id"],
        "expectedRevision": period["revision"],
    }
    return gateway.mutate(document, name, step)


def _wait(gateway: Gateway, period: dict[str, Any], look_s: float, tell: Tell) -> dict[str, Any]:
    """Until every agency is ranked; `Failure` when those that are left were given up."""
    while period["state"] in BEING_SCORED:
        standing = _standing(gateway, period["id"])
        tell(standing)
        if standing.stuck:
            told = "\n".join(standing.troubles)
            raise Failure(
                vi=(
                    f"{told}\nCác cơ quan này không được xử lý tiếp: hãy khắc phục rồi chấm "
                    "điểm lại."
                ),
                en=f"{told}\nnobody goes on with them: repair what is wrong, then rescore",
            )
        time.sleep(look_s)
        period = find(gateway, period["id"])
    tell(_standing(gateway, period["id"]))
    return period


def _standing(gateway: Gateway, period: str) -> Standing:
    runs = [
        run
        for run in gateway.pages(RUNS, "rankingRuns", {"period": period})
        if run["state"] != "WITHDRAWN"
    ]
    return Standing(
        agencies=len(runs),
        ranked=sum(run["state"] == "RANKED" for run in runs),
        people=sum(run["people"] for run in runs),
        scored=sum(run["scored"] for run in runs),
        troubles=[
            f"{(run['agency'] or {'name': '?'})['name']}: {run['trouble']}"
            for run in runs
            if run["trouble"] and run["state"] != "RANKED"
        ],
    )


@contextmanager
def _shown() -> Iterator[Tell]:
    """A bar on a terminal; in a pipe a line whenever something moved."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (
        TextColumn(said(vi="đang chấm điểm", en="scoring")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(said(vi="cơ quan", en="agencies") + ", {task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda at: bar.update(
            task,
            total=at.agencies,
            completed=at.ranked,
            description=said(
                vi=f"{at.scored}/{at.people} công chức", en=f"{at.scored} of {at.people} people"
            ),
        )


def _lines() -> Tell:
    told = ""

    def tell(standing: Standing) -> None:
        nonlocal told
        if str(standing) != told:
            told = str(standing)
            typer.echo(f"{said(vi='đang chấm điểm', en='scoring')}: {told}", err=True)

    return tell
