"""The supergraph is composed the same way every time, and says what does not fit."""

from pathlib import Path

import pytest
from graphql import build_schema

from gateway.running import node, write_schemas


@pytest.fixture
def services(tmp_path: Path) -> Path:
    write_schemas(tmp_path)
    return tmp_path


def compose(services: Path, *arguments: str) -> tuple[int, str]:
    done = node(
        "compose.mjs",
        "--services",
        str(services),
        "--output",
        str(services / "supergraph.graphql"),
        *arguments,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_composing_twice_writes_the_same_bytes(services: Path) -> None:
    output = services / "supergraph.graphql"

    assert compose(services) == (0, "")
    first = output.read_bytes()
    assert compose(services) == (0, "")

    assert output.read_bytes() == first
    for name in ("catalogue", "evaluation", "feedback"):
        assert f'@join__graph(name: "{name}", url: "http://{name}/graphql")'.encode() in first


def test_the_check_passes_on_what_was_written(services: Path) -> None:
    compose(services)

    assert compose(services, "--check") == (0, "")


def test_the_check_fails_when_a_schema_moved_on(services: Path) -> None:
    compose(services)
    before = (services / "supergraph.graphql").read_bytes()
    schema = services / "feedback" / "schema.graphql"
    schema.write_text(schema.read_text().replace("answers: Int", "answers: Int\n  average: Int"))

    code, said = compose(services, "--check")

    assert code == 1
    assert "supergraph.graphql is out of date" in said
    assert (services / "supergraph.graphql").read_bytes() == before


def test_the_api_is_written_beside_it_as_clients_see_it(services: Path) -> None:
    compose(services)
    api = services / "schema.graphql"
    text = api.read_text()

    known = build_schema(text)
    api.write_text(text + "# edited\n")
    code, said = compose(services, "--check")

    assert known.query_type is not None
    assert not any(name.startswith(("_", "join__", "link__")) for name in known.query_type.fields)
    assert "join__" not in text
    assert (code, "schema.graphql is out of date" in said) == (1, True)


def test_the_check_fails_when_there_is_no_supergraph(services: Path) -> None:
    code, said = compose(services, "--check")

    assert (code, "out of date" in said) == (1, True)


def test_schemas_that_do_not_fit_are_explained(services: Path) -> None:
    schema = services / "feedback" / "schema.graphql"
    schema.write_text(schema.read_text().replace("answers: Int", "workProduct: Int"))

    code, said = compose(services)

    assert code == 1
    assert "Query.workProduct" in said
    assert "    at " not in said
    assert not (services / "supergraph.graphql").exists()


def test_a_lost_key_is_explained(services: Path) -> None:
    schema = services / "catalogue" / "schema.graphql"
    text = schema.read_text()
    assert 'type WorkProduct @key(fields: "id")' in text
    schema.write_text(text.replace('type WorkProduct @key(fields: "id")', "type WorkProduct"))

    code, said = compose(services)

    assert code == 1
    assert "WorkProduct" in said


def test_a_missing_or_broken_schema_is_named_with_its_place(services: Path) -> None:
    schema = services / "evaluation" / "schema.graphql"
    schema.write_text("type Query {\n  broken(: Int\n}\n")
    code, said = compose(services)
    assert (code, f"evaluation: {schema}:2:10:" in said) == (1, True)

    schema.unlink()
    code, said = compose(services)
    assert (code, said) == (1, f"evaluation: cannot read {schema} (ENOENT)\n")


def test_an_unknown_option_is_a_usage_error(services: Path) -> None:
    assert compose(services, "--wat")[0] == 2
