"""The generated half of the clients in `clients/`, from the API's schema and their operations."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from graphql import DefinitionNode, SchemaDefinitionNode, TypeDefinitionNode, parse, print_ast

from congvu_kit.tools import changes, contracts
from congvu_kit.tools.failure import Failure

PYTHON = Path("clients/python")
TYPESCRIPT = Path("clients/typescript")
API = Path("services/gateway/schema.graphql")
SUBSCRIPTIONS = Path("services/gateway/subscriptions.graphql")
GENERATED = PYTHON / "src/congvu_client/generated"
GENERATOR = Path(sys.prefix) / "clients/bin/python"
"""In an environment of its own: ariadne-codegen needs an older graphql-core than the services."""


def generated(root: Path, node: str) -> dict[Path, str]:
    """Every generated file as it should be; none where there are no clients."""
    if not (root / PYTHON).exists():
        return {}
    with TemporaryDirectory() as folder:
        (Path(folder) / API.name).write_text(whole_schema(root))
        _run(str(GENERATOR), root / PYTHON / "generator/generate.py", folder)
        made = sorted((Path(folder) / GENERATED.name).glob("*.py"))
        files = {GENERATED / each.name: each.read_text() for each in made}
        _run(node, root / TYPESCRIPT / "generator/generate.mjs", folder)
        files |= {
            TYPESCRIPT / "src" / each.name: each.read_text() for each in Path(folder).glob("*.ts")
        }
    types = changes.types_of((root / changes.CHANGES).read_text())
    files[GENERATED / "events.py"] = types["python"]
    files[TYPESCRIPT / "src/events.ts"] = types["typescript"]
    return files


def whole_schema(root: Path) -> str:
    """The API with the subscriptions, which the gateway answers beside the graph."""
    text = (root / API).read_text()
    known = {_name(each) for each in parse(text).definitions}
    more = [
        print_ast(each)
        for each in parse((root / SUBSCRIPTIONS).read_text()).definitions
        if not isinstance(each, SchemaDefinitionNode) and _name(each) not in known
    ]
    return "\n\n".join([text, *more])


def _name(definition: DefinitionNode) -> str:
    return definition.name.value if isinstance(definition, TypeDefinitionNode) else ""


def _run(program: str, script: Path, folder: str) -> None:
    try:
        command = [program, str(script.resolve()), folder, str(Path(folder) / API.name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(
            vi="Chưa cài chương trình sinh thư viện kết nối: hãy chạy `make setup-dev`.",
            en="what generates the clients is not there: run `make setup-dev`",
        ) from error
    if done.returncode != 0:
        why = done.stderr.strip()
        raise Failure(
            vi=f"{script} không sinh được thư viện kết nối: {why}",
            en=f"{script} generates no client: {why}",
        )


def write(root: Path, node: str) -> None:
    files = generated(root, node)
    shutil.rmtree(root / GENERATED, ignore_errors=True)
    contracts.write(root, files)


def problems(root: Path, node: str) -> Iterator[str]:
    """What is stale, and what nothing generates any longer."""
    files = generated(root, node)
    yield from (f"stale: {each}" for each in contracts.stale(root, files))
    for each in sorted((root / GENERATED).glob("*.py")):
        if GENERATED / each.name not in files:
            yield f"{GENERATED / each.name} belongs to no operation"
