"""`congvu period open|ready|freeze|publish`: the road of a period until it is closed."""

import json
import os
import secrets
from collections import Counter
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url
from congvu_kit.tools.failure import Failure, Refused
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
from congvu_kit.tools.speech import said, tell_next
from evaluation_service.adapters.cli.periods import PUBLISH, after_publish, find, step
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
  evaluationPeriod(id: $id) { name state }
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
    if not as_json:
        sheet = said(vi="TỆP", en="FILE")
        tell_next(
            f"congvu assignments import {sheet}.xlsx --period {code}",
            vi="giao việc",
            en="assign work",
        )


def ready_period(
    period: Period, *, as_json: Json = False, url: Url = GATEWAY, token: Token = ""
) -> None:
    """What is missing before the freeze, unit by unit and person by person. Exit code 1: something
    blocks it."""
    with Gateway(url, token) as gateway:
        of, found = _readiness(gateway, period_id(gateway, period))
    is_open = of["state"] == "OPEN"
    if as_json:
        typer.echo(json.dumps({"state": of["state"], **found}, ensure_ascii=False))
    elif is_open:
        _show(found)
        _after_look(period, ready=found["ready"])
    else:
        state = label("PeriodState", of["state"], language_of(os.environ))
        typer.echo(
            said(
                vi=f"{of['name']}: {state}, không phải chốt số liệu nữa.",
                en=f"{of['name']}: its inputs are fixed, it is {state}",
            )
        )
    if is_open and not found["ready"]:
        raise typer.Exit(1)


def _after_look(period: str, *, ready: bool) -> None:
    if ready:
        tell_next(f"congvu period freeze {period}", vi="chốt số liệu", en="fix the inputs")
        return
    why = said(vi="LÝ DO", en="WHY")
    tell_next(
        f'congvu period freeze {period} --accept-gaps "{why}"',
        vi="bổ sung những mục có dấu !; nếu vẫn chốt thì nêu lý do",
        en="mend what is marked !; to freeze it all the same say why",
    )


def _readiness(gateway: Gateway, period: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The period, and the gaps of all pages."""
    gaps: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        answer = gateway.query(READY, {"id": period, "after": after})
        of, page = answer["evaluationPeriod"], answer["periodReadiness"]
        if of is None or page is None:
            raise no_period()
        gaps += [edge["node"] for edge in page["gaps"]["edges"]]
        after = page["gaps"]["pageInfo"]["endCursor"]
        if not page["gaps"]["pageInfo"]["hasNextPage"]:
            return of, {"ready": page["ready"], "counts": page["counts"], "gaps": gaps}


def _show(found: dict[str, Any]) -> None:
    lines = Counter(_line(gap) for gap in found["gaps"])
    for line, times in [*lines.items()][:SHOWN]:
        typer.echo(line if times == 1 else f"{line} (×{times})")
    if len(lines) > SHOWN:
        hidden = len(lines) - SHOWN
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


def _line(gap: dict[str, Any]) -> str:
    """One for all pieces of work of somebody that lack the same."""
    where = (gap["unit"] or {}).get("name"), (gap["civilServant"] or {}).get("fullName")
    told = said(vi=gap["textVi"] or "", en=gap["textEn"] or "")
    todo = said(vi=gap["todoVi"], en=gap["todoEn"])
    parts = [each for each in (*where, told, todo) if each]
    return f"{'!' if gap['blocking'] else '-'} {'; '.join(parts)}"


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
        try:
            frozen = gateway.mutate(FREEZE, "freezePeriod", given)
        except Refused as refused:
            raise _with_option(refused) from refused
    _tell(frozen, as_json, vi=f"{frozen['name']}: đã chốt số liệu.", en="frozen")
    if not as_json:
        tell_next(
            f"congvu period close {period}",
            vi="theo dõi chấm điểm, xếp loại",
            en="watch it being scored and ranked",
        )


REASONS = {"input.early": "--early", "input.acceptGaps": "--accept-gaps"}
"""The option that has the reason which a refusal asks for."""


def _with_option(refused: Refused) -> Failure:
    option = REASONS.get(refused.field or "")
    if option is None:
        return refused
    return Failure(
        vi=f'{refused}\nGhi lý do: {option} "LÝ DO"', en=f'{refused}\nsay why: {option} "WHY"'
    )


def publish_period(
    period: Period, *, as_json: Json = False, url: Url = GATEWAY, token: Token = ""
) -> None:
    """Publish the results of a period (công bố kết quả); appeals may be sent from now on. Role
    period-admin."""
    with Gateway(url, token) as gateway:
        published = step(gateway, PUBLISH, "publishPeriod", find(gateway, period))
    _tell(published, as_json, vi=f"{published['name']}: đã công bố kết quả.", en="published")
    if not as_json:
        after_publish(period)


def _tell(period: dict[str, Any], as_json: bool, *, vi: str, en: str) -> None:
    if as_json:
        typer.echo(json.dumps(period, ensure_ascii=False))
    else:
        typer.echo(said(vi=vi, en=f"{period['name']}: {en} ({period['id']})"))
