"""Who acted in a case: the same person never does two parts of it (E-I4)."""

from collections.abc import Iterable

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Forbidden


def refuse_own_case(actor: Actor, civil_servant_id: str) -> None:
    """Raise `Forbidden` for the person, and for a token that does not name its own (E-I4)."""
    if actor.require_officer("E-I4") == civil_servant_id:
        raise Forbidden(
            en="nobody assigns, scores, reviews or decides about themselves",
            vi="Không được giao, chấm, thẩm định hoặc quyết định việc của chính mình.",
            rule_id="E-I4",
        )


def refuse_participant(actor: Actor, involved: Iterable[Participant], rule_id: str) -> None:
    """Raise `Forbidden` when the caller already acted in the case."""
    caller = Participant.of(actor)
    if any(caller.same_person(each) for each in involved):
        raise Forbidden(
            en="you acted earlier in this case; another person must decide",
            vi="Người đã tham gia hồ sơ này trước đó không được quyết định. Đề nghị người "
            "khác thực hiện.",
            rule_id=rule_id,
        )
