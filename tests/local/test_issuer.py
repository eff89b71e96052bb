"""The local issuer's tokens are checked with the keys that it publishes, and only those."""

import sys
import time
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import KeySet

from congvu_local.folder import DataFolder
from congvu_local.issuer import JWKS_PATH, READY_PATH
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, Program
from congvu_local.tokens import LocalIssuer


def _issuer(folder: DataFolder) -> LocalIssuer:
    return LocalIssuer(key=folder.issuer_key(), issuer="urn:test", audience="congvu")


def test_the_published_keys_verify_its_tokens_and_hold_nothing_private(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    token = _issuer(folder).token("unit-head", "manager", province="56", unit="unit_1")
    url = f"http://{LOOPBACK}:{(port := free_port())}"
    command = [sys.executable, "-m", "congvu_local.issuer", str(port), str(tmp_path)]

    with Process(
        Program(
            name="issuer",
            command=command,
            log=tmp_path / "issuer.log",
            ready=http_ready(f"{url}{READY_PATH}"),
        )
    ):
        published = httpx.get(f"{url}{JWKS_PATH}").json()
        missing = httpx.get(f"{url}/secrets/issuer-key.json")

    decoded = jwt.decode(token, KeySet.import_key_set(published), algorithms=["RS256"])
    assert decoded.claims["roles"] == ["unit-head", "manager"]
    assert {key: decoded.claims[key] for key in ("iss", "aud", "province", "unit")} == {
        "iss": "urn:test",
        "aud": "congvu",
        "province": "56",
        "unit": "unit_1",
    }
    assert set(published["keys"][0]) == {"kty", "n", "e", "kid"}
    assert missing.status_code == 404


def test_another_folders_key_is_no_use(tmp_path: Path) -> None:
    token = _issuer(DataFolder(tmp_path / "one")).token("auditor")
    keys = KeySet([DataFolder(tmp_path / "other").issuer_key()])

    with pytest.raises(InvalidKeyIdError):
        jwt.decode(token, keys, algorithms=["RS256"])


def test_claims_say_who_and_how_long_and_leave_out_what_was_not_given(tmp_path: Path) -> None:
    issuer = _issuer(DataFolder(tmp_path))
    before = int(time.time())

    claims = jwt.decode(issuer.token("officer", officer="cs_1", hours=2), issuer.key).claims
    nobody = jwt.decode(issuer.token("citizen"), issuer.key).claims

    assert claims["sub"] == claims["officer"] == "cs_1"
    assert claims["exp"] - claims["iat"] == 7200
    assert before <= claims["iat"] <= int(time.time())
    assert set(nobody) == {"iss", "aud", "sub", "iat", "exp", "roles"}


def test_a_role_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'super-user' is not a valid Role"):
        _issuer(DataFolder(tmp_path)).token("super-user")
