"""What of a person's inputs counts: the items of the version that was signed, and no others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import RULE, AgreementItem
from evaluation_service.domain.objectives.scorecards import Scorecard, ScorecardLine, SignedTarget
from evaluation_service.domain.results.inputs import GivenInputs, Rating


@dataclass(frozen=True, kw_only=True)
class SignedItems:
    """`ref` and `hash` name the version; the snapshot carries both. `acted` are those who proposed
    and signed it."""

    agreement_id: str
    ref: str
    hash: str
    items: tuple[AgreementItem, ...]
    acted: tuple[Participant, ...]

    @property
    def proof(self) -> dict[str, Json]:
        return {"ref": self.ref, "hash": self.hash}

    @property
    def of_elements(self) -> bool:
        return all(each.target is None for each in self.items)

    def indicators(self, scorecard: Scorecard | None) -> list[dict[str, Json]]:
        """Targets as signed, with what was read and confirmed of the objective of that code."""
        lines = {line.code: line for line in scorecard.lines} if scorecard else {}
        return [_row(each, lines.get(each.code)) for each in self.items]

    def in_the_units(self, line: ScorecardLine) -> ScorecardLine | None:
        """The shared target of this objective's code in the scorecard of the unit, as signed."""
        item = next((each for each in self.items if each.shared and each.code == line.code), None)
        if item is None or item.objective is None or item.objective_hash is None:
            return None
        as_signed = replace(
            line,
            weight=item.weight,
            baseline=item.baseline or Decimal(0),
            target=item.target or Decimal(0),
            direction=item.direction,
            perspective=item.perspective,
            unit_perspective=item.unit_perspective,
            signed=SignedTarget(
                ref=self.ref,
                hash=self.hash,
                objective=item.objective,
                objective_hash=item.objective_hash,
            ),
        )
        return as_signed.in_the_units()

    def elements(self, ratings: Iterable[Rating]) -> dict[str, Json]:
        """Each rated element of the agreement with its weight."""
        weights = {each.code: format(each.weight, "f") for each in self.items}
        return {
            each.key: {"value": format(each.points, "f"), "weight": weights[each.key]}
            for each in ratings
            if each.key in weights
        }


def _row(item: AgreementItem, line: ScorecardLine | None) -> dict[str, Json]:
    """As the engine reads it; what shows the target is the objective as it was signed."""
    proof: list[Json] = [{"ref": item.objective, "hash": item.objective_hash}]
    row: dict[str, Json] = {
        "code": item.code,
        "weight": format(item.weight, "f"),
        "baseline": format(item.baseline or 0, "f"),
        "target": format(item.target or 0, "f"),
        "direction": str(item.direction),
        "shared": item.shared,
    }
    if item.perspective is not None:
        row["perspective"] = item.perspective
    if line is not None and line.parent_id is not None:
        row["parent"] = line.parent_id
    if line is not None and line.reading is not None:
        row["actual"] = format(line.reading.value, "f")
        proof.append(line.reading.proof())
    return {**row, "evidence": proof}


def signed_items(
    agreements: Sequence[Agreement],
    policy_id: str,
    starts_on: date,
    ends_on: date,
    at: datetime,
) -> SignedItems | None:
    """Of a person's agreements in one appointment, the newest that counts for these days."""
    for each in sorted(agreements, key=lambda one: one.starts_on, reverse=True):
        version = each.counted(starts_on, ends_on, at) if each.policy_id == policy_id else None
        if version is not None:
            return SignedItems(
                agreement_id=each.id,
                ref=f"{each.id}@{version.number}",
                hash=each.hash_of(version),
                items=version.items,
                acted=(version.proposed_by, *(one.by for one in version.signatures)),
            )
    return None


def check_agreed(given: GivenInputs, agreed: SignedItems | None, path: str) -> None:
    """Raise `Invalid` for an element that nobody agreed on."""
    keys = {each.code for each in agreed.items} if agreed else set()
    for place, rating in enumerate(given.elements):
        if rating.key not in keys:
            en = "the signed agreement has no such element"
            vi = "Bản đã ký không có yếu tố này."
            if agreed is None:
                en = "the agreement comes first (draftAgreement, signAgreement)"
                vi = "Vui lòng soạn và ký kết trước."
            raise Invalid(en=en, vi=vi, field=f"{path}.elements.{place}.key", rule_id=RULE)
