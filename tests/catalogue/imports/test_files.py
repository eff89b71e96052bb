"""Sheets through the graph: a file in, a template out."""

import base64
import io

from catalogue import scenes
from catalogue.people import (
    EDITOR,
)
from catalogue_service.adapters.files.sheets import write
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.imports.rows import cells_of
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from congvu_kit.adapters.memory import MemoryUnitOfWork
from support.graph import Graph


async def test_a_file_is_imported_as_it_is(uow: MemoryUnitOfWork, graph: Graph) -> None:
    content = checked(
        scenes.FULL, Catalogue(group=Group.B, province="56"), CataloguePolicy(id="56")
    )
    target = io.BytesIO()
    write("a.xlsx", target, [cells_of(Group.B, scenes.PLAN, content)])
    document = """mutation($input: ImportWorkProductsInput!) { importWorkProducts(input: $input) {
      ... on ImportReport { written rows { row code outcome versionId } }
      ... on Problem { code field message } } }"""
    file = {"name": "a.xlsx", "contentBase64": base64.b64encode(target.getvalue()).decode()}

    done = await graph.ask(document, EDITOR, input={"idempotencyKey": "k", "file": file})
    broken = {"name": "a.xlsx", "contentBase64": "AAAA"}
    failed = await graph.ask(document, EDITOR, input={"idempotencyKey": "l", "file": broken})

    assert done["importWorkProducts"] == {
        "written": 1,
        "rows": [
            {
                "row": 2,
                "code": scenes.PLAN,
                "outcome": "CREATED",
                "versionId": f"{scenes.PLAN}@1",
            }
        ],
    }
    assert (failed["importWorkProducts"]["code"], failed["importWorkProducts"]["field"]) == (
        "INVALID",
        "input.file",
    )


async def test_a_file_from_before_unicode_is_refused_or_converted_as_it_says(
    graph: Graph,
) -> None:
    text = "Mã,Tên,Nhóm,Đơn vị tính,Điểm,Độ phức tạp\nB.56.KH-002,V¨n phßng,B,hå s¬,5,N1\n"
    sent = {"name": "a.csv", "contentBase64": base64.b64encode(text.encode()).decode()}
    document = """mutation($input: ImportWorkProductsInput!) { importWorkProducts(input: $input) {
      ... on ImportReport { rows { outcome missing problems { column } } }
      ... on Problem { code message } } }"""

    refused, taken = [
        (
            await graph.ask(
                document,
                EDITOR,
                input={"idempotencyKey": f"k{file}", "dryRun": True, "file": file},
            )
        )["importWorkProducts"]["rows"]
        for file in (sent, {**sent, "encoding": "TCVN3"})
    ]

    assert [each["column"] for each in refused[0]["problems"]] == ["nameVi", "unitOfMeasure"]
    assert (taken[0]["outcome"], len(taken[0]["missing"].split())) == ("CREATED", 7)


async def test_a_template_is_there_for_everybody(graph: Graph) -> None:
    seen = await graph.ask("{ importTemplate(format: CSV) { name contentBase64 } }")

    text = base64.b64decode(seen["importTemplate"]["contentBase64"]).decode("utf-8-sig")
    assert seen["importTemplate"]["name"] == "danh-muc.csv"
    assert text.startswith("STT,Nhóm,Mã,Tên sản phẩm/công việc,")
