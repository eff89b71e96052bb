"""SMART: what a product must say before anybody is asked to judge it."""

from catalogue_service.domain.products.content import Content
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import label
from congvu_kit.domain.text import camel

QUESTIONS = (
    ("S", "orientation"),
    ("M", "quality_criteria"),
    ("M", "evidence_required"),
    ("A", "standard_hours"),
    ("R", "job_positions"),
    ("R", "legal_basis"),
    ("T", "lead_days"),
)
"""Specific, Measurable, Achievable, Relevant, Time-bound: the field that answers each. Name, unit
of measure, points and complexity are needed for a draft already."""


def missing(content: Content) -> tuple[str, ...]:
    """`M:qualityCriteria` for each question left open, in SMART order."""
    return tuple(
        f"{letter}:{camel(name)}" for letter, name in QUESTIONS if not getattr(content, name)
    )


def require_complete(content: Content) -> None:
    """Raise `Invalid` that lists everything missing at once."""
    gaps = missing(content)
    if gaps:
        listed = ", ".join(gaps)
        open_names = (name for _, name in QUESTIONS if not getattr(content, name))
        missing_labels = ", ".join(label("field", name, "vi") for name in open_names)
        raise Invalid(
            en=f"not complete yet, missing {listed}",
            vi=f"Chưa đủ thông tin. Còn thiếu: {missing_labels}.",
            field=f"input.content.{gaps[0][2:]}",
            rule_id="SMART",
        )
