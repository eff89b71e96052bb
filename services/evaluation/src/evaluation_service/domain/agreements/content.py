"""What an agreement says: its items with their weights, and what the policy asks of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import Deadline
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring.engine.agreement import AgreementRules
from evaluation_service.domain.common.numbers import Measure, Weight
from evaluation_service.domain.objectives.content import TITLE_MAX_CHARS, Direction
from evaluation_service.domain.objectives.scorecards import WHOLE, ScorecardLine

RULE = "AGREEMENT"
ITEMS_MAX, STEPS_MAX = 40, 10
KEY_MAX_CHARS = 60
_ITEMS = "input.content"


class AgreementKind(StrEnum):
    RESPONSIBILITY_CONTRACT = "RESPONSIBILITY_CONTRACT"
    PERFORMANCE_AGREEMENT = "PERFORMANCE_AGREEMENT"
    OUTPUT_AGREEMENT = "OUTPUT_AGREEMENT"
    LAB_PLAN = "LAB_PLAN"


class Party(StrEnum):
    LEADER = "LEADER"
    SUPERIOR = "SUPERIOR"


class OutputDimension(StrEnum):
    """In what an output is specified."""

    QUANTITY = "QUANTITY"
    QUALITY = "QUALITY"
    COST = "COST"
    TIME = "TIME"
    PLACE = "PLACE"


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    title: str
    due_on: Deadline


@dataclass(frozen=True, kw_only=True)
class AgreedElement:
    """An element to be rated."""

    key: str
    title: str
    weight: Weight


@dataclass(frozen=True, kw_only=True)
class ObjectiveDetail:
    """What an agreement says of an objective besides the objective itself."""

    code: str
    dimension: OutputDimension | None = None
    steps: tuple[PlanStep, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgreementContent:
    """Either elements, or details of the objectives that are taken up."""

    elements: tuple[AgreedElement, ...] = ()
    details: tuple[ObjectiveDetail, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgreementItem:
    """An element, or an objective in the version that is signed: whatever becomes of the objective
    later, this is what counts."""

    code: str
    title: str
    weight: Weight
    perspective: str | None = None
    shared: bool = False
    baseline: Measure | None = None
    target: Measure | None = None
    direction: Direction = Direction.UP
    objective: str | None = None
    objective_hash: str | None = None
    dimension: OutputDimension | None = None
    steps: tuple[PlanStep, ...] = ()
    unit_perspective: str | None = None


def items_of_elements(elements: Iterable[AgreedElement]) -> tuple[AgreementItem, ...]:
    return tuple(
        AgreementItem(code=each.key, title=each.title, weight=each.weight) for each in elements
    )


def items_of_objectives(
    lines: Sequence[ScorecardLine], titles: Mapping[str, str], details: Sequence[ObjectiveDetail]
) -> tuple[AgreementItem, ...]:
    """Of the scorecard as it stands; `titles` are by objective."""
    said = {each.code: each for each in details}
    if unknown := said.keys() - {line.code for line in lines}:
        place = next(at for at, each in enumerate(details) if each.code in unknown)
        raise _refused(
            "no objective in force has this code",
            "Không có mục tiêu mang mã này.",
            f"details.{place}.code",
        )
    return tuple(
        AgreementItem(
            code=line.code,
            title=titles[line.objective_id],
            weight=line.weight,
            perspective=line.perspective,
            shared=line.shared,
            baseline=line.baseline,
            target=line.target,
            direction=line.direction,
            objective=f"{line.objective_id}@{line.version}",
            objective_hash=line.version_hash,
            dimension=said[line.code].dimension if line.code in said else None,
            steps=said[line.code].steps if line.code in said else (),
            unit_perspective=line.unit_perspective,
        )
        for line in lines
    )


def check_items(items: Sequence[AgreementItem], rules: AgreementRules) -> None:
    """Raise `Invalid` for what the policy's rules on agreements refuse; sums of objectives are the
    scorecard's matter."""
    if not 0 < len(items) <= ITEMS_MAX:
        raise _refused(
            f"an agreement has 1 to {ITEMS_MAX} items",
            f"Bản ký kết có từ 1 đến {ITEMS_MAX} nội dung.",
        )
    for each in items:
        _check_texts(each)
    if rules.items == "elements":
        _check_elements(items, rules)
    for each in items:
        if rules.least_weight is not None and Fraction(each.weight) < rules.least_weight:
            raise _refused(
                f"every item weighs {rules.least_weight} or more",
                f"Trọng số của mỗi nội dung phải từ {vi_text(rules.least_weight)} trở lên.",
            )
        if rules.locks_after_days is not None and not each.steps:
            raise _refused(
                "a plan that is locked names the steps of every target",
                "Kế hoạch sẽ khóa phải nêu các bước của từng chỉ tiêu.",
                "details",
            )
    if rules.dimensions:
        _check_dimensions(items)


def _check_texts(item: AgreementItem) -> None:
    texts = [(item.code, KEY_MAX_CHARS), (item.title, TITLE_MAX_CHARS)]
    texts += [(step.title, TITLE_MAX_CHARS) for step in item.steps]
    if any(not 0 < len(text.strip()) <= most for text, most in texts):
        raise _refused(
            f"a code has 1 to {KEY_MAX_CHARS}, a title 1 to {TITLE_MAX_CHARS} characters",
            f"Mã có từ 1 đến {KEY_MAX_CHARS} ký tự, tên có từ 1 đến {TITLE_MAX_CHARS} ký tự.",
        )
    if len(item.steps) > STEPS_MAX:
        raise _refused(f"at most {STEPS_MAX} steps", f"Tối đa {STEPS_MAX} bước.", "details")


def _check_elements(items: Sequence[AgreementItem], rules: AgreementRules) -> None:
    weights = {each.code: each.weight for each in items}
    if len(weights) < len(items):
        raise _refused("an element is named twice", "Có yếu tố bị nêu hai lần.", "elements")
    if sum(weights.values(), Decimal(0)) != WHOLE:
        raise Invalid(
            en="the weights of the elements sum to exactly 100",
            vi="Tổng trọng số các yếu tố phải đúng 100.",
            field=f"{_ITEMS}.elements",
            rule_id="E-I6",
        )
    top = rules.heaviest
    if top is None:
        return
    weight = weights.get(top.key)
    if weight is None or not top.least <= Fraction(weight) <= top.most:
        raise _refused(
            f"{top.key} weighs {top.least} to {top.most}",
            (
                f"Trọng số của yếu tố «{top.key}» phải từ {vi_text(top.least)} đến "
                f"{vi_text(top.most)}."
            ),
            "elements",
        )
    if max(weights.values()) > weight:
        raise _refused(
            f"no element outweighs {top.key}",
            f"Trọng số của mọi yếu tố không được lớn hơn yếu tố «{top.key}».",
            "elements",
        )


def _check_dimensions(items: Sequence[AgreementItem]) -> None:
    """Each measure says what of its output it measures, and no two the same."""
    seen = {(each.perspective, each.dimension) for each in items}
    if len(seen) < len(items) or any(each.dimension is None for each in items):
        raise _refused(
            "each measure of an output is its quantity, quality, cost, time or place, each once",
            (
                "Mỗi chỉ tiêu của đầu ra là số lượng, chất lượng, chi phí, thời gian "
                "hoặc địa điểm, "
                "mỗi loại một lần."
            ),
            "details",
        )


def _refused(en: str, vi: str, place: str | None = None) -> Invalid:
    return Invalid(en=en, vi=vi, field=f"{_ITEMS}.{place}" if place else _ITEMS, rule_id=RULE)
