"""One reading of a token: gateway and service accept and refuse the same ones, and say so."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from congvu_kit.adapters.tokens import Tokens
from congvu_kit.domain.errors import Unauthenticated
from gateway.issuer import TableIssuer
from gateway.running import Gateway, World, codes
from support.token_table import AUDIENCE, ISSUER, TABLE


@pytest.fixture(scope="module")
def gateway(world: World, table_issuer: TableIssuer) -> Iterator[Gateway]:
    running = Gateway(
        world.environment(CONGVU_JWKS_URL=table_issuer.jwks_url), world.folder / "tokens.log"
    )
    running.start()
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize("kind", TABLE)
async def test_gateway_and_service_read_a_token_alike(
    gateway: Gateway, world: World, table_issuer: TableIssuer, kind: str
) -> None:
    row, request_id = TABLE[kind], uuid4().hex
    bearer = f"Bearer {row.token()}"

    response = gateway.post(
        "{ whoami }", headers={"authorization": bearer, "x-request-id": request_id}
    )
    async with httpx.AsyncClient() as client:
        tokens = Tokens(table_issuer.jwks_url, issuer=ISSUER, audience=AUDIENCE, client=client)
        if row.is_good:
            assert (await tokens.actor(bearer)).subject == "ann"
        else:
            with pytest.raises(Unauthenticated):
                await tokens.actor(bearer)

    if row.is_good:
        assert response.json() == {"data": {"whoami": bearer}}
    else:
        assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])
        assert world.received(request_id) == []
