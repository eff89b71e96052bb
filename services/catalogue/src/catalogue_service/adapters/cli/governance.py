"""`congvu catalogue submit|appraise|approve|publish|status`: the road of a list, by its people."""

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from catalogue_service.adapters.cli.words import NOTHING, in_words
from congvu_kit.domain.clock import SystemClock, business_date
from congvu_kit.domain.labels import capital, label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url
from congvu_kit.tools.dry_runs import tell_for_good
from congvu_kit.tools.import_reports import Json
from congvu_kit.tools.named import UNIT_IS, day_option, unit_id
from congvu_kit.tools.speech import said, tell_next

SHOWN = 50
"""Lines of products; the rest is a number."""

RELEASE_VERSIONS = 500
"""What one release may have."""

ADVANCE = """
mutation AdvanceOfCli($input: AdvanceVersionsInput!) {
  advanceVersions(input: $input) {
    ... on BulkReport {
      done preview more
      items { code nameVi refusal { code ruleId messageVi messageEn } }
    }
    ... on Problem { code message field ruleId }
  }
}"""

VERSIONS = """
query VersionsOfCli($filter: WorkProductVersionFilter, $after: String) {
  workProductVersions(filter: $filter, first: 100, after: $after) {
    edges { node { id code number state nameVi missing workProduct { group unit { id } } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

PUBLISH = """
mutation PublishOfCli($input: PublishReleaseInput!) {
  publishRelease(input: $input) {
    ... on CatalogueRelease { id decisionNumber effectiveFrom versionCount contentHash }
    ... on Problem { code message field ruleId }
  }
}"""

Group = Annotated[str | None, typer.Option(help="A, B, C or D.")]
Unit = Annotated[str | None, typer.Option(help=f"One unit's list. {UNIT_IS}")]
Note = Annotated[str | None, typer.Option(help="A remark for the histories.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]
Dry = Annotated[bool, typer.Option(help="Tell what would happen, and change nothing.")]


def _command(step: str, help: str) -> Callable[..., None]:
    def command(
        *,
        group: Group = None,
        unit: Unit = None,
        note: Note = None,
        dry_run: Dry = False,
        yes: Yes = False,
        as_json: Json = False,
        url: Url = GATEWAY,
        token: Token = "",
    ) -> None:
        with Gateway(url, token) as gateway:
            of_unit = unit and unit_id(gateway, unit)
            chosen = {"step": step, "group": group, "unitId": of_unit, "note": note}
            _advance(gateway, chosen, dry_run=dry_run, yes=yes, as_json=as_json)

    command.__doc__ = f"{help}: a preview, then exactly those. Exit code 1: some were refused."
    return command


submit = _command("SUBMIT", "Submit drafts (trình), with what each still lacks")
appraise = _command("APPRAISE", "Appraise favourably what was submitted (thẩm định)")
approve = _command("APPROVE", "Approve what was appraised (phê duyệt)")


def _advance(
    gateway: Gateway,
    chosen: Mapping[str, str | None],
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    asked = {name: each for name, each in chosen.items() if each is not None}
    seen = gateway.mutate(ADVANCE, "advanceVersions", {**asked, "idempotencyKey": _key()})
    ready = [each for each in seen["items"] if each["refusal"] is None]
    refused = [each for each in seen["items"] if each["refusal"] is not None]
    if not as_json:
        _show(ready, refused, more=seen["more"])
    if not seen["items"] and not as_json:
        typer.echo(NOTHING[str(chosen["step"])]())
        return
    done = 0
    if ready and not dry_run:
        _ask(len(ready), yes=yes or as_json)
        call = {**asked, "idempotencyKey": _key(), "preview": seen["preview"]}
        gateway.mutate(ADVANCE, "advanceVersions", call)
        done = len(ready)
    if dry_run and not as_json:
        _preview(len(ready), len(refused))
    else:
        _tell(as_json, done=done, refused=len(refused), more=seen["more"], items=seen["items"])
    if done and not as_json:
        _after(str(chosen["step"]))
    if refused:
        raise typer.Exit(1)


def _after(step: str) -> None:
    match step:
        case "SUBMIT":
            tell_next("congvu catalogue appraise", vi="thẩm định", en="appraise it")
        case "APPRAISE":
            tell_next("congvu catalogue approve", vi="phê duyệt", en="approve it")
        case "APPROVE":
            number = said(vi="SỐ-QUYẾT-ĐỊNH", en="NUMBER")
            tell_next(
                f"congvu catalogue publish --decision {number}", vi="ban hành", en="publish it"
            )


def _key() -> str:
    return f"cli-{secrets.token_hex(8)}"


def _show(
    ready: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]], *, more: bool
) -> None:
    for each in refused[:SHOWN]:
        why = each["refusal"]
        rule = f" [{why['ruleId']}]" if why["ruleId"] else ""
        told = said(vi=why["messageVi"], en=why["messageEn"])
        typer.echo(f"{each['code']} {each['nameVi']}: {told}{rule}", err=True)
    for each in ready[:SHOWN]:
        typer.echo(f"{each['code']} {each['nameVi']}")
    hidden = max(0, len(ready) - SHOWN) + max(0, len(refused) - SHOWN)
    if hidden:
        typer.echo(said(vi=f"… và {hidden} sản phẩm nữa", en=f"... and {hidden} more"))
    if more:
        again = said(
            vi="Còn sản phẩm khác đang chờ: chạy lại lệnh này sau.",
            en="More of them wait: run this again afterwards.",
        )
        typer.echo(again)


def _ask(count: int, *, yes: bool) -> None:
    question = said(vi=f"Thực hiện với {count} sản phẩm?", en=f"Go on with {count} products?")
    if not yes and not typer.confirm(question):
        raise typer.Abort


def _tell(as_json: bool, *, done: int, refused: int, more: bool, items: object) -> None:
    if as_json:
        told = {"done": done, "refused": refused, "more": more, "items": items}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(
        said(
            vi=f"Đã thực hiện: {done}. Không được chấp nhận: {refused}.",
            en=f"done: {done}, refused: {refused}",
        )
    )


def _preview(ready: int, refused: int) -> None:
    typer.echo(
        said(
            vi=f"Xem trước: {ready} sản phẩm sẽ được thực hiện, {refused} không được chấp nhận.",
            en=f"preview: {ready} would be done, refused: {refused}",
        )
    )
    if ready:
        tell_for_good(vi="thực hiện", en="do it")


def publish(
    decision: Annotated[str, typer.Option(help="Its number (số quyết định), 72-QĐ/TU.")],
    *,
    effective_from: Annotated[
        str | None,
        typer.Option(help="First day in force, 2026-07-01 or 01/07/2026. Default: today."),
    ] = None,
    group: Group = None,
    unit: Unit = None,
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Publish what was approved as one release (ban hành). Without --unit the province's lists.
    Roles steering-committee, for group C unit-head."""
    with Gateway(url, token) as gateway:
        found = _approved(gateway, group, unit and unit_id(gateway, unit))
        if not as_json:
            _show(found, [], more=len(found) == RELEASE_VERSIONS)
        if dry_run:
            if as_json:
                _tell(as_json, done=0, refused=0, more=False, items=found)
            else:
                _preview(len(found), 0)
            return
        _ask(len(found), yes=yes or as_json)
        given = {
            "idempotencyKey": _key(),
            "decisionNumber": decision,
            "effectiveFrom": (
                day_option(effective_from, "--effective-from")
                if effective_from
                else business_date(SystemClock().now())
            ).isoformat(),
            "versionIds": [each["id"] for each in found],
        }
        release = gateway.mutate(PUBLISH, "publishRelease", given)
    _tell_release(release, as_json=as_json)


def _tell_release(release: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(release, ensure_ascii=False))
        return
    count, number = release["versionCount"], release["decisionNumber"]
    typer.echo(
        said(
            vi=f"Đã ban hành {count} sản phẩm theo {number}, mã đợt ban hành {release['id']}.",
            en=f"{count} products published by {number}, release {release['id']}",
        )
    )


def _approved(gateway: Gateway, group: str | None, unit: str | None) -> list[dict[str, Any]]:
    found = _versions(gateway, {"state": "APPROVED", "group": group, "unitId": unit})
    own = [each for each in found if unit is not None or each["workProduct"]["unit"] is None]
    if not own:
        of_unit = said(
            vi=" Danh mục của một đơn vị: thêm --unit.", en="; for the list of a unit add --unit"
        )
        raise Failure(
            vi="Không có sản phẩm nào đã được phê duyệt và chờ ban hành."
            + ("" if unit else of_unit),
            en="nothing is approved and waits for a release" + ("" if unit else of_unit),
        )
    return own[:RELEASE_VERSIONS]


def status(
    *,
    group: Group = None,
    unit: Unit = None,
    as_json: Json = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """How many products of your lists are in which state, and what drafts still lack."""
    with Gateway(url, token) as gateway:
        of_unit = unit and unit_id(gateway, unit)
        found = _versions(gateway, {"group": group, "unitId": of_unit})
    counts = Counter(each["state"] for each in found)
    lacking = [each for each in found if each["state"] == "DRAFT" and each["missing"]]
    if as_json:
        told = {each["code"]: each["missing"] for each in lacking}
        typer.echo(json.dumps({"states": counts, "missing": told}, ensure_ascii=False))
        return
    for state, count in sorted(counts.items()):
        typer.echo(f"{capital(label('VersionState', state, language_of(os.environ)))}: {count}")
    for each in lacking[:SHOWN]:
        lacks = said(vi="còn thiếu", en="lacks")
        typer.echo(f"{each['code']} {each['nameVi']} {lacks} {in_words(each['missing'])}")


def _versions(gateway: Gateway, wanted: Mapping[str, str | None]) -> list[dict[str, Any]]:
    given = {name: each for name, each in wanted.items() if each is not None}
    return list(gateway.pages(VERSIONS, "workProductVersions", {"filter": given}))
