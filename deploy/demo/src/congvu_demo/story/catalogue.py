"""Step 2: drafts, appraisal, approval by the right authority, and two releases in force."""

from dataclasses import replace
from datetime import timedelta

from congvu_demo.acts import catalogue
from congvu_demo.acts.catalogue import VERSION, Version
from congvu_demo.acts.world import today
from congvu_demo.story.telling import Story

SHARED_DECISION, LOCAL_DECISION = "72-QĐ/TU", "283/QĐ-UBND"
TYPED = "C.56.3107.1.001193"
"""Birth registration: typed in by hand, the other procedures come in a sheet."""

REVISED = "C.56.3107.2.000815"
"""Certified copies: what the story's officer does most of, at 0.5 reference products each."""

OWN_DRAFT = {"code": "C.56.3107.TU-DE-XUAT", "name_vi": "Rà soát hồ sơ hộ tịch lưu trữ theo năm"}


async def commune_drafts(story: Story) -> None:
    world = story.world
    editor, unit = world.cast.commune_editor, world.commune_id
    local = [each for each in world.data.products if each["group"] == "C"]
    typed = next(each for each in local if each["code"] == TYPED)
    version = await catalogue.draft(world, editor, typed, unit, "story/draft")
    story.said(f"{version['id']}, coefficient {version['coefficient']}: {typed['name_vi']}")
    story.expect("typed draft", (version["state"], version["coefficient"]), ("DRAFT", "1"))
    again = await catalogue.draft(world, editor, typed, unit, "story/draft")
    story.expect("the same key and body again", again["id"], version["id"])
    other = {**typed, "points": "10"}
    await story.refuses(
        "the same key with another body",
        catalogue.draft(world, editor, other, unit, "story/draft"),
        "IDEMPOTENCY_MISMATCH",
    )
    sheet = [each for each in local if each["code"] != TYPED]
    imported = await catalogue.import_sheet(world, editor, sheet, unit, "story/sheet")
    story.expect("drafts imported from the procedures", len(imported), 58)
    story.facts.drafts = [Version(version["id"], version["revision"]), *imported]


async def commune_issues_group_c(story: Story) -> None:
    """Home Affairs appraises, the chair approves and publishes."""
    world = story.world
    cast = world.cast
    submitted = await catalogue.move(
        world, cast.commune_editor, "submitVersion", story.facts.drafts, "story"
    )
    appraised = await catalogue.move(world, cast.appraiser, "appraiseVersion", submitted, "story")
    approved = await catalogue.move(world, cast.chair, "approveVersion", appraised, "story")
    yesterday = (today() - timedelta(days=1)).isoformat()
    await story.refuses(
        "a release that would have taken effect yesterday",
        catalogue.publish(
            world, cast.chair, approved, LOCAL_DECISION, "story/late", effective_from=yesterday
        ),
        "INVALID",
        "C-I5",
    )
    release = await catalogue.publish(world, cast.chair, approved, LOCAL_DECISION, "story/C")
    story.said(
        f"release {release['id']} by {release['decisionNumber']}, in force from "
        f"{release['effectiveFrom']}, hash {release['contentHash'][:16]}…"
    )
    story.expect("versions of the release", release["versionCount"], 59)
    story.facts.release_ids.append(release["id"])


async def province_issues_shared_groups(story: Story) -> None:
    """Group B needs the steering committee: the head's attempt is refused."""
    world = story.world
    cast = world.cast
    shared = [each for each in world.data.products if each["group"] != "C"]
    drafts = await catalogue.import_sheet(world, cast.province_editor, shared, None, "story/ABD")
    submitted = await catalogue.move(world, cast.province_editor, "submitVersion", drafts, "story")
    appraised = await catalogue.move(world, cast.appraiser, "appraiseVersion", submitted, "story")
    of_group_b = [each for each in appraised if each.id.startswith("B.")][:1]
    await story.refuses(
        f"the head approves {of_group_b[0].id}, an entry of group B",
        catalogue.move(world, cast.chair, "approveVersion", of_group_b, "story/head"),
        "FORBIDDEN",
    )
    approved = await catalogue.move(world, cast.committee, "approveVersion", appraised, "story")
    release = await catalogue.publish(
        world, cast.committee, approved, SHARED_DECISION, "story/ABD/release"
    )
    story.expect("versions of the province's release", release["versionCount"], len(shared))
    story.facts.release_ids.append(release["id"])


async def proposer_is_never_approver(story: Story) -> None:
    """Not even the head, and holding both roles does not help."""
    world = story.world
    typed = next(each for each in world.data.products if each["code"] == TYPED)
    product = {**typed, **OWN_DRAFT, "procedure_code": ""}
    both = world.cast.chair_who_drafts
    version = await catalogue.draft(world, both, product, world.commune_id, "story/own")
    drafted = [Version(version["id"], version["revision"])]
    submitted = await catalogue.move(world, both, "submitVersion", drafted, "story/own")
    appraised = await catalogue.move(
        world, world.cast.appraiser, "appraiseVersion", submitted, "story/own"
    )
    await story.refuses(
        "the head approves what the head drafted",
        catalogue.move(world, both, "approveVersion", appraised, "story/own"),
        "FORBIDDEN",
        "C-I3",
    )
    stale = [replace(each, revision=1) for each in appraised]
    await story.refuses(
        "somebody decides on a revision that has changed since",
        catalogue.move(world, world.cast.chair, "approveVersion", stale, "story/stale"),
        "CONFLICT",
    )
    seen = await world.gateway.ask(
        both, "query($id: ID!) { workProductVersion(id: $id) { state } }", {"id": version["id"]}
    )
    story.expect(
        "the draft waits for somebody else", seen["workProductVersion"]["state"], "IN_REVIEW"
    )


async def entry_is_revised_meanwhile(story: Story) -> None:
    """Step 4: the catalogue moves on while the quarter runs."""
    world = story.world
    cast, gateway = world.cast, world.gateway
    product = next(each for each in world.data.products if each["code"] == REVISED)
    seen = await gateway.ask(
        cast.commune_editor,
        "query($code: String!) { workProduct(code: $code) { latestVersion { revision } } }",
        {"code": REVISED},
    )
    asked = {
        "idempotencyKey": "story/revise",
        "code": REVISED,
        "expectedRevision": seen["workProduct"]["latestVersion"]["revision"],
        "content": {**catalogue.content(product), "points": "5"},
        "reason": "Thêm bước nhập dữ liệu liên thông",
    }
    revised = await gateway.do(cast.commune_editor, "reviseWorkProduct", asked, VERSION)
    story.expect("the next version doubles the coefficient", revised["coefficient"], "1")
    drafts = [Version(revised["id"], revised["revision"])]
    approved = await catalogue.judged(world, cast.commune_editor, cast.chair, drafts, "story/v2")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    release = await catalogue.publish(
        world, cast.chair, approved, "301/QĐ-UBND", "story/v2/release", effective_from=tomorrow
    )
    story.expect("the new release takes effect", release["effectiveFrom"], tomorrow)
    story.facts.revised = revised["id"]
