"""Who may draft, amend, sign and end agreements: one side each, never both."""

from collections.abc import Mapping

from congvu_kit.domain.actor import Participant, Role
from evaluation import agreement_scenes as g
from evaluation import scenes
from evaluation.people import CHAIR_ID, OTHER_COMMUNE, PROVINCE_HEAD, PROVINCE_UNIT, person
from evaluation_service.application.collections import AGREEMENTS
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import Party
from evaluation_service.domain.agreements.events import AgreementEnded
from evaluation_service.domain.agreements.versions import AgreementState
from support.callers import Case, Saved, Stage, elsewhere

LEADERS = (Role.MANAGER, Role.UNIT_HEAD)
SUPERIOR = person("province-head", *LEADERS, unit=PROVINCE_UNIT, officer=PROVINCE_HEAD.officer)
OUTSIDE = (
    elsewhere(province="01"),
    elsewhere(unit=OTHER_COMMUNE),
    elsewhere(officer=None),
)
CONTENT = {"elements": g.ELEMENTS}
OTHER = {"elements": g.elements(RESULTS="35", PEOPLE="35", CHANGE="30")}


async def opened(stage: Stage) -> Mapping[str, object]:
    return {"periodId": (await g.ses(stage.uow)).id}


async def drafted(stage: Stage) -> Agreement:
    return await g.draft(stage.uow, await g.ses(stage.uow))


def named(agreement: Agreement) -> dict[str, object]:
    return {"agreementId": agreement.id, "expectedRevision": agreement.revision}


async def to_amend(stage: Stage) -> Mapping[str, object]:
    return named(await drafted(stage))


async def to_sign(stage: Stage) -> Mapping[str, object]:
    agreement = await drafted(stage)
    return {**named(agreement), "versionHash": agreement.hash_of(agreement.latest)}


CASES = [
    Case(
        mutation="draftAgreement",
        right=SUPERIOR,
        roles=LEADERS,
        elsewhere=OUTSIDE,
        given=opened,
        input={
            "civilServantId": CHAIR_ID,
            "startsOn": "2026-01-01",
            "endsOn": "2027-01-01",
            "content": CONTENT,
        },
        returns="Agreement",
        saved=Saved(
            AGREEMENTS,
            {
                "state": AgreementState.DRAFT,
                "civil_servant_id": CHAIR_ID,
                "waits_for": Party.SUPERIOR,
                "latest.proposed_by": Participant.of(SUPERIOR),
                "latest.proposed_at": scenes.NOW,
            },
        ),
        tells=(),
    ),
    Case(
        mutation="amendAgreement",
        right=SUPERIOR,
        roles=LEADERS,
        elsewhere=OUTSIDE,
        given=to_amend,
        input={"content": OTHER, "reason": "Giao lại"},
        returns="Agreement",
        saved=Saved(
            AGREEMENTS,
            {
                "state": AgreementState.NEGOTIATING,
                "latest.number": 2,
                "latest.reason": "Giao lại",
                "latest.proposed_by": Participant.of(SUPERIOR),
            },
        ),
        tells=(),
    ),
    Case(
        mutation="signAgreement",
        right=SUPERIOR,
        roles=LEADERS,
        elsewhere=OUTSIDE,
        given=to_sign,
        returns="Agreement",
        saved=Saved(
            AGREEMENTS,
            {"state": AgreementState.NEGOTIATING, "waits_for": Party.LEADER, "signed": None},
        ),
        tells=(),
    ),
    Case(
        mutation="terminateAgreement",
        right=SUPERIOR,
        roles=LEADERS,
        elsewhere=(*OUTSIDE, elsewhere(officer=CHAIR_ID)),
        given=to_amend,
        input={
            "decision": {"number": "45/QĐ-UBND", "decidedOn": "2026-08-01"},
            "reason": "Điều động",
        },
        returns="Agreement",
        saved=Saved(
            AGREEMENTS,
            {
                "state": AgreementState.TERMINATED,
                "terminated_by": Participant.of(SUPERIOR),
                "termination": g.DECISION,
                "termination_reason": "Điều động",
                "ended_at": scenes.NOW,
            },
        ),
        tells=(AgreementEnded,),
    ),
]
