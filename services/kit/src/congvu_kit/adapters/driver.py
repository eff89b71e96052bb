"""The database driver, by the names that we use: the one module that imports it.

It is Motor. What Motor and PyMongo's own asynchronous client do differently stands here too, so
that whoever moves to it changes this module only: decision 0003 says when.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import bson
from bson import MaxKey, MinKey
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
    AsyncIOMotorCollection,
    AsyncIOMotorCommandCursor,
    AsyncIOMotorCursor,
    AsyncIOMotorDatabase,
)
from pymongo import (
    ASCENDING,
    DESCENDING,
    InsertOne,
    ReadPreference,
    ReplaceOne,
    ReturnDocument,
    WriteConcern,
    monitoring,
    timeout,
)
from pymongo.errors import (
    BulkWriteError,
    CollectionInvalid,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    InvalidOperation,
    OperationFailure,
    PyMongoError,
)
from pymongo.read_concern import ReadConcern

__all__ = [
    "ASCENDING",
    "DESCENDING",
    "BulkWriteError",
    "Client",
    "CollectionInvalid",
    "ConnectionFailure",
    "Cursor",
    "Database",
    "DuplicateKeyError",
    "ExecutionTimeout",
    "Groups",
    "InsertOne",
    "InvalidOperation",
    "MaxKey",
    "MinKey",
    "OperationFailure",
    "PyMongoError",
    "ReadConcern",
    "ReadPreference",
    "ReplaceOne",
    "ReturnDocument",
    "Row",
    "Rows",
    "Session",
    "WriteConcern",
    "aggregated",
    "begin",
    "close",
    "close_session",
    "decoded",
    "encoded",
    "in_transaction",
    "monitoring",
    "new_client",
    "raw_document",
    "raw_of",
    "raw_rows",
    "session_id",
    "session_of",
    "snapshot_session",
    "timeout",
]

Row: TypeAlias = dict[str, Any]

# The driver's generics carry the document type; documents are JSON-like mappings throughout.
Client: TypeAlias = AsyncIOMotorClient[Row]
Database: TypeAlias = AsyncIOMotorDatabase[Row]
Rows: TypeAlias = AsyncIOMotorCollection[Row]
Session: TypeAlias = AsyncIOMotorClientSession
Cursor: TypeAlias = AsyncIOMotorCursor[Row]
Groups: TypeAlias = AsyncIOMotorCommandCursor[Row]


def new_client(url: str, **options: Any) -> Client:
    return AsyncIOMotorClient(url, **options)


async def close(client: Client) -> None:
    client.close()


async def session_of(client: Client) -> Session:
    """A new one."""
    return await client.start_session()


async def begin(session: Session, **options: Any) -> None:
    """A transaction."""
    session.start_transaction(**options)


async def snapshot_session(client: Client) -> Session:
    """All that is read with it is of one moment, where the server keeps to that."""
    return await client.start_session(snapshot=True)


async def close_session(session: Session) -> None:
    await session.end_session()


def session_id(session: Session) -> Mapping[str, bytes]:
    # Motor's types call this property a method.
    found: Any = session.session_id
    told: Mapping[str, bytes] = found
    return told


def in_transaction(session: Session) -> bool:
    # Motor's types call this property a method.
    return bool(session.in_transaction)


async def aggregated(rows: Rows, pipeline: Sequence[Mapping[str, Any]], **options: Any) -> Groups:
    return rows.aggregate(pipeline, **options)


RawRows: TypeAlias = "AsyncIOMotorCollection[RawBSONDocument]"
_AS_STORED: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument)
_AS_READ: CodecOptions[Row] = CodecOptions(tz_aware=True)


def raw_rows(rows: Rows) -> RawRows:
    """Documents as the bytes that they are stored as: nothing is lost by reading them."""
    raw: Any = rows.with_options(codec_options=_AS_STORED)
    same: RawRows = raw
    return same


def raw_of(document: RawBSONDocument) -> bytes:
    return bytes(document.raw)


def raw_document(raw: bytes) -> RawBSONDocument:
    return RawBSONDocument(raw)


def decoded(raw: bytes) -> Row:
    return bson.decode(raw, codec_options=_AS_READ)


def encoded(document: Mapping[str, Any]) -> bytes:
    return bson.encode(document)
