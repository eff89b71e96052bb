"""Expressions of the policy language written out for people, in either language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

Language = Literal["vi", "en"]
Writer = Callable[[object, "Formula"], str]


class Formula:
    """Writes one expression of a policy document in one language, each operator by its own way."""

    def __init__(self, language: Language, writers: Callable[[str], Writer]) -> None:
        self.language = language
        self._writers = writers

    def say(self, vi: str, en: str) -> str:
        return vi if self.language == "vi" else en

    def write(self, value: object) -> str:
        if value == "NOT_EVALUABLE":
            return self.say("không đánh giá được", "not evaluable")
        if not isinstance(value, Mapping) or len(value) != 1:
            return str(value).lower() if isinstance(value, bool) else str(value)
        operator, body = next(iter(value.items()))
        return self._writers(str(operator))(body, self)

    def each(self, body: object) -> list[str]:
        return [self.write(item) for item in items(body)]

    def joined(self, body: object, sign: str) -> str:
        return f"({sign.join(self.each(body))})"

    def fallback(self, value: object) -> str:
        """What stands instead when there is nothing."""
        return f"{self.say('không có thì', 'none:')} {self.write(value)}"

    def where(self, given: Mapping[str, object]) -> str:
        if "where" not in given:
            return ""
        return f"{self.say('với', 'where')} {self.write(given['where'])}"

    def rows(self, vi: str, en: str, body: object) -> str:
        """An operator over a list: which rows, what of each, and what if there is none."""
        given = mapping(body)
        by = f" {self.say('theo', 'by')} {given['by']}" if "by" in given else ""
        where = f" {self.where(given)}" if "where" in given else ""
        weight = ""
        if "weight" in given:
            weight = f" ({self.say('trọng số', 'weight')} {self.write(given['weight'])})"
        none = f"; {self.fallback(given['if_none'])}" if "if_none" in given else ""
        of = given.get("of", given.get("meets"))
        what = "" if of is None else f": {self.write(of)}"
        rows = f"{self.say('trên', 'over')} {given['over']}{by}{where}"
        return f"{self.say(vi, en)}[{rows}{what}{weight}{none}]"


def items(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
