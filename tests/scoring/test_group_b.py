"""Group B (PUBLIC_SERVICE) has a weight and a cap where an agency says so, and only there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_scoring import Snapshot, compile_policy, read_policy, score
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.language.deriving import derive, undeclared_changes
from scoring.test_nothing_done import EVERYTHING

Document = dict[str, Any]

SWITCH = "public_service"
ON = {"PETITION-57": "WEIGHED"} | dict.fromkeys(
    ("ND335-2025-STAFF", "ND335-2025-DEPUTY", "ND335-2025-LEADER"), "WEIGHED_AND_CAPPED"
)
SHIPPED = shipped_policies()
FACTS = {id: {k: v for k, v in EVERYTHING[id].items() if k != "satisfaction"} for id in ON}
WORK = st.lists(
    st.fixed_dictionaries(
        {
            "item": st.just("w@1"),
            "orientation": st.sampled_from(["PUBLIC_SERVICE", "ADMIN_PROCEDURE"]),
            "coefficient": st.integers(1, 9),
            "assigned": st.integers(1, 9),
            "completed": st.integers(0, 9),
            "late": st.integers(0, 3),
        }
    ),
    min_size=1,
    max_size=4,
)
SATISFIED = st.fixed_dictionaries({"index": st.sampled_from([0, 1]), "n": st.just(40)})


def test_every_policy_of_the_decree_offers_it_and_has_it_off() -> None:
    offered = {id: each.switches[SWITCH] for id, each in SHIPPED.items() if SWITCH in each.switches}

    assert set(offered) == set(ON)
    assert {switch.default for switch in offered.values()} == {"AS_OTHER_WORK"}


@pytest.mark.parametrize("policy", [id for id in ON if id != "PETITION-57"])
@given(work=WORK, satisfied=SATISFIED)
def test_off_no_orientation_and_no_answer_moves_anything(
    policy: str, work: list[Document], satisfied: Document
) -> None:
    compiled = compile_policy(SHIPPED[policy])
    plain = [{k: v for k, v in row.items() if k != "orientation"} for row in work]

    found = [
        score(compiled, Snapshot.from_document({**FACTS[policy], "work": rows, **more}))
        for rows, more in ((work, {"satisfaction": satisfied}), (plain, {}))
    ]

    assert found[0].components == found[1].components
    assert (found[0].total, found[0].band) == (found[1].total, found[1].band)


@pytest.mark.parametrize("policy", ON)
def test_a_province_turns_it_on_in_a_policy_of_its_own(policy: str) -> None:
    base = SHIPPED[policy]

    own = derive(base, {SWITCH: ON[policy], "public_service_weight": "0.8"}, policy_id="TINH-56")

    assert undeclared_changes(base, own) == ()
    work = [
        {"item": "p@1", "orientation": "PUBLIC_SERVICE", "coefficient": 1, "assigned": 10,
         "completed": 5},
        {"item": "a@1", "orientation": "ADMIN_PROCEDURE", "coefficient": 1, "assigned": 90,
         "completed": 90},
    ]  # fmt: skip
    facts = Snapshot.from_document({**FACTS[policy], "work": work})
    results = [score(compile_policy(each), facts) for each in (base, read_policy(own.document))]
    assert [each.components["a"] * 10 for each in results] == [9.5, 6]
    assert results[1].reasons == ("PUBLIC_SERVICE_GATE",)
    assert results[1].band in ("HT", "KHT")
