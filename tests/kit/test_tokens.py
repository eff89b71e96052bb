"""Whom a token names, and the issuer's keys: asked once for all, forgotten in minutes."""

import asyncio
import time
from collections.abc import Callable, Mapping

import httpx
import pytest
from joserfc.jwk import RSAKey

from congvu_kit.adapters.issuer_keys import KEEP_S, MAX_AGE_S, RETRY_S
from congvu_kit.adapters.tokens import Tokens
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Unauthenticated, Unavailable
from support.token_table import AUDIENCE, ISSUER, RSA, signed

NEXT_KEY = RSAKey.generate_key(2048, {"kid": "next"})


class Issuer:
    """Serves whatever keys it is given, and counts how often it is asked."""

    def __init__(self, *keys: RSAKey) -> None:
        self.keys = list(keys)
        self.asked = 0
        self.up = True

    async def respond(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        await asyncio.sleep(0)
        if not self.up:
            return httpx.Response(503)
        keys = [key.as_dict(private=False) for key in self.keys]
        return httpx.Response(200, json={"keys": keys})


class Clock:
    def __init__(self) -> None:
        self.at = time.time()

    def __call__(self) -> float:
        return self.at


def reader(
    issuer: Issuer,
    now: Callable[[], float] = time.time,
    *,
    passed: Callable[[], float] | None = None,
    tokens_max: int = 100,
) -> Tokens:
    client = httpx.AsyncClient(transport=httpx.MockTransport(issuer.respond))
    return Tokens(
        "http://issuer/jwks",
        issuer=ISSUER,
        audience=AUDIENCE,
        client=client,
        now=now,
        passed=passed or now,
        tokens_max=tokens_max,
    )


def bearer(claims: Mapping[str, object] | None = None, key: RSAKey = RSA) -> str:
    return f"Bearer {signed(claims or {}, {}, key)}"


def lasting(clock: Clock, hours: float = 3) -> dict[str, object]:
    return {"iat": clock.at, "exp": clock.at + hours * 3600}


async def test_a_good_token_names_its_bearer() -> None:
    claims = {
        "roles": ["manager"],
        "scope": "read write",
        "province": "56",
        "unit": "unit_1",
        "officer": "cs_1",
    }

    assert await reader(Issuer(RSA)).actor(bearer(claims)) == Actor(
        subject="ann",
        roles=frozenset({"manager"}),
        scopes=frozenset({"read", "write"}),
        province="56",
        unit="unit_1",
        officer="cs_1",
    )


async def test_a_token_without_roles_scopes_or_place_has_none() -> None:
    bare = bearer({"roles": None, "province": None, "unit": ""})

    assert await reader(Issuer(RSA)).actor(bare) == Actor(subject="ann")


async def test_no_token_is_anonymous_and_asks_nobody() -> None:
    issuer = Issuer(RSA)

    assert await reader(issuer).actor(None) == ANONYMOUS
    assert issuer.asked == 0


@pytest.mark.parametrize("header", ["", "Basic dTpw", "Bearer", "Bearer ", "Bearer nonsense"])
async def test_a_header_that_bears_no_token_is_refused(header: str) -> None:
    with pytest.raises(Unauthenticated, match="not a bearer token"):
        await reader(Issuer(RSA)).actor(header)


async def test_a_good_token_under_another_scheme_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="not a bearer token"):
        await reader(Issuer(RSA)).actor(bearer().replace("Bearer", "Basic"))


async def test_the_scheme_is_written_in_any_case() -> None:
    actor = await reader(Issuer(RSA)).actor(bearer().replace("Bearer", "bEARER"))

    assert actor.subject == "ann"


async def test_the_first_burst_waits_for_the_keys_and_asks_once() -> None:
    issuer = Issuer(RSA)
    tokens = reader(issuer)

    actors = await asyncio.gather(*(tokens.actor(bearer()) for _ in range(50)))

    assert {actor.subject for actor in actors} == {"ann"}
    assert issuer.asked == 1


async def test_a_new_key_is_looked_for_when_a_token_names_it() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    await tokens.actor(bearer())
    issuer.keys = [NEXT_KEY]

    clock.at += RETRY_S
    actors = await asyncio.gather(*(tokens.actor(bearer(key=NEXT_KEY)) for _ in range(5)))

    assert {actor.subject for actor in actors} == {"ann"}
    assert issuer.asked == 2


async def test_made_up_key_ids_do_not_make_us_ask_each_time() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    for _ in range(30):
        clock.at += 1
        with pytest.raises(Unauthenticated):
            await tokens.actor(bearer(key=NEXT_KEY))

    assert issuer.asked == 3


async def test_any_number_of_unknown_key_ids_at_once_ask_once() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    await tokens.actor(bearer())

    clock.at += RETRY_S
    unknown = [f"Bearer {signed({}, {'kid': f'made-up-{number}'}, RSA)}" for number in range(50)]
    answers = await asyncio.gather(*map(tokens.actor, unknown), return_exceptions=True)

    assert {type(answer) for answer in answers} == {Unauthenticated}
    assert issuer.asked == 2


async def test_a_clock_that_is_set_back_keeps_no_new_key_out() -> None:
    issuer, clock, passed = Issuer(RSA), Clock(), Clock()
    tokens = reader(issuer, clock, passed=passed)
    await tokens.actor(bearer(lasting(clock)))
    issuer.keys = [NEXT_KEY]

    clock.at -= 3600
    passed.at += RETRY_S

    assert (await tokens.actor(bearer(lasting(clock), key=NEXT_KEY))).subject == "ann"


async def test_a_token_of_an_issuer_whose_clock_is_a_minute_ahead_counts() -> None:
    clock = Clock()
    tokens = reader(Issuer(RSA), clock)

    ahead = {"iat": clock.at + 60, "exp": clock.at + 360}
    assert (await tokens.actor(bearer(ahead))).subject == "ann"
    with pytest.raises(Unauthenticated, match="not valid yet"):
        await tokens.actor(bearer(ahead | {"iat": clock.at + 61}))


async def test_a_forged_token_under_a_known_key_asks_nobody() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    await tokens.actor(bearer())

    clock.at += RETRY_S
    with pytest.raises(Unauthenticated, match="signature"):
        await tokens.actor(bearer(key=RSAKey.generate_key(2048, {"kid": "rsa"})))
    assert issuer.asked == 1


async def test_a_withdrawn_key_is_dropped_in_minutes_even_for_tokens_seen_before() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    token = bearer(lasting(clock))
    await tokens.actor(token)
    issuer.keys = [NEXT_KEY]

    clock.at += MAX_AGE_S
    assert (await tokens.actor(token)).subject == "ann"
    clock.at += 1
    with pytest.raises(Unauthenticated, match="key is not the issuer's"):
        await tokens.actor(token)


async def test_without_any_key_the_service_is_unavailable_not_open() -> None:
    issuer = Issuer(RSA)
    issuer.up = False
    tokens = reader(issuer)

    with pytest.raises(Unavailable):
        await tokens.actor(bearer())
    issuer.up = True
    assert (await tokens.actor(bearer())).subject == "ann"


async def test_an_issuer_that_is_away_does_not_lock_out_whom_we_know_for_an_hour() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    token = bearer(lasting(clock))
    await tokens.actor(token)
    issuer.up = False

    clock.at += KEEP_S
    assert (await tokens.actor(token)).subject == "ann"
    clock.at += 1
    with pytest.raises(Unavailable):
        await tokens.actor(token)


async def test_an_answer_that_lists_no_keys_is_none() -> None:
    async def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"keys": 1})

    client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    tokens = Tokens("http://issuer/jwks", issuer=ISSUER, audience=AUDIENCE, client=client)

    with pytest.raises(Unavailable):
        await tokens.actor(bearer())


async def test_the_tokens_remembered_are_the_last_ones() -> None:
    tokens = reader(Issuer(RSA), tokens_max=2)
    headers = [bearer({"sub": f"u{number}"}) for number in range(3)]
    first, second, third = [await tokens.actor(each) for each in headers]

    assert await tokens.actor(headers[2]) is third
    assert await tokens.actor(headers[1]) is second
    assert await tokens.actor(headers[0]) is not first


async def test_a_token_counts_a_minute_past_its_end_and_no_longer() -> None:
    issuer, clock = Issuer(RSA), Clock()
    tokens = reader(issuer, clock)
    token = bearer({"iat": clock.at, "exp": clock.at + 60})
    first = await tokens.actor(token)

    clock.at += 119
    assert await tokens.actor(token) is first
    clock.at += 1
    with pytest.raises(Unauthenticated, match="expired"):
        await tokens.actor(token)
