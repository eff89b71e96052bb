"""Which events evaluation reads, its own among them, and what it does about each."""

from collections.abc import Sequence

from congvu_kit.adapters.subscriptions import (
    AnySubscription,
    LongWork,
    Subscription,
    rows_ahead,
    with_feed,
)
from evaluation_service.application import reactions
from evaluation_service.application.agreements import lives
from evaluation_service.application.collections import FEED, PUBLISHED_COMMITMENTS
from evaluation_service.application.dossiers import waiting
from evaluation_service.application.feed.queries import TOLD
from evaluation_service.application.integrity import answers
from evaluation_service.application.leadership import promises
from evaluation_service.application.periods import repairs
from evaluation_service.application.results import indexes
from evaluation_service.application.review import years
from evaluation_service.application.transfers import parts

REACTIONS: Sequence[AnySubscription] = (
    Subscription(
        "congvu.catalogue.work_product.published.v1",
        reactions.VersionPublished,
        reactions.keep_version,
        reactions.versions_ahead,
    ),
    Subscription(
        "congvu.catalogue.release.published.v1",
        reactions.ReleasePublished,
        reactions.keep_release,
    ),
    Subscription(
        "congvu.catalogue.adjustment.approved.v1",
        reactions.AdjustmentChanged,
        reactions.keep_adjustment,
    ),
    Subscription(
        "congvu.catalogue.adjustment.expired.v1",
        reactions.AdjustmentChanged,
        reactions.end_adjustment,
    ),
    Subscription(
        "congvu.feedback.index.computed.v1",
        indexes.IndexComputed,
        indexes.keep_index,
        indexes.indexes_ahead,
    ),
    Subscription(
        "congvu.feedback.post_audit.requested.v1",
        reactions.PostAuditRequested,
        reactions.open_post_audit,
    ),
    Subscription(
        "congvu.feedback.complaint.answer_overdue.v1",
        answers.AnswerOverdue,
        answers.charge_answer,
    ),
    Subscription(
        "congvu.feedback.complaint.answered.v1", answers.ComplaintMoved, answers.end_silence
    ),
    Subscription(
        "congvu.feedback.complaint.closed.v1", answers.ComplaintMoved, answers.end_silence
    ),
    Subscription("congvu.evaluation.period.opened.v1", answers.PeriodFact, answers.adopt_faults),
    Subscription(
        "congvu.feedback.commitment.published.v1",
        promises.CommitmentFact,
        promises.keep_commitment,
        rows_ahead(PUBLISHED_COMMITMENTS, lambda fact: fact.commitment_id),
    ),
    LongWork(
        "congvu.evaluation.scoring.requested.v1",
        reactions.RunFact,
        reactions.score_requested_agency,
        reactions.tell_trouble,
    ),
    Subscription(
        "congvu.evaluation.ranking.completed.v1", reactions.RunFact, reactions.move_period_on
    ),
    LongWork(
        "congvu.evaluation.period.unfrozen.v1", repairs.UnfrozenFact, repairs.lay_results_aside
    ),
    LongWork(
        "congvu.evaluation.ranking.published.v1", reactions.RunFact, reactions.announce_results
    ),
    Subscription(
        "congvu.evaluation.evaluation.corrected.v1", lives.CorrectedResult, lives.assess_again
    ),
    Subscription("congvu.evaluation.result.handed_over.v1", parts.PartHandedOver, parts.take_part),
    Subscription("congvu.evaluation.year.outdated.v1", years.YearFact, years.renew_year),
    Subscription(
        "congvu.evaluation.matching.requested.v1", waiting.MatchingFact, waiting.match_waiting
    ),
)

SUBSCRIPTIONS = tuple(with_feed(FEED, TOLD, REACTIONS))
