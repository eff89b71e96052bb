"""What a result is made of: components, sheets, the parts of a year; and its recomputation."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, describe
from congvu_scoring import exact_text
from congvu_scoring.snapshots.tables import CitizenEvidence
from evaluation_service.adapters.graphql.common.types import InputEvidence, as_decimal
from evaluation_service.adapters.graphql.periods.types import PolicyPin
from evaluation_service.application.results import queries
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.integrity import faults
from evaluation_service.domain.integrity.faults import ProcessStep
from evaluation_service.domain.results import sheets
from evaluation_service.domain.results.rating import sheet_snapshot
from evaluation_service.domain.results.sheets import EvaluationOutcome

PARTS_OF_A_YEAR_MAX = 24
"""Twelve months, and as many of policies that stand beside."""


@strawberry.type(description="A named part of the score, such as a, b, c or result.")
class ScoreComponent:
    name: str = strawberry.field(description="Its name in the policy.")
    value: Decimal | None = strawberry.field(description="Its value.")
    exact: str = strawberry.field(description="Its exact value, e.g. 5/6.")


@strawberry.type(
    description="One scoring: never changed, only followed by another after a decision."
)
class ScoreSheet:
    number: int = strawberry.field(description="1 is the first.")
    policy: PolicyPin = strawberry.field(description="The rules it was scored by.")
    outcome: EvaluationOutcome = strawberry.field(description="Whether there is a score.")
    total: Decimal | None = strawberry.field(description="The computed total.")
    band: str | None = strawberry.field(description="The band before the quota.")
    snapshot: str = strawberry.field(description="The inputs, canonical JSON (RFC 8785).")
    snapshot_hash: str = strawberry.field(description="SHA-256 of the inputs.")
    result_hash: str = strawberry.field(description="SHA-256 of the result document.")
    basis: strawberry.ID | None = strawberry.field(
        description="The appeal or post-audit it rests on; null for the first."
    )
    made_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, value: sheets.Sheet) -> Self:
        return by_name(cls, value, total=as_decimal(value.total))


describe(
    ProcessStep,
    "Whose lateness is charged to whoever was late.",
    APPROVE_WORK="Checking a report.",
    PASS_STAGE="A stage of the file.",
    ANSWER_COMPLAINT="Answering a citizen's complaint.",
)


@strawberry.type(description="A silence, charged to whoever was silent.")
class ProcessFault(Shown):
    SHOWS = faults.ProcessFault

    id: strawberry.ID = strawberry.field(description="Opaque id.")
    step: ProcessStep = strawberry.field(description="What was not done in time.")
    due_on: date = strawberry.field(description="When it was due.")
    ended_on: date | None = strawberry.field(description="When it was done; null while it is not.")
    lifted_on: date | None = strawberry.field(
        description="When a calendar called its days off: it counts nowhere then."
    )
    assignment_id: strawberry.ID | None = strawberry.field(description="The work.")
    complaint_id: strawberry.ID | None = strawberry.field(description="The complaint.")
    stage: str | None = strawberry.field(description="The stage of the file.")


@strawberry.type(description="A month or quarter that a year is made of.")
class YearPart:
    period: str = strawberry.field(description="Which, e.g. 2026-Q3.")
    outcome: EvaluationOutcome = strawberry.field(description="Only SCORED ones count.")
    total_exact: str | None = strawberry.field(description="Total points, exactly.")
    band: str | None = strawberry.field(description="Final band.")
    period_id: strawberry.ID | None = strawberry.field(
        description="The period that rated it; null from before the platform, or of several."
    )
    period_name: str | None = strawberry.field(description="Its name.")
    seal_hash: str | None = strawberry.field(description="Its seal, if it was closed by then.")
    evidence: list[InputEvidence] = strawberry.field(
        description="The evaluation with the hash of its sheet, or the document; where several "
        "agencies rated it, of all of them, with their seals.",
        directives=at_most(EVIDENCE_MAX),
    )

    @classmethod
    def all_of(cls, sheet: sheets.Sheet) -> list[Self]:
        """As the sheet counted them."""
        rows = sheet_snapshot(sheet).table("periods")
        totals, cells = rows.numbers["total"], rows.cells

        def text(name: str, index: int) -> str | None:
            cell = cells[name][index]
            return None if cell is None else str(cell)

        def proofs(index: int) -> tuple[CitizenEvidence, ...]:
            cell = cells["evidence"][index]
            return cell if isinstance(cell, tuple) else ()

        return [
            cls(
                period=label,
                outcome=EvaluationOutcome(str(cells["state"][index])),
                total_exact=exact_text(totals.at(index)) if totals.has(index) else None,
                band=text("band", index),
                period_id=strawberry.ID(by) if (by := text("origin", index)) else None,
                period_name=text("origin_name", index),
                seal_hash=text("origin_hash", index),
                evidence=[
                    InputEvidence(ref=each.ref, hash=each.hash, confirmed_by=each.confirmed_by)
                    for each in proofs(index)
                ],
            )
            for index, label in enumerate(rows.labels)
        ]


@strawberry.type(description="A result computed again from its stored inputs (E-I2).")
class Recomputation:
    identical: bool = strawberry.field(description="Whether both hashes are the stored ones.")
    stored_snapshot_hash: str = strawberry.field(description="As stored.")
    snapshot_hash: str = strawberry.field(description="Of the stored inputs, now.")
    stored_result_hash: str = strawberry.field(description="As stored.")
    result_hash: str = strawberry.field(description="Of the result, computed now.")

    @classmethod
    def of(cls, stored: sheets.Sheet, again: queries.Recomputed) -> Self:
        return by_name(
            cls,
            again,
            stored_snapshot_hash=stored.snapshot_hash,
            stored_result_hash=stored.result_hash,
        )
