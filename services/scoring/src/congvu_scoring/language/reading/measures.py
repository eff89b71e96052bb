"""The measures agencies use, as operators: ratios with deductions, criteria, ledgers, targets."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from congvu_scoring.common.bilingual import Rule
from congvu_scoring.common.exact import exact
from congvu_scoring.expressions.base import Number
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.numbers import read_number
from congvu_scoring.language.reading.row_lists import read_rows
from congvu_scoring.operators.arithmetic import Lowest, Product, Quotient
from congvu_scoring.operators.choices import Choose
from congvu_scoring.operators.conditions import Compare, OneOf
from congvu_scoring.operators.measures import (
    Achievement,
    Credit,
    Criteria,
    Criterion,
    Entry,
    Ledger,
    Part,
    WeightedSum,
)
from congvu_scoring.operators.rows import SumOver
from congvu_scoring.operators.values import (
    Literal,
    Missing,
    NumberField,
    NumberInput,
    TextField,
    TextLiteral,
)

Reader = Callable[[object, Place], Number]
_FAULT_NAMES = {
    "quality_failures": ("Không đạt chất lượng", "Quality failures"),
    "late": ("Chậm tiến độ", "Delays"),
}
_EXEMPTIONS = {"quality_failures": "quality_exempt", "late": "late_exempt"}


def read_rule(given: Mapping[str, object], place: Place, rule_id: str) -> Rule:
    """The clause and the sentence that stand behind a rule; both are required."""
    for key in ("clause", "text"):
        if given.get(key) is None:
            raise place.of_rule(rule_id).refuse(f"the {key} is missing", f"thiếu {key}")
    return Rule(
        rule_id, place.at("clause").text(given["clause"]), place.at("text").words(given["text"])
    )


def _credit(body: object, place: Place) -> Number:
    given = place.mapping(body, ("of", "faults", "step"), ("exempt",))
    faults = read_number(given["faults"], place.at("faults"))
    exempt: Number = Literal(Fraction(0))
    if given.get("exempt") is not None:
        exempt = read_number(given["exempt"], place.at("exempt"))
    name = faults.name if isinstance(faults, NumberField) else ""
    vi, en = _FAULT_NAMES.get(name, ("Lỗi", "Faults"))
    step = read_number(given["step"], place.at("step"))
    return Credit(read_number(given["of"], place.at("of")), faults, exempt, step, vi, en)


def _converted_ratio(body: object, place: Place) -> Number:
    """Σ coefficient x credited / Σ coefficient x assigned, over the work items."""
    given = place.mapping(
        body, ("if_nothing_assigned",), ("faults", "step", "exempt", "cap", "where")
    )
    rows, _ = read_rows({"over": "work", "where": given.get("where")}, place)
    done: Number = NumberField("completed")
    if given.get("faults") is not None:
        name = place.at("faults").choice(given["faults"], tuple(_EXEMPTIONS), "fault field")
        if given.get("step") is None:
            raise place.refuse("faults need a step", "thiếu mức trừ cho mỗi lỗi")
        exempt = NumberField(_EXEMPTIONS[name]) if given.get("exempt", True) else None
        done = Credit(
            done,
            NumberField(name),
            exempt or Literal(Fraction(0)),
            read_number(given["step"], place.at("step")),
            *_FAULT_NAMES[name],
        )
    coefficient = NumberField("coefficient")
    ratio: Number = Quotient(
        SumOver(rows, Product((coefficient, done))),
        SumOver(rows, Product((coefficient, NumberField("assigned")))),
        read_number(given["if_nothing_assigned"], place.at("if_nothing_assigned")),
    )
    if given.get("cap") is not None:
        ratio = Lowest((ratio, read_number(given["cap"], place.at("cap"))))
    return ratio


def _criteria(body: object, place: Place) -> Number:
    given = place.mapping(body, ("from", "items"), ("total",))
    source = place.at("from").choice(given["from"], ("general", "elements"), "source")
    items = []
    for key, value in place.at("items").names(given["items"]).items():
        spot = place.at("items").at(key).of_rule(key)
        item = spot.mapping(value, ("max", "clause", "text"), ("min", "step", "absent"))
        step = item.get("step")
        absent = item.get("absent")
        items.append(
            Criterion(
                key,
                read_rule(item, spot, f"{place.rule}.{key}" if source == "elements" else key),
                exact(item.get("min", 0), spot.at("min").path),
                exact(item["max"], spot.at("max").path),
                None if step is None else exact(step, spot.at("step").path),
                Missing(f"chưa chấm {key}", f"{key} is not scored")
                if absent is None
                else read_number(absent, spot.at("absent")),
            )
        )
    total = given.get("total")
    if total is not None:
        place.at("total").choice(total, ("general_total",), "input")
    return Criteria(source, None if total is None else str(total), tuple(items))


def _ledger(body: object, place: Place) -> Number:
    given = place.mapping(body, ("start", "entries"), ("floor", "ceiling"))
    entries = []
    for index, value in enumerate(place.at("entries").items(given["entries"])):
        spot = place.at("entries").at(index).named_by(value)
        entry = spot.keep(_entry, value, spot)
        if entry is not None:
            entries.append(entry)
    return Ledger(
        read_number(given["start"], place.at("start")),
        tuple(entries),
        read_number(given["floor"], place.at("floor")) if "floor" in given else None,
        read_number(given["ceiling"], place.at("ceiling")) if "ceiling" in given else None,
    )


def _entry(value: object, place: Place) -> Entry:
    """Either `amount`, or rows with so many points `each` (times a field, by default 1)."""
    given = place.mapping(
        value, ("id", "clause", "text"), ("amount", "over", "where", "each", "times", "limit")
    )
    spot = place.of_rule(place.at("id").text(given["id"]))
    rule = read_rule(given, spot, spot.rule)
    limit = None if given.get("limit") is None else exact(given["limit"], spot.at("limit").path)
    if given.get("amount") is not None:
        return Entry(rule, read_number(given["amount"], spot.at("amount")), limit)
    if given.get("each") is None:
        raise spot.refuse("give amount, or over and each", "cần amount, hoặc over và each")
    over = given.get("over", "conduct")
    where = given.get("where")
    if where is None and over == "conduct":
        where = {"equals": [{"field": "rule"}, {"text": spot.rule}]}
    rows, inside = read_rows({"over": over, "where": where}, spot)
    each = read_number(given["each"], inside.at("each"))
    times = given.get("times", {"field": "count"} if over == "conduct" else None)
    if times is None:
        return Entry(rule, SumOver(rows, each), limit)
    factor = read_number(times, inside.at("times"))
    return Entry(rule, SumOver(rows, Product((factor, each))), limit)


def _weighted_sum(body: object, place: Place) -> Number:
    given = place.mapping(body, ("parts",), ("out_of", "when_missing"))
    missing = "NOT_EVALUABLE"
    if given.get("when_missing") is not None:
        missing = place.at("when_missing").choice(
            given["when_missing"], ("NOT_EVALUABLE", "REDISTRIBUTE"), "choice"
        )
    parts = []
    for index, value in enumerate(place.at("parts").items(given["parts"])):
        spot = place.at("parts").at(index)
        part = spot.keep(_part, value, spot)
        if part is not None:
            parts.append(part)
    out_of = read_number(given.get("out_of", 100), place.at("out_of"))
    return WeightedSum(tuple(parts), out_of, missing == "REDISTRIBUTE")


def _part(value: object, place: Place) -> Part:
    given = place.mapping(value, ("id", "weight", "value", "clause", "text"))
    return Part(
        read_rule(given, place, place.at("id").text(given["id"])),
        read_number(given["weight"], place.at("weight")),
        read_number(given["value"], place.at("value")),
    )


def _achievement(body: object, place: Place) -> Number:
    given = place.mapping(body, (), ("baseline", "target", "actual", "direction", "cap"))
    fields = {name: NumberField(name) for name in ("baseline", "target", "actual")}
    in_rows = bool(place.scope.rows) and place.scope.rows[-1].name == "indicators"
    if not in_rows and not {"baseline", "target", "actual"} <= set(given):
        raise place.refuse(
            "outside the list of indicators give baseline, target and actual",
            "ngoài danh sách chỉ tiêu phải ghi baseline, target và actual",
        )
    operands = {
        name: read_number(given[name], place.at(name)) if name in given else field
        for name, field in fields.items()
    }
    direction = TextField("direction") if in_rows else TextLiteral("UP")
    down: OneOf | Compare = OneOf(direction, (TextLiteral("DOWN"),))
    if "direction" in given:
        stated = place.at("direction").choice(given["direction"], ("UP", "DOWN"), "direction")
        down = OneOf(TextLiteral(stated), (TextLiteral("DOWN"),))
    cap = read_number(given.get("cap", 1), place.at("cap"))
    return Achievement(operands["baseline"], operands["target"], operands["actual"], down, cap)


def _satisfaction(body: object, place: Place) -> Number:
    """The index once there are enough answers; below the minimum it has no value (F-I5)."""
    given = place.mapping(body, ("minimum",))
    minimum = read_number(given["minimum"], place.at("minimum"))
    enough = Compare("at_least", NumberInput("satisfaction.n", Literal(Fraction(0))), minimum)
    few = Missing("chưa đủ số phiếu tối thiểu", "fewer answers than the minimum")
    return Choose(((enough, NumberInput("satisfaction.index")),), few)


MEASURE_OPERATORS: dict[str, Reader] = {
    "credit": _credit,
    "converted_ratio": _converted_ratio,
    "criteria": _criteria,
    "ledger": _ledger,
    "weighted_sum": _weighted_sum,
    "achievement": _achievement,
    "satisfaction": _satisfaction,
}
