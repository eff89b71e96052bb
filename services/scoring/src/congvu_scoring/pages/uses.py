"""What a result is used for, by what the policy says; where it says nothing the page says so."""

from collections.abc import Iterator

from congvu_scoring.engine.policy import Policy


def uses_of(policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each kind of consequence by its heading, with the rules that name it."""
    said = policy.consequences
    yield "pay", tuple(each.rule.id for each in said.pay)
    yield "training", (said.training.rule.id,) if said.training else ()
    yield "proposals", tuple(each.rule.id for each in said.proposals)
    yield "triggers", tuple(each.rule.id for each in policy.triggers)
    evidence = (name for name, each in policy.measures.items() if each.evidence)
    yield "headcount", tuple(evidence)
