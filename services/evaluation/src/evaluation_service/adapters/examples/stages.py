"""An example of each event of a stage, of its delegation, and of who was late."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from congvu_kit.domain.aggregate import Event
from evaluation_service.domain.integrity.faults import (
    ProcessFaultLifted,
    ProcessFaultRecorded,
    ProcessStep,
)
from evaluation_service.domain.stages.delegations import DelegationEvent
from evaluation_service.domain.stages.events import StageEvent

_SERVANT = "cs_0d9c8b7a6f5e5d4c8b3a2f1e0d9c8b7a"
_COLLEAGUE = "cs_1c9c8b7a6f5e5d4c8b3a2f1e0d9c8b7b"
_PERIOD = "period_0198f0c2a4d17e5b8c3d2e1f0a9b"
_OF_STAGE: Mapping[str, Any] = {
    "evaluation_id": "eval_3f2e1d0c9b8a57968a7b6c5d4e3f2a1b",
    "civil_servant_id": _SERVANT,
    "unit_id": "unit_5b3e0c9a7c1d5e2f8a4b6c7d8e9f0a1b",
    "province": "56",
    "period_id": _PERIOD,
    "policy": "IN-SPARROW@3",
    "stage": "REPORTING",
    "due_on": date(2027, 6, 30),
    "waits_for": _COLLEAGUE,
}
_OF_DELEGATION: Mapping[str, Any] = {
    "delegation_id": "delegation_0198f0c2a4d17e5b8c3d2e1f0ab1",
    "province": "56",
    "period_id": _PERIOD,
    "stage": "REVIEWING",
    "from_civil_servant_id": _SERVANT,
    "to_civil_servant_id": _COLLEAGUE,
    "valid_from": date(2027, 7, 1),
    "until": date(2027, 7, 31),
}

OF_STAGES: tuple[Event, ...] = (
    *(
        kind(
            fault_id="fault_8d9e0f1a2b3c5d4e9f8a7b6c5d4e3f2a",
            civil_servant_id=_SERVANT,
            province="56",
            period_id=_PERIOD,
            step=ProcessStep.APPROVE_WORK,
            assignment_id="asg_0198f0c2a4d17e5b8c3d2e1f0a9c",
            due_on=date(2026, 8, 14),
        )
        for kind in (ProcessFaultRecorded, ProcessFaultLifted)
    ),
    *(kind(**_OF_STAGE) for kind in StageEvent.__subclasses__()),
    *(kind(**_OF_DELEGATION) for kind in DelegationEvent.__subclasses__()),
)
