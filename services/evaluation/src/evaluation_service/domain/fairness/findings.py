"""What a report finds, and what each report declares of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congvu_scoring import Bilingual

FINDINGS_MAX = 20
"""Findings of one report that are told; how many there are is always said."""

SOURCES_MAX = 10
"""Results that one finding names."""


class ReportKind(StrEnum):
    CHERRY_PICKING = "CHERRY_PICKING"
    INFLATED_HOURS = "INFLATED_HOURS"
    LENIENT_RATER = "LENIENT_RATER"
    LATE_SURGE = "LATE_SURGE"
    D_GROUP = "D_GROUP"
    PAPER_SCORE = "PAPER_SCORE"
    TINY_SAMPLE = "TINY_SAMPLE"
    SAME_EVIDENCE = "SAME_EVIDENCE"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """It proposes to look, and changes no score. `people` stand behind it; `chance` is that of
    seeing it by accident anywhere in the period, None where it is no matter of chance."""

    kind: ReportKind
    unit_id: str
    civil_servant_id: str | None = None
    evaluation_ids: tuple[str, ...] = ()
    observed: Fraction
    expected: Fraction
    people: int
    chance: float | None = None


@dataclass(frozen=True)
class Declared:
    """How a report finds, from which threshold on, and where both come from."""

    statistic: Bilingual
    threshold: Bilingual
    source: Bilingual


_FISHER = Bilingual(
    "Kiểm định chính xác Fisher, hiệu chỉnh Bonferroni; mức 1 % và chênh lệch 10 điểm phần trăm "
    "là mặc định",
    "Fisher's exact test, Bonferroni's correction; the level of 1 % and the difference of 10 "
    "percentage points are defaults",
)
_LEVEL = Bilingual(
    "khả năng ngẫu nhiên dưới 1 % trong cả kỳ, và chênh từ 10 điểm phần trăm",
    "a chance under 1 % over the whole period, and a difference of 10 percentage points",
)

DECLARED: Mapping[ReportKind, Declared] = {
    ReportKind.CHERRY_PICKING: Declared(
        Bilingual(
            "tỷ lệ việc có hệ số trên trung vị của nhóm nhiệm vụ mà một người đã làm",
            "the share of a person's work with a coefficient above the duty group's median",
        ),
        _LEVEL,
        _FISHER,
    ),
    ReportKind.INFLATED_HOURS: Declared(
        Bilingual(
            "khối lượng quy đổi đã hoàn thành của một người so với nhóm nhiệm vụ",
            "a person's completed converted work beside the duty group's",
        ),
        Bilingual(
            "trên hàng rào ngoài (tứ phân vị trên + 3 khoảng tứ phân vị) và gấp đôi trung vị",
            "above the outer fence (upper quartile + 3 ranges of quartiles) and twice the median",
        ),
        Bilingual(
            "Hàng rào ngoài: Tukey, 1977; gấp đôi trung vị là mặc định",
            "Outer fence: Tukey, 1977; twice the median is a default",
        ),
    ),
    ReportKind.LENIENT_RATER: Declared(
        Bilingual(
            "tỷ lệ người được chấm có điểm chung vượt kết quả công việc hơn trung vị của kỳ",
            "the share of those rated whose general points exceed their work results by more than "
            "the period's median",
        ),
        _LEVEL,
        Bilingual(
            "Kiểm định trung vị (Mood, 1950) theo cách chính xác của Fisher; các mức là mặc định",
            "Median test (Mood, 1950) by Fisher's exact way; the levels are defaults",
        ),
    ),
    ReportKind.LATE_SURGE: Declared(
        Bilingual(
            "tỷ lệ việc được báo cáo trong 5 ngày trước khi chốt số liệu",
            "the share of work reported in the 5 days before the cut-off",
        ),
        _LEVEL,
        _FISHER,
    ),
    ReportKind.D_GROUP: Declared(
        Bilingual(
            "tỷ lệ việc nhóm D (khác) của đơn vị", "the share of group D (other) in a unit's work"
        ),
        _LEVEL,
        _FISHER,
    ),
    ReportKind.PAPER_SCORE: Declared(
        Bilingual(
            "tỷ lệ hài lòng của đơn vị có điểm trung bình không thấp hơn trung vị",
            "the share of satisfied citizens of a unit whose mean score is not below the median",
        ),
        _LEVEL,
        _FISHER,
    ),
    ReportKind.TINY_SAMPLE: Declared(
        Bilingual(
            "số việc đứng sau mức xếp loại cao nhất", "the pieces of work behind the highest band"
        ),
        Bilingual("dưới 5 việc", "fewer than 5"),
        Bilingual("Mặc định", "A default"),
    ),
    ReportKind.SAME_EVIDENCE: Declared(
        Bilingual(
            "số việc khác nhau dùng cùng một tệp minh chứng (cùng SHA-256)",
            "different pieces of work with the same file as evidence (the same SHA-256)",
        ),
        Bilingual("từ 2 việc", "two or more"),
        Bilingual("Mặc định", "A default"),
    ),
}
