"""Expressions of the policy language written out for people, in either language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from congvu_scoring.pages.terms import WORDS

Language = Literal["vi", "en"]

_INFIX = {"add": " + ", "multiply": " × "}
_COMPARED = {
    "less": "<",
    "at_most": "≤",
    "greater": ">",
    "at_least": "≥",
    "equals": "=",
    "not_equals": "≠",
}
_ROWS = {"sum": "sum", "average": "average", "count": "count", "share": "share", "min": "lowest"}
_ROWS |= {"max": "highest", "first": "first", "last": "last", "every": "every", "some": "some"}


class Formula:
    """Writes one expression of a policy document in one language."""

    def __init__(self, language: Language) -> None:
        self._column = 0 if language == "vi" else 1

    def word(self, name: str) -> str:
        return WORDS[name][self._column]

    def write(self, value: object) -> str:
        if value == "NOT_EVALUABLE":
            return self.word("missing")
        if not isinstance(value, Mapping) or len(value) != 1:
            return str(value).lower() if isinstance(value, bool) else str(value)
        operator, body = next(iter(value.items()))
        name = str(operator)
        if name in _INFIX or (name == "sum" and not isinstance(body, Mapping)):
            return f"({_INFIX.get(name, ' + ').join(self._each(body))})"
        if name in _COMPARED:
            left, right = self._each(body)
            return f"{left} {_COMPARED[name]} {right}"
        if name in _ROWS and isinstance(body, Mapping):
            return self._rows(name, body)
        writer: Callable[[object], str] | None = getattr(self, f"_{name}", None)
        return writer(body) if writer else self._plain(name, body)

    def _each(self, body: object) -> list[str]:
        return [self.write(item) for item in _items(body)]

    def _plain(self, name: str, body: object) -> str:
        if isinstance(body, Mapping):
            parts = ", ".join(f"{key}: {self.write(item)}" for key, item in body.items())
            return f"{name}({parts})"
        if isinstance(body, Sequence) and not isinstance(body, str):
            return f"{name}({', '.join(self._each(body))})"
        return f"{name}({self.write(body)})"

    def _rows(self, name: str, body: Mapping[str, object]) -> str:
        where = f" {self.word('where')} {self.write(body['where'])}" if "where" in body else ""
        by = f" {self.word('by')} {body['by']}" if "by" in body else ""
        weight = (
            f" ({self.word('weight')} {self.write(body['weight'])})" if "weight" in body else ""
        )
        none = f"; {self.word('none')} {self.write(body['if_none'])}" if "if_none" in body else ""
        of = body.get("of", body.get("meets"))
        what = "" if of is None else f": {self.write(of)}"
        rows = f"{self.word('over')} {body['over']}{by}{where}"
        return f"{self.word(_ROWS[name])}[{rows}{what}{weight}{none}]"

    def _subtract(self, body: object) -> str:
        return f"({' − '.join(self._each(body))})"

    def _divide(self, body: object) -> str:
        given = _mapping(body)
        zero = f"{self.word('none')} {self.write(given['if_zero'])}"
        return f"({self.write(given['of'])} / {self.write(given['by'])}; {zero})"

    def _clamp(self, body: object) -> str:
        given = _mapping(body)
        low = f"; ≥ {self.write(given['low'])}" if "low" in given else ""
        high = f"; ≤ {self.write(given['high'])}" if "high" in given else ""
        return f"[{self.write(given['value'])}{low}{high}]"

    def _if(self, body: object) -> str:
        given = _mapping(body)
        then, other = self.write(given["then"]), self.write(given["else"])
        when = f"{self.word('if')} {self.write(given['when'])} {self.word('then')} {then}"
        return f"({when}, {self.word('else')} {other})"

    def _choose(self, body: object) -> str:
        given = _mapping(body)
        cases = "; ".join(
            f"{self.word('if')} {self.write(_mapping(case)['when'])} "
            f"{self.word('then')} {self.write(_mapping(case)['value'])}"
            for case in _items(given["cases"])
        )
        return f"({cases}; {self.word('else')} {self.write(given['otherwise'])})"

    def _steps(self, body: object) -> str:
        given = _mapping(body)
        rows = "; ".join(
            f"{self.word('from' if 'at_least' in step else 'above')} "
            f"{step.get('at_least', step.get('above'))}: {self.write(step['value'])}"
            for step in map(_mapping, _items(given["table"]))
        )
        below = f"{self.word('else')} {self.write(given['below'])}"
        return f"({self.write(given['of'])} → {rows}; {below})"

    def _lookup(self, body: object) -> str:
        given = _mapping(body)
        rows = "; ".join(
            f"{key}: {self.write(value)}" for key, value in _mapping(given["table"]).items()
        )
        other = self.write(given.get("otherwise", "NOT_EVALUABLE"))
        return f"({self.write(given['of'])} → {rows}; {self.word('else')} {other})"

    def _input(self, body: object) -> str:
        if isinstance(body, Mapping):
            return f"{body['path']} ({self.word('none')} {self.write(body.get('default', '–'))})"
        return str(body)

    def _field(self, body: object) -> str:
        return str(body)

    _outer = _text = _weight = _result = _field

    def _switch(self, body: object) -> str:
        return f"{self.word('switch')} {body}"

    def _flag(self, body: object) -> str:
        return f"{body} {self.word('flag')}"

    def _event(self, body: object) -> str:
        names = body if isinstance(body, str) else ", ".join(str(item) for item in _items(body))
        return f"{self.word('event')} {names}"

    def _present(self, body: object) -> str:
        return f"{self.word('present')} {self.write(body)}"

    def _joined(self, body: object, joint: str) -> str:
        return "(" + f" {self.word(joint)} ".join(self._each(body)) + ")"

    def _all(self, body: object) -> str:
        return self._joined(body, "and")

    def _any(self, body: object) -> str:
        return self._joined(body, "or")

    def _not(self, body: object) -> str:
        return f"{self.word('not')} ({self.write(body)})"

    def _one_of(self, body: object) -> str:
        given = _mapping(body)
        values = ", ".join(self._each(given["values"]))
        return f"{self.write(given['of'])} {self.word('is_in')} {{{values}}}"

    def _starts_with(self, body: object) -> str:
        given = _mapping(body)
        prefixes = ", ".join(self._each(given["prefixes"]))
        return f"{self.write(given['of'])} {self.word('starts')} {prefixes}"

    def _ends_with(self, body: object) -> str:
        given = _mapping(body)
        suffixes = ", ".join(self._each(given["suffixes"]))
        return f"{self.write(given['of'])} {self.word('ends')} {suffixes}"

    def _band_below(self, body: object) -> str:
        given = _mapping(body)
        return f"{self.write(given['of'])} {self.word('below')} {given['band']}"

    def _band_at_least(self, body: object) -> str:
        given = _mapping(body)
        return f"{self.write(given['of'])} {self.word('reaches')} {given['band']}"

    def _consecutive(self, body: object) -> str:
        given = _mapping(body)
        return f"{given['periods']} {self.word('periods')}: {self.write(given['meets'])}"

    def _times_within(self, body: object) -> str:
        given = _mapping(body)
        unit = "years" if "years" in given else "span"
        width = given.get("years", given.get("periods"))
        return (
            f"{given['times']} {self.word('times')} {width} {self.word(unit)}: "
            f"{self.write(given['meets'])}"
        )

    def _credit(self, body: object) -> str:
        given = _mapping(body)
        exempt = ""
        if "exempt" in given:
            exempt = f" − {self.write(given['exempt'])}"
        lost = f"{self.write(given['step'])} × ({self.write(given['faults'])}{exempt})"
        return f"max(0, {self.write(given['of'])} − {lost})"

    def _converted_ratio(self, body: object) -> str:
        given = _mapping(body)
        done = self.word("done")
        if "faults" in given:
            done = f"max(0, {done} − {self.write(given['step'])} × {given['faults']})"
        where = f"; {self.word('where')} {self.write(given['where'])}" if "where" in given else ""
        cap = f"; ≤ {self.write(given['cap'])}" if "cap" in given else ""
        none = f"; {self.word('none')} {self.write(given['if_nothing_assigned'])}"
        return f"{self.word('converted')}{done} / {self.word('assigned')}{where}{cap}{none}"

    def _criteria(self, body: object) -> str:
        items = _mapping(_mapping(body)["items"])
        rows = "; ".join(
            f"{key} {self.word('up_to')} {_mapping(item)['max']}" for key, item in items.items()
        )
        return f"{self.word('criteria')} ({rows})"

    def _ledger(self, body: object) -> str:
        given = _mapping(body)
        rows = "; ".join(
            f"{entry['id']}: {self.write(entry.get('each', entry.get('amount')))}"
            for entry in map(_mapping, _items(given["entries"]))
        )
        bounds = "".join(
            f"; {self.word(name)} {self.write(given[name])}"
            for name in ("floor", "ceiling")
            if name in given
        )
        return f"{self.word('start')} {self.write(given['start'])}; {rows}{bounds}"

    def _weighted_sum(self, body: object) -> str:
        given = _mapping(body)
        rows = " + ".join(
            f"{self.write(part['weight'])} × {self.write(part['value'])}"
            for part in map(_mapping, _items(given["parts"]))
        )
        scale = f" × {self.write(given['out_of'])}/100" if "out_of" in given else ""
        missing = given.get("when_missing") == "REDISTRIBUTE"
        return f"({rows}){scale}" + (f"; {self.word('redistribute')}" if missing else "")

    def _achievement(self, body: object) -> str:
        return f"{self.word('toward')} {self.write(_mapping(body).get('cap', 1))}"

    def _satisfaction(self, body: object) -> str:
        least = self.write(_mapping(body)["minimum"])
        return f"{self.word('satisfaction')} {least} {self.word('answers')}"


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
