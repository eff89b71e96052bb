"""What is sealed is what is shown: attacks on a closed period by whoever has the database."""

import asyncio
import json
import typing
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from congvu_kit.application.documents import Document
from congvu_kit.application.ports import Eq
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.labels import known
from congvu_kit.tools import log_export
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.exports.manifest import read_manifest
from congvu_kit.tools.exports.running import verify_export
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import review_scenes
from evaluation.gateway import InProcess
from evaluation.people import BOARD, LAN_ID, MINH_ID
from evaluation.sealed import Closed
from evaluation_service.adapters.cli import evaluation as service_cli
from evaluation_service.adapters.cli import sealed_periods
from evaluation_service.application.collections import EVALUATIONS, PERIODS, POLICIES, RUNS
from evaluation_service.application.periods.sealing import make_seal
from evaluation_service.application.results.scoring import rules_of
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.periods.imprints import NOT_BOUND
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import make_sheet
from evaluation_service.domain.results.runs import RankingRun, run_id
from evaluation_service.domain.results.states import EvaluationState
from support.public_log import SignedLog


def documents(closed: Closed) -> tuple[Document, Document]:
    return tuple(closed.row(EVALUATIONS, closed.of(each).id) for each in (MINH_ID, LAN_ID))  # type: ignore[return-value]


def test_a_band_raised_in_the_served_row_is_named(closed: Closed) -> None:
    minh, _ = documents(closed)
    minh["band"] = "HTXS"

    assert f"evaluation {minh['_id']}: band: it is not what was sealed" in closed.findings()


def test_a_changed_total_is_named(closed: Closed) -> None:
    minh, _ = documents(closed)
    minh["sheets"][-1]["total"] = "90"  # type: ignore[index]

    found = closed.findings()

    assert f"evaluation {minh['_id']}: sheets.2.total: it is not what was sealed" in found


def test_two_people_swapped_are_named(closed: Closed) -> None:
    minh, lan = documents(closed)
    key = "civil_servant_id"
    minh[key], lan[key] = lan[key], minh[key]

    found = closed.findings()

    for each in (minh, lan):
        assert f"evaluation {each['_id']}: {key}: it is not what was sealed" in found


def test_a_sheet_appended_is_named(closed: Closed) -> None:
    minh, _ = documents(closed)
    minh["sheets"].append({**minh["sheets"][0], "number": 3})  # type: ignore[attr-defined,index]

    found = closed.findings()

    assert f"evaluation {minh['_id']}: sheets.3.number: it is not what was sealed" in found


def test_what_differs_is_told_in_vietnamese_by_the_names_of_its_fields(
    closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    minh, lan = documents(closed)
    minh["band"] = "HTXS"
    minh["sheets"].append({**minh["sheets"][0], "number": 3})  # type: ignore[attr-defined,index]
    del closed.uow.rows(EVALUATIONS)[str(lan["_id"])]
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")

    found = closed.findings()

    of = f"phiếu đánh giá {minh['_id']}"
    assert f"{of}: mức xếp loại: khác khi niêm phong" in found
    assert f"{of}: phiếu điểm, mục 3, số thứ tự: khác khi niêm phong" in found
    assert f"phiếu đánh giá {lan['_id']}: không còn" in found


def bound_names() -> set[str]:
    """Every field that a seal binds, of documents and of what they hold."""
    names: set[str] = set()
    left: list[object] = [EvaluationPeriod, RankingRun, Evaluation, OrgEvaluation, Objective]
    seen: list[object] = []
    while left:
        kind = left.pop()
        left += typing.get_args(kind)
        if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
            seen.append(kind)
            hints = typing.get_type_hints(kind)
            bound = [each.name for each in fields(kind) if each.name not in NOT_BOUND]
            names |= {*bound}
            left += [hints[name] for name in bound]
    return names


def test_every_field_under_a_seal_has_words() -> None:
    tables = ("sealed", "field", "column")
    without = {each for each in bound_names() if not any(known(table, each) for table in tables)}

    assert without == set()


def test_an_evaluation_inserted_is_named(closed: Closed) -> None:
    minh, _ = documents(closed)
    closed.uow.rows(EVALUATIONS)["eval_made_up"] = {**minh, "_id": "eval_made_up"}

    assert "evaluation eval_made_up: it is not under the seal" in closed.findings()


def test_an_evaluation_taken_away_is_named(closed: Closed) -> None:
    minh, _ = documents(closed)
    del closed.uow.rows(EVALUATIONS)[str(minh["_id"])]

    assert f"evaluation {minh['_id']}: it is missing" in closed.findings()


async def rewrite(closed: Closed) -> None:
    """Whoever has the database and this program: another result, and everything sealed anew."""
    found = await closed.uow.reading().store(EVALUATIONS).select(Eq("civil_servant_id", MINH_ID))
    id = found[0].id
    async with closed.uow.begin() as tx:
        minh = await tx.store(EVALUATIONS).get(id)
        period = await tx.store(PERIODS).get(closed.period_id)
        run = await tx.store(RUNS).get(run_id(period.id, minh.agency_id))
        rules = (await rules_of(period, tx))[minh.role]
        document = json.loads(minh.sheets[-1].snapshot)
        minh.sheets = [make_sheet(document, rules, number=1, now=tx.now)]
        minh.state = EvaluationState.PUBLISHED
        minh.ranked("HTXS", ())
        await tx.store(EVALUATIONS).save(minh)
        run.corrected(minh.sealed())
        await tx.store(RUNS).save(run)
        period.seal = None
        period._seal(await make_seal(period, Participant(subject="admin"), tx))
        await tx.store(PERIODS).save(period)


def test_a_rewrite_that_agrees_with_itself_is_found_by_the_public_log(closed: Closed) -> None:
    asyncio.run(rewrite(closed))

    assert closed.findings() == []
    assert closed.log_findings() == [
        "public log: entry 1: seal_hash is of another seal than this one",
        "public log: entry 1: root is of another seal than this one",
    ]


def test_a_seal_that_the_log_does_not_hold_or_has_not_signed_is_told(closed: Closed) -> None:
    closed.log = SignedLog()
    assert closed.log_findings() == [f"public log: it holds no seal of period {closed.period_id}"]

    closed.tell_log(signed=False)

    assert closed.log_findings() == ["public log: entry 1 is not under a checkpoint yet"]


def test_a_log_of_another_key_proves_nothing(closed: Closed) -> None:
    (finding,) = closed.log_findings(key=SignedLog().signer.verifier_key)

    assert finding.startswith("public log: checkpoint 1:")


def test_a_correction_after_the_closing_is_sealed_again_and_told(closed: Closed) -> None:
    asyncio.run(correct_later(closed))
    assert closed.findings() == []
    assert closed.log_findings() == [
        "public log: entry 1: seal_hash is of another seal than this one",
        "public log: entry 1: root is of another seal than this one",
    ]

    closed.tell_log()

    assert closed.log_findings() == []


async def correct_later(closed: Closed) -> None:
    found = await closed.uow.reading().store(EVALUATIONS).select(Eq("civil_servant_id", MINH_ID))
    audit = await review_scenes.post_audit(closed.uow, MINH_ID)
    await review_scenes.decide_audit(
        closed.uow,
        audit,
        found[0],
        review_scenes.LOWER,
        actor=replace(BOARD, subject="another", officer="cs_another"),
    )


def test_a_changed_policy_is_named(closed: Closed) -> None:
    row = closed.row(POLICIES, shipped_policy("ND335-2025-STAFF").ref)
    row["document"] = str(row["document"]).replace('"step":"0.25"', '"step":"0.2"')

    assert any("policy.hash: sealed" in line for line in closed.findings())


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('"completed":"4"', '"completed":"5"', "snapshot_hash: sealed"),
        ('"I.2":"5"', '"I.2":"5.0"', "snapshot: sealed"),
        ('"work":', '"wrok":', "snapshot: it cannot be scored"),
    ],
)
def test_a_changed_byte_of_a_snapshot_is_named(
    closed: Closed, before: str, after: str, named: str
) -> None:
    minh, _ = documents(closed)
    sheet: dict[str, str] = minh["sheets"][0]  # type: ignore[index]
    assert before in sheet["snapshot"]
    sheet["snapshot"] = sheet["snapshot"].replace(before, after)

    found = closed.findings()

    assert all(str(minh["_id"]) in line for line in found)
    assert any(f"sheets.1.{named}" in line for line in found)


def test_an_export_is_verified_without_the_platform(
    closed: Closed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal, log = tmp_path / "seal.json", tmp_path / "log.jsonl"
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(closed.graph))
    service_cli.export_period(closed.period_id, out=seal, url="", token="")
    log_export.to_file(closed.log.export(), log)
    monkeypatch.delattr(service_cli, "Gateway")
    key = closed.log.signer.verifier_key

    service_cli.verify_period(seal=seal, log=log, key=key)

    told = read_manifest(tmp_path / "seal.manifest.json")
    assert (told["kind"], told["rows"], told["period"]["id"]) == ("period", 7, closed.period_id)
    verify_export(tmp_path)

    seal.write_text(seal.read_text().replace('"HTT"', '"HTXS"'))
    with pytest.raises(Failure, match="differences in 7 results"):
        service_cli.verify_period(seal=seal, log=log, key=key)
    with pytest.raises(Failure, match=r"seal\.json"):
        verify_export(tmp_path)


def test_a_period_is_verified_through_the_gateway_and_the_log(
    closed: Closed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_cli, "Gateway", lambda url, token: InProcess(closed.graph))
    monkeypatch.setattr(log_export, "from_url", lambda url, *, progress: closed.log.export())
    service_cli.verify_period(closed.period_id, url="", token="")
    minh, _ = documents(closed)
    minh["band"] = "HTXS"

    with pytest.raises(Failure, match="differences in 7 results"):
        service_cli.verify_period(closed.period_id, url="", token="")


@pytest.mark.parametrize("text", ["", "[]", '{"format": "congvu.sealed-period/1"}'])
def test_a_file_that_is_no_export_is_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "seal.json"
    file.write_text(text)

    with pytest.raises(Failure, match="is no export of a sealed period"):
        sealed_periods.from_file(file)


def test_only_a_closed_period_can_be_verified(closed: Closed) -> None:
    closed.row(PERIODS, closed.period_id)["seal"] = None

    with pytest.raises(Failure, match="only a closed one is sealed"):
        closed.fetch()
    with InProcess(closed.graph) as gateway, pytest.raises(Failure, match="no period"):
        sealed_periods.fetch(gateway, "period_x", lambda _: None)
