"""Which rows of a snapshot count, and for how much: reports nobody checked, surplus, old results.

Every policy that reads work has two switches of the language, declared or not, and one for
leaders a third. At their defaults they are no part of a policy's settings: what was published keeps
its hash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import exact_text, exact_vi
from congvu_scoring.engine.head_cap import HEAD_NOT_ABOVE_UNIT
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.declarations import Switch
from congvu_scoring.expressions.environment import NotEvaluable, Value
from congvu_scoring.snapshots.sections import HISTORY, WORK
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Column, Table

ON_UNREVIEWED = Switch(
    "on_unreviewed",
    Bilingual(
        "Báo cáo đúng quy trình mà đến khi chốt số liệu chưa ai nghiệm thu (E-I16)",
        "Work reported and checked by nobody until the cut-off (E-I16)",
    ),
    "Mặc định: im lặng của người duyệt là lỗi của người duyệt, không của người báo cáo",
    "ACCEPT_AS_REPORTED",
    (
        (
            "ACCEPT_AS_REPORTED",
            Bilingual(
                "tính như đã báo cáo, chậm như đã báo cáo; giải trình nêu rõ",
                "counts as reported, late as reported; the explanation says so",
            ),
        ),
        (
            "ASK_BOARD",
            Bilingual(
                "chưa chấm điểm người đó cho đến khi báo cáo được nghiệm thu hoặc trả lại",
                "the person is not scored until each such report is accepted or returned",
            ),
        ),
        ("ZERO", Bilingual("không tính", "does not count")),
    ),
)
BEYOND_ASSIGNED = Switch(
    "beyond_assigned",
    Bilingual(
        "Phần làm vượt số lượng được giao của một công việc",
        "What was done beyond the assigned quantity of an item",
    ),
    "Mặc định: cộng vào tổng như công thức; điểm mở, cơ quan có thể chọn khác",
    "COUNT_IN_SUM",
    (
        (
            "COUNT_IN_SUM",
            Bilingual(
                "cộng vào tổng: việc dễ làm vượt có thể bù việc khó chưa làm",
                "counts in the sum: surplus of easy work can make up for hard work left undone",
            ),
        ),
        (
            "PER_ITEM",
            Bilingual(
                "mỗi công việc tính tối đa bằng số được giao",
                "each item counts up to what was assigned of it",
            ),
        ),
    ),
)
OF_WORK = (ON_UNREVIEWED, BEYOND_ASSIGNED)
"""Switches of the language. A policy that declares one gives it another default or text."""


def with_standing(policy: Policy, lists: frozenset[str]) -> Policy:
    """`lists` are those its rules read."""
    meant = standing_for(policy, lists)
    missing = {each.name: each for each in meant if each.name not in policy.switches}
    if not missing:
        return policy
    return replace(policy, switches={**policy.switches, **missing}, standing=frozenset(missing))


def standing_for(policy: Policy, lists: frozenset[str]) -> tuple[Switch, ...]:
    """The switches of the language that say something for this policy."""
    of_heads = (HEAD_NOT_ABOVE_UNIT,) if "LEADER" in policy.subjects else ()
    return (*(OF_WORK if WORK.name in lists else ()), *of_heads)


def counted_rows(
    policy: Policy, constants: Mapping[str, Value], snapshot: Snapshot
) -> dict[str, Table]:
    """The lists that do not count as the snapshot has them."""
    lists = {}
    work = snapshot.tables.get(WORK.name)
    if work is not None:
        known = _handed_over(work)
        counted = _within_assigned(_reported(known, constants), constants)
        if counted is not work:
            lists[WORK.name] = counted
    history = snapshot.tables.get(HISTORY.name)
    if history is not None and policy.history is not None:
        families = history.cells["family"]
        lists[HISTORY.name] = history.where([policy.looks_at(each) for each in families])
    return lists


def asks_board(
    policy: Policy, constants: Mapping[str, Value], snapshot: Snapshot
) -> NotEvaluable | None:
    """Why there is no score yet, where somebody has to look at reports first."""
    work = snapshot.tables.get(WORK.name)
    if work is None or constants.get(ON_UNREVIEWED.name) != "ASK_BOARD":
        return None
    waiting = work.numbers["unreviewed"].total()
    if not waiting:
        return None
    switch = policy.switches[ON_UNREVIEWED.name]
    text = Bilingual(
        f"{exact_vi(waiting)} sản phẩm đã báo cáo chưa được nghiệm thu: nghiệm thu hoặc trả lại "
        "từng báo cáo, rồi chấm lại",
        f"{exact_text(waiting)} products were reported and not checked: accept or return each "
        "report, then score again",
    )
    return NotEvaluable(Rule(switch.name, switch.clause, text), text)


def _handed_over(work: Table) -> Table:
    """Rows of another agency say where they come from."""
    origins = work.cells["origin"]
    if not any(origins):
        return work
    names = work.cells["origin_name"]
    notes = tuple(
        Bilingual(f"bàn giao từ {name or id}", f"handed over from {name or id}") if id else None
        for id, name in zip(origins, names, strict=True)
    )
    return replace(work, notes=notes)


def _reported(work: Table, constants: Mapping[str, Value]) -> Table:
    unreviewed = work.numbers["unreviewed"]
    if not any(unreviewed.numerators):
        return work
    late = work.numbers["unreviewed_late"]
    counts = constants.get(ON_UNREVIEWED.name) != "ZERO"
    notes = tuple(
        _with(work, index, _unreviewed_note(unreviewed.at(index), late.at(index), counts=counts))
        for index in range(len(work))
    )
    if not counts:
        return replace(work, notes=notes)
    numbers = {
        **work.numbers,
        "completed": work.numbers["completed"].plus(unreviewed),
        "late": work.numbers["late"].plus(late),
    }
    return replace(work, numbers=numbers, notes=notes)


def _unreviewed_note(reported: Fraction, late: Fraction, *, counts: bool) -> Bilingual | None:
    if not reported:
        return None
    if not counts:
        return Bilingual(
            f"{exact_vi(reported)} đã báo cáo, chưa ai nghiệm thu, quy chế không tính",
            f"{exact_text(reported)} reported and checked by nobody, not counted (on_unreviewed)",
        )
    return Bilingual(
        f"{exact_vi(reported)} chưa ai nghiệm thu, tính như đã báo cáo, {exact_vi(late)} chậm "
        "(E-I16)",
        f"{exact_text(reported)} checked by nobody, counted as reported, {exact_text(late)} late "
        "(E-I16)",
    )


def _within_assigned(work: Table, constants: Mapping[str, Value]) -> Table:
    if constants.get(BEYOND_ASSIGNED.name) != "PER_ITEM":
        return work
    completed, assigned = work.numbers["completed"], work.numbers["assigned"]
    counted = completed.at_most(assigned)
    notes = tuple(_joined(work, completed, counted))
    return replace(work, numbers={**work.numbers, "completed": counted}, notes=notes)


def _joined(work: Table, completed: Column, counted: Column) -> Iterator[Bilingual | None]:
    """The notes there are, and what surplus was left out."""
    for index in range(len(work)):
        surplus, note = completed.at(index) - counted.at(index), None
        if surplus:
            note = Bilingual(
                f"{exact_vi(surplus)} vượt số được giao, quy chế không tính",
                f"{exact_text(surplus)} beyond what was assigned, not counted (beyond_assigned)",
            )
        yield _with(work, index, note)


def _with(work: Table, index: int, note: Bilingual | None) -> Bilingual | None:
    """What is said of the row already, and this."""
    known = work.notes[index] if work.notes else None
    if known is None or note is None:
        return known or note
    return Bilingual(f"{known.vi}; {note.vi}", f"{known.en}; {note.en}")
