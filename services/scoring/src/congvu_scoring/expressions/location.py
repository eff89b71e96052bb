"""Where in a policy document the reader stands, what names are known there, and its errors."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.exact import exact, is_exact
from congvu_scoring.common.limits import WHOLE_MAX, short
from congvu_scoring.common.spelling import nearest
from congvu_scoring.expressions.declarations import DeclaredInput, Switch
from congvu_scoring.snapshots.sections import Section

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """Names an expression may use; `rows` are the lists being stepped through, innermost last."""

    switches: Mapping[str, Switch] = field(default_factory=dict)
    weights: frozenset[str] = frozenset()
    inputs: Mapping[str, DeclaredInput] = field(default_factory=dict)
    measures: frozenset[str] = frozenset()
    every_measure: frozenset[str] = frozenset()
    """Those below too, to tell a name used too early from an unknown one."""
    measuring: str = ""
    bands: tuple[str, ...] = ()
    former_bands: tuple[str, ...] = ()
    rows: tuple[Section, ...] = ()
    outcome: bool = False
    """Whether the total and the band are known: in rules and triggers."""
    rollup: bool = False


@dataclass(frozen=True)
class Location:
    """Where in the document; every error names it, with the rule it belongs to."""

    path: str
    rule: str
    scope: Scope
    faults: list[Invalid] | None = None
    """Where errors are gathered so that reading goes on; None stops at the first."""

    def gather(self, read: Callable[..., T], *args: object) -> T | None:
        """What `read` gives; None when it refused and its error was gathered."""
        try:
            return read(*args)
        except Invalid as error:
            if self.faults is None:
                raise
            self.faults.append(error)
            return None

    def at(self, step: str | int) -> "Location":
        path = f"{self.path}[{step}]" if isinstance(step, int) else f"{self.path}.{step}"
        return replace(self, path=path.removeprefix("."))

    def of_rule(self, rule: str) -> "Location":
        return replace(self, rule=rule)

    def named_by(self, value: object) -> "Location":
        """Here, for the rule that names itself in `id`, whatever else is wrong with it."""
        rule = value.get("id") if isinstance(value, Mapping) else None
        return self.of_rule(rule) if isinstance(rule, str) and rule else self

    def without_outcome(self) -> "Location":
        """Here, where the outcome is not known."""
        return replace(self, scope=replace(self.scope, outcome=False))

    def within(self, section: Section) -> "Location":
        return replace(self, scope=replace(self.scope, rows=(*self.scope.rows, section)))

    def refuse(self, en: str, vi: str) -> Invalid:
        where = self.path or "policy"
        return Invalid(
            en=f"{where}: rule {self.rule}: {en}",
            vi=f"{where}: quy tắc {self.rule}: {vi}",
            field=where,
            rule_id=self.rule,
        )

    def unknown(
        self,
        kind: str,
        name: object,
        known: Iterable[str],
        also: Mapping[str, str] = MappingProxyType({}),
    ) -> Invalid:
        """`also` tells what is meant by words of other languages."""
        names = sorted(known)
        near = also.get(str(name)) or nearest(str(name), names)
        hint = f"; did you mean {near!r}?" if near else f"; known: {', '.join(names) or 'none'}"
        return self.refuse(
            f"unknown {kind} {short(name)}{hint}", f"{kind} {short(name)} không tồn tại{hint}"
        )

    def mapping(
        self, value: object, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> Mapping[str, object]:
        """The mapping, having every required key and none but the named ones."""
        if not isinstance(value, Mapping):
            raise self.refuse(
                f"a mapping with {', '.join(required) or 'keys'} is expected, not {short(value)}",
                f"cần một nhóm khóa {', '.join(required)}, không phải {short(value)}",
            )
        names = (*required, *optional)
        strange = [str(key) for key in value if key not in names]
        problems = [self.at(key).unknown("key", key, names) for key in strange]
        meant = {nearest(key, names) for key in strange}
        absent = [key for key in required if value.get(key) is None]
        problems += [
            self.refuse(f"the key {key!r} is missing", f"thiếu khóa {key!r}")
            for key in absent
            if key not in meant
        ]
        if problems and (absent or self.faults is None):
            if self.faults is not None:
                self.faults.extend(problems[1:])
            raise problems[0]
        if self.faults is not None:
            self.faults.extend(problems)
        return value

    def names(self, value: object) -> Mapping[str, object]:
        """A mapping whose keys are names chosen by the author."""
        if not isinstance(value, Mapping):
            raise self.refuse(
                f"a mapping is expected, not {short(value)}", "phải là nhóm khóa, giá trị"
            )
        return {str(key): item for key, item in value.items()}

    def items(self, value: object, least: int = 1) -> Sequence[object]:
        if isinstance(value, str) or not isinstance(value, Sequence) or len(value) < least:
            raise self.refuse(
                f"a list of {least} or more is expected, not {short(value)}",
                f"cần danh sách từ {least} phần tử, không phải {short(value)}",
            )
        return value

    def text(self, value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(
                f"a text is expected, not {short(value)}", f"cần chuỗi, không phải {short(value)}"
            )
        return value

    def choice(self, value: object, choices: Collection[str], kind: str) -> str:
        chosen = self.text(value)
        if chosen not in choices:
            raise self.unknown(kind, chosen, choices)
        return chosen

    def whole(self, value: object) -> int:
        if is_exact(value):
            number = exact(value, self.path)
            if number.denominator == 1 and 0 <= number <= WHOLE_MAX:
                return int(number)
        raise self.refuse(
            f"a whole number is expected, not {short(value)}",
            f"cần số nguyên, không phải {short(value)}",
        )

    def bilingual(self, value: object) -> Bilingual:
        given = self.mapping(value, ("vi", "en"))
        return Bilingual(self.at("vi").text(given["vi"]), self.at("en").text(given["en"]))


def found_at(path: str, rule: str) -> Location:
    """For errors found with the whole policy in hand."""
    return Location(path, rule, Scope())
