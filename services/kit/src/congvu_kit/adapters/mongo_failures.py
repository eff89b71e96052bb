"""What the database says when it cannot, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from congvu_kit.adapters import metrics
from congvu_kit.adapters.driver import (
    BulkWriteError,
    ConnectionFailure,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
)
from congvu_kit.domain.errors import StoreAway, Transient

WRITE_CONFLICT = 112

_CANNOT = frozenset({1, 8, 14031})
"""InternalError and UnknownError (a storage engine that gave up says no more), OutOfDiskSpace."""

_PASSING_LABELS = ("TransientTransactionError", "UnknownTransactionCommitResult")


@contextmanager
def translated() -> Iterator[None]:
    """Turns what passes by itself into `Transient`; the rest stays a bug."""
    try:
        yield
    except (ConnectionFailure, ExecutionTimeout, OperationFailure) as exception:
        if _passes(exception):
            raise as_transient(exception) from exception
        raise


def _passes(exception: PyMongoError) -> bool:
    if not isinstance(exception, OperationFailure) or isinstance(exception, ExecutionTimeout):
        return True
    return (
        exception.code == WRITE_CONFLICT
        or _cannot_store(exception)
        or any(map(exception.has_error_label, _PASSING_LABELS))
    )


def _cannot_store(exception: PyMongoError) -> bool:
    """Nothing can be read or written there: it is away, has panicked or has no space."""
    if isinstance(exception, BulkWriteError):
        told = (exception.details or {}).get("writeErrors", ())
        return any(each.get("code") in _CANNOT for each in told)
    if isinstance(exception, OperationFailure):
        return exception.code in _CANNOT
    return isinstance(exception, ConnectionFailure)


def as_transient(exception: PyMongoError) -> Transient:
    """Told without a word of the server's, which may name files and errors of the system."""
    away = _cannot_store(exception)
    metrics.DATABASE_FAILURES.labels("away" if away else "passing").inc()
    kind = StoreAway if away else Transient
    return kind(
        en=f"the database cannot take this now ({type(exception).__name__})",
        vi="Hệ thống tạm thời chưa lưu được. Vui lòng thử lại sau ít phút.",
    )
