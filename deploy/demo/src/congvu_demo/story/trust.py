"""Step 1: nobody gets in by a side door."""

import httpx
from joserfc.jwk import RSAKey

from congvu_demo.client import VISITOR, Caller
from congvu_demo.story.telling import Story
from congvu_kit.domain.actor import Role
from congvu_local.folder import KEY_BITS
from congvu_local.settings import SERVICES
from congvu_local.tokens import LocalIssuer

QUERY = "{ workProducts(first: 1) { edges { node { code } } } }"


async def services_answer_the_gateway_only(story: Story) -> None:
    """Not even with a valid token."""
    token = story.world.cast.hrm.token
    async with httpx.AsyncClient() as http:
        for service in SERVICES:
            response = await http.post(
                f"{story.place.service_url(service)}/graphql",
                json={"query": "{ __typename }"},
                headers={"authorization": f"Bearer {token}"},
            )
            story.expect(
                f"{service}'s own port called directly",
                response.status_code,
                int(httpx.codes.UNAUTHORIZED),
            )


async def tokens_cannot_be_made_up(story: Story) -> None:
    true = story.place.issuer
    forger = LocalIssuer(
        key=RSAKey.generate_key(KEY_BITS, {"kid": str(true.key.kid)}),
        issuer=true.issuer,
        audience=true.audience,
    )
    expired = true.token(Role.PERIOD_ADMIN, province="56", hours=-1)
    forged = forger.token(Role.PERIOD_ADMIN, province="56")
    elsewhere = LocalIssuer(key=true.key, issuer=true.issuer, audience="somewhere-else")
    for what, token in (
        ("a forged token", forged),
        ("an expired token", expired),
        ("a token for another audience", elsewhere.token(Role.PERIOD_ADMIN, province="56")),
    ):
        await story.refuses(
            what, story.world.gateway.ask(Caller(what, token), QUERY), "UNAUTHENTICATED"
        )


async def visitors_read_and_change_nothing(story: Story) -> None:
    seen = await story.world.gateway.ask(VISITOR, QUERY)
    story.expect("a visitor reads the catalogue, empty so far", seen["workProducts"]["edges"], [])
    asked = {"idempotencyKey": "story/visitor", "units": [], "positions": [], "people": []}
    await story.refuses(
        "a visitor sends personnel",
        story.world.gateway.do(VISITOR, "syncPersonnel", asked, "SyncReport { changed }"),
        "UNAUTHENTICATED",
    )
