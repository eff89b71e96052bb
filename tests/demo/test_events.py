"""The order in which the story finds events."""

from congvu_demo.story.events import Told, regressions


def told(aggregate: str, sequence: int) -> Told:
    headers = {
        "ce_id": f"{aggregate}-{sequence}",
        "ce_source": "//congvu/catalogue",
        "ce_subject": aggregate,
        "ce_sequence": str(sequence),
    }
    return Told(headers=headers, key=aggregate, data={})


def test_an_event_before_an_earlier_one_of_its_aggregate_is_found() -> None:
    assert regressions([told("a", 1), told("b", 2), told("a", 3), told("a", 2)]) == ["a-2"]


def test_of_repeats_the_last_counts() -> None:
    filled_anew = [told("a", 3), told("a", 1), told("a", 2), told("a", 3)]

    assert regressions(filled_anew) == []
