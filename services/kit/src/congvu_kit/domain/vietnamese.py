"""How values are written inside a Vietnamese sentence: what a refusal puts in goes through here."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from congvu_kit.domain.clock import VIETNAM
from congvu_kit.domain.labels import label_of


def vi_text(value: object) -> str:
    """Days as 05/07/2026, numbers as 0,25, codes of ours in words, and others' texts as «mã»."""
    match value:
        case None:
            text = "chưa có"
        case Enum():
            text = label_of(value, "vi")
        case datetime():
            text = f"{value.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
        case date():
            text = f"{value:%d/%m/%Y}"
        case Decimal() | Fraction():
            text = vi_number(value)
        case str():
            text = f"«{value}»"
        case int():
            text = str(value)
        case Iterable():
            text = ", ".join(vi_text(each) for each in value)
        case _:
            raise TypeError(f"no Vietnamese for {type(value).__name__}")
    return text


def vi_number(value: Decimal | Fraction | int) -> str:
    """With a comma, without zeros at the end; a third stays 1/3."""
    exact = Fraction(value)
    rest = exact.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return str(exact)
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return text.replace(".", ",")


def vi_percent(share: Decimal | Fraction) -> str:
    """A share as 25%, without a space."""
    return f"{vi_number(Fraction(share) * 100)}%"


def language_of(environment: Mapping[str, str]) -> str:
    """`vi` where the locale of a terminal is Vietnamese, else `en`, as gettext reads it: LC_ALL
    goes before LC_MESSAGES and LANG; LANGUAGE chooses among languages, not in the locale C."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return "en"
    wanted = environment.get("LANGUAGE") or locale
    return "vi" if wanted.partition(":")[0].partition("_")[0].partition(".")[0] == "vi" else "en"
