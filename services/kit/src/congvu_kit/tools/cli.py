"""The frame of the `congvu` command. Each distribution adds its own sub-commands through the
entry point group `congvu.commands`: a `typer.Typer` or a plain function per name."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, Never

import typer

from congvu_kit.domain.errors import DomainError
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.help_texts import run_in_vietnamese
from congvu_kit.tools.speech import said

__all__ = ["Failure", "build", "check_contracts", "main", "write_contracts"]

VERBS = {
    "import": "Bring data in from files, through the gateway.",
    "export": "Take data out into files, through the gateway.",
    "template": "Empty files to fill in.",
    "catalogue": "The road of a list of work products, through the gateway.",
    "assignments": "Work that is assigned in a period, through the gateway.",
    "readings": "Figures of the objectives of a period, through the gateway.",
    "period": "The road of a period, through the gateway.",
    "personnel": "Units, positions and people, through the gateway.",
}
"""What the commands under a shared first word have in common."""

OWN = {
    "backup": "backup.app",
    "broker": "operating.broker_app",
    "database": "operating.database_app",
    "dlq": "dlq.app",
    "keys": "keys.app",
    "webhooks": "webhooks.app",
    "witness": "witness.app",
    "migrate": "migrate.migrate",
    "replay": "operating.replay",
    "make-event-keys": "operating.make_event_keys",
}
"""The kit's own commands, and where they are among its tools."""

SHARED = frozenset({"keys"})
"""Made anew for each command line, since services add to it."""

USAGE, FAILED = 2, 1
"""Exit codes: the command was wrong, or it was right and did not succeed."""


def build(first: str | None = None) -> typer.Typer:
    """The command, from what is installed; only what stands under the word `first` where something
    does, so that a call loads what it needs and nothing else."""
    app = typer.Typer(
        name="congvu",
        help="Công vụ KPI: the open platform on which a country measures its civil servants.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    groups: dict[str, typer.Typer] = {"contracts": contracts_app}
    own = [each for each in OWN if each == first]
    points = sorted(entry_points(group="congvu.commands"), key=lambda each: each.name)
    wanted = [each for each in points if each.name.partition(".")[0] == first]
    known = own or wanted or first == "contracts"
    for name in own if known else OWN:
        command = _own(name)
        if isinstance(command, typer.Typer):
            groups[name] = command
        else:
            _mount(app, groups, [name], command)
    for point in wanted if known else points:
        _mount(app, groups, point.name.split("."), _loaded(point))
    for name, group in groups.items():
        app.add_typer(group, name=name)
    return app


def _own(name: str) -> object:
    """Loaded when it is asked for: what it needs takes long, and needs what is defined here."""
    module, _, attribute = OWN[name].partition(".")
    found = getattr(import_module(f"congvu_kit.tools.{module}"), attribute)
    return found() if name in SHARED else found


def _loaded(point: EntryPoint) -> object:
    """What it names; where a package that it needs is missing, a command that says so."""
    try:
        return point.load()
    except ModuleNotFoundError as exception:
        missing = exception.name

    def unavailable() -> Never:
        raise Failure(
            vi=f"{point.name}: cần gói {missing}, chưa được cài trên máy này.",
            en=f"{point.name}: needs the package {missing}, which is not installed here",
        )

    unavailable.__doc__ = f"Needs the package {missing}, which is not installed here."
    return unavailable


def _mount(
    app: typer.Typer, groups: dict[str, typer.Typer], path: list[str], command: object
) -> None:
    """`import.catalogue` becomes `congvu import catalogue`: several services share `import`."""
    if len(path) > 1:
        help = VERBS.get(path[0], path[0])
        parent = groups.setdefault(path[0], typer.Typer(no_args_is_help=True, help=help))
        _mount(parent, {}, path[1:], command)
    elif isinstance(command, typer.Typer):
        app.add_typer(command, name=path[0])
    elif callable(command):
        app.command(path[0])(command)
    else:
        raise TypeError(f"the entry point {'.'.join(path)!r} is neither a Typer nor a function")


contracts_app = typer.Typer(
    no_args_is_help=True, help="The committed schemas, event contracts and supergraph."
)


@contracts_app.command("write")
def write_contracts(root: Annotated[Path, typer.Option(help="The repository.")] = Path()) -> None:
    """Write every contract anew from the code, then compose the supergraph."""
    from congvu_kit.tools import changes, clients, contracts, env_example, shipped, stored

    found = contracts.all_contracts()
    contracts.write(root, contracts.expected_files(found) | changes.files(found))
    stored.write(root, found)
    problem = contracts.compose(root, _node(), check=False)
    if problem:
        raise Failure(problem)
    clients.write(root, _node())
    contracts.write(root, shipped.manifest(root) | env_example.written(root))


@contracts_app.command("check")
def check_contracts(root: Annotated[Path, typer.Option(help="The repository.")] = Path()) -> None:
    """Fail when a committed contract differs from the code, or a change breaks its users."""
    from congvu_kit.tools import changes, clients, contracts, env_example, history, shipped, stored

    found = contracts.all_contracts()
    files = contracts.expected_files(found) | changes.files(found)
    problems = [f"stale: {each}" for each in contracts.stale(root, files)]
    problems += contracts.examples_not_valid(found)
    base = history.base_revision(root)
    if base:
        problems += [f"breaking: {each}" for each in contracts.breaking(root, base, files)]
    problems += stored.problems(root, found, base)
    composed = contracts.compose(root, _node(), check=True)
    if composed:
        problems.append(f"supergraph: {composed}")
    problems += clients.problems(root, _node())
    written = shipped.manifest(root) | env_example.written(root)
    problems += [f"stale: {each}" for each in contracts.stale(root, written)]
    problems += env_example.problems(root)
    if problems:
        raise Failure("\n".join(problems))
    told = said(
        vi=f"Các bản cam kết đúng với mã nguồn và tương thích với {base or 'mọi bản trước'}.",
        en=f"contracts are current and compatible with {base or 'nothing earlier'}",
    )
    typer.echo(told)


def _node() -> str:
    """Whoever brings Node says where, by an entry point; else it is the one on the path."""
    for point in entry_points(group="congvu.programs", name="node"):
        return str(point.load()())
    return "node"


def _first_word(arguments: Sequence[str]) -> str | None:
    return next((each for each in arguments if not each.startswith("-")), None)


def main() -> None:
    """Errors go to stderr as one clear line; exit 2 for usage, 1 for the rest."""
    try:
        command = build(_first_word(sys.argv[1:]))
        if language_of(os.environ) == "vi":
            run_in_vietnamese(typer.main.get_command(command))
        command()
    except BadSettings as exception:
        sys.stderr.write(f"congvu: {exception}\n")
        raise SystemExit(USAGE) from exception
    except DomainError as exception:
        sys.stderr.write(f"congvu: {exception.message(language_of(os.environ))}\n")
        raise SystemExit(FAILED) from exception
    except (Failure, OSError, ValueError) as exception:
        sys.stderr.write(f"congvu: {exception}\n")
        raise SystemExit(FAILED) from exception
