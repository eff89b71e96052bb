"""What can go wrong, as exceptions.

CongvuError
 ├ Unreachable               nobody answered, or not as the platform answers
 ├ NewerAnswer               answered with a kind of a later release: `known` did not take it
 └ Problem                   the platform said no: code, message, field, rule_id
    ├ Invalid                mend what `field` names; the same key may be used again
    ├ NotFound               what is named is not there, or not yet
    ├ Conflict               read again first: it was changed meanwhile, or is in another state
    ├ Forbidden              `rule_id` names the rule
    ├ Unauthenticated        no token, or a bad or old one
    ├ IdempotencyMismatch    the key was used before with another body
    ├ RateLimited            `retry_after_s` says when, where it is known
    └ Unavailable            a part of the platform was away for as long as was tried
"""

from collections.abc import Mapping
from typing import Any


class CongvuError(Exception):
    """Whatever the platform, or the way to it, said no to."""


class Unreachable(CongvuError):
    """Nobody answered, or not as the platform answers, after all attempts: with the same
    idempotency key it is safe to try again."""


class NewerAnswer(CongvuError):
    """Answered with a kind of a later release: whether anything was done, the platform knows."""


class Problem(CongvuError):
    """Branch on the class or on `code`, never on the message: that is for people."""

    def __init__(
        self, code: str, message: str, field: str | None = None, rule_id: str | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.field, self.rule_id = code, message, field, rule_id


class Invalid(Problem):
    pass


class NotFound(Problem):
    pass


class Conflict(Problem):
    pass


class Forbidden(Problem):
    pass


class Unauthenticated(Problem):
    pass


class IdempotencyMismatch(Problem):
    pass


class RateLimited(Problem):
    retry_after_s: float | None = None


class Unavailable(Problem):
    pass


KINDS: Mapping[str, type[Problem]] = {
    "INVALID": Invalid,
    "NOT_FOUND": NotFound,
    "CONFLICT": Conflict,
    "FORBIDDEN": Forbidden,
    "UNAUTHENTICATED": Unauthenticated,
    "IDEMPOTENCY_MISMATCH": IdempotencyMismatch,
    "RATE_LIMITED": RateLimited,
    "UNAVAILABLE": Unavailable,
}


def problem_of(said: Mapping[str, Any]) -> Problem:
    """Of a `Problem` in an answer, or of an error with its extensions beside its message."""
    code = said.get("code") or "INTERNAL"
    kind = KINDS.get(code, Problem)
    return kind(code, said.get("message", ""), said.get("field"), said.get("ruleId"))
