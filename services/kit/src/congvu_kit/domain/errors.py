"""Everything a caller may be told went wrong, as one small tree.

    DomainError
    ├── Invalid              the input breaks a rule
    ├── NotFound             what the input names is not there
    ├── Conflict             it moved meanwhile, or its state forbids the step
    ├── Forbidden            this caller may not
    ├── Unauthenticated      nobody is logged in
    ├── IdempotencyMismatch  the key was used for another body
    ├── RateLimited          too much at once
    └── Unavailable          try again later
        └── Transient        ... and the platform itself tries again first
            └── StoreAway    nothing at all can be stored: it is no fault of what was tried

Anything else that is raised is a bug: logged with its trace id and masked.
"""

from enum import StrEnum
from typing import ClassVar


class Code(StrEnum):
    """The stable codes of `Problem`; clients branch on these and never on messages."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    FORBIDDEN = "FORBIDDEN"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    IDEMPOTENCY_MISMATCH = "IDEMPOTENCY_MISMATCH"
    RATE_LIMITED = "RATE_LIMITED"
    UNAVAILABLE = "UNAVAILABLE"


class DomainError(Exception):
    """An expected failure, told in English and Vietnamese.

    `field` is the GraphQL path of the offending input (`input.coefficient`), `rule_id` the
    invariant or clause that refused it (`C-I3`).
    """

    code: ClassVar[Code]

    def __init__(
        self, *, en: str, vi: str, field: str | None = None, rule_id: str | None = None
    ) -> None:
        super().__init__(en)
        self.en = en
        self.vi = vi
        self.field = field
        self.rule_id = rule_id

    def message(self, language: str) -> str:
        """The text in `language` (`vi` or `en`)."""
        return self.vi if language == "vi" else self.en


class Invalid(DomainError):
    code = Code.INVALID


class NotFound(DomainError):
    code = Code.NOT_FOUND


class Conflict(DomainError):
    code = Code.CONFLICT


class Forbidden(DomainError):
    code = Code.FORBIDDEN


class Unauthenticated(DomainError):
    code = Code.UNAUTHENTICATED


class IdempotencyMismatch(DomainError):
    code = Code.IDEMPOTENCY_MISMATCH


class RateLimited(DomainError):
    code = Code.RATE_LIMITED


class Unavailable(DomainError):
    code = Code.UNAVAILABLE


class Transient(Unavailable):
    """The store or broker refused for now; `perform` and the consumers run the step again."""


class StoreAway(Transient):
    """No store answers, or the one that does cannot write: whatever is asked of it fails."""
