"""Whose token a request carries: in the header, put there by a proxy of the national login, or in
the cookie that the form of the sign-in page sets."""

import json
import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "ket_qua"
PLACE = "/ket-qua"
TOKEN_MAX_CHARS = 8_192
BEARER = "bearer "


@dataclass(frozen=True)
class Reader:
    """What the token says; the gateway decides whether it is true."""

    token: str
    officer: str | None
    seconds_left: int


def reader_of(token: str) -> Reader | None:
    """None for what is no token at all."""
    try:
        _, claims, _ = token.split(".")
        said = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        left = int(said["exp"] - time.time())
        officer = said.get("officer")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not token.isascii() or len(token) > TOKEN_MAX_CHARS or left <= 0:
        return None
    return Reader(token, officer if isinstance(officer, str) else None, left)


def signed_in(request: Request) -> Reader | None:
    header = request.headers.get("authorization", "")
    if header.lower().startswith(BEARER):
        return reader_of(header[len(BEARER) :].strip())
    return reader_of(request.cookies.get(COOKIE, ""))


def is_own_form(request: Request) -> bool:
    """Whether the browser says that one of our pages sent it, so that no other page signs its
    visitor in as somebody else."""
    return request.headers.get("sec-fetch-site") == "same-origin"


def sign_in(response: Response, reader: Reader, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE,
        reader.token,
        max_age=reader.seconds_left,
        path=PLACE,
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def sign_out(response: Response, *, secure: bool) -> None:
    response.delete_cookie(COOKIE, path=PLACE, secure=secure, httponly=True, samesite="lax")
