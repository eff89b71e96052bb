"""Why something failed, without a word of what was being worked on: what may be logged, sent along
with a dead letter, or shown to an operator."""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from congvu_kit.adapters.cloudevents import Unreadable
from congvu_kit.adapters.driver import ConnectionFailure
from congvu_kit.adapters.signatures import Untrusted
from congvu_kit.domain.errors import DomainError, Unavailable


def reason_of(error: BaseException | None) -> str:
    """One line. Servers' and records' own errors speak of addresses and headers; the texts of all
    others may quote what somebody wrote."""
    each = error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
    return "; ".join(_reason_of(one) for one in each)


def _reason_of(error: BaseException | None) -> str:
    match error:
        case ValidationError():
            faults = error.errors(include_url=False, include_context=False, include_input=False)
            return "; ".join(f"{'.'.join(map(str, at['loc']))}: {at['type']}" for at in faults)
        case Unreadable() | Untrusted():
            return str(error)
        case OSError(filename=str() | bytes()):
            return f"{type(error).__name__}: {error.strerror}"
        case OSError() | ConnectionFailure() | KafkaError() | Unavailable():
            return f"{type(error).__name__}: {error}"
        case DomainError():
            return " ".join(filter(None, [error.code, error.field, error.rule_id]))
        case _:
            frames = traceback.extract_tb(error.__traceback__) if error else []
            return f"{type(error).__name__}{f' in {frames[-1].name}' if frames else ''}"


def stack_of(error: BaseException) -> str:
    """Where it happened, and what it came from."""
    lines = traceback.format_tb(error.__traceback__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{stack_of(cause)}\nand then\n" if cause is not None else ""
    return f"{before}{''.join(lines)}{reason_of(error)}"


def tell_reason(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """For structlog: the stack of `exc_info`, which may be an error, the three of
    `sys.exc_info()`, or true."""
    match event.pop("exc_info", None):
        case BaseException() as error:
            event["exception"] = stack_of(error)
        case (_, BaseException() as error, _):
            event["exception"] = stack_of(error)
        case given if given and (raised := sys.exc_info()[1]):
            event["exception"] = stack_of(raised)
    return event
