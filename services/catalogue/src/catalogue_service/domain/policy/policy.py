"""The catalogue policy of a province: the bounds inside which lists are written."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from catalogue_service.domain.common.kinds import Complexity, LocalityType
from catalogue_service.domain.common.steps import Act, Step
from catalogue_service.domain.products.content import UNIT_FIELDS, Coefficient, Points
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.numbers import Bounded
from congvu_kit.domain.vietnamese import vi_text

CEILINGS = {
    Complexity.N1: Decimal(100),
    Complexity.N2: Decimal(200),
    Complexity.N3: Decimal(300),
    Complexity.N4: Decimal(400),
    Complexity.N5: Decimal(500),
}
"""Most points of one product by complexity (glossary, N1-N5); a province may only go lower."""

REFERENCE_POINTS = Decimal(5)
"""Points of the reference product where a province sets no other (a commune's decision, 2026)."""


PERCENT = Bounded(least=Decimal(0), most=Decimal("99.999999"), rule_id="C-I7")


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What one unit of a product of this complexity may be worth."""

    complexity: Complexity
    least_coefficient: Coefficient
    most_coefficient: Coefficient
    most_points: Points


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a local adjustment in such a place may go from the norm, either way, in percent."""

    locality: LocalityType
    percent: Annotated[Decimal, PERCENT]


def _default_bounds() -> tuple[Bounds, ...]:
    return tuple(
        Bounds(
            complexity=complexity,
            least_coefficient=Decimal("0.1"),
            most_coefficient=ceiling / REFERENCE_POINTS,
            most_points=ceiling,
        )
        for complexity, ceiling in CEILINGS.items()
    )


def _default_reaches() -> tuple[Reach, ...]:
    percents = {
        LocalityType.URBAN: 10,
        LocalityType.RURAL: 20,
        LocalityType.MOUNTAIN: 30,
        LocalityType.DISADVANTAGED: 40,
        LocalityType.SPECIAL: 50,
    }
    return tuple(Reach(locality=at, percent=Decimal(most)) for at, most in percents.items())


@dataclass(kw_only=True)
class CataloguePolicy(Aggregate):
    """Id is the province. Versions keep the numbers they were made with: a new policy binds
    what is written from then on."""

    reference_points: Decimal = REFERENCE_POINTS
    bounds: tuple[Bounds, ...] = field(default_factory=_default_bounds)
    reaches: tuple[Reach, ...] = field(default_factory=_default_reaches)
    unit_fields: tuple[str, ...] = UNIT_FIELDS
    decision_number: str | None = None
    steps: tuple[Step, ...] = ()

    def bounds_of(self, complexity: Complexity) -> Bounds:
        return next(each for each in self.bounds if each.complexity is complexity)

    def reach_of(self, locality: LocalityType) -> Decimal:
        return next(each.percent for each in self.reaches if each.locality is locality)

    def enact(
        self,
        *,
        reference_points: Decimal,
        bounds: tuple[Bounds, ...],
        reaches: tuple[Reach, ...],
        unit_fields: tuple[str, ...],
        act: Act,
    ) -> None:
        """Replace the policy by decision `act.decision_number`."""
        _check_reference(reference_points)
        _check_bounds(bounds)
        _check_reaches(reaches)
        unknown = sorted(set(unit_fields) - set(UNIT_FIELDS))
        if unknown:
            raise _refused("unitFields", "holds an unknown field", "có trường không được biết đến")
        self.reference_points = reference_points
        self.bounds = bounds
        self.reaches = reaches
        self.unit_fields = unit_fields
        self.decision_number = act.decision_number
        self.steps = (*self.steps, act.step("POLICY_ENACTED"))


def _check_reference(points: Decimal) -> None:
    if points <= 0 or not _divides_exactly(points):
        raise _refused(
            "referencePoints",
            f"{points} must be positive and divide without a remainder in decimals (5, 20, 25 ...)",
            (
                "Điểm sản phẩm chuẩn gốc phải lớn hơn 0 và khi chia luôn ra số thập phân hữu hạn, "
                "ví dụ 5, 20, 25."
            ),
        )


def _divides_exactly(points: Decimal) -> bool:
    """Whether `x / points` ends for every decimal `x`: no prime factor but 2 and 5."""
    rest, _ = points.as_integer_ratio()
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _check_bounds(bounds: tuple[Bounds, ...]) -> None:
    if sorted(each.complexity for each in bounds) != sorted(Complexity):
        raise _refused(
            "bounds",
            "give N1 to N5 once each",
            "Vui lòng nêu đủ các nhóm N1 đến N5, mỗi nhóm một lần.",
        )
    for each in bounds:
        ceiling = CEILINGS[each.complexity]
        if not 0 < each.least_coefficient <= each.most_coefficient:
            raise _refused(
                "bounds",
                f"{each.complexity}: the coefficients need 0 < least <= most",
                (
                    f"Nhóm {each.complexity.value}: hệ số thấp nhất phải lớn hơn 0 và không "
                    "quá hệ số cao nhất."
                ),
            )
        if not 0 < each.most_points <= ceiling:
            raise _refused(
                "bounds",
                f"{each.complexity}: at most {ceiling} points, not {each.most_points}",
                f"Nhóm {each.complexity.value}: tối đa {vi_text(ceiling)} điểm.",
            )


def _check_reaches(reaches: tuple[Reach, ...]) -> None:
    if sorted(each.locality for each in reaches) != sorted(LocalityType):
        raise _refused(
            "reaches",
            "give each locality once",
            "Vui lòng nêu đủ các loại địa bàn, mỗi loại một lần.",
        )
    for each in reaches:
        if not 0 <= each.percent < 100:  # noqa: PLR2004 - percent
            raise _refused(
                "reaches",
                f"{each.locality}: 0 to under 100 percent, not {each.percent}",
                f"Địa bàn {vi_text(each.locality)}: phải từ 0% đến dưới 100%.",
            )


def _refused(name: str, en: str, vi: str) -> Invalid:
    return Invalid(en=en, vi=vi, field=f"input.{name}", rule_id="C-I7")
