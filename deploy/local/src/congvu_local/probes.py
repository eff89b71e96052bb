"""Asks a server whether it can work yet; every probe answers False instead of raising."""

import asyncio
from collections.abc import Callable
from functools import cache
from threading import Thread

import httpx
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from congvu_local.ports import LOOPBACK, listens

PROBE_TIMEOUT_S = 2.0

GIVEN_UP = (1, 8)
"""InternalError and UnknownError."""


def mongo_answers(url: str) -> bool:
    """A writable primary is there: `hello` says so."""
    client: MongoClient[dict[str, object]] = MongoClient(
        url, serverSelectionTimeoutMS=int(PROBE_TIMEOUT_S * 1000), connect=False
    )
    try:
        return bool(client.admin.command("hello").get("isWritablePrimary"))
    except PyMongoError:
        return False
    finally:
        client.close()


def mongo_has_given_up(url: str) -> bool:
    """It answers, and says of every read that its storage engine is gone: only a new one helps."""
    client: MongoClient[dict[str, object]] = MongoClient(
        url, serverSelectionTimeoutMS=int(PROBE_TIMEOUT_S * 1000), connect=False
    )
    try:
        client["congvu_probe"]["nothing"].find_one()
    except OperationFailure as error:
        return error.code in GIVEN_UP
    except PyMongoError:
        return False
    finally:
        client.close()
    return False


def kafka_answers(brokers: str) -> bool:
    """The cluster describes itself with at least one broker."""
    found: list[bool] = []
    # On a thread of its own: the caller may be inside an event loop.
    asker = Thread(target=lambda: found.append(asyncio.run(_describes_cluster(brokers))))
    asker.start()
    asker.join()
    return found == [True]


async def _describes_cluster(brokers: str) -> bool:
    admin = AIOKafkaAdminClient(
        bootstrap_servers=brokers, request_timeout_ms=int(PROBE_TIMEOUT_S * 1000)
    )
    try:
        await admin.start()
        described = await admin.describe_cluster()
        return bool(described["brokers"])
    except (KafkaError, OSError, TimeoutError):
        return False
    finally:
        await admin.close()


@cache
def _asker() -> httpx.Client:
    """One for all, since making one reads every certificate of the machine; it keeps no connection,
    so that each question finds out anew whether somebody listens."""
    return httpx.Client(
        timeout=PROBE_TIMEOUT_S,
        trust_env=False,
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def http_answers(url: str) -> bool:
    """A 2xx answer came."""
    try:
        return _asker().get(url).is_success
    except httpx.HTTPError:
        return False


def mongo_ready(port: int, url: str) -> Callable[[], bool]:
    return lambda: listens(port) and mongo_answers(url)


def mongo_live(url: str) -> Callable[[], bool]:
    return lambda: not mongo_has_given_up(url)


def kafka_ready(port: int) -> Callable[[], bool]:
    """Looks for the open port first: the client logs an error for every refused connection."""
    return lambda: listens(port) and kafka_answers(f"{LOOPBACK}:{port}")


def http_ready(url: str) -> Callable[[], bool]:
    return lambda: http_answers(url)
