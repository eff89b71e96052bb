"""Which edition of which policy rates whom in a period, and how its switches stand."""

from dataclasses import dataclass, field

from evaluation_service.domain.personnel.servants import AppointmentRole


@dataclass(frozen=True, kw_only=True)
class SwitchChoice:
    """A setting that a policy leaves to the period."""

    policy: str
    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class PolicyPin:
    """One published edition of a policy and the switches chosen for it."""

    policy_id: str
    version: int
    hash: str
    switches: dict[str, str] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return f"{self.policy_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class PolicyPins:
    """Which policy rates whom; `unit` rates units, where the period has one for them."""

    staff: PolicyPin
    deputy: PolicyPin
    leader: PolicyPin
    unit: PolicyPin | None = None

    def of(self, role: AppointmentRole) -> PolicyPin:
        match role:
            case AppointmentRole.STAFF:
                return self.staff
            case AppointmentRole.DEPUTY:
                return self.deputy
            case AppointmentRole.HEAD:
                return self.leader

    @property
    def all(self) -> tuple[PolicyPin, ...]:
        of_people = (self.staff, self.deputy, self.leader)
        return of_people if self.unit is None else (*of_people, self.unit)

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(pin.reference for pin in self.all))
