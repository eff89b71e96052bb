"""Secrets that come as files; what they hold is in no message."""

from pathlib import Path

from congvu_kit.service.bad_settings import BadSettings

SECRET_MIN_CHARS = 32


def read_secret(name: str, file: Path) -> str:
    """A line end that an editor left is none of it; raise `BadSettings` that names the variable
    `name` and the file."""
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        # Not chained: what could not be decoded is in the cause.
        raise BadSettings(f"{name}: {file} cannot be read") from None
    if not text:
        raise BadSettings(f"{name}: {file} is empty")
    return text


def secrets_in(text: str) -> list[str]:
    """One a line: the first signs, all of them count. There are two while one takes another's
    place."""
    return [each.strip() for each in text.splitlines() if each.strip()]


def each_long_enough(text: str) -> str:
    """Raise `ValueError`."""
    if any(len(each) < SECRET_MIN_CHARS for each in secrets_in(text)):
        raise ValueError(f"each secret should have at least {SECRET_MIN_CHARS} characters")
    return text


def read_shared_secrets(name: str, file: Path) -> list[str]:
    """Raise `BadSettings`."""
    text = read_secret(name, file)
    try:
        return secrets_in(each_long_enough(text))
    except ValueError as exception:
        raise BadSettings(f"{name}: {exception}") from None
