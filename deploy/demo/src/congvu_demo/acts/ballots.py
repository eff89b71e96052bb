"""What a portal does so that only who handed a dossier in rates it; docs/integrate-portal.md."""

import hashlib
import hmac

SECRET = b"known to the portal alone; this one is of the demo"


def rating_code(dossier_code: str) -> str:
    """The dossier's rating code, which the portal shows to the applicant: 128 bits that nobody
    guesses, and that it need not store."""
    return hmac.digest(SECRET, dossier_code.encode(), "sha256").hex()[:32]


def applicant_hash(dossier_code: str, subject: str) -> str:
    """Goes with the dossier's event. `subject` is the `sub` of the applicant's own token."""
    parts = ("congvu-applicant-v1", dossier_code, rating_code(dossier_code), subject.lower())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
