"""Who sees what: every query by every reader, before the results are published and after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import GraphQLObjectType, GraphQLUnionType

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import review_scenes, scenes
from evaluation.people import BOARD as BOARD_MEMBER
from evaluation.people import CHAIR, CHAIR_ID, COMMUNE
from evaluation.readers import READERS, Sights, sights
from evaluation_service.adapters.graphql.schema import schema
from support.graph import Graph
from support.webhooks import WEBHOOK_ID

PROVINCE = ("admin", "board", "auditor")
BOARD = ("board", "auditor")
LEADERS = ("her head", "her head's head")
PERSONNEL = ("hrm", "national hrm")
HER_CIRCLE = ("Lan", "Lan without a role", *LEADERS, *PROVINCE, *PERSONNEL)
"""All who may see Lan at all."""

NO_PART = (
    "citizen",
    "portal",
    "committee",
    "Lan without a role",
    "her head without a role",
    "a national scope without the role",
    "board without a province",
    "council",
    "another province's council",
)
"""Nothing in these tokens opens a listing of people's work."""

OTHERS_WHO_SUPERVISE = (
    "board without a province",
    *(f"another province's {each}" for each in ("admin", "board", "auditor", "council")),
)
NATIONALS = ("national hrm", "a national scope without the role")
"""Of no province."""

DRAFTERS = ("committee", *PROVINCE)
"""Who writes, decides, audits and will apply the province's policies."""

NOT_EARLY = tuple(each for each in READERS if each not in (*PROVINCE, "her head's head"))
"""Who sees no result of these units before its publication; the chair sees those below."""

Seen = Mapping[object, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A query and what comes of it: a refusal's code, "seen", None, or how many rows.

    `rest` is what everybody not named gets; `early` is how it is before the publication, when
    that differs.
    """

    query: str
    rest: object
    seen: Seen = field(default_factory=dict)
    early: Seen | None = None

    def expected(self, *, published: bool) -> dict[str, object]:
        named = self.seen if published or self.early is None else self.early
        return dict.fromkeys(READERS, self.rest) | {
            reader: outcome for outcome, readers in named.items() for reader in readers
        }


def one(query: str, *readers: str) -> Look:
    """What is not there and what is not theirs look the same."""
    return Look(query=query, rest=None, seen={"seen": readers})


def public(query: str, outcome: object = "seen") -> Look:
    return Look(query=query, rest=outcome)


NODES = "{ edges { node { id } } }"
CODED = '{{ it: orgUnits(province: "{}", filter: {{code: "H32.31.07"}})'
LOGIN: Seen = {"UNAUTHENTICATED": ("nobody",)}
NO_WEBHOOKS: Seen = {
    0: ("portal", "national hrm", "another province's hrm", "another province's auditor")
}
NO_CHANGES: Seen = {
    "INVALID": ("board without a province", "national hrm"),
    0: tuple(f"another province's {each}" for each in ("admin", "board", "auditor", "hrm")),
}
"""Who may hear what changed, but of no province, or of one where nothing did."""

FOLLOWING: Mapping[str, Seen] = {
    "consequences": {
        1: ("Lan", "Minh"),
        4: ("her head",),
        6: ("her head's head", "hrm", *PROVINCE),
    },
    "trainingNeeds": {
        1: ("Lan", "Minh", "her head"),
        2: ("her head's head", "hrm", *PROVINCE),
    },
}
LOOKS: Mapping[str, Look] = {
    "civilServant": one("($person: ID!) { it: civilServant(id: $person) { id } }", *HER_CIRCLE),
    "civilServantByRef": one(
        "($ref: ExternalRefInput!) { it: civilServantByRef(ref: $ref) { id } }", *HER_CIRCLE
    ),
    "civilServants": Look(
        query=f"($unit: ID!) {{ it: civilServants(unitId: $unit) {NODES} }}",
        rest="FORBIDDEN",
        seen={**LOGIN, 2: ("her head's head", "hrm", *PROVINCE)},
    ),
    "orgUnit": public("($unit: ID!) { it: orgUnit(id: $unit) { id } }"),
    "orgUnitByRef": public(
        "($unitRef: ExternalRefInput!) { it: orgUnitByRef(ref: $unitRef) { id } }"
    ),
    "orgUnits": public(f'{{ it: orgUnits(province: "56") {NODES} }}', 4),
    "orgUnits of a code": public(f"{CODED.format('56', 'H32.31.07')} {NODES} }}", 1),
    "orgUnits of a code of another province": public(
        f"{CODED.format('01', 'H32.31.07')} {NODES} }}", 0
    ),
    "jobPositions": public(f'{{ it: jobPositions(province: "56") {NODES} }}', 3),
    "civilServantRows": Look(
        query=f'{{ it: civilServantRows(province: "56") {NODES} }}',
        rest="FORBIDDEN",
        seen={**LOGIN, 7: PERSONNEL},
    ),
    "evaluationPeriod": public("($period: ID!) { it: evaluationPeriod(id: $period) { id } }"),
    "evaluationPeriods": public(f"{{ it: evaluationPeriods {NODES} }}", 1),
    "evaluations": Look(
        query=f"{{ it: evaluations {NODES} }}",
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan", "Minh"),
            4: ("her head",),
            6: ("her head's head", *PROVINCE, *PERSONNEL),
        },
    ),
    "evaluations of a band": Look(
        query=f'{{ it: evaluations(filter: {{band: "KHT"}}) {NODES} }}',
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan", "Minh"),
            2: (*LEADERS, *PROVINCE, *PERSONNEL),
        },
        early={**LOGIN, "FORBIDDEN": NO_PART, 2: (*LEADERS, *PROVINCE)},
    ),
    "evaluation": one("($evaluation: ID!) { it: evaluation(id: $evaluation) { id } }", *HER_CIRCLE),
    "assignment": one("($assignment: ID!) { it: assignment(id: $assignment) { id } }", *HER_CIRCLE),
    "assignments": Look(
        query=f"{{ it: assignments {NODES} }}",
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan", "Minh"),
            2: (*LEADERS, *PROVINCE, *PERSONNEL),
        },
    ),
    "initiatives": Look(
        query=f"{{ it: initiatives {NODES} }}",
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan", *LEADERS, *PROVINCE, *PERSONNEL),
        },
    ),
    "agreement": one("($agreement: ID!) { it: agreement(id: $agreement) { id } }", *HER_CIRCLE),
    "agreements": Look(
        query=f"{{ it: agreements {NODES} }}",
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan", *LEADERS, *PROVINCE, *PERSONNEL),
        },
    ),
    "publishedAgreements": public(f"{{ it: publishedAgreements {NODES} }}", 1),
    "objective": one("($objective: ID!) { it: objective(id: $objective) { id } }", *HER_CIRCLE),
    "objectives": Look(
        query=f"{{ it: objectives {NODES} }}",
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan",),
            2: (*LEADERS, *PROVINCE, *PERSONNEL),
        },
    ),
    "crisis": one("($crisis: ID!) { it: crisis(id: $crisis) { id } }", *HER_CIRCLE),
    "crises": Look(
        query=f"{{ it: crises {NODES} }}",
        rest=0,
        seen={
            **LOGIN,
            "FORBIDDEN": NO_PART,
            1: ("Lan", *LEADERS, *PROVINCE, *PERSONNEL),
        },
    ),
    "objectives of units": Look(
        query=f"{{ it: objectives(filter: {{level: UNIT}}) {NODES} }}",
        rest=1,
        seen={
            **LOGIN,
            "FORBIDDEN": ("citizen", "board without a province", *NATIONALS),
            0: (
                "another province's head",
                "her head by another province's token",
                "another province's admin",
                "another province's board",
                "another province's auditor",
                "another province's hrm",
                "another province's council",
            ),
        },
    ),
    "orgEvaluation": Look(
        query="($orgEvaluation: ID!) { it: orgEvaluation(id: $orgEvaluation) { id } }",
        rest="seen",
        early={"seen": PROVINCE, None: (*NOT_EARLY, "her head's head")},
    ),
    "orgEvaluations": Look(
        query=f"($period: ID!) {{ it: orgEvaluations(periodId: $period) {NODES} }}",
        rest=2,
        early={2: PROVINCE, 1: ("her head's head",), 0: NOT_EARLY},
    ),
    "unmatchedDossiers": Look(
        query=f"{{ it: unmatchedDossiers {NODES} }}",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            0: (
                "another unit's head",
                "another province's head",
                "another province's admin",
                "another province's board",
                "another province's auditor",
                "her head by another province's token",
            ),
            1: (*LEADERS, *PROVINCE),
        },
    ),
    "evaluationChanges": Look(
        query="{ it: evaluationChanges { edges { cursor } } }",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            **NO_CHANGES,
            7: ("portal",),
            13: ("hrm", *PROVINCE),
        },
        early={**LOGIN, **NO_CHANGES, 2: ("portal", "hrm", *PROVINCE)},
    ),
    "evaluationWebhooks": Look(
        query="{ it: evaluationWebhooks { edges { cursor } } }",
        rest="FORBIDDEN",
        seen={**LOGIN, **NO_WEBHOOKS, 1: ("hrm", "auditor")},
    ),
    "evaluationWebhookDeliveries": Look(
        query=f'{{ it: evaluationWebhookDeliveries(webhookId: "{WEBHOOK_ID}") {NODES} }}',
        rest="FORBIDDEN",
        seen={**LOGIN, 1: ("hrm", "auditor")},
    ),
    "me": Look(query="{ it: me { subject } }", rest="seen", seen={None: ("nobody",)}),
    "inbox": Look(query="{ it: inbox { counts { count } } }", rest="seen", seen=LOGIN),
    "recomputation": Look(
        query="($evaluation: ID!) { it: recomputation(evaluationId: $evaluation) { identical } }",
        rest=None,
        seen={"seen": HER_CIRCLE},
        early={"seen": (*LEADERS, *PROVINCE)},
    ),
    "periodReadiness": Look(
        query="($period: ID!) { it: periodReadiness(periodId: $period) { ready } }",
        rest="FORBIDDEN",
        seen={**LOGIN, "seen": (*LEADERS, "another unit's head", *PROVINCE)},
    ),
    "stageDelegations": Look(
        query=f"($period: ID!) {{ it: stageDelegations(periodId: $period) {NODES} }}",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            0: ("her head", "another unit's head"),
            1: ("her head's head", *PROVINCE),
        },
    ),
    "rankingRuns": Look(
        query=f"($period: ID!) {{ it: rankingRuns(periodId: $period) {NODES} }}",
        rest="FORBIDDEN",
        seen={**LOGIN, 1: PROVINCE},
    ),
    "periodFigures": Look(
        query="($period: ID!) { it: periodFigures(periodId: $period) { corrected } }",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            "seen": ("council", *PROVINCE),
            None: OTHERS_WHO_SUPERVISE,
        },
        early={
            **LOGIN,
            "CONFLICT": ("council", *PROVINCE),
            None: OTHERS_WHO_SUPERVISE,
        },
    ),
    "unitResources": Look(
        query="($period: ID!) { it: unitResources(periodId: $period) { edges { cursor } } }",
        rest="FORBIDDEN",
        seen={**LOGIN, 0: ("her head", "another unit's head"), 1: ("her head's head", *PROVINCE)},
    ),
    "fairnessReports": Look(
        query="($period: ID!) { it: fairnessReports(periodId: $period) { kind } }",
        rest="FORBIDDEN",
        seen={**LOGIN, "seen": PROVINCE},
    ),
    **{
        name: Look(
            query=f"($period: ID!) {{ it: {name}(periodId: $period) {{ edges {{ cursor }} }} }}",
            rest="FORBIDDEN",
            seen={
                **LOGIN,
                0: ("another unit's head",),
                **counts,
            },
            early={
                **LOGIN,
                "CONFLICT": ("Lan", "Minh", "another unit's head", *LEADERS, "hrm", *PROVINCE),
            },
        )
        for name, counts in FOLLOWING.items()
    },
    "rankingRun": Look(
        query="($period: ID!, $run: ID!) { it: rankingRun(periodId: $period, id: $run) { id } }",
        rest="FORBIDDEN",
        seen={**LOGIN, "seen": PROVINCE},
    ),
    "appeals": Look(
        query=f"{{ it: appeals {NODES} }}",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            0: (
                "Lan",
                "board without a province",
                "another province's board",
                "another province's auditor",
            ),
            1: ("Minh", *BOARD),
        },
        early={
            **LOGIN,
            0: (
                "Lan",
                "Minh",
                *BOARD,
                "board without a province",
                "another province's board",
                "another province's auditor",
            ),
        },
    ),
    **{
        name: Look(
            query=f"{{ it: {name} {NODES} }}",
            rest="FORBIDDEN",
            seen={
                **LOGIN,
                0: (
                    "board without a province",
                    "another province's board",
                    "another province's auditor",
                    *nobody_asked,
                ),
                1: BOARD,
            },
        )
        for name, nobody_asked in {
            "triggerCases": (),
            "postAudits": ("council", "another province's council"),
        }.items()
    },
    "priorResults": Look(
        query=f"{{ it: priorResults {NODES} }}",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            0: (
                "Minh",
                "another province's admin",
                "another province's board",
                "another province's auditor",
                "another province's hrm",
            ),
            1: ("Lan", *PROVINCE, *PERSONNEL),
        },
    ),
    "vetoEvents": Look(
        query=f"($person: ID!) {{ it: vetoEvents(civilServantId: $person) {NODES} }}",
        rest="FORBIDDEN",
        seen={**LOGIN, 1: ("Lan", *BOARD)},
    ),
    "civilServantReads": Look(
        query="($person: ID!) { it: civilServantReads(civilServantId: $person) "
        "{ edges { node { hash } } } }",
        rest="FORBIDDEN",
        seen={**LOGIN, 0: ("Lan", "auditor")},
    ),
    "evaluationReadChains": Look(
        query=f"{{ it: evaluationReadChains {NODES} }}",
        rest="FORBIDDEN",
        seen={**LOGIN, 0: ("auditor", "another province's auditor")},
    ),
    "evaluationReadEntries": Look(
        query='{ it: evaluationReadEntries(chainId: "56") { edges { node { hash } } } }',
        rest="FORBIDDEN",
        seen=LOGIN,
    ),
    "scoringPolicy": Look(
        query="($draft: ID!) { it: scoringPolicy(id: $draft) { id } }",
        rest=None,
        seen={"seen": DRAFTERS},
    ),
    "scoringPolicies": public(f"{{ it: scoringPolicies {NODES} }}", 7),
    "scoringPolicies in draft": Look(
        query=f"{{ it: scoringPolicies(state: DRAFT) {NODES} }}",
        rest="FORBIDDEN",
        seen={
            **LOGIN,
            1: DRAFTERS,
            0: (
                "board without a province",
                "another province's admin",
                "another province's board",
                "another province's auditor",
            ),
        },
    ),
    "workingCalendar": public("{ it: workingCalendar(year: 2026) { id } }"),
    "workingDays": public(
        '{ it: workingDays(startsOn: "2026-08-20", endsOn: "2026-09-05") { count } }'
    ),
    "simulateScore": Look(
        query="($period: ID!) { it: simulateScore(input: {periodId: $period}) { people } }",
        rest="FORBIDDEN",
        seen={**LOGIN, "INVALID": (*LEADERS, "another unit's head"), "seen": PROVINCE},
    ),
    "simulateScore of a unit": Look(
        query="($period: ID!, $unit: ID!) "
        "{ it: simulateScore(input: {periodId: $period, unitId: $unit}) { people } }",
        rest="FORBIDDEN",
        seen={**LOGIN, "seen": ("her head's head", *PROVINCE)},
    ),
}


def test_every_query_is_looked_at() -> None:
    fields = schema._schema.query_type
    assert fields is not None

    assert {name.split()[0] for name in LOOKS} == set(fields.fields) - {"_entities", "_service"}


async def outcome(graph: Graph, query: str, actor: Actor, there: Sights) -> object:
    wanted = {name: there.ids[name] for name in re.findall(r"\$(\w+):", query)}
    result = await graph.execute(f"query{query}", actor, wanted)
    if result.errors:
        return result.errors[0].extensions["code"]
    it = result.data["it"]
    if it is None:
        return None
    return len(it["edges"]) if "edges" in it else "seen"


@pytest.mark.parametrize("published", [False, True])
async def test_a_query_shows_each_reader_no_more_than_theirs(
    uow: MemoryUnitOfWork, graph: Graph, published: bool
) -> None:
    there = await sights(uow, published=published)

    for name, look in LOOKS.items():
        found = {
            reader: await outcome(graph, look.query, actor, there)
            for reader, actor in READERS.items()
        }
        assert found == look.expected(published=published), name


ANYTIME = {
    "id",
    "state",
    "role",
    "dutyGroup",
    "ratings",
    "selfAssessment",
    "revision",
    "civilServant",
    "unit",
    "period",
    "missingEvidence",
    "processFaults",
    "assignments",
    "stages",
}
"""What of an evaluation may be read before the publication; whatever else there is waits."""

PARTS = {
    "components": "{ name }",
    "explanation": "{ ruleId }",
    "explanationLines": "{ ruleId depth }",
    "explanationInputs": "{ edges { cursor } }",
    "nextBand": "{ band }",
    "sheets": "{ number }",
    "handedOverParts": "{ hash }",
}


def results() -> list[str]:
    kind = schema._schema.type_map["Evaluation"]
    assert isinstance(kind, GraphQLObjectType)
    # The first waits for the closing, two are of those who have no score, and this policy knows no
    # stages and is of no year.
    others = {"sealed", "trouble", "ratedIn", "stages", "yearParts", "serviceAnnex"}
    return sorted(set(kind.fields) - ANYTIME - others)


@pytest.mark.parametrize("published", [False, True])
async def test_the_person_and_the_hrm_see_no_part_of_a_result_before_its_publication(
    uow: MemoryUnitOfWork, graph: Graph, published: bool
) -> None:
    there = await sights(uow, published=published)
    fields = " ".join(f"{name} {PARTS.get(name, '')}" for name in results())
    later = ("Lan", "Lan without a role", *PERSONNEL)

    for reader in HER_CIRCLE:
        shown: dict[str, Any] = await graph.ask(
            f"query($id: ID!) {{ it: evaluation(id: $id) {{ {fields} }} }}",
            READERS[reader],
            id=there.lan.id,
        )
        nothing: list[object] = [None, [], {"edges": []}]
        empty = {name for name, value in shown["it"].items() if value in nothing}
        assert empty == (set(results()) if reader in later and not published else set()), reader


@pytest.mark.parametrize("published", [False, True])
async def test_a_leader_learns_nothing_of_their_own_result_early(
    uow: MemoryUnitOfWork, graph: Graph, published: bool
) -> None:
    period = await review_scenes.reviewed(uow)
    if published:
        await scenes.move(uow, period, "publish")
        await scenes.Pump(uow).run()
    band = (await scenes.evaluation_of(uow, period, CHAIR_ID)).band
    wanted = {"own": CHAIR_ID, "band": band, "period": period.id, "unit": COMMUNE}
    listing = """query($own: ID, $band: String!) {
      it: evaluations(filter: {band: $band, civilServantId: $own}) { edges { node { id } } }
    }"""
    simulation = """query($period: ID!, $unit: ID!, $own: ID) { it: simulateScore(
      input: {periodId: $period, unitId: $unit, civilServantId: $own}) { people }
    }"""

    own = (await graph.ask(listing, CHAIR, **wanted))["it"]["edges"]
    everybody = (await graph.ask(listing, CHAIR, **{**wanted, "own": None}))["it"]["edges"]
    by_the_board = (await graph.ask(listing, BOARD_MEMBER, **wanted))["it"]["edges"]
    people = (await graph.ask(simulation, CHAIR, **{**wanted, "own": None}))["it"]["people"]
    simulated = await graph.execute(simulation, CHAIR, wanted)

    assert (len(own), len(by_the_board)) == (int(published), 1)
    assert len(everybody) == (2 if published else 1)
    assert people == (6 if published else 5)
    assert (simulated.errors is None) == published


YEAR = """query($person: ID!) { it: civilServant(id: $person) {
  yearResult(year: 2026) { band } } }"""


@pytest.mark.parametrize("published", [False, True])
async def test_a_year_is_made_of_published_periods(
    uow: MemoryUnitOfWork, graph: Graph, published: bool
) -> None:
    there = await sights(uow, published=published)

    for reader in HER_CIRCLE:
        data = await graph.ask(YEAR, READERS[reader], person=there.ids["person"])
        assert (data["it"]["yearResult"] is not None) == published, reader


ENTITIES = """query($reps: [_Any!]!) { _entities(representations: $reps) { __typename } }"""


@pytest.mark.parametrize(
    ("kind", "variable", "readers"),
    [
        ("CivilServant", "person", HER_CIRCLE),
        ("Evaluation", "evaluation", HER_CIRCLE),
        ("Assignment", "assignment", HER_CIRCLE),
        ("OrgUnit", "unit", tuple(READERS)),
        ("EvaluationPeriod", "period", tuple(READERS)),
        ("OrgEvaluation", "orgEvaluation", tuple(READERS)),
        ("Leader", "leader", tuple(READERS)),
    ],
)
async def test_an_entity_reached_from_elsewhere_shows_no_more(
    uow: MemoryUnitOfWork, graph: Graph, kind: str, variable: str, readers: tuple[str, ...]
) -> None:
    there = await sights(uow)

    for reader, actor in READERS.items():
        reps = [{"__typename": kind, "id": id} for id in (there.ids[variable], "x")]
        found = (await graph.ask(ENTITIES, actor, reps=reps))["_entities"]
        assert found == [{"__typename": kind} if reader in readers else None, None], reader


def test_every_entity_is_reached() -> None:
    union = schema._schema.type_map["_Entity"]
    people = {"CivilServant", "Evaluation", "Assignment"}
    cases = {*people, "OrgUnit", "EvaluationPeriod", "OrgEvaluation", "Leader"}

    assert isinstance(union, GraphQLUnionType)
    assert {kind.name for kind in union.types} - {"WorkProductVersion", "Inbox"} == cases


async def test_an_inbox_is_its_owners(graph: Graph) -> None:
    for actor in READERS.values():
        reps = [{"__typename": "Inbox", "id": id} for id in (actor.subject or "", "somebody")]
        found = (await graph.ask(ENTITIES, actor, reps=reps))["_entities"]
        assert found == [{"__typename": "Inbox"} if actor.subject else None, None]
