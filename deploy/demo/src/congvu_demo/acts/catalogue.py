"""From a sheet of products to a release in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu_demo.acts.world import World, today
from congvu_demo.client import Caller, Json

VERSION = "WorkProductVersion { id number state revision coefficient }"
RELEASE = "CatalogueRelease { id decisionNumber effectiveFrom versionCount contentHash }"
BULK = "BulkReport { preview more items { code refusal { messageVi } } }"
FIRST_REVISION = 1
"""Of a version that was just drafted."""

NOT_YET_HERE = ("NOT_FOUND", "UNAVAILABLE")
"""Answers of a service that has not heard of something another one knows already."""


@dataclass(frozen=True)
class Version:
    id: str
    revision: int


def row(number: int, product: Mapping[str, str]) -> dict[str, object]:
    """A line of an import sheet."""
    cells = {_camel(name): text for name, text in product.items() if text}
    return {"row": number, **cells}


def content(product: Mapping[str, str]) -> dict[str, object]:
    """The same product as the input of a single draft."""
    text = {_camel(name): text for name, text in product.items() if text}
    lists = {
        name: str(text[name]).split(";")
        for name in ("qualityCriteria", "evidenceRequired", "jobPositions")
    }
    wanted = {name: value for name, value in text.items() if name not in ("code", "group")}
    return {**wanted, **lists, "leadDays": int(product["lead_days"])}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


async def draft(
    world: World, caller: Caller, product: Mapping[str, str], unit: str | None, key: str
) -> Json:
    """One product, typed in."""
    asked = {
        "idempotencyKey": key,
        "group": product["group"],
        "code": product["code"],
        "unitId": unit,
        "content": content(product),
    }
    return await world.gateway.do(caller, "draftWorkProduct", asked, VERSION, again_on=NOT_YET_HERE)


async def import_sheet(
    world: World,
    caller: Caller,
    products: Sequence[Mapping[str, str]],
    unit: str | None,
    key: str,
) -> list[Version]:
    """All products in one call, all or none."""
    asked = {
        "idempotencyKey": key,
        "rows": [row(number, product) for number, product in enumerate(products, start=2)],
        "unitId": unit,
    }
    report = await world.gateway.do(
        caller,
        "importWorkProducts",
        asked,
        "ImportReport { written refused rows { row code outcome versionId "
        "problem { column value messageVi } } }",
        again_on=NOT_YET_HERE,
    )
    refused = [line for line in report["rows"] if line["versionId"] is None]
    if refused:
        raise ValueError(f"the demo's own products are refused: {refused[0]}")
    return [Version(line["versionId"], FIRST_REVISION) for line in report["rows"]]


async def move(
    world: World, caller: Caller, mutation: str, versions: Sequence[Version], key: str
) -> list[Version]:
    """Submit, appraise or approve them all."""
    asked = [
        {
            "idempotencyKey": f"{key}/{mutation}/{version.id}",
            "versionId": version.id,
            "expectedRevision": version.revision,
        }
        for version in versions
    ]
    answers = await world.gateway.do_all(caller, mutation, asked, VERSION)
    return [Version(answer["id"], answer["revision"]) for answer in answers]


async def publish(
    world: World,
    caller: Caller,
    versions: Sequence[Version],
    decision: str,
    key: str,
    *,
    effective_from: str | None = None,
) -> Json:
    """A release that takes effect today unless said otherwise."""
    asked = {
        "idempotencyKey": key,
        "decisionNumber": decision,
        "effectiveFrom": effective_from or today().isoformat(),
        "versionIds": [version.id for version in versions],
    }
    return await world.gateway.do(caller, "publishRelease", asked, RELEASE)


async def advance(world: World, caller: Caller, step: str, unit: str | None, key: str) -> None:
    """All that waits for the step, in one call, after a look at what that is."""
    asked = {"idempotencyKey": f"{key}/{step}/look", "step": step, "unitId": unit}
    seen = await world.gateway.do(caller, "advanceVersions", asked, BULK)
    taken = {**asked, "idempotencyKey": f"{key}/{step}", "preview": seen["preview"]}
    report = await world.gateway.do(caller, "advanceVersions", taken, BULK)
    refused = [each for each in report["items"] if each["refusal"]]
    if refused or report["more"]:
        raise ValueError(f"not all of the demo's versions take the step {step}: {refused[:1]}")


async def judged(
    world: World, editor: Caller, authority: Caller, versions: Sequence[Version], key: str
) -> list[Version]:
    """Submitted by their editor, appraised by Home Affairs, approved by the authority."""
    submitted = await move(world, editor, "submitVersion", versions, key)
    appraised = await move(world, world.cast.appraiser, "appraiseVersion", submitted, key)
    return await move(world, authority, "approveVersion", appraised, key)


async def all_judged(
    world: World, editor: Caller, authority: Caller, unit: str | None, key: str
) -> None:
    """The same for all that waits, many in a call."""
    await advance(world, editor, "SUBMIT", unit, key)
    await advance(world, world.cast.appraiser, "APPRAISE", unit, key)
    await advance(world, authority, "APPROVE", unit, key)


async def issue_lists(world: World, key: str) -> list[str]:
    """The province's groups A, B and D and the commune's group C; the ids of both releases."""
    shared = [each for each in world.data.products if each["group"] != "C"]
    local = [each for each in world.data.products if each["group"] == "C"]
    cast, commune_id = world.cast, world.commune_id
    versions = await import_sheet(world, cast.province_editor, shared, None, f"{key}/ABD")
    await all_judged(world, cast.province_editor, cast.committee, None, f"{key}/ABD")
    province = await publish(world, cast.committee, versions, "72-QĐ/TU", f"{key}/release/ABD")
    versions = await import_sheet(world, cast.commune_editor, local, commune_id, f"{key}/C")
    await all_judged(world, cast.commune_editor, cast.chair, commune_id, f"{key}/C")
    commune = await publish(world, cast.chair, versions, "283/QĐ-UBND", f"{key}/release/C")
    return [province["id"], commune["id"]]
