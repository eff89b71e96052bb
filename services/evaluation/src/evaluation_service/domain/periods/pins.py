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
    """Which policy rates whom."""

    staff: PolicyPin
    deputy: PolicyPin
    leader: PolicyPin

    def of(self, role: AppointmentRole) -> PolicyPin:
        match role:
            case AppointmentRole.STAFF:
                return self.staff
            case AppointmentRole.DEPUTY:
                return self.deputy
            case AppointmentRole.HEAD:
                return self.leader

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p.reference for p in (self.staff, self.deputy, self.leader)))
