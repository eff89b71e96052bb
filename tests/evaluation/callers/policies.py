"""Who may write, approve and publish a province's own policy."""

import json
from collections.abc import Mapping

from congvu_kit.domain.actor import Participant, Role
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import review_scenes, scenes
from evaluation.people import ADMIN, COMMITTEE
from evaluation_service.application.collections import POLICIES
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy
from support.callers import Case, Saved, Stage, elsewhere

AUTHORS = (Role.PERIOD_ADMIN,)
DECIDERS = (Role.STEERING_COMMITTEE,)


async def drafted(stage: Stage) -> StoredPolicy:
    await scenes.commune(stage.uow)
    return await review_scenes.derived(stage.uow)


def of(policy: StoredPolicy) -> dict[str, object]:
    return {"id": policy.id, "expectedRevision": policy.revision}


async def next_version(stage: Stage) -> Mapping[str, object]:
    return {"document": json.dumps({**json.loads((await drafted(stage)).document), "version": 2})}


async def named(stage: Stage) -> Mapping[str, object]:
    await drafted(stage)
    return {}


async def draft(stage: Stage) -> Mapping[str, object]:
    return of(await drafted(stage))


async def rewritten(stage: Stage) -> Mapping[str, object]:
    policy = await drafted(stage)
    document = json.loads(policy.document)
    return {
        **of(policy),
        "document": json.dumps({**document, "title": {"vi": "Quy chế mới", "en": "A new one"}}),
    }


async def approved(stage: Stage) -> Mapping[str, object]:
    return of(await review_scenes.approved(stage.uow, await drafted(stage)))


CASES = [
    Case(
        mutation="draftPolicy",
        right=ADMIN,
        roles=AUTHORS,
        elsewhere=(elsewhere(province=None), elsewhere("CONFLICT", province="01")),
        given=next_version,
        returns="ScoringPolicy",
        saved=Saved(
            POLICIES,
            {"version": 2, "state": PolicyState.DRAFT, "province": "56", "involved": []},
        ),
        tells=(),
    ),
    Case(
        mutation="derivePolicy",
        right=ADMIN,
        roles=AUTHORS,
        elsewhere=(elsewhere(province=None), elsewhere("CONFLICT", province="01")),
        given=named,
        input={
            "base": "ND335-2025-STAFF",
            "policyId": "KH-STAFF",
            "version": 2,
            "titleVi": "Quy chế của tỉnh",
            "titleEn": "The province's own",
            "overrides": [{"name": "quota_rate", "value": "0.24"}],
        },
        returns="ScoringPolicy",
        saved=Saved(
            POLICIES,
            {
                "id": "KH-STAFF@2",
                "derived_from": shipped_policy("ND335-2025-STAFF").ref,
                "drafted_by": Participant(subject="admin"),
                "province": "56",
            },
        ),
        tells=(),
    ),
    Case(
        mutation="revisePolicy",
        right=ADMIN,
        roles=AUTHORS,
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=rewritten,
        returns="ScoringPolicy",
        saved=Saved(
            POLICIES,
            {
                "id": "KH-STAFF@1",
                "state": PolicyState.DRAFT,
                "revision": 2,
                "involved": [Participant(subject="admin")],
            },
        ),
        tells=(),
    ),
    Case(
        mutation="approvePolicy",
        right=COMMITTEE,
        roles=DECIDERS,
        elsewhere=(elsewhere(province="01"), elsewhere(province=None), elsewhere(subject="admin")),
        given=draft,
        returns="ScoringPolicy",
        saved=Saved(
            POLICIES,
            {"state": PolicyState.APPROVED, "approved_by": Participant(subject="committee")},
        ),
        tells=(),
    ),
    Case(
        mutation="publishPolicy",
        right=COMMITTEE,
        roles=DECIDERS,
        elsewhere=(elsewhere(province="01"), elsewhere(province=None)),
        given=approved,
        input={
            "decision": {"number": "50/QĐ-UBND", "decidedOn": "2026-08-10"},
            "effectiveFrom": "2026-08-10",
        },
        returns="ScoringPolicy",
        saved=Saved(
            POLICIES,
            {
                "state": PolicyState.PUBLISHED,
                "decision.number": "50/QĐ-UBND",
                "effective_from": scenes.TODAY,
                "published_at": scenes.NOW,
            },
        ),
        tells=(),
    ),
]
