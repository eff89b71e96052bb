"""A score as a page to read, print and sign: the fields of the official form (Mẫu số 01)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape

from congvu_kit.domain.labels import capital, label
from congvu_scoring import Explanation, Input, NextBand, ScoreResult, display
from congvu_scoring.common.exact import comma
from congvu_scoring.documents.citations import cited
from evaluation_service.adapters.pages.annex import annex_rows
from evaluation_service.domain.results.annexes import ServiceAnnex

_NAMES = {
    "maximum": "tối đa",
    "general_total": "tổng điểm tiêu chí chung",
    "coefficient": "hệ số",
    "assigned": "được giao",
    "completed": "hoàn thành",
    "quality_failures": "lần không đạt chất lượng",
    "quality_exempt": "được miễn do nguyên nhân khách quan",
    "late": "lần chậm",
    "late_exempt": "được miễn do nguyên nhân khách quan",
    "count": "số lần",
    "weight": "trọng số",
    "baseline": "mức nền",
    "target": "chỉ tiêu",
    "actual": "thực hiện",
    "direction": "hướng",
    "value": "mức chấm",
    "working_days_late": "số ngày làm việc chậm",
    "evidence": "minh chứng",
    "event": "sự kiện",
    "period": "kỳ",
    "satisfaction.index": "chỉ số hài lòng",
    "satisfaction.n": "số phiếu",
    "unit.subordinates": "số cấp dưới",
    "unit.not_completed": "số người không hoàn thành",
    "unit.organising": "tổ chức triển khai",
    "unit.unity": "đoàn kết",
}
_STYLE = """
body{font:13pt/1.4 "Times New Roman",serif;max-width:19cm;margin:1cm auto;color:#000}
h1{font-size:15pt;text-align:center;margin:.5em 0}h2{font-size:13pt;margin:1.2em 0 .3em}
.head{display:flex;justify-content:space-between;text-align:center}.head div{width:48%}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;padding:3px 6px;
vertical-align:top;text-align:left}td.n,th.n{text-align:right;white-space:nowrap}
small{color:#333}.sign{display:flex;justify-content:space-between;text-align:center;
margin-top:1.5em;page-break-inside:avoid}.sign div{width:48%;min-height:4cm}
@media print{body{margin:0}tr{page-break-inside:avoid}}
"""
_INDENT_EM = 1.2
"""Indent of one level of the explanation, in widths of a letter."""


@dataclass(frozen=True, slots=True)
class FormFields:
    """What the form says besides the score. Texts are printed as given, escaped."""

    agency: str
    unit: str
    full_name: str
    position: str
    duty_group: str
    period: str
    place_and_date: str = ""
    final_band: str | None = None
    """After the ranking; the score alone tells the band before it."""
    rank_reasons: tuple[str, ...] = ()
    product_names: Mapping[str, str] = field(default_factory=dict)
    """Of the versions that the work counts, by their ids."""
    self_assessment: str = ""
    manager_opinion: str = ""
    annex: ServiceAnnex | None = None


def explanation_page(result: ScoreResult, fields: FormFields) -> str:
    """A complete HTML document in Vietnamese; it loads nothing and runs no script."""
    policy = result.compiled.policy
    title = f"Phiếu đánh giá, xếp loại - {fields.full_name}"
    body = "\n".join(
        (
            _letterhead(fields),
            _person(fields),
            _outcome(result, fields),
            "<h2>2. Giải trình điểm</h2>",
            _tree(result.explanation(), fields.product_names),
            _rules(result),
            _opinions(fields, after_rules=bool(result.in_force or result.fired)),
            _annex(fields.annex) if fields.annex else "",
            _signatures(fields),
            f"<p><small>Quy chế {escape(policy.ref)} ({escape(policy.title.vi)}), mã băm "
            f"{escape(policy.hash)}. Mã băm số liệu {escape(result.snapshot.hash)}. "
            f"Mã băm kết quả {escape(result.hash())}.</small></p>",
        )
    )
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _letterhead(fields: FormFields) -> str:
    return (
        f'<div class="head"><div>{escape(fields.agency.upper())}<br>'
        f"<b>{escape(fields.unit.upper())}</b></div>"
        "<div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>"
        "<b><u>Độc lập - Tự do - Hạnh phúc</u></b>"
        f"<br><i>{escape(fields.place_and_date)}</i></div></div>\n"
        "<p><small>Bản in từ hệ thống để tham khảo, chưa theo mẫu ban hành kèm theo Nghị định số "
        "335/2025/NĐ-CP (chưa xác định số hiệu mẫu).</small></p>\n"
        "<h1>PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC<br>"
        f"{escape(fields.period)}</h1>"
    )


def _annex(annex: ServiceAnnex) -> str:
    title = "Phụ lục: phục vụ người dân và doanh nghiệp trong năm"
    return f"<h2>{title}</h2>\n{_table(annex_rows(annex))}"


def _person(fields: FormFields) -> str:
    rows = (
        ("Họ và tên", fields.full_name),
        ("Chức vụ, vị trí việc làm", fields.position),
        ("Đơn vị công tác", fields.unit),
        ("Nhóm nhiệm vụ tương đồng", fields.duty_group),
        ("Kỳ đánh giá", fields.period),
    )
    return _table(rows)


def _outcome(result: ScoreResult, fields: FormFields) -> str:
    names = {band.code: band.text.vi for band in result.compiled.policy.bands.table}
    rows = [("Trạng thái", capital(label("EvaluationOutcome", result.state, "vi")))]
    if result.total is not None:
        rows.append(("Tổng điểm", _number(result.total)))
    if result.counted_total is not None and result.counted_total != result.total:
        rows.append(("Điểm được tính", _number(result.counted_total)))
    final = fields.final_band or result.band
    if result.raw_band is not None and result.raw_band != final:
        rows.append(("Mức theo điểm", names[result.raw_band]))
    if final is not None:
        because = [*fields.rank_reasons, *(result.reasons if result.raw_band != final else ())]
        rows.append(("Mức xếp loại", names.get(final, final) + _because(because)))
    following = result.next_band()
    if following is not None and final == result.band:
        rows.append(("Để đạt mức kế tiếp", _following(following, names)))
    return "<h2>1. Kết quả</h2>\n" + _table(rows)


def _because(reasons: Iterable[str]) -> str:
    told = "; ".join(label("reason", each, "vi") for each in dict.fromkeys(reasons))
    return f" ({told})" if told else ""


def _following(following: NextBand, names: Mapping[str, str]) -> str:
    text = names.get(following.band, following.band)
    if following.threshold is not None:
        word = "trên" if following.strictly else "từ"
        text += f": {word} {_number(following.threshold)} điểm"
    if following.missing:
        text += f", còn thiếu {_number(following.missing)} điểm"
    if following.held_by:
        held = "; ".join(label("reason", each, "vi") for each in following.held_by)
        text += f". Không áp dụng do: {held}"
    return text


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "\n".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return f"<table>\n{cells}\n</table>"


def _tree(root: Explanation, names: Mapping[str, str]) -> str:
    rows = "\n".join(_tree_rows(root, 0, names))
    return (
        '<table>\n<tr><th>Nội dung</th><th class="n">Giá trị</th><th class="n">Điểm</th>'
        f"<th>Căn cứ</th></tr>\n{rows}\n</table>"
    )


def _tree_rows(node: Explanation, depth: int, names: Mapping[str, str]) -> list[str]:
    value = "" if node.value is None else _number(node.value)
    text = _named(node.text_vi, names)
    inputs = facts_of(node)
    details = f"<br><small>{escape(inputs)}</small>" if inputs else ""
    row = (
        f'<tr><td style="padding-left:{depth * _INDENT_EM:.1f}em">{escape(text)}{details}'
        f'</td><td class="n">{escape(value)}</td><td class="n">{escape(_number(node.points))}</td>'
        f"<td><small>{escape(cited(node.clause, 'vi'))}</small></td></tr>"
    )
    below = (_tree_rows(child, depth + 1, names) for child in node.children)
    return [row, *(each for rows in below for each in rows)]


def _named(text: str, names: Mapping[str, str]) -> str:
    """With the name of a product before its code."""
    for code, name in names.items():
        if code in text:
            return text.replace(code, f"{name} ({code})")
    return text


def _number(value: Fraction) -> str:
    """Two decimals behind a comma, as in Vietnamese documents."""
    return display(value).replace(".", ",")


def facts_of(node: Explanation) -> str:
    """What a part of the score was computed from, with its evidence, in one line."""
    return ", ".join(_input(given) for given in node.inputs)


def _input(given: Input) -> str:
    name = "điểm chấm" if given.name.startswith("general.") else given.name
    text = f"{_NAMES.get(name, name)}: {comma(given.value)}"
    for entry in given.evidence:
        confirmed = f" (xác nhận: {entry.confirmed_by})" if entry.confirmed_by else ""
        text += f" [{entry.ref}{confirmed}]"
    return text


def _rules(result: ScoreResult) -> str:
    rows = [
        (item.rule.rule.id, f"{item.rule.rule.text.vi} - {cited(item.rule.rule.clause, 'vi')}")
        for item in result.in_force
    ]
    rows += [
        (trigger.id, f"{trigger.case.vi} - {cited(trigger.clause, 'vi')}")
        for trigger in result.fired
    ]
    if not rows:
        return ""
    return "<h2>3. Quy tắc đang áp dụng và hồ sơ xử lý</h2>\n" + _table(rows)


def _opinions(fields: FormFields, *, after_rules: bool) -> str:
    return f"<h2>{4 if after_rules else 3}. Ý kiến</h2>\n" + _table(
        (
            ("Tự đánh giá của công chức", fields.self_assessment),
            ("Nhận xét của cấp có thẩm quyền", fields.manager_opinion),
        )
    )


def _signatures(fields: FormFields) -> str:
    return (
        '<div class="sign"><div><b>NGƯỜI TỰ ĐÁNH GIÁ</b><br><i>(Ký, ghi rõ họ tên)</i>'
        f"<br><br><br><br>{escape(fields.full_name)}</div>"
        "<div><b>CẤP CÓ THẨM QUYỀN ĐÁNH GIÁ</b><br><i>(Ký, ghi rõ họ tên)</i></div></div>"
    )
