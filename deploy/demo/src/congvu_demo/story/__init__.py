"""The main story of the platform, step by step; tests tell it too."""

from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import Gateway
from congvu_demo.dataset import Dataset, dataset
from congvu_demo.place import Place
from congvu_demo.story import answer, catalogue, citizens, closing, events, quarter, trust
from congvu_demo.story.telling import Step, Story, Teller

STEPS: tuple[Step, ...] = (
    Step("Nobody gets in past the gateway", trust.services_answer_the_gateway_only),
    Step("Tokens cannot be made up", trust.tokens_cannot_be_made_up),
    Step("A visitor reads and changes nothing", trust.visitors_read_and_change_nothing),
    Step("The personnel system syncs a commune", quarter.hrm_syncs_the_commune),
    Step("The commune drafts its group C", catalogue.commune_drafts),
    Step("Home Affairs appraises, the head issues", catalogue.commune_issues_group_c),
    Step("Groups A, B, D need the committee", catalogue.province_issues_shared_groups),
    Step("The proposer is never the approver", catalogue.proposer_is_never_approver),
    Step("A quarter opens on those releases", quarter.quarter_opens),
    Step("Superiors assign work", quarter.work_is_assigned),
    Step("Work is reported and checked", quarter.work_is_done_and_checked),
    Step("The portal's dossiers fill the rest", quarter.portal_fills_quantity_and_lateness),
    Step("An objective cause needs a second person", quarter.objective_cause_needs_another_person),
    Step("An entry is revised while the quarter runs", catalogue.entry_is_revised_meanwhile),
    Step("Citizens rate what they got", citizens.citizens_rate),
    Step("Their index stands beside the person", citizens.index_stands_beside_the_person),
    Step("A complaint is disputed and upheld", citizens.complaint_is_upheld),
    Step("The quarter is frozen, scored and ranked", closing.quarter_is_frozen_and_scored),
    Step("It is published, closed and sealed", closing.quarter_is_published_and_sealed),
    Step("An outsider recomputes the seal", closing.seal_is_recomputed),
    Step("The personnel system asks why", answer.hrm_asks_why),
    Step("Strangers see no score", answer.strangers_see_no_score),
    Step("The public log is proved", answer.public_log_is_proved),
    Step("Partners read every event off Kafka", events.partners_read_the_events),
)


async def tell_all(
    place: Place, gateway: Gateway, teller: Teller, data: Dataset | None = None
) -> None:
    """On the whole quarter unless other data is given.

    Raises `Unexpected` at the first thing that is not as the story says.
    """
    told = data or dataset()
    story = Story(World(gateway, Cast(told, place.issuer.token), told), place, teller)
    for number, step in enumerate(STEPS, start=1):
        teller.step(number, step.title)
        await step.tell(story)
