"""Whether a draft may stand as it is: lengths, numbers, the province's bounds (C-I7)."""

import re
import unicodedata
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum

from catalogue_service.domain.common.kinds import Catalogue
from catalogue_service.domain.policy.policy import UNIT_FIELDS, CataloguePolicy
from catalogue_service.domain.products.content import Content, Draft, camel
from congvu_kit.domain.errors import Invalid

NAME_MAX_CHARS = 300


TEXT_MAX_CHARS = 4_000


UNIT_MAX_CHARS = 60


LIST_MAX_ITEMS = 50


LEAD_DAYS_MAX = 366


HOURS_MAX = Decimal(2_000)
"""Standard hours of one unit of a product: no product takes more than a working year."""


LIST_SEPARATORS = re.compile(r"[;\n\r]")
"""What parts the items of a list in a spreadsheet cell, and so cannot be inside one."""


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


DECIMALS_MAX = 6
"""Places after the point that points, coefficients and hours may have."""


def checked(draft: Draft, catalogue: Catalogue, policy: CataloguePolicy) -> Content:
    """The content that `draft` means under `policy`; raise `Invalid` naming the field."""
    tidy = _tidied(draft)
    _check_texts(tidy)
    _check_norms(tidy)
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
            f"{content.complexity} tối đa {bounds.most_points} điểm, không phải {content.points}",
            rule_id="C-I7",
        )
    if not bounds.least_coefficient <= content.coefficient <= bounds.most_coefficient:
        between = f"{bounds.least_coefficient} - {bounds.most_coefficient}"
        raise _refused(
            "coefficient",
            f"{content.complexity} allows a coefficient of {between}, not {content.coefficient}",
            f"{content.complexity} cho phép hệ số {between}, không phải {content.coefficient}",
            rule_id="C-I7",
        )


def _tidied(draft: Draft) -> Draft:
    """Spaces at the ends mean nothing, an empty text is none, 5.0 is 5."""
    changes: dict[str, object] = {}
    for each in fields(Draft):
        value = getattr(draft, each.name)
        if isinstance(value, str) and not isinstance(value, Enum):
            changes[each.name] = _clean(value) or None
        elif isinstance(value, tuple):
            changes[each.name] = tuple(text for text in map(_clean, value) if text)
        elif isinstance(value, Decimal):
            changes[each.name] = _normal(value)
    changes["name_vi"] = _clean(draft.name_vi)
    changes["unit_of_measure"] = _clean(draft.unit_of_measure)
    return replace(draft, **changes)  # type: ignore[arg-type] # names come from the class itself


def _clean(text: str) -> str:
    """One form for one text: composed letters (NFC), plain line breaks, nothing at the ends."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _normal(value: Decimal) -> Decimal:
    return Decimal(f"{value.normalize():f}") if value.is_finite() else value


def _check_texts(draft: Draft) -> None:
    _check_length("nameVi", draft.name_vi, NAME_MAX_CHARS, needed=True)
    _check_length("unitOfMeasure", draft.unit_of_measure, UNIT_MAX_CHARS, needed=True)
    _check_length("nameEn", draft.name_en, NAME_MAX_CHARS)
    _check_length("description", draft.description, TEXT_MAX_CHARS)
    _check_length("field", draft.field, NAME_MAX_CHARS)
    _check_length("legalBasis", draft.legal_basis, TEXT_MAX_CHARS)
    _check_length("procedureCode", draft.procedure_code, UNIT_MAX_CHARS)
    _check_list("qualityCriteria", draft.quality_criteria)
    _check_list("evidenceRequired", draft.evidence_required)
    _check_list("jobPositions", draft.job_positions)


def _check_length(name: str, value: str | None, most: int, *, needed: bool = False) -> None:
    if value is not None and _CONTROL.search(value):
        raise _refused(name, "holds a control character", "chứa ký tự điều khiển")
    length = len(value or "")
    if length > most or (needed and length == 0):
        raise _refused(
            name,
            f"must be {int(needed)} to {most} characters",
            f"cần {int(needed)} đến {most} ký tự",
        )


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


def _check_norms(draft: Draft) -> None:
    numbers = {
        "points": draft.points,
        "coefficient": draft.coefficient,
        "standardHours": draft.standard_hours,
    }
    for name, value in numbers.items():
        if value is None:
            continue
        if not value.is_finite() or value <= 0:
            raise _refused(
                name, f"must be over 0, not {value}", f"phải lớn hơn 0, không phải {value}",
                rule_id="C-I7",
            )  # fmt: skip
        if -int(value.as_tuple().exponent) > DECIMALS_MAX:
            raise _refused(
                name,
                f"at most {DECIMALS_MAX} places after the point",
                f"tối đa {DECIMALS_MAX} chữ số sau dấu phẩy",
            )
    if draft.standard_hours is not None and draft.standard_hours > HOURS_MAX:
        raise _refused("standardHours", f"at most {HOURS_MAX}", f"tối đa {HOURS_MAX}")
    if draft.lead_days is not None and not 0 < draft.lead_days <= LEAD_DAYS_MAX:
        raise _refused(
            "leadDays",
            f"must be 1 to {LEAD_DAYS_MAX} working days",
            f"phải từ 1 đến {LEAD_DAYS_MAX} ngày làm việc",
        )


def _check_open_fields(draft: Draft, policy: CataloguePolicy) -> None:
    for name in UNIT_FIELDS:
        if getattr(draft, name) and name not in policy.unit_fields:
            raise _refused(
                camel(name),
                "the province's policy keeps this field closed to units",
                "quy định của tỉnh không cho đơn vị khai trường này",
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
                f"{points} điểm chia {reference} điểm chuẩn gốc bằng {coefficient}, "
                f"không phải {draft.coefficient}",
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
        en=f"{name}: {en}", vi=f"{name}: {vi}", field=f"input.content.{name}", rule_id=rule_id
    )
