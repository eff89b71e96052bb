"""`congvu dlq`: what waits among the dead letters of a service, and what becomes of it."""

import asyncio
import getpass
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeAlias

import typer

from congvu_kit.service.settings import KafkaSettings, refuse_unknown
from congvu_kit.tools.dead_letters import DeadLetterBox, Letter, Wanted
from congvu_kit.tools.failure import Failure, WrongCall
from congvu_kit.tools.help_texts import in_words
from congvu_kit.tools.speech import said

app = typer.Typer(
    no_args_is_help=True,
    help="Dead letters: events that could not take effect, looked at, sent again or let go.",
)

Service: TypeAlias = Annotated[str, typer.Argument(help="Whose: catalogue, evaluation, feedback.")]
Ids: TypeAlias = Annotated[
    list[str] | None, typer.Argument(help="Letters, as `list` names them: PARTITION/OFFSET.")
]
Events: TypeAlias = Annotated[
    list[str] | None, typer.Option("--event", help="Only this event, by its id; may be repeated.")
]
Origins: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--origin", help="Only from here: TOPIC, TOPIC/PARTITION or TOPIC/PARTITION/OFFSET."
    ),
]
Reasons: TypeAlias = Annotated[
    list[str] | None, typer.Option("--reason", help="Only those whose reason has this in it.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_letters(
    service: Service,
    *,
    event: Events = None,
    origin: Origins = None,
    reason: Reasons = None,
    all: Annotated[bool, typer.Option(help="Those sent again or dropped as well.")] = False,
    as_json: Json = False,
) -> None:
    """List the dead letters that wait, with why each is one. Nothing is changed."""
    wanted = _wanted(None, event, origin, reason)

    async def look(box: DeadLetterBox) -> None:
        letters = await box.letters(wanted, waiting=not all)
        for each in letters:
            typer.echo(_json(each.summary()) if as_json else line(each))
        if not as_json:
            count = len(letters)
            told = said(
                vi=f"{service}: {count} sự kiện không xử lý được",
                en=f"{count} dead letters of {service}",
            )
            typer.echo(told)

    with_letters(service, look)


@app.command("show")
def show_letter(
    service: Service,
    letter: Annotated[str, typer.Argument(help="As `list` names it: PARTITION/OFFSET.")],
    body: Annotated[
        bool, typer.Option(help="Its bytes too (base64); they may name persons.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show one dead letter whole: headers, origin, reason, times, and what was decided about it."""

    async def look(box: DeadLetterBox) -> None:
        [found] = await chosen(box, Wanted(letters=[letter]), waiting=False)
        told = found.whole(body=body)
        if as_json:
            typer.echo(_json(told))
            return
        for name, value in told.items():
            inner = value.items() if isinstance(value, dict) else ()
            typer.echo(f"{in_words(name)}: {'' if inner else value}")
            for header, text in inner:
                typer.echo(f"  {header}: {text}")

    with_letters(service, look)


@app.command("redrive")
def redrive_letters(
    service: Service,
    letters: Ids = None,
    *,
    event: Events = None,
    origin: Origins = None,
    reason: Reasons = None,
    all: Annotated[bool, typer.Option("--all", help="Every letter that waits.")] = False,
    by: Annotated[str | None, typer.Option(help="Who does it; else who is logged in.")] = None,
    why: Annotated[str, typer.Option(help="What was mended.")] = "",
    as_json: Json = False,
) -> None:
    """Send dead letters back to the topics they came from, with their bytes and signatures.

    Each takes effect once, however often it is sent. What still cannot is a dead letter again.
    """
    wanted = _wanted(letters, event, origin, reason)
    if wanted.everything != all:
        raise WrongCall(
            vi="Nêu sự kiện, --event, --origin hoặc --reason; hoặc dùng --all.",
            en="name letters, --event, --origin or --reason, or else --all",
        )

    async def send(box: DeadLetterBox) -> None:
        await redrive(box, wanted, by=by, why=why, as_json=as_json)

    with_letters(service, send)


@app.command("drop")
def drop_letters(
    service: Service,
    letters: Ids = None,
    *,
    by: Annotated[str, typer.Option(help="Who lets them go; it is recorded.")],
    why: Annotated[str, typer.Option(help="Why nothing is lost by it; it is recorded.")],
    event: Events = None,
    origin: Origins = None,
    reason: Reasons = None,
    as_json: Json = False,
) -> None:
    """Let dead letters go: they wait no more. They stay in the topic, with who let them go and why
    (`list --all`)."""
    wanted = _wanted(letters, event, origin, reason)
    if wanted.everything:
        raise WrongCall(
            vi="Nêu sự kiện, --event, --origin hoặc --reason.",
            en="name letters, --event, --origin or --reason",
        )
    for name, text in (("--by", by), ("--why", why)):
        if not text.strip():
            raise WrongCall(vi=f"{name} không được để trống.", en=f"{name} must say something")

    async def let_go(box: DeadLetterBox) -> None:
        for each in await chosen(box, wanted):
            await box.drop(each, by=by, why=why)
            typer.echo(_json({"letter": each.id, "state": "dropped"}) if as_json else line(each))

    with_letters(service, let_go)


async def redrive(
    box: DeadLetterBox, wanted: Wanted, *, by: str | None, why: str, as_json: bool = False
) -> None:
    """Tell each; raise `Failure` after all, when some had to stay."""
    stayed = 0
    for each in await chosen(box, wanted):
        sent = await box.redrive(each, by=by or getpass.getuser(), why=why)
        stayed += not sent
        state = "redriven" if sent else "stays: it has no topic of the platform, or no body"
        told = f"{line(each)}  {in_words(state)}"
        typer.echo(_json({"letter": each.id, "state": state}) if as_json else told)
    if stayed:
        raise Failure(
            vi=f"Còn {stayed} sự kiện không xử lý được: chỉ có thể bỏ qua.",
            en=f"{stayed} dead letters stay: they can only be dropped",
        )


async def chosen(box: DeadLetterBox, wanted: Wanted, *, waiting: bool = True) -> Sequence[Letter]:
    """Raise `Failure` when a letter that is named is not there, or nothing fits."""
    found = await box.letters(wanted, waiting=waiting)
    missing = set(wanted.letters) - {each.id for each in found}
    if missing:
        raise Failure(
            vi=f"Không có sự kiện nào như vậy đang chờ: {', '.join(sorted(missing))}.",
            en=f"no such letter waits: {', '.join(sorted(missing))}",
        )
    if not found and not wanted.everything:
        raise Failure(vi="Không sự kiện nào đang chờ phù hợp.", en="no letter that waits fits")
    return found


def line(letter: Letter) -> str:
    told = letter.summary()
    return "  ".join(map(str, {**told, "state": in_words(letter.state)}.values()))


def with_letters(service: str, do: Callable[[DeadLetterBox], Awaitable[None]]) -> None:
    from congvu_kit.tools import contracts

    settings, security = kafka_access()
    known = [each.service for each in contracts.all_contracts()]

    async def run() -> None:
        async with DeadLetterBox.opened(service, known, settings, security) as box:
            await do(box)

    asyncio.run(run())


def kafka_access() -> tuple[KafkaSettings, dict[str, Any]]:
    from congvu_kit.service.connections import kafka_options

    refuse_unknown(os.environ, "CONGVU_", ())
    settings = KafkaSettings.from_environment()
    return settings, kafka_options(settings)


def _wanted(
    letters: Sequence[str] | None,
    events: Sequence[str] | None,
    origins: Sequence[str] | None,
    reasons: Sequence[str] | None,
) -> Wanted:
    return Wanted(
        letters=letters or (), events=events or (), origins=origins or (), reasons=reasons or ()
    )


def _json(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False)
