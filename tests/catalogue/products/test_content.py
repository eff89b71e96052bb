"""What a product says: worth, bounds, completeness, differences."""

import unicodedata
from dataclasses import dataclass, fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.people import COMMUNE
from catalogue.policies import policy
from catalogue.scenes import FULL
from catalogue_service.domain.common.kinds import Catalogue, Complexity, Group
from catalogue_service.domain.policy.policy import CEILINGS, Bounds, CataloguePolicy
from catalogue_service.domain.products.checking import checked
from catalogue_service.domain.products.completeness import missing
from catalogue_service.domain.products.content import Content, Draft, FieldChange, differences
from catalogue_service.domain.products.similarity import ALIKE, similarity
from congvu_kit.domain.errors import Invalid

SHARED = Catalogue(group=Group.B, province="56")
LOCAL = Catalogue(group=Group.C, province="56", unit_id=COMMUNE)
POLICY = CataloguePolicy(id="56")


def said(draft: Draft, catalogue: Catalogue = SHARED, policy: CataloguePolicy = POLICY) -> Content:
    return checked(draft, catalogue, policy)


@pytest.mark.parametrize(
    ("points", "reference", "coefficient"),
    [
        ("5", "5", "1"),
        ("12.5", "5", "2.5"),
        ("40", "5", "8"),
        ("7", "25", "0.28"),
        ("1", "5", "0.2"),
    ],
)
def test_the_coefficient_is_points_by_reference_points(
    points: str, reference: str, coefficient: str
) -> None:
    draft = replace(FULL, points=Decimal(points))

    content = said(draft, policy=policy(reference_points=Decimal(reference)))

    assert content.coefficient == Decimal(coefficient)


@given(
    points=st.decimals("0.5", "100", places=3),
    reference=st.sampled_from([Decimal(n) for n in (1, 2, 4, 5, 8, 10, 20, 25, 40, 50)]),
)
def test_points_and_coefficient_say_exactly_the_same(points: Decimal, reference: Decimal) -> None:
    wide = tuple(
        Bounds(
            complexity=complexity,
            least_coefficient=Decimal("0.001"),
            most_coefficient=Decimal(500),
            most_points=ceiling,
        )
        for complexity, ceiling in CEILINGS.items()
    )
    bounds = policy(reference_points=reference, bounds=wide)

    content = said(replace(FULL, points=points), policy=bounds)

    assert content.coefficient * reference == points


def test_points_follow_from_a_coefficient() -> None:
    content = said(replace(FULL, points=None, coefficient=Decimal("2.50")))

    assert (content.points, str(content.coefficient)) == (Decimal("12.5"), "2.5")


def test_C_I7_points_and_coefficient_that_differ_are_refused() -> None:
    with pytest.raises(Invalid, match=r"make 2\.5, not 3") as refusal:
        said(replace(FULL, coefficient=Decimal(3)))

    assert (refusal.value.rule_id, refusal.value.field) == ("C-I7", "input.content.coefficient")


@pytest.mark.parametrize("points", ["0", "-5", "NaN", "Infinity"])
def test_C_I7_worth_is_over_zero(points: str) -> None:
    with pytest.raises(Invalid) as refusal:
        said(replace(FULL, points=Decimal(points)))

    assert refusal.value.rule_id == "C-I7"


@pytest.mark.parametrize(
    ("complexity", "ceiling"), [("N1", 100), ("N2", 200), ("N3", 300), ("N4", 400), ("N5", 500)]
)
def test_C_I7_each_complexity_has_its_ceiling(complexity: str, ceiling: int) -> None:
    at_ceiling = replace(FULL, complexity=Complexity(complexity), points=Decimal(ceiling))

    assert said(at_ceiling).points == ceiling
    with pytest.raises(Invalid, match="at most") as refusal:
        said(replace(at_ceiling, points=Decimal(ceiling) + 1))
    assert refusal.value.rule_id == "C-I7"


def test_C_I7_a_province_narrows_the_coefficients() -> None:
    narrow = tuple(replace(each, most_coefficient=Decimal(2)) for each in POLICY.bounds)

    with pytest.raises(Invalid, match=r"0\.1 - 2") as refusal:
        said(FULL, policy=policy(bounds=narrow))

    assert refusal.value.rule_id == "C-I7"


def test_a_field_closed_to_units_is_open_to_the_shared_lists() -> None:
    closed = policy(unit_fields=tuple(n for n in POLICY.unit_fields if n != "kpi_kind"))

    assert said(FULL, SHARED, closed).kpi_kind is FULL.kpi_kind
    with pytest.raises(Invalid) as refusal:
        said(FULL, LOCAL, closed)
    assert refusal.value.field == "input.content.kpiKind"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_vi": "  "}, "nameVi"),
        ({"name_vi": "x" * 2001}, "nameVi"),
        ({"name_vi": "a\x00b"}, "nameVi"),
        ({"unit_of_measure": ""}, "unitOfMeasure"),
        ({"lead_days": 0}, "leadDays"),
        ({"lead_days": 367}, "leadDays"),
        ({"standard_hours": Decimal(2001)}, "standardHours"),
        ({"quality_criteria": ("a;b",)}, "qualityCriteria"),
        ({"job_positions": ("a", "a")}, "jobPositions"),
        ({"points": Decimal("0.1234567")}, "points"),
        ({"points": None, "coefficient": Decimal("0.1234567")}, "coefficient"),
        ({"standard_hours": Decimal("0.1234567")}, "standardHours"),
        ({"standard_hours": Decimal(0)}, "standardHours"),
        ({"points": None}, "points"),
        ({"name_en": "x" * 2001}, "nameEn"),
        ({"description": "x" * 4001}, "description"),
        ({"description": "a\x1fb"}, "description"),
        ({"field": "x" * 301}, "field"),
        ({"unit_of_measure": "x" * 61}, "unitOfMeasure"),
        ({"legal_basis": "x" * 4001}, "legalBasis"),
        ({"procedure_code": "x" * 61}, "procedureCode"),
        ({"quality_criteria": tuple(str(n) for n in range(51))}, "qualityCriteria"),
        ({"quality_criteria": ("x" * 301,)}, "qualityCriteria"),
        ({"quality_criteria": ("a\nb",)}, "qualityCriteria"),
        ({"evidence_required": ("a", "a")}, "evidenceRequired"),
        ({"job_positions": ("a;b",)}, "jobPositions"),
    ],
)
def test_a_field_out_of_its_limits_is_named(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        said(replace(FULL, **changes))  # type: ignore[arg-type] # any field

    assert refusal.value.field == f"input.content.{field}"


@pytest.mark.parametrize(
    "changes",
    [
        {"name_vi": "x" * 2000},
        {"name_en": "x" * 2000},
        {"description": "x" * 4000},
        {"field": "x" * 300},
        {"unit_of_measure": "x" * 60},
        {"legal_basis": "x" * 4000},
        {"procedure_code": "X" * 60},
        {"quality_criteria": tuple(str(n) for n in range(50))},
        {"job_positions": ("x" * 300,)},
        {"lead_days": 1},
        {"lead_days": 366},
        {"standard_hours": Decimal(2000)},
        {"points": Decimal("0.123456") * 5, "coefficient": Decimal("0.123456")},
    ],
)
def test_a_field_at_its_limit_is_kept(changes: dict[str, object]) -> None:
    content = said(replace(FULL, **changes))  # type: ignore[arg-type] # any field

    assert {name: getattr(content, name) for name in changes} == changes


def test_the_same_words_have_the_same_hash_and_others_another() -> None:
    content = said(FULL)

    spaced = said(replace(FULL, name_vi="  Đăng ký khai sinh ", points=Decimal("12.500")))
    decomposed = said(replace(FULL, name_vi=unicodedata.normalize("NFD", FULL.name_vi)))

    assert content.hash == spaced.hash == decomposed.hash
    assert said(replace(FULL, lead_days=2)).hash != content.hash
    assert content.hash == "0529e0f17c4096b81875f537ee071cc475f1303244bd0296d2130d3994b9ba59"


@pytest.mark.parametrize(
    "written", ["1.001193.h19", " 1.001193.H19 ", "1. 001193 .h19", "1.001193\u200b.H19"]
)
def test_a_procedure_code_has_one_form(written: str) -> None:
    content = said(replace(FULL, procedure_code=written))

    assert content.procedure_code == "1.001193.H19"
    assert content.hash == said(replace(FULL, procedure_code="1.001193.H19")).hash
    assert said(replace(FULL, procedure_code="1.001193")).hash != content.hash


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", None])
def test_a_code_that_says_nothing_is_none(nothing: str | None) -> None:
    assert said(replace(FULL, procedure_code=nothing)).procedure_code is None


def test_what_was_published_with_another_form_keeps_its_hash() -> None:
    published = replace(said(FULL), procedure_code="1.001193.h19 ")

    assert published.hash == replace(published).hash != published.canonical.hash
    assert published.canonical == said(replace(FULL, procedure_code="1.001193.H19"))


@dataclass(frozen=True, kw_only=True)
class LaterContent(Content):
    """With fields that a later version of the platform added."""

    output_form: str | None = None
    seals: tuple[str, ...] = ()


def test_a_field_that_comes_later_leaves_earlier_hashes_as_they_were() -> None:
    content = said(FULL)
    values = {each.name: getattr(content, each.name) for each in fields(Content)}

    assert LaterContent(**values).hash == content.hash
    assert LaterContent(**values, output_form="Giấy").hash != content.hash
    assert LaterContent(**values, seals=("Đỏ",)).hash != content.hash


def test_differences_are_told_field_by_field() -> None:
    before = said(FULL)
    after = said(replace(FULL, lead_days=2, quality_criteria=("Đúng hạn",), name_en=None))

    assert differences(before, after) == (
        FieldChange(field="name_en", before="Birth registration", after=None),
        FieldChange(field="lead_days", before="1", after="2"),
        FieldChange(
            field="quality_criteria",
            before="Đúng thẩm quyền\nKhông phải cấp lại",
            after="Đúng hạn",
        ),
    )
    assert differences(before, before) == ()


def test_everything_smart_that_is_missing_is_listed() -> None:
    bare = Draft(
        name_vi="Việc", unit_of_measure="việc", complexity=Complexity.N1, points=Decimal(5)
    )

    assert missing(said(bare)) == (
        "S:orientation",
        "M:qualityCriteria",
        "M:evidenceRequired",
        "A:standardHours",
        "R:jobPositions",
        "R:legalBasis",
        "T:leadDays",
    )
    assert missing(said(FULL)) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Đăng ký khai sinh", "Đăng ký khai sinh", True),
        ("Đăng ký khai sinh", "dang ky  khai sinh", True),
        ("Đăng ký khai sinh lưu động", "Đăng ký khai sinh lưu dộng", True),
        ("Chứng thực bản sao từ bản chính", "Chứng thực bản sao từ các bản chính", True),
        ("Đăng ký khai sinh", "Đăng ký khai tử", False),
        ("Đăng ký khai sinh", "Cấp giấy phép xây dựng", False),
    ],
)
def test_names_that_are_almost_the_same_are_alike(one: str, other: str, alike: bool) -> None:
    assert (similarity(one, other) >= ALIKE) is alike


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_between_0_and_1_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1
    assert similarity(one, one) == 1
