"""`congvu conformance` and `congvu policy`: the scoring engine on the command line."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from congvu_kit.domain.errors import DomainError
from congvu_kit.domain.labels import capital, path_in_words
from congvu_kit.domain.vietnamese import language_of

if TYPE_CHECKING:
    from congvu_kit.adapters.boxes import Boxes

DIFFERS = 1
UNREADABLE = 2
_FILES = typer.Argument(help="Conformance files (YAML).", metavar="FILE...")

policy = typer.Typer(no_args_is_help=True, help="Check, compare and print scoring policies.")


def conformance(files: Annotated[list[Path], _FILES]) -> None:
    """Run every case of the files against the scoring engine; one line a case.

    What no rule reads, and why a case has no score, is told on the error stream.
    Ends with 0 when all pass, 1 when a case differs, 2 when a file or case cannot be read.
    """
    from congvu_scoring.conformance.running import outcomes_of

    codes = {"pass": 0, "differs": DIFFERS, "error": UNREADABLE}
    worst = 0
    for file in files:
        try:
            for name, verdict, text, notes in _in_box(outcomes_of, file, language_of(os.environ)):
                typer.echo(text)
                for note in notes:
                    typer.echo(f"{name}: {_here(vi='ghi chú', en='note')}: {note}", err=True)
                worst = max(worst, codes[verdict])
        except DomainError as error:
            typer.echo(error.message(language_of(os.environ)), err=True)
            worst = UNREADABLE
    raise typer.Exit(worst)


@policy.command("lint")
def lint(files: Annotated[list[Path], typer.Argument(help="Policy files (YAML).")]) -> None:
    """Check policy files: types, units, weights, ranges, unreachable rules, missing clauses.

    Every error is told that does not hang on another one; a warning leaves the policy sound.

    Ends with 0 when all are sound, 1 when a policy is not, 2 when a file cannot be read.
    """
    raise typer.Exit(max((_lint(file) for file in files), default=0))


def _in_box(work: Callable[..., Any], file: Path, *more: str) -> Any:
    """A file may come from anybody: reading it can neither fill nor hang this machine."""
    return _boxes().run(work, str(file), *more, field=str(file))


@cache
def _boxes() -> "Boxes":
    """One for all files: the shipped policies are read in it once."""
    from congvu_kit.adapters.boxes import OWN_FILES, Boxes

    return Boxes(limits=OWN_FILES)


def _lint(file: Path) -> int:
    code, out, err = _in_box(linted, file, language_of(os.environ))
    for line in out:
        typer.echo(line)
    for line in err:
        typer.echo(line, err=True)
    return int(code)


def linted(name: str, language: str = "en") -> tuple[int, list[str], list[str]]:
    """Inside the box: the exit code, what is said, and what is said of errors."""
    from congvu_scoring.documents.policy_files import read_policy_file
    from congvu_scoring.documents.yaml_documents import read_yaml
    from congvu_scoring.language.checking.warnings import policy_warnings

    file = Path(name)
    try:
        document = read_yaml(file)
    except DomainError as error:
        return UNREADABLE, [], [error.message(language)]
    if isinstance(document, dict) and str(document.get("format")).startswith("congvu.conformance/"):
        elsewhere = _of(
            language,
            vi=f"{file}: là tệp kiểm tra sự phù hợp: chạy bằng congvu conformance",
            en=f"{file}: is a conformance file: run it with congvu conformance",
        )
        return UNREADABLE, [], [elsewhere]
    try:
        found = read_policy_file(file)
    except DomainError as error:
        return DIFFERS, [], [error.message(language)]
    count = len(found.measures)
    sound = _of(
        language,
        vi=f"{file}: {found.ref} hợp lệ ({count} đại lượng)",
        en=f"{file}: {found.ref} is sound ({count} measures)",
    )
    warning = _of(language, vi="cảnh báo", en="warning")
    told = [_of(language, vi=each.vi, en=each.en) for each in policy_warnings(found)]
    return 0, [sound], [f"{file}: {warning}: {each}" for each in told]


def _here(*, vi: str, en: str) -> str:
    return _of(language_of(os.environ), vi=vi, en=en)


def _of(language: str, *, vi: str, en: str) -> str:
    """Inside the box nobody knows the terminal."""
    return vi if language == "vi" else en


@policy.command("list")
def shipped() -> None:
    """Show the shipped policies."""
    from congvu_scoring.documents.policy_files import shipped_policies

    for found in shipped_policies().values():
        typer.echo(f"{found.ref}: {found.title.vi} / {found.title.en}")


@policy.command("schema")
def schema(
    of: Annotated[Literal["policy", "conformance"], typer.Argument(help="Of which files.")],
) -> None:
    """Print the JSON Schema of policy files or of conformance files."""
    import json

    from congvu_scoring.conformance.schema import conformance_schema
    from congvu_scoring.language.schema import policy_schema

    found = policy_schema() if of == "policy" else conformance_schema()
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))


@policy.command("diff")
def compare(
    before: Annotated[str, typer.Argument(help="A policy file, or the id of a shipped policy.")],
    after: Annotated[str, typer.Argument(help="The other one.")],
) -> None:
    """Show every difference between two policies. Ends with 1 when there is any."""
    from congvu_scoring import diff
    from congvu_scoring.documents.policy_files import find_policy
    from congvu_scoring.language.deriving import one_by_one

    try:
        changes = diff(find_policy(before), find_policy(after))
    except DomainError as error:
        typer.echo(error.message(language_of(os.environ)), err=True)
        raise typer.Exit(UNREADABLE) from error
    for change in (part for whole in changes for part in one_by_one(whole)):
        where = _here(vi=_in_words(change.path), en=change.path)
        typer.echo(f"{where}: {_shown(change.before)} -> {_shown(change.after)}")
    raise typer.Exit(DIFFERS if changes else 0)


def _in_words(path: str) -> str:
    """With the path itself, by which whoever writes the policy finds it."""
    return f"{capital(path_in_words(path, 'policy', 'column', 'field'))} ({path})"


def _shown(value: object) -> str:
    from congvu_scoring.common.exact import comma

    if value is None:
        return _here(vi="(không có)", en="(none)")
    return _here(vi=comma(str(value)), en=str(value))


@policy.command("pages")
def pages(
    folder: Annotated[Path, typer.Option(help="Where the pages are.")] = Path("docs/policies"),
    *,
    check: Annotated[bool, typer.Option("--check", help="Only say which are stale.")] = False,
) -> None:
    """Write one page a shipped policy, and the manual's tables of operators, or check them."""
    from congvu_scoring.pages.manual import MANUAL, with_operators
    from congvu_scoring.pages.policy_pages import all_pages

    manual = with_operators((folder / MANUAL).read_text(encoding="utf-8"))
    stale = []
    for name, text in {**all_pages(), MANUAL: manual}.items():
        file = folder / name
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            file.write_text(text, encoding="utf-8")
    for name in stale:
        stale_one, written = _here(vi="đã cũ", en="stale"), _here(vi="đã ghi", en="written")
        typer.echo(f"{name}: {stale_one if check else written}", err=check)
    raise typer.Exit(DIFFERS if check and stale else 0)
