"""Figures of units tell of no person, not even by what the others leave."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from evaluation_service.domain.oversight.figures import SMALLEST, Figures, UnitTree, withheld

PARTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 12), max_size=8)


@given(PARTS)
def test_what_is_withheld_cannot_be_told_from_the_rest(parts: Mapping[str, int]) -> None:
    hidden = withheld(parts)

    told = {name: people for name, people in parts.items() if name not in hidden}
    assert all(people == 0 or people >= SMALLEST for people in told.values())
    if hidden and any(told.values()):
        assert len(hidden) > 1
        assert sum(parts[name] for name in hidden) >= SMALLEST


@given(PARTS)
def test_nothing_is_withheld_without_need(parts: Mapping[str, int]) -> None:
    small = {name for name, people in parts.items() if 0 < people < SMALLEST}

    hidden = withheld(parts)

    assert bool(hidden) is bool(small)
    if len(small) > 1 and sum(parts[name] for name in small) >= SMALLEST:
        assert hidden == small


def people(count: int, **bands: int) -> Figures:
    return Figures(people=count, bands=bands)


TREE = UnitTree(
    {
        "town": people(2, HTXS=1),
        "office": people(7, HTXS=2, HTT=4),
        "desk": people(3, HTT=3),
        "school": people(9, HT=9),
        "clinic": people(6, KHT=6),
    },
    {
        "town": ("town",),
        "office": ("town", "office"),
        "desk": ("town", "office", "desk"),
        "school": ("town", "school"),
        "clinic": ("town", "clinic"),
    },
)


def test_a_unit_counts_with_all_below_it() -> None:
    whole, office = TREE.of("town"), TREE.of("office")

    assert (whole.people, whole.not_evaluable) == (27, 2)
    assert whole.bands == {"HT": 9, "HTT": 7, "HTXS": 3, "KHT": 6}
    assert (office.people, office.bands) == (10, {"HTT": 7, "HTXS": 2})


def test_the_parts_of_a_unit_are_its_children_and_who_is_in_it_itself() -> None:
    parts = {name: each.people for name, each in TREE.parts("town").items()}

    assert parts == {"town": 2, "office": 10, "school": 9, "clinic": 6}
    assert TREE.parts("clinic") == {"clinic": people(6, KHT=6)}
    assert TREE.parts("elsewhere") == {}


def test_the_next_larger_part_is_withheld_beside_a_small_one() -> None:
    assert TREE.hidden("town") == {"town", "clinic"}
    assert TREE.hidden("office") == {"office", "desk"}


def test_asked_about_by_itself_a_withheld_unit_stays_withheld() -> None:
    told = [name for name in ("town", "office", "desk", "school", "clinic") if TREE.tells(name)]

    assert told == ["town", "office", "school"]


def test_a_whole_of_few_people_is_not_told() -> None:
    few = UnitTree({"town": people(4, HT=4)}, {"town": ("town",)})

    assert not few.tells("town")
    assert few.tells("elsewhere")
