"""What every row of a sync is held to."""

import re
from typing import TypeVar

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.unset import Sent, Unset
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.access import NATIONAL
from evaluation_service.domain.personnel.lives import ExternalRef

T = TypeVar("T")

TEXT_MAX_CHARS = 300
PLACE = re.compile(r"[0-9]{2}|G[0-9]{2}")


def needed(sent: Sent[T], known: T | None, field: str) -> T:
    """What was sent, or is known where it was left out. Raise `Invalid` where neither is there."""
    value = known if isinstance(sent, Unset) else sent
    if value is None:
        raise Invalid(en=f"{field} is required", vi="Mục này là bắt buộc.", field=field)
    return value


def require_reach(actor: Actor, province: str) -> None:
    """Raise `Invalid` for what is no place at all (decision 0035), `Forbidden` for another's."""
    if not PLACE.fullmatch(province):
        raise Invalid(
            en="province is two digits, or G and two digits for a ministry",
            vi="Mã tỉnh gồm hai chữ số; mã bộ, ngành gồm G và hai chữ số.",
            field="province",
        )
    if NATIONAL not in actor.scopes and actor.province != province:
        raise Forbidden(
            en=f"province {province!r} is not yours ({actor.province!r})",
            vi=f"Tài khoản không được phân quyền tại tỉnh {vi_text(province)}.",
            field="province",
        )


def check_ref(ref: ExternalRef, field: str = "externalRef") -> None:
    check_texts(**{f"{field}.system": ref.system, f"{field}.id": ref.id})


def check_texts(**texts: str | None) -> None:
    """Those that are there have a length."""
    for name, text in texts.items():
        if text is not None and not (text.strip() and len(text) <= TEXT_MAX_CHARS):
            raise Invalid(
                en=f"{name} must be 1 to {TEXT_MAX_CHARS} characters",
                vi=f"Phải có từ 1 đến {TEXT_MAX_CHARS} ký tự.",
                field=name,
            )
