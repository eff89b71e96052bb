"""What is generated is committed, and says when it is stale."""

import shutil
from pathlib import Path

from congvu_kit.tools.clients import API, GENERATED, SUBSCRIPTIONS, TYPESCRIPT, problems
from congvu_local.node import node_binary

ROOT = Path(__file__).parents[2]


def test_a_field_or_an_operation_that_changed_makes_the_client_stale(tmp_path: Path) -> None:
    packages = TYPESCRIPT / "node_modules"
    kept = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(ROOT / "clients", tmp_path / "clients", ignore=kept)
    (tmp_path / packages).symlink_to(ROOT / packages)
    (tmp_path / API).parent.mkdir(parents=True)
    for each in (API, SUBSCRIPTIONS):
        shutil.copy(ROOT / each, tmp_path / each)

    assert list(problems(tmp_path, str(node_binary()))) == []

    described = (tmp_path / API).read_text().replace("scopes: [String!]!", "scopes: [Int!]!")
    (tmp_path / API).write_text(described)
    portal = tmp_path / "clients/operations/portal.graphql"
    portal.write_text(portal.read_text().replace("query SubmissionById", "query OneSubmission"))
    found = [each.splitlines()[0] for each in problems(tmp_path, str(node_binary()))]

    assert f"stale: --- {GENERATED / 'me.py'}" in found
    assert f"stale: --- {GENERATED / 'one_submission.py'}" in found
    assert f"stale: --- {TYPESCRIPT / 'src/operations.ts'}" in found
    assert f"{GENERATED / 'submission_by_id.py'} belongs to no operation" in found
