"""The limits inside which a province sets its own bounds."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalogue.policies import policy
from catalogue_service.domain.policy.policy import CataloguePolicy
from congvu_kit.domain.errors import Invalid

POLICY = CataloguePolicy(id="56")


def test_C_I7_no_province_goes_over_the_ceilings() -> None:
    wide = tuple(replace(each, most_points=Decimal(501)) for each in POLICY.bounds)

    with pytest.raises(Invalid) as refusal:
        policy(bounds=wide)

    assert refusal.value.rule_id == "C-I7"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bounds": POLICY.bounds[1:]}, "bounds"),
        ({"bounds": (*POLICY.bounds, POLICY.bounds[0])}, "bounds"),
        ({"bounds": (replace(POLICY.bounds[0], least_coefficient=Decimal(0)),
                     *POLICY.bounds[1:])}, "bounds"),
        ({"bounds": (replace(POLICY.bounds[0], most_coefficient=Decimal("0.01")),
                     *POLICY.bounds[1:])}, "bounds"),
        ({"bounds": (replace(POLICY.bounds[0], most_points=Decimal(0)),
                     *POLICY.bounds[1:])}, "bounds"),
        ({"reaches": POLICY.reaches[1:]}, "reaches"),
        ({"reaches": (*POLICY.reaches, POLICY.reaches[0])}, "reaches"),
        ({"reaches": (replace(POLICY.reaches[0], percent=Decimal(-1)),
                      *POLICY.reaches[1:])}, "reaches"),
        ({"reaches": (replace(POLICY.reaches[0], percent=Decimal(100)),
                      *POLICY.reaches[1:])}, "reaches"),
        ({"unit_fields": ("name_vi",)}, "unitFields"),
    ],
)  # fmt: skip
def test_C_I7_a_policy_out_of_its_limits_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        policy(**changes)

    assert (refusal.value.rule_id, refusal.value.field) == ("C-I7", f"input.{field}")


@pytest.mark.parametrize("reference", ["3", "7", "15", "0", "-5"])
def test_reference_points_divide_exactly(reference: str) -> None:
    with pytest.raises(Invalid, match="divide without a remainder"):
        policy(reference_points=Decimal(reference))
