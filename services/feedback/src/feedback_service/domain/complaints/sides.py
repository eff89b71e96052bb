"""Who may act on a complaint: those of the unit, and those outside it."""

from dataclasses import dataclass

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Forbidden
from feedback_service.domain.common.officers import Handled


@dataclass(kw_only=True)
class Sides(Handled):
    """`handled_by` are the people who acted for a unit that had it, and so may not decide."""

    province: str
    unit_id: str
    handled_by: tuple[Participant, ...] = ()

    def require_unit_staff(self, actor: Actor) -> None:
        """Those of the unit handle it, except the person complained of (F-I3)."""
        if actor.unit != self.unit_id or actor.province != self.province:
            raise Forbidden(
                en="only the unit complained of handles this",
                vi="Chỉ đơn vị bị phản ánh được xử lý bước này.",
            )
        self.require_not_subject(actor)

    def require_outside(self, actor: Actor) -> None:
        """The verdict comes from outside the unit, and from nobody who handled the case."""
        if actor.province != self.province:
            raise Forbidden(
                en="this complaint is of another province", vi="Phản ánh thuộc tỉnh khác."
            )
        if actor.unit == self.unit_id or self._handled_before(Participant.of(actor)):
            raise Forbidden(
                en="the verdict is decided outside the unit complained of",
                vi="Kết luận phải do bên ngoài đơn vị bị phản ánh quyết định.",
                rule_id="F-I6",
            )
        self.require_not_subject(actor)

    def require_not_subject(self, actor: Actor) -> None:
        """A token that names no officer does not show that it is somebody else (F-I3)."""
        if self.officers and actor.require_officer("F-I3") in self.officers:
            raise Forbidden(
                en="you are the person complained of",
                vi="Người bị phản ánh không được tham gia xử lý phản ánh này.",
                rule_id="F-I3",
            )

    def _handled(self, by: Participant) -> None:
        if by not in self.handled_by:
            self.handled_by = (*self.handled_by, by)

    def _handled_before(self, by: Participant) -> bool:
        return any(by.same_person(each) for each in self.handled_by)
