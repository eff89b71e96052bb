"""Whether a draft may stand as it is: lengths, numbers, the province's bounds (C-I7)."""

import re
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum

from catalogue_service.domain.common.kinds import Catalogue
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.content import (
    CONTROL,
    NAME_MAX_CHARS,
    RULES,
    UNIT_FIELDS,
    Code,
    Content,
    Draft,
    Items,
    Text,
    Whole,
    clean,
)
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import label
from congvu_kit.domain.numbers import Bounded
from congvu_kit.domain.personal_data import refuse_personal_data
from congvu_kit.domain.procedures import canonical_code
from congvu_kit.domain.text import camel
from congvu_kit.domain.vietnamese import vi_text

LIST_MAX_ITEMS = 50

LIST_SEPARATORS = re.compile(r"[;\n\r]")
"""What separates the items of a list in a spreadsheet cell, and so cannot be inside one."""


def checked(draft: Draft, catalogue: Catalogue, policy: CataloguePolicy) -> Content:
    """The content that `draft` means under `policy`; raise `Invalid` naming the field."""
    tidy = _tidied(draft)
    _check_limits(tidy)
    if catalogue.is_local:
        _check_open_fields(tidy, policy)
    points, coefficient = _worth(tidy, policy.reference_points)
    values = {each.name: getattr(tidy, each.name) for each in fields(Draft)}
    content = Content(
        **{
            **values,
            "points": points,
            "coefficient": coefficient,
            "reference_points": policy.reference_points,
        }
    )
    check_bounds(content, policy)
    return content


def check_bounds(content: Content, policy: CataloguePolicy) -> None:
    """C-I7, when it is written and again when it is submitted, approved and published."""
    bounds = policy.bounds_of(content.complexity)
    if content.points > bounds.most_points:
        raise _refused(
            "points",
            f"{content.complexity} allows at most {bounds.most_points} points, "
            f"not {content.points}",
            f"nhóm {content.complexity.value} có tối đa {vi_text(bounds.most_points)} điểm",
            rule_id="C-I7",
        )
    if not bounds.least_coefficient <= content.coefficient <= bounds.most_coefficient:
        between = f"{bounds.least_coefficient} - {bounds.most_coefficient}"
        raise _refused(
            "coefficient",
            f"{content.complexity} allows a coefficient of {between}, not {content.coefficient}",
            (
                f"nhóm {content.complexity.value} cho phép hệ số từ "
                f"{vi_text(bounds.least_coefficient)} đến {vi_text(bounds.most_coefficient)}"
            ),
            rule_id="C-I7",
        )


def _tidied(draft: Draft) -> Draft:
    """Spaces at the ends mean nothing, an empty text is none, 5.0 is 5."""
    changes: dict[str, object] = {}
    for rule in RULES:
        value = getattr(draft, rule.name)
        if isinstance(rule.limit, Code):
            changes[rule.name] = canonical_code(value)
        elif isinstance(value, str) and not isinstance(value, Enum):
            changes[rule.name] = clean(value) or ("" if rule.needed else None)
        elif isinstance(value, tuple):
            changes[rule.name] = tuple(text for text in map(clean, value) if text)
        elif isinstance(value, Decimal):
            changes[rule.name] = _normal(value)
    return replace(draft, **changes)  # type: ignore[arg-type] # names come from the class itself


def _normal(value: Decimal) -> Decimal:
    return Decimal(f"{value.normalize():f}")


def _check_limits(draft: Draft) -> None:
    for rule in RULES:
        name, value = camel(rule.name), getattr(draft, rule.name)
        match rule.limit:
            case Text(most_chars):
                _check_length(name, value, most_chars, needed=rule.needed)
            case Items():
                _check_list(name, value)
            case Bounded() as bounded if value is not None:
                bounded.check(value, f"input.content.{name}")
            case Whole(most) if value is not None:
                _check_whole(name, value, most)


def _check_length(name: str, value: str | None, most: int, *, needed: bool = False) -> None:
    if value is not None and CONTROL.search(value):
        raise _refused(name, "holds a control character", "chứa ký tự điều khiển")
    length = len(value or "")
    if length > most or (needed and length == 0):
        raise _refused(
            name,
            f"must be {int(needed)} to {most} characters",
            f"phải có từ {int(needed)} đến {most} ký tự",
        )
    refuse_personal_data(value or "", f"input.content.{name}")


def _check_list(name: str, values: tuple[str, ...]) -> None:
    if len(values) > LIST_MAX_ITEMS or len(set(values)) != len(values):
        raise _refused(
            name,
            f"at most {LIST_MAX_ITEMS} different items",
            f"tối đa {LIST_MAX_ITEMS} mục, không trùng nhau",
        )
    for value in values:
        _check_length(name, value, NAME_MAX_CHARS)
        if LIST_SEPARATORS.search(value):
            raise _refused(
                name,
                "an item cannot hold ; or a line break",
                "mỗi mục không chứa ; hoặc xuống dòng",
            )


def _check_whole(name: str, value: int, most: int) -> None:
    if not 0 < value <= most:
        raise _refused(
            name,
            f"must be 1 to {most} working days",
            f"phải từ 1 đến {most} ngày làm việc",
        )


def _check_open_fields(draft: Draft, policy: CataloguePolicy) -> None:
    for name in UNIT_FIELDS:
        if getattr(draft, name) and name not in policy.unit_fields:
            raise _refused(
                camel(name),
                "the province's policy keeps this field closed to units",
                "quy định của tỉnh không cho đơn vị khai mục này",
                rule_id="C-I7",
            )


def _worth(draft: Draft, reference: Decimal) -> tuple[Decimal, Decimal]:
    """(points, coefficient), each checked against the other when both are given."""
    if draft.points is not None:
        points, coefficient = draft.points, _normal(draft.points / reference)
        if draft.coefficient is not None and draft.coefficient != coefficient:
            raise _refused(
                "coefficient",
                f"{points} points by {reference} reference points make {coefficient}, "
                f"not {draft.coefficient}",
                (
                    f"{vi_text(points)} điểm chia {vi_text(reference)} điểm chuẩn gốc bằng "
                    f"{vi_text(coefficient)}"
                ),
                rule_id="C-I7",
            )
        return points, coefficient
    if draft.coefficient is not None:
        return _normal(draft.coefficient * reference), draft.coefficient
    raise _refused(
        "points", "give points or a coefficient", "cần điểm hoặc hệ số quy đổi", rule_id="C-I7"
    )


def _refused(name: str, en: str, vi: str, *, rule_id: str | None = None) -> Invalid:
    return Invalid(
        en=f"{name}: {en}",
        vi=f"Mục «{label('field', name, 'vi')}»: {vi}.",
        field=f"input.content.{name}",
        rule_id=rule_id,
    )
