"""The tables of operators in the manual, made from the operators themselves."""

import re
from collections.abc import Mapping

from congvu_scoring.expressions.operator import OPERATORS, Section

MANUAL = "language.md"
_LEAVES: Mapping[Section, tuple[str, ...]] = {
    "numbers": (
        '| `5`, `2.5`, `"4/7"` | itself, exactly |',
        "| `work` | the measure of that name |",
        "| `NOT_EVALUABLE` | no value: the measure, and what needs it, cannot be computed |",
    ),
    "conditions": ("| `true`, `false` | always, never |",),
}
_TABLE = re.compile(r"(<!-- operators: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_operators(manual: str) -> str:
    """The manual with every table between its marks made anew."""

    def table(found: re.Match[str]) -> str:
        return f"{found[1]}\n{operator_table(found[2])}\n\n{found[3]}"

    return _TABLE.sub(table, manual)


def operator_table(section: str) -> str:
    gives = "holds when" if section == "conditions" else "value"
    leaves = next((rows for name, rows in _LEAVES.items() if name == section), ())
    rows = [found.manual.row() for found in OPERATORS.values() if found.manual.section == section]
    return "\n".join((f"| write | {gives} |", "|---|---|", *leaves, *rows))
