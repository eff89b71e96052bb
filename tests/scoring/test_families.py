"""Which former results a policy looks at: its own family's, unless it says otherwise (E-I19)."""

from collections.abc import Mapping

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import Policy, ScoreResult, Snapshot, compile_policy, derive, read_policy, score
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from congvu_scoring.language.deriving import undeclared_changes
from scoring.making import tiny, tiny_score

LEADER_CONTRACT = "LEADER-CONTRACT-BSC"
LOW_TWICE = (
    "triggers: [{id: LOW_TWICE,"
    " when: {consecutive: {periods: 2, meets: {less: [{field: total}, 70]}}},"
    " case: {vi: c, en: c}, clause: s, text: {vi: t, en: t}}]\n"
)
TOTAL = "{input: {path: general_total, default: 60}}"


def with_history(sections: str, *rows: Mapping[str, object]) -> ScoreResult:
    return tiny_score(TOTAL, {"period": "2026", "history": list(rows)}, sections + LOW_TWICE)


def low(family: str | None = None, **more: object) -> dict[str, object]:
    row = {"period": "2025", "total": 65, **more}
    return row if family is None else {**row, "family": family}


def test_each_shipped_policy_has_its_family() -> None:
    families = {policy.id: policy.family for policy in shipped_policies().values()}

    decree = {"ND335-2025-STAFF", "ND335-2025-DEPUTY", "ND335-2025-LEADER"}
    assert {families.pop(policy) for policy in decree} == {"ND335-2025"}
    assert all(id == family for id, family in families.items())


@pytest.mark.parametrize(
    ("row", "fired"),
    [
        (low("TINY"), ("LOW_TWICE",)),
        (low(), ("LOW_TWICE",)),
        (low("ND335-2025"), ()),
        (low("ND335-2025", band="HT"), ()),
    ],
)
def test_e_i19_a_trigger_looks_at_its_own_family(
    row: Mapping[str, object], fired: tuple[str, ...]
) -> None:
    assert with_history("", row).triggers == fired


def test_what_does_not_count_is_told() -> None:
    assert with_history("", low("ND335-2025")).not_read == ("history.2025 (ND335-2025)",)
    assert with_history("", low("TINY")).not_read == ()


@pytest.mark.parametrize("declared", ["ANY", "[ND335-2025, X]"])
def test_a_policy_may_look_at_others(declared: str) -> None:
    found = with_history(f"history: {declared}\n", low("ND335-2025", band="HT"))

    assert (found.triggers, found.not_read) == (("LOW_TWICE",), ())
    assert with_history(f"history: {declared}\n", low("TINY")).triggers == ("LOW_TWICE",)


def test_another_familys_year_between_is_a_year_without_a_result() -> None:
    rows = (low("TINY", period="2024"), low("X"))

    assert with_history("", *rows).triggers == ()


def test_a_year_under_two_families_is_no_year_twice() -> None:
    assert with_history("", low("TINY"), low("X")).triggers == ("LOW_TWICE",)


def test_a_band_of_its_own_family_must_be_known() -> None:
    with pytest.raises(Invalid, match="has no band 'HT'"):
        with_history("", low("TINY", band="HT"))


def test_a_shipped_trigger_does_not_fire_from_a_total_under_the_decree() -> None:
    policy = compile_policy(shipped_policy(LEADER_CONTRACT))
    indicators = [
        {"code": "o", "perspective": "OPERATIONS", "target": 40, "actual": 9},
        {"code": "s", "perspective": "SOCIAL", "target": 1, "actual": 1},
        {"code": "c", "perspective": "CAPACITY_INTEGRITY", "target": 1, "actual": 1},
    ]

    def fired(family: str) -> tuple[str, ...]:
        history = [low(family, band="HT")]
        facts = {"period": "2026", "indicators": indicators, "history": history}
        return score(policy, Snapshot.from_document(facts)).triggers

    assert fired(LEADER_CONTRACT) == ("TWO_YEARS_UNDER_70",)
    assert fired("ND335-2025") == ()


@pytest.mark.parametrize("policy", shipped_policies().values(), ids=lambda policy: policy.id)
def test_a_derived_policy_is_of_its_bases_family_and_so_is_one_derived_from_it(
    policy: Policy,
) -> None:
    own = derive(policy, {}, policy_id="H32-A")
    again = derive(own, {}, policy_id="H32-B")

    assert (own.family, again.family) == (policy.family, policy.family)
    assert undeclared_changes(policy, own) == undeclared_changes(own, again) == ()


def test_one_derived_before_there_were_families_is_of_its_bases() -> None:
    base = shipped_policy("ND335-2025-STAFF")
    own = derive(base, {}, policy_id="H32-A")
    older = read_policy({key: item for key, item in own.document.items() if key != "family"})

    assert (older.family, undeclared_changes(base, older)) == ("ND335-2025", ())


def test_a_derived_policy_may_not_leave_its_family() -> None:
    base = shipped_policy("ND335-2025-STAFF")
    own = derive(base, {}, policy_id="H32-A")
    other = read_policy({**own.document, "family": "H32"})

    assert [change.path for change in undeclared_changes(base, other)] == ["family"]


@pytest.mark.parametrize(
    ("id", "family"),
    [("A-STAFF", "A"), ("A-LEADER", "A"), ("STAFF", "STAFF"), ("A-STAFF-2", "A-STAFF-2")],
)
def test_the_ending_that_says_for_whom_is_no_part_of_the_family(id: str, family: str) -> None:
    document = {**tiny("1").document, "id": id}

    assert read_policy(document).family == family


@pytest.mark.parametrize("history", ["SOME", "[]", "{a: 1}", "3"])
def test_a_history_of_nothing_is_refused(history: str) -> None:
    with pytest.raises(Invalid, match="history"):
        tiny(TOTAL, f"history: {history}\n" + LOW_TWICE)
