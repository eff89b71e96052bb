"""A snapshot's canonical bytes are written from its columns, and are those of its document."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.canonical import canonical_bytes
from congvu_scoring import Snapshot
from congvu_scoring.snapshots.sections import SNAPSHOT_LISTS, Field, Section

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
"""Quotes, controls and characters of two units of UTF-16 among them."""

proofs = st.lists(
    st.fixed_dictionaries({"ref": texts}, optional={"hash": texts, "confirmed_by": texts}),
    max_size=2,
)


def values_of(field: Field) -> st.SearchStrategy[object]:
    if field.kind == "number":
        return st.fractions(min_value=Fraction(1, 7), max_value=99, max_denominator=12)
    if field.kind == "flag":
        return st.booleans()
    if field.kind == "evidence":
        return proofs
    return st.sampled_from(field.choices) if field.choices else texts


def rows_of(section: Section) -> st.SearchStrategy[list[dict[str, object]]]:
    needed = [each for each in section.fields if each.default is None and not each.optional]
    row = st.fixed_dictionaries(
        {each.name: values_of(each) for each in needed},
        optional={each.name: values_of(each) for each in section.fields if each not in needed},
    )
    return st.lists(row, max_size=3)


lists = st.fixed_dictionaries(
    {}, optional={name: rows_of(section) for name, section in SNAPSHOT_LISTS.items()}
)
others = st.fixed_dictionaries(
    {},
    optional={
        "period": texts,
        "general_total": st.integers(0, 30),
        "general": st.dictionaries(texts, st.integers(0, 5), max_size=3),
        "elements": st.dictionaries(texts, st.integers(0, 5) | texts, max_size=3),
    },
)


@given(lists, others)
def test_what_is_kept_of_a_snapshot_is_its_document_in_canonical_form(
    rows: dict[str, object], rest: dict[str, object]
) -> None:
    snapshot = Snapshot.from_document({**rows, **rest})

    assert snapshot.canonical == canonical_bytes(snapshot.to_document())
