"""Assigning, reporting, checking; causes."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.work.inputs import (
    AcceptWorkInput,
    AssignGroupWorkInput,
    AssignWorkInput,
    CancelAssignmentInput,
    CarryOverAssignmentInput,
    ClaimObjectiveCauseInput,
    DecideObjectiveCauseInput,
    DecideWorkDoubtsInput,
    DecideWorkProposalInput,
    DivideGroupWorkInput,
    ProposeWorkInput,
    RaiseAssignmentInput,
    ReduceAssignmentInput,
    ReportGroupWorkInput,
    ReportWorkInput,
    ReturnWorkInput,
    TransferAssignmentInput,
)
from evaluation_service.adapters.graphql.work.types import Assignment
from evaluation_service.adapters.graphql.work.values import WorkGroup
from evaluation_service.application.work import (
    causes,
    commands,
    continuations,
    doubt_decisions,
    groups,
    proposals,
    quantities,
    reviews,
)


@strawberry.type
class WorkMutation:
    assign_work = mutation(
        commands.assign_work,
        AssignWorkInput,
        Assignment,
        description="Give work; pins the catalogue version. Role manager or unit-head of the "
        "person's unit or one above, never for oneself.",
    )
    report_work = mutation(
        commands.report_work,
        ReportWorkInput,
        Assignment,
        description="Report own work. Role officer.",
    )
    accept_work = mutation(
        reviews.accept_work,
        AcceptWorkInput,
        Assignment,
        description="Accept reported work, never more than was assigned: raise it first. Until "
        "the results are published; after the freeze it makes the next sheet of the "
        "result (E-I16), and the review board may check in a superior's place. Role "
        "manager or unit-head as in assignWork.",
    )
    return_work = mutation(
        reviews.return_work,
        ReturnWorkInput,
        Assignment,
        description="Send reported work back: one quality failure. After the freeze nothing can "
        "be done again: the report is not accepted, and no failure is charged. Role "
        "as in acceptWork.",
    )
    cancel_assignment = mutation(
        quantities.cancel_assignment,
        CancelAssignmentInput,
        Assignment,
        description="Take back work that has not begun. Role as in assignWork.",
    )
    raise_assignment = mutation(
        quantities.raise_assignment,
        RaiseAssignmentInput,
        Assignment,
        description="Assign more of the same: only then more is accepted. Role as in assignWork.",
    )
    reduce_assignment = mutation(
        quantities.reduce_assignment,
        ReduceAssignmentInput,
        Assignment,
        description="Relieve of a part: leave, transfer, a task withdrawn; never below what was "
        "done, and seen with the score. Role as in assignWork.",
    )
    carry_over_assignment = mutation(
        continuations.carry_over_assignment,
        CarryOverAssignmentInput,
        Assignment,
        description="Carry what is left into a later period; what was done stays counted. Role as"
        " in assignWork.",
    )
    transfer_assignment = mutation(
        continuations.transfer_assignment,
        TransferAssignmentInput,
        Assignment,
        description="Give what is left to another officer; what was done stays with the first. "
        "Role as in assignWork, for both.",
    )
    assign_group_work = mutation(
        groups.assign_group_work,
        AssignGroupWorkInput,
        WorkGroup,
        description="Give one quantity to several officers by shares of exactly 100, an "
        "assignment each. Role as in assignWork, for all of them.",
    )
    divide_group_work = mutation(
        groups.divide_group_work,
        DivideGroupWorkInput,
        WorkGroup,
        description="Divide group work anew: shares, members, quantity; once anybody has begun, by "
        "a decision only, never below what was done. Role as in assignGroupWork.",
    )
    report_group_work = mutation(
        groups.report_group_work,
        ReportGroupWorkInput,
        WorkGroup,
        description="Report what the group did, each member's share of it; members may report "
        "their own part by reportWork instead. Role officer, the lead of the group.",
    )
    propose_work = mutation(
        proposals.propose_work,
        ProposeWorkInput,
        Assignment,
        description="Propose own ad-hoc work: it counts once approved. Role officer.",
    )
    decide_work_proposal = mutation(
        proposals.decide_work_proposal,
        DecideWorkProposalInput,
        Assignment,
        description="Approve or refuse proposed work. Role as in assignWork.",
    )
    claim_objective_cause = mutation(
        causes.claim_objective_cause,
        ClaimObjectiveCauseInput,
        Assignment,
        description="Claim an objective cause for own work. Role officer.",
    )
    decide_objective_cause = mutation(
        causes.decide_objective_cause,
        DecideObjectiveCauseInput,
        Assignment,
        description="Confirm or refuse an objective cause; never the claimant (E-I12). Role "
        "manager or unit-head as in acceptWork.",
    )
    decide_work_doubts = mutation(
        doubt_decisions.decide_work_doubts,
        DecideWorkDoubtsInput,
        Assignment,
        description="Decide whether accepted work counts elsewhere as well: it stands, or some of"
        " it is withdrawn and asked for again. After the freeze that makes the next "
        "sheet of the result; after the publication it asks for a post-audit (E-I3). "
        "Role as in assignWork.",
    )
