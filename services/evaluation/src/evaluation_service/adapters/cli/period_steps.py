"""`congvu period open|ready|freeze|publish`: the road of a period until it is closed."""

import json
import secrets
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url
from congvu_kit.tools.named import (
    RELEASE_IS,
    UNIT_IS,
    Period,
    day_option,
    no_period,
    period_id,
    release_id,
    unit_id,
)
from congvu_kit.tools.speech import said
from evaluation_service.adapters.cli.periods import PUBLISH, find, step
from evaluation_service.domain.periods.states import PeriodKind

SHOWN = 100
"""Lines of gaps; the rest is a number."""

OPEN = """
mutation OpenPeriodOfCli($input: OpenPeriodInput!) {
  openPeriod(input: $input) {
    ... on EvaluationPeriod { id periodCode: code name state startsOn endsOn lastDay }
    ... on Problem { code message field ruleId }
  }
}"""

READY = """
query ReadyOfCli($id: ID!, $after: String) {
  periodReadiness(periodId: $id) {
    ready
    counts { kind blocking count }
    gaps(first: 100, after: $after) {
      edges { node {
        kind blocking textVi textEn todoVi todoEn unit { name } civilServant { fullName }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""

FREEZE = """
mutation FreezePeriodOfCli($input: FreezePeriodInput!) {
  freezePeriod(input: $input) {
    ... on EvaluationPeriod { id name state revision }
    ... on Problem { code message field ruleId }
  }
}"""

Json = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]
Releases = Annotated[
    list[str], typer.Option(help=f"A release of the catalogue; repeat it. {RELEASE_IS}")
]
Policy = Annotated[str | None, typer.Option(help="A policy's id, or id@version.")]


def open_period(
    name: Annotated[str, typer.Argument(help="Tên kỳ, up to 120 characters.")],
    *,
    kind: Annotated[PeriodKind, typer.Option(help="MONTH, QUARTER or YEAR.", case_sensitive=False)],
    unit: Annotated[str, typer.Option(help=f"It covers this unit and all below. {UNIT_IS}")],
    first_day: Annotated[str, typer.Option(help="2026-07-01 or 01/07/2026.")],
    last_day: Annotated[str, typer.Option(help="2026-09-30, itself within the period.")],
    release: Releases,
    appeal_days: Annotated[int, typer.Option(help="For appeals after it is published, 0 to 90.")],
    staff_policy: Policy = None,
    deputy_policy: Policy = None,
    leader_policy: Policy = None,
    unit_policy: Policy = None,
    as_json: Json = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Open a period (mở kỳ): from now on work is assigned in it. One that is open with the same
    values already is the answer. Role period-admin."""
    policies = {
        "staffPolicy": staff_policy,
        "deputyPolicy": deputy_policy,
        "leaderPolicy": leader_policy,
        "unitPolicy": unit_policy,
    }
    given: dict[str, object] = {
        "idempotencyKey": f"cli-{secrets.token_hex(8)}",
        "name": name,
        "kind": kind.upper(),
        "startsOn": day_option(first_day, "--first-day").isoformat(),
        "endsOn": (day_option(last_day, "--last-day") + timedelta(days=1)).isoformat(),
        "appealDays": appeal_days,
        **{key: each for key, each in policies.items() if each is not None},
    }
    with Gateway(url, token) as gateway:
        scope = unit_id(gateway, unit)
        given["releaseIds"] = [release_id(gateway, each, scope) for each in release]
        opened = gateway.mutate(OPEN, "openPeriod", {**given, "scopeUnitId": scope})
    _tell_opened(opened, as_json)


def _tell_opened(opened: dict[str, Any], as_json: bool) -> None:
    code, until = opened["periodCode"], date.fromisoformat(opened["lastDay"])
    _tell(
        opened,
        as_json,
        vi=f"Đã mở kỳ {opened['name']} ({code}) đến hết ngày {until:%d/%m/%Y}, mã {opened['id']}.",
        en=f"{code}, open until {until}",
    )


def ready_period(
    period: Period, *, as_json: Json = False, url: Url = GATEWAY, token: Token = ""
) -> None:
    """What is missing before the freeze, unit by unit and person by person. Exit code 1: something
    blocks it."""
    with Gateway(url, token) as gateway:
        found = _readiness(gateway, period_id(gateway, period))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _show(found)
    if not found["ready"]:
        raise typer.Exit(1)


def _readiness(gateway: Gateway, period: str) -> dict[str, Any]:
    """With the gaps of all pages."""
    gaps: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = gateway.query(READY, {"id": period, "after": after})["periodReadiness"]
        if page is None:
            raise no_period()
        gaps += [edge["node"] for edge in page["gaps"]["edges"]]
        after = page["gaps"]["pageInfo"]["endCursor"]
        if not page["gaps"]["pageInfo"]["hasNextPage"]:
            return {"ready": page["ready"], "counts": page["counts"], "gaps": gaps}


def _show(found: dict[str, Any]) -> None:
    for gap in found["gaps"][:SHOWN]:
        where = (gap["unit"] or {}).get("name"), (gap["civilServant"] or {}).get("fullName")
        told = said(vi=gap["textVi"] or "", en=gap["textEn"] or "")
        todo = said(vi=gap["todoVi"], en=gap["todoEn"])
        parts = [each for each in (*where, told, todo) if each]
        typer.echo(f"{'!' if gap['blocking'] else '-'} {'; '.join(parts)}")
    if len(found["gaps"]) > SHOWN:
        hidden = len(found["gaps"]) - SHOWN
        typer.echo(said(vi=f"… và {hidden} thiếu sót nữa", en=f"... and {hidden} more"))
    if found["ready"]:
        typer.echo(said(vi="Có thể chốt số liệu.", en="ready to be frozen"))
    else:
        typer.echo(
            said(
                vi="Chưa thể chốt số liệu: còn thiếu những mục có dấu !.",
                en="not ready: what is marked ! blocks the freeze",
            )
        )


def freeze_period(
    period: Period,
    *,
    early: Annotated[str | None, typer.Option(help="Before its last day is over: why.")] = None,
    accept_gaps: Annotated[
        str | None, typer.Option(help="While something blocks: why it is frozen all the same.")
    ] = None,
    as_json: Json = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Fix the inputs of a period (chốt số liệu); scoring starts by itself. Role period-admin."""
    with Gateway(url, token) as gateway:
        found = find(gateway, period)
        given: dict[str, object] = {
            "idempotencyKey": f"cli-{secrets.token_hex(8)}",
            "periodId": found["id"],
            "expectedRevision": found["revision"],
        }
        if early is not None:
            given["early"] = early
        if accept_gaps is not None:
            given["acceptGaps"] = {"reason": accept_gaps}
        frozen = gateway.mutate(FREEZE, "freezePeriod", given)
    _tell(frozen, as_json, vi=f"{frozen['name']}: đã chốt số liệu.", en="frozen")


def publish_period(
    period: Period, *, as_json: Json = False, url: Url = GATEWAY, token: Token = ""
) -> None:
    """Publish the results of a period (công bố kết quả); appeals may be sent from now on. Role
    period-admin."""
    with Gateway(url, token) as gateway:
        published = step(gateway, PUBLISH, "publishPeriod", find(gateway, period))
    _tell(published, as_json, vi=f"{published['name']}: đã công bố kết quả.", en="published")


def _tell(period: dict[str, Any], as_json: bool, *, vi: str, en: str) -> None:
    if as_json:
        typer.echo(json.dumps(period, ensure_ascii=False))
    else:
        typer.echo(said(vi=vi, en=f"{period['name']}: {en} ({period['id']})"))
