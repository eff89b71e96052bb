"""What the users read in Vietnamese is as an office writes it (decision 0065). The texts are all
that the code can give, read from it; what a text puts in is written by the one helper."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from congvu_kit.domain.actor import Role
from congvu_kit.domain.labels import TABLE, known
from congvu_kit.domain.vietnamese import language_of, vi_percent, vi_text

SERVICES = Path(__file__).parents[2] / "services"
PROGRAMS = sorted(SERVICES.parent.glob("deploy/*/src/**/*.py"))
MODULES = sorted(SERVICES.glob("*/src/**/*.py"))
NAMES = frozenset({"vi", "text_vi", "todo_vi"})
REFUSALS = frozenset(
    [
        "Invalid",
        "NotFound",
        "Conflict",
        "Forbidden",
        "Unauthenticated",
        "RateLimited",
        "Unavailable",
        "Transient",
        "IdempotencyMismatch",
        "Overtaken",
        "Contradiction",
        "Remark",
    ]
)
SEALED = re.compile(r"congvu_scoring/(engine|operators|expressions|common|language|pages)/")
"""What the engine says stands in results that are sealed: another word is another result."""

OTHERS = re.compile(r"_service/adapters/cli/|congvu_kit/tools/")
"""What the command line tells of its own work."""

OF_CODE = re.compile(r"\b[a-z]+[A-Z]\w*|\b[a-z]+_[a-z_]+\b")
"""camelCase or snake_case."""

VIETNAMESE = frozenset(
    [
        "trong",
        "theo",
        "nhau",
        "nhanh",
        "giao",
        "chung",
        "danh",
        "quan",
        "thay",
        "chia",
        "kinh",
        "minh",
        "sinh",
        "khai",
        "nghi",
        "thao",
        "trang",
        "nhanh",
        "trao",
        "chưa",
        "công",
        "thông",
        "chuyên",
        "chung",
        "khung",
        "khen",
        "khoa",
        "dùng",
        "mang",
        "sang",
        "sung",
        "nhân",
        "quanh",
        "ngang",
        "thang",
        "hoang",
        "chinh",
        "trung",
        "kiêm",
        "phong",
        "tham",
        "gian",
        "nghe",
        "dung",
        "xong",
        "ngay",
        "truy",
    ]
)
"""Words without a mark that are Vietnamese all the same."""

TERMS = frozenset(
    [
        "JSON",
        "Parquet",
        "pyarrow",
        "parquet",
        "ndjson",
        "YAML",
        "SHA",
        "ASCII",
        "congvu",
        "policy",
        "list",
        "policies",
        "expect",
        "snapshot",
        "people",
        "history",
        "conformance",
    ]
)
"""Names of formats, of the command and of the places in its files, in quotation marks."""

OF_COMMAND = re.compile(r"--[a-z-]+|\.(?:xlsx|csv|json)\b")
"""Options of the command, and the ends of names of files."""

WORD = re.compile(r"[^\W\d_]{4,}")
ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
POINT = re.compile(r"(?<![\d.])\d+\.\d{1,2}(?!\d|\.\d)")
SAID = re.compile(
    r"(vi_text|vi_number|vi_percent|label|cited|capital|len|int|_in_words|_value_vi)\(.*|"
    r".*\.(vi|ref|clause|value|province)|"
    r"_?[A-Z][A-Z0-9_]*|vi(\.capitalize\(\))?|last\.(number|size)|head\.size|release\.version_count"
    r"|text\.vi if .*|.* if .* else .*"
)
PLAIN = frozenset(
    [
        "count",
        "file.name",
        "self.target",
        "form",
        "declared",
        "waiting",
        "held",
        "remaining",
        "removed",
        "living",
        "low",
        "high",
        "days",
        "least",
        "most",
        "told_vi",
        "reference",
        "paths",
        "names",
        "known",
        "listed",
        "missing_labels",
        "where",
        "name",
        "file",
        "source",
        "field",
        "start",
        "error.json_path",
        "entry.id",
        "path",
        "top.key",
        "self.places",
        "self.portal_minute",
        "limits.person_day",
        "limits.cpu_s",
        "rule_id",
        "label",
        "key",
        "row.kind",
        "stage.id",
        "entry.number",
        "period.id",
        "part.name",
        "documents + 1",
        "folder",
        "path.relative_to(folder)",
        "last",
        "size",
        "chain_id",
        "length",
        "there",
        "id",
        "self.name",
        "head.origin",
        "key.name",
    ]
)
"""Whole numbers, and what is Vietnamese or a name in its own right already."""


NUMBER = "a number as of a computer"
AS_A_COMPUTER = re.compile(r"\.[1-9]\d*f$|[eg]$|[,_]")
"""A form of numbers that has a point, or separates thousands as others do."""


def said(node: ast.AST) -> str:
    """The text that is written there; what is put in at run time is somebody's own."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(said(each) for each in values)
        case ast.FormattedValue():
            return "\0"
        case ast.BinOp(left=left, right=right):
            return said(left) + said(right)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{said(body)} | {said(orelse)}"
    return ""


def texts(tree: ast.AST) -> Iterator[tuple[bool, ast.expr]]:
    """Whether it is a whole sentence of a refusal, and the text."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=function, keywords=keywords):
                whole = ast.unparse(function).rpartition(".")[2] in REFUSALS
                yield from ((whole, each.value) for each in keywords if each.arg in NAMES)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in NAMES:
                yield False, value


def put_in(node: ast.AST) -> Iterator[str]:
    """What is wrong with what comes into the text at run time."""
    for each in ast.walk(node):
        if not isinstance(each, ast.FormattedValue):
            continue
        if each.format_spec and AS_A_COMPUTER.search(said(each.format_spec)):
            yield NUMBER
        value = ast.unparse(each.value)
        if each.conversion == -1 and not SAID.fullmatch(value) and value not in PLAIN:
            yield f"put in as it is: {value}"


def faults(whole: bool, node: ast.AST) -> Iterator[str]:
    text = said(node)
    if not text:
        return
    yield from (f"name of the code: {each}" for each in OF_CODE.findall(text))
    for word in WORD.findall(OF_COMMAND.sub("", text)):
        if word.isascii() and word.lower() not in VIETNAMESE and word not in TERMS:
            yield f"not Vietnamese: {word}"
    if ISO_DATE.search(text):
        yield "a date as of a computer"
    if POINT.search(text):
        yield "a decimal point"
    if "'" in text or any(
        isinstance(each, ast.FormattedValue) and each.conversion == ord("r")
        for each in ast.walk(node)
    ):
        yield "a quote of Python"
    yield from put_in(node)
    if whole and not (text[0] in "\0«" or text[0].isupper()):
        yield "no capital"
    if whole and not text.rstrip("\0").endswith((".", "?")) and " | " not in text:
        yield "no full stop"


def found(modules: list[Path]) -> dict[str, list[str]]:
    return {
        f"{path.name}:{node.lineno} {said(node)}": told
        for path in modules
        if not SEALED.search(str(path)) and not OTHERS.search(str(path))
        for whole, node in texts(ast.parse(path.read_text()))
        if (told := list(faults(whole, node)))
    }


def test_every_refusal_reads_as_an_office_writes() -> None:
    assert found(MODULES) == {}


def test_every_program_writes_numbers_as_in_vietnam() -> None:
    told = {where: faults for where, faults in found(PROGRAMS).items() if NUMBER in faults}

    assert told == {}


def in_tables(tree: ast.AST) -> Iterator[str]:
    """The Vietnamese of every pair of texts that a table or a call holds, without its name."""
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str(vi)), ast.Constant(value=str())]):
                if MARKED.search(vi):
                    yield vi


MARKED = re.compile(r"[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", re.I)


def test_no_pair_of_texts_names_the_code_in_vietnamese() -> None:
    named = {
        f"{path.name}: {text}"
        for path in MODULES
        if not SEALED.search(str(path))
        for text in in_tables(ast.parse(path.read_text()))
        if OF_CODE.search(text)
    }

    assert named == set()
    assert [*in_tables(ast.parse("X = {1: ('Chấm điểm (passStage).', 'Rate.')}"))] != []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("vi=f'Kỳ {name!r} đã khóa.'", "a quote of Python"),
        ("vi='Kỳ đã khóa'", "no full stop"),
        ("vi='kỳ đã khóa.'", "no capital"),
        ("vi='Việc đang ở trạng thái SUBMITTED.'", "not Vietnamese: SUBMITTED"),
        ("vi='Mục endsOn phải có.'", "name of the code: endsOn"),
        ("vi='Ví dụ đúng: 2.5.'", "a decimal point"),
        ("vi='Đến hết ngày 2026-10-05.'", "a date as of a computer"),
        ("vi=f'Sẵn sàng sau {took_s:.1f} giây.'", NUMBER),
        ("vi=f'Đã ghi {count:,} dòng.'", NUMBER),
        ("vi=f'Đến hết ngày {day}.'", "put in as it is: day"),
    ],
)
def test_each_fault_is_seen(text: str, fault: str) -> None:
    tree = ast.parse(f"raise Conflict({text})")

    assert fault in [told for whole, node in texts(tree) for told in faults(whole, node)]


CODES = frozenset({"WorkProduct", "WorkProductVersion", "StoredPolicy"})
"""Of these the id is the code that people know them by: B.56.VB.04, ND335-2025-STAFF@1."""

NAMED_BY_CODE = re.compile(r"(product|replacement|version|last|policy|stored|ref)\.id|rule_id")
"""Variables that hold one of those, and an id of another system, which is a reference."""


def ids(tree: ast.AST, owner: str = "") -> Iterator[tuple[ast.Call, str]]:
    """Each id of the platform's own that a refusal puts into its words. What the platform tells its
    operators alone, `Transient`, may name one: that is what they look for."""
    for node in ast.iter_child_nodes(tree):
        yield from ids(node, node.name if isinstance(node, ast.ClassDef) else owner)
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func).rpartition(".")[2] not in REFUSALS - {"Transient"}:
            continue
        for value in (
            ast.unparse(each)
            for keyword in node.keywords
            if keyword.arg in NAMES | {"en"}
            for put_in in ast.walk(keyword.value)
            if isinstance(put_in, ast.FormattedValue)
            for each in ast.walk(put_in.value)
            if isinstance(each, ast.Name | ast.Attribute)
        ):
            known_by_it = NAMED_BY_CODE.fullmatch(value) or (value == "self.id" and owner in CODES)
            if re.search(r"(^|[._])ids?$", value) and not known_by_it:
                yield node, value


def test_no_refusal_quotes_an_id_of_the_platform() -> None:
    quoted = {
        f"{path.name}:{node.lineno} {value}"
        for path in MODULES
        if not SEALED.search(str(path))
        for node, value in ids(ast.parse(path.read_text()))
    }

    assert quoted == set()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("raise Conflict(en=f'{period.id!r} is open', vi='')", ["period.id"]),
        ("raise Invalid(en='', vi=f'{vi_text(unit_id)}')", ["unit_id"]),
        ("class Complaint:\n x = Invalid(en=f'{self.id}', vi='')", ["self.id"]),
        ("class StoredPolicy:\n x = Invalid(en=f'{self.id}', vi='')", []),
        ("raise NotFound(en=f'no {ref.id!r} of {ref.system!r}', vi='')", []),
        ("raise Transient(en=f'{unit_id!r} is not known yet', vi='')", []),
    ],
)
def test_each_quoted_id_is_seen(text: str, quoted: list[str]) -> None:
    assert [value for _, value in ids(ast.parse(text))] == quoted


NOT_SHOWN = frozenset({"Code", "PersonalData", "Unset"})
"""`Code` is for programs; the others have their words with them."""


def test_the_table_has_a_name_for_every_code_in_both_languages() -> None:
    missing = [
        f"{path.name}: {kind.name}.{member}"
        for path in MODULES
        if re.search(r"/(domain|application)/", str(path))
        for kind in ast.walk(ast.parse(path.read_text()))
        if isinstance(kind, ast.ClassDef) and "StrEnum" in map(ast.unparse, kind.bases)
        if kind.name not in NOT_SHOWN
        for member, value in members(kind)
        if kind.name not in TABLE or not (known(kind.name, member) or known(kind.name, value))
    ]
    odd = [
        f"{kind}.{code}"
        for kind, codes in TABLE.items()
        for code, names in codes.items()
        if len(names) != 2 or not all(names) or names[0].isupper()
    ]

    assert (missing, odd) == ([], [])


def members(kind: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for each in kind.body:
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str() as value)):
                yield name, value
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, name


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "chưa có"),
        (Role.STEERING_COMMITTEE, "Ban chỉ đạo vị trí việc làm"),
        (date(2026, 7, 5), "05/07/2026"),
        (datetime(2026, 7, 5, 18, 30, tzinfo=UTC), "01:30 ngày 06/07/2026"),
        (Decimal("0.250"), "0,25"),
        (Fraction(1, 3), "1/3"),
        (1200, "1200"),
        ("H1", "«H1»"),
        (("H1", 2), "«H1», 2"),
    ],
)
def test_each_value_is_written_as_a_clerk_writes_it(value: object, written: str) -> None:
    assert vi_text(value) == written


def test_a_share_is_a_percentage_without_a_space() -> None:
    assert (vi_percent(Decimal("0.25")), vi_percent(Fraction(1, 8))) == ("25%", "12,5%")


def test_what_has_no_writing_is_a_bug_told_at_once() -> None:
    with pytest.raises(TypeError, match="no Vietnamese for object"):
        vi_text(object())


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN"}, "vi"),
        ({"LANG": "vi_VN", "LC_ALL": "en_US"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "vi:en"}, "vi"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "vi"}, "en"),
        ({"LANG": "vi_VN", "LANGUAGE": "en"}, "en"),
    ],
)
def test_the_command_line_speaks_the_locale(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


DUTY_GROUP = re.compile(r'"(?:dutyGroup|duty_group)": "([^"]+)"')


def test_duty_groups_that_we_show_are_words_as_the_form_prints_them() -> None:
    root = SERVICES.parent
    shown = [
        (file.name, group)
        for file in (
            *root.glob("docs/**/*.md"),
            *root.glob("services/*/events/*.example.json"),
            root / "services/evaluation/src/evaluation_service/adapters/files/template.py",
            root / "deploy/demo/src/congvu_demo/data/commune.json",
        )
        for group in DUTY_GROUP.findall(file.read_text("utf-8"))
    ]

    assert len(shown) > 20
    assert [each for each in shown if not re.fullmatch(r"[A-ZĐ]\w+(,? \w+| - \w+)*", each[1])] == []
