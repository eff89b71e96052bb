"""Who is calling, and what that lets them do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from congvu_kit.domain.errors import Forbidden, Unauthenticated
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.vietnamese import vi_text

_SUBJECT = re.compile(r"[\x21-\x7e]{1,200}")


class Role(StrEnum):
    """The roles a token may carry (`roles` claim)."""

    CATALOGUE_EDITOR = "catalogue-editor"
    CATALOGUE_APPRAISER = "catalogue-appraiser"
    STEERING_COMMITTEE = "steering-committee"
    UNIT_HEAD = "unit-head"
    MANAGER = "manager"
    OFFICER = "officer"
    PERSONNEL_SYNC = "personnel-sync"
    SERVICE_PORTAL = "service-portal"
    PERIOD_ADMIN = "period-admin"
    REVIEW_BOARD = "review-board"
    AUDITOR = "auditor"
    COUNCIL = "council"
    CITIZEN = "citizen"


@dataclass(frozen=True, kw_only=True)
class Participant:
    """The person behind a step: the account, and the officer that its token speaks for. Separation
    of duties compares persons, not accounts (C-I11)."""

    subject: str
    officer: str | None = None

    @classmethod
    def of(cls, actor: "Actor") -> "Participant":
        return cls(subject=actor.require_login(), officer=actor.officer)

    def same_person(self, other: "Participant") -> bool:
        if one_spelling(self.subject) == one_spelling(other.subject):
            return True
        return self.officer is not None and self.officer == other.officer


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A verified caller. `subject` is the token's `sub`; None is someone not logged in."""

    subject: str | None
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    province: str | None = None
    unit: str | None = None
    officer: str | None = None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def require(self, *roles: Role) -> str:
        """Return the subject of a caller with one of `roles`; raise when there is none."""
        subject = self.require_login()
        if not self.has(*roles):
            names = ", ".join(roles)
            raise Forbidden(
                en=f"this needs the role {names}",
                vi=f"Chỉ {vi_text(roles)} được thực hiện thao tác này.",
            )
        return subject

    def require_officer(self, rule_id: str) -> str:
        """The person, where a rule compares persons: a token that names nobody shows nothing."""
        if self.officer is None:
            raise Forbidden(
                en="the token must name the officer behind it (claim officer)",
                vi="Tài khoản chưa gắn với công chức nào. Vui lòng liên hệ bộ phận tổ chức cán bộ.",
                rule_id=rule_id,
            )
        return self.officer

    def is_person(self, civil_servant_id: str | None) -> bool:
        """Whether the caller is, or does not show not to be, this person."""
        return civil_servant_id is not None and self.officer in (None, civil_servant_id)

    def require_login(self) -> str:
        if self.subject is None:
            raise Unauthenticated(
                en="a valid token is needed", vi="Vui lòng đăng nhập để tiếp tục."
            )
        return self.subject

    def require_province(self, province: str) -> None:
        if self.province != province:
            raise Forbidden(
                en=f"province {province!r} is not yours ({self.province!r})",
                vi=f"Tài khoản không được phân quyền tại tỉnh {vi_text(province)}.",
            )

    def require_unit(self, units: Iterable[str]) -> None:
        if self.unit is None or self.unit not in set(units):
            raise Forbidden(
                en="this unit is not yours", vi="Tài khoản không được phân quyền tại đơn vị này."
            )


def is_subject(text: str) -> bool:
    """Whether `text` can be a token's subject: 1 to 200 visible ASCII characters and no blank
    (OpenID Connect Core 1.0, section 2), so that nothing looks like another's and is not."""
    return _SUBJECT.fullmatch(text) is not None


def one_spelling(subject: str) -> str:
    """What stands for a subject wherever people are told apart: capitals make nobody another."""
    return subject.lower()


def account_id(subject: str) -> str:
    """Stands for the account of a system where its name is not to be told."""
    return derived_id("account", one_spelling(subject))


ANONYMOUS = Actor(subject=None)
"""A caller with no token: may read what is published."""
