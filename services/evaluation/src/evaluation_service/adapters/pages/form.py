"""Fills in the form of one evaluation."""

import re
from collections.abc import Iterator

from congvu_kit.application.ports import Transaction
from congvu_scoring import Explanation, ScoreResult
from evaluation_service.adapters.pages.explanation import FormFields, explanation_page
from evaluation_service.application.collections import PERIODS, SERVANTS, UNITS, VERSIONS
from evaluation_service.application.personnel.queries import position_on
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs

_VERSION_ID = re.compile(r"[A-D]\.[A-Z0-9._-]+@\d+")
_KIND_OF_PLACE = re.compile(r"^(Ủy ban nhân dân|UBND)\s+(xã|phường|đặc khu|thành phố|tỉnh)\s+")


async def printed(tx: Transaction, evaluation: Evaluation, result: ScoreResult) -> str:
    agency = await tx.store(UNITS).find(evaluation.agency_id)
    unit = await tx.store(UNITS).find(evaluation.unit_id)
    servant = await tx.store(SERVANTS).find(evaluation.civil_servant_id)
    period = await tx.store(PERIODS).find(evaluation.period_id)
    position = await position_on(
        tx, evaluation.province, evaluation.position_code, evaluation.period_starts_on
    )
    fields = FormFields(
        agency=agency.name if agency else evaluation.agency_id,
        unit=unit.name if unit else evaluation.unit_id,
        full_name=servant.full_name if servant else evaluation.civil_servant_id,
        position=position.title if position else evaluation.position_code,
        duty_group=evaluation.duty_group,
        period=period.name if period else evaluation.period_label,
        self_assessment=_ratings(evaluation.self_assessed),
        annex=evaluation.annex,
        place_and_date=_place_and_date(agency.name if agency else ""),
        final_band=evaluation.band,
        rank_reasons=tuple(evaluation.rank_reasons),
        product_names=await _product_names(tx, result),
        manager_opinion=_reasons(evaluation.given),
    )
    return explanation_page(result, fields)


def _place_and_date(agency: str) -> str:
    """The place is the agency's; the day is written by who signs."""
    place = _KIND_OF_PLACE.sub("", agency)
    return f"{place or '……'}, ngày …… tháng …… năm ……"


async def _product_names(tx: Transaction, result: ScoreResult) -> dict[str, str]:
    ids = {id for text in _texts(result.explanation()) for id in _VERSION_ID.findall(text)}
    found = await tx.store(VERSIONS).find_many(sorted(ids))
    return {each.id: each.name_vi for each in found if each is not None}


def _texts(node: Explanation) -> Iterator[str]:
    yield node.text_vi
    for child in node.children:
        yield from _texts(child)


def _points(points: object) -> str:
    return str(points).replace(".", ",")


def _ratings(given: GivenInputs) -> str:
    return "; ".join(f"{rating.key}: {_points(rating.points)}" for rating in given.general)


def _reasons(given: GivenInputs) -> str:
    return "; ".join(f"{rating.key}: {rating.reason}" for rating in given.general if rating.reason)
