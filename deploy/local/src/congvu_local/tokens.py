"""Tokens of the local issuer: what a ministry's identity provider signs elsewhere."""

import time
from dataclasses import dataclass

from joserfc import jwt
from joserfc.jwk import RSAKey

from congvu_kit.domain.actor import Role

ALGORITHM = "RS256"
HOURS = 12
"""How long a token is good for when nobody says: one working day with its evening."""


@dataclass(frozen=True, kw_only=True)
class LocalIssuer:
    """Signs tokens that the platform of one data folder accepts."""

    key: RSAKey
    issuer: str
    audience: str

    def token(
        self,
        *roles: str,
        province: str | None = None,
        unit: str | None = None,
        officer: str | None = None,
        subject: str | None = None,
        scope: str | None = None,
        hours: float = HOURS,
        ahead_s: int = 0,
    ) -> str:
        """A signed token; the subject defaults to the officer, else to a name from the roles.
        `ahead_s` is for a platform whose clock is so far ahead.

        Raises `ValueError` for a role that is not one of the platform's.
        """
        named = [str(Role(role)) for role in roles]
        now = int(time.time()) + ahead_s
        claims: dict[str, object] = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject or officer or f"local:{'+'.join(named) or 'nobody'}",
            "iat": now,
            "exp": now + int(hours * 3600),
            "roles": named,
        }
        optional = {"province": province, "unit": unit, "officer": officer, "scope": scope}
        claims |= {name: value for name, value in optional.items() if value is not None}
        header = {"alg": ALGORITHM, "kid": self.key.kid, "typ": "at+jwt"}
        return jwt.encode(header, claims, self.key, algorithms=[ALGORITHM])
