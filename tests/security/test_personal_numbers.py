"""No citizen number is stored in clear, and public text names nobody, however it is spelled."""

import dataclasses
import importlib
import pkgutil
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import catalogue_service.application
import evaluation_service.application
import feedback_service.application
from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import refuse_citizen_numbers
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.personal_data import PersonalData, personal_data_in

CITIZEN = "001085000123"

CITIZEN_SPELLINGS = [
    CITIZEN,
    "001 085 000 123",
    "001.085.000.123",
    "001-085-000-123",
    "001/085/000/123",
    "001_085_000_123",
    "001 - 085 - 000 - 123",
    "(001)085(000)123",
    "0 0 1 0 8 5 0 0 0 1 2 3",
    "0,0,1,0,8,5,0,0,0,1,2,3",
    "001085\n000123",
    "001\u200b085000123",
    "0\u00ad01085000123",
    "001\u00a0085\u2009000 123",
    "001\u2013085\u2013000\u2013123",
    "001\u00b7085\u00b7000\u00b7123",
    "٠٠١٠٨٥٠٠٠١٢٣",
    "００１０８５０００１２３",
    "𝟎𝟎𝟏𝟎𝟖𝟓𝟎𝟎𝟎𝟏𝟐𝟑",
    "⓪⓪①⓪⑧⑤⓪⓪⓪①②③",
    "0\u03320\u03321085000123",
    "OO1085000123",
    "оо1085000123",
    "CCCD001085000123",
    "không không một không tám năm không không không một hai ba",
]

TELEPHONE_SPELLINGS = [
    "0912345678",
    "0912 345 678",
    "0912.345.678",
    "09 12 34 56 78",
    "09.12.34.56.78",
    "(0912) 345-678",
    "0912/345/678",
    "091_234_5678",
    "+84912345678",
    "+84 (0) 912 345 678",
    "0084 912 345 678",
    "84-912-345-678",
    "o912345678",
    "٠٩١٢٣٤٥٦٧٨",
    "0912\u200b345678",
    "0258 3822 222",
    "không chín một hai ba bốn năm sáu bảy tám",
]

MAIL_SPELLINGS = [
    "hoa@example.vn",
    "hoa @ example . vn",
    "hoa＠example.vn",
    "hoa(at)example.vn",
    "hoa[at]example[dot]vn",
    "hoa a còng example chấm vn",
]

NOBODY = [
    "CB202607010001",
    "Hồ sơ H32.31.07-260801-0001 đã trả ngày 03/08/2026",
    "Mã 000.00.31.H32-260801-0001, theo Nghị định 61/2018/NĐ-CP",
    "Phí 120.000.000 đồng, 12 tháng 2026, tầng 3 số 07",
    "1.012.345.678.901 đồng",
    "Từ 01/02/2026 đến 05/02/2026",
    "lúc 08:30 ngày 03/08/26 08:30",
    "2026-01-02T08:30:00",
    "05, 10, 15, 20, 25, 30",
    "3e2a0010-8500-0123-0000-010850001230",
    "9f86d081884c7d659a2feaa0c55ad015001085000123b0f00a08",
    "ver_019adf001085000123001085000123ab",
    "năm 2025, năm 2026, năm 2027",
    "283/QĐ-UBND ngày 15/07/2026",
    "một hai ba bốn năm",
    "gặp @ quầy số 3. Xin cảm ơn",
]

SPELLINGS = [
    *((text, PersonalData.CITIZEN_NUMBER) for text in CITIZEN_SPELLINGS),
    *((text, PersonalData.TELEPHONE) for text in TELEPHONE_SPELLINGS),
    *((text, PersonalData.MAIL) for text in MAIL_SPELLINGS),
]


@pytest.mark.parametrize(("text", "kind"), SPELLINGS)
def test_every_spelling_is_found(text: str, kind: PersonalData) -> None:
    assert personal_data_in(text) is kind
    assert personal_data_in(f"Bà Hoa: {text}. Đề nghị xem lại") is kind


@pytest.mark.parametrize("text", NOBODY)
def test_what_names_nobody_may_be_written(text: str) -> None:
    assert personal_data_in(text) is None


@given(st.from_regex(r"0(0[1-9]|[1-8][0-9]|9[0-6])[0-3][0-9]{8}", fullmatch=True), st.data())
def test_one_separator_anywhere(number: str, data: st.DataObject) -> None:
    between = data.draw(st.sampled_from([" ", ".", "-", "/", "\u200b", " - ", "\u00a0", "_"]))
    pieces = [digit + data.draw(st.sampled_from(["", between])) for digit in number]
    assert personal_data_in("Số " + "".join(pieces)) is not None


@given(st.uuids())
def test_ids_are_no_personal_numbers(id: uuid.UUID) -> None:
    for text in (str(id), id.hex, f"ver_{id.hex}", str(id).upper()):
        assert personal_data_in(text) is None


SERVICES = (catalogue_service, evaluation_service, feedback_service)


def commands() -> list[type[Command]]:
    for service in SERVICES:
        for module in pkgutil.walk_packages(service.__path__, f"{service.__name__}."):
            if ".application." in module.name:
                importlib.import_module(module.name)
    return sorted(
        (each for each in _below(Command) if "operation" in vars(each)),
        key=lambda each: (each.__module__, each.__name__),
    )


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        if each.__module__.partition(".")[0].endswith("_service"):
            yield each
        yield from _below(each)


def paths(value: object, at: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Where a command or a row holds plain text."""
    if type(value) is str:
        yield at
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from paths(each, (*at, number))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in ("actor", "idempotency_key"):
                yield from paths(getattr(value, field.name), (*at, field.name))


def put(value: Any, at: tuple[Any, ...], text: str) -> Any:
    if not at:
        return text
    here, *rest = at
    if isinstance(value, tuple):
        return (*value[:here], put(value[here], tuple(rest), text), *value[here + 1 :])
    return dataclasses.replace(value, **{here: put(getattr(value, here), tuple(rest), text)})


def is_refused(asked: Command) -> bool:
    try:
        refuse_citizen_numbers(asked)
    except Invalid as refused:
        return refused.rule_id == "PERSONAL-ID" and CITIZEN not in f"{refused.en} {refused.vi}"
    return False


UNCHECKED = {
    "assign_work_bulk.rows": "row by row",
    "confirm_readings.rows": "row by row",
    "define_objectives.rows": "row by row",
    "record_readings.rows": "row by row",
    "score_general_criteria_bulk.rows": "row by row",
    "dispute_answer.reason": "sealed",
    "reopen_complaint.reason": "sealed from who complained; else public, and checked as such",
    "reopen_complaint.submitter_token": "an HMAC",
    "draft_policy.document": "a document",
    "file_complaint.attachments": "sealed",
    "file_complaint.contact": "sealed",
    "file_complaint.name": "sealed",
    "file_complaint.submitter_token": "an HMAC",
    "file_complaint.text": "sealed",
    "import_prior_results.rows": "row by row",
    "import_work_products.rows": "row by row",
    "record_dossier_events.events": "row by row",
    "revise_policy.document": "a document",
    "submit_satisfaction.comment": "sealed",
    "submit_satisfaction.rating_code": "never kept",
    "submit_satisfaction.submitter_token": "an HMAC",
    "rate_service.comment": "sealed",
    "rate_service.submitter_token": "an HMAC",
    "submit_suggestion.submitter_token": "an HMAC",
    "submit_suggestion.text": "sealed",
    "submit_feedback_bulk.rows": "row by row",
    "sync_personnel.people": "row by row",
    "sync_personnel.positions": "row by row",
    "sync_personnel.units": "row by row",
    "confirm_answer.submitter_token": "an HMAC",
    "dispute_answer.submitter_token": "an HMAC",
    "erase_private_data.submitter_token": "an HMAC",
    "file_data_request.submitter_token": "an HMAC",
    "file_data_request.name": "sealed",
    "file_data_request.contact": "sealed",
    "withdraw_data_request.submitter_token": "an HMAC",
}
"""The only places where a citizen number passes the door, and why."""


@pytest.mark.parametrize("command", commands(), ids=lambda each: each.operation)
def test_no_command_takes_a_citizen_number(command: type[Command]) -> None:
    open_at: set[str] = set()

    @settings(max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.from_type(command))
    def check(asked: Command) -> None:
        for at in paths(asked):
            if not is_refused(put(asked, at, f"số {CITIZEN}")):
                open_at.add(f"{command.operation}.{at[0]}")

    check()
    assert open_at <= UNCHECKED.keys(), f"checked nowhere: {sorted(open_at - UNCHECKED.keys())}"


@pytest.mark.parametrize("text", [*CITIZEN_SPELLINGS, *TELEPHONE_SPELLINGS])
def test_what_is_shown_is_so_among_other_letters(text: str) -> None:
    """Plain text is looked at on a shorter way."""
    assert personal_data_in(text) is personal_data_in(f"Đ {text}") is not None
