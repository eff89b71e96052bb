"""Whatever the engine says in Vietnamese has numbers as Vietnam writes them: 0,25."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring import compile_policy, read_policy
from congvu_scoring.common.exact import comma, exact_vi
from congvu_scoring.common.plain import plain
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from congvu_scoring.documents.yaml_documents import parse_yaml, read_yaml
from congvu_scoring.language.invalid_policy import InvalidPolicy
from scoring.commands import app
from scoring.explained import explained_cases
from scoring.making import tiny_text

POINT = re.compile(r"(?<![\w.@'-])-?\d+\.\d{1,4}(?![\w.])")
"""A number as a computer writes it. A code has letters or more points (B.56.VB.01@1), that of an
administrative procedure more digits (1.001193); what somebody wrote is quoted."""

_REFUSALS = read_yaml(Path(__file__).parent / "refusals.yaml")
assert isinstance(_REFUSALS, list)
REFUSALS: list[Mapping[str, object]] = _REFUSALS


def vietnamese(document: Json, key: str = "") -> Iterator[str]:
    if isinstance(document, Mapping):
        for name, each in document.items():
            yield from vietnamese(each, name)
    elif isinstance(document, list):
        for each in document:
            yield from vietnamese(each, key)
    elif isinstance(document, str) and key in ("vi", "text_vi"):
        yield document


def with_a_point(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if POINT.search(text)]


def test_no_explanation_has_a_decimal_point() -> None:
    told = list(vietnamese(dict(explained_cases())))

    assert with_a_point(iter(told)) == []
    assert any("trừ 0,25 cho mỗi lần" in text for text in told)


def test_no_text_of_a_policy_has_a_decimal_point() -> None:
    told = (
        text for each in shipped_policies().values() for text in vietnamese(plain(each.document))
    )

    assert with_a_point(told) == []


@pytest.mark.parametrize("pair", list(pairwise(sorted(shipped_policies()))), ids="-".join)
def test_no_difference_of_policies_has_a_decimal_point(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")

    told = CliRunner().invoke(app, ["policy", "diff", *pair])

    assert with_a_point(iter(told.stdout.splitlines())) == []


def test_no_error_of_a_policy_has_a_decimal_point() -> None:
    told = []
    for case in REFUSALS:
        text = tiny_text(str(case.get("total", 1)), f"{case.get('sections', '')}\n")
        with pytest.raises(InvalidPolicy) as refusal:
            read_policy(parse_yaml(text, "tiny"), "tiny.yaml")
        told += [fault.vi for fault in refusal.value.faults]

    assert with_a_point(iter(told)) == []


def test_a_switch_out_of_its_range_is_told_with_commas() -> None:
    policy = shipped_policy("ND335-2025-STAFF")
    name, switch = next((k, v) for k, v in policy.switches.items() if v.high is not None)

    with pytest.raises(Invalid) as refusal:
        compile_policy(policy, {name: "1000.5"})

    assert "1000,5 ngoài khoảng" in refusal.value.vi
    assert "1000.5 lies outside" in refusal.value.en
    assert switch.high is not None


@pytest.mark.parametrize(
    ("text", "written"), [("2.50", "2,50"), ("-0.5", "-0,5"), ("1/3", "1/3"), ("B.56@1", "B.56@1")]
)
def test_a_number_has_a_comma_and_a_code_none(text: str, written: str) -> None:
    assert comma(text) == written
    assert exact_vi(Fraction(1, 4)) == "0,25"
