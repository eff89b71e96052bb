"""Templates in two languages; whatever comes from the graph is escaped."""

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from congvu_kit.domain.clock import business_date
from congvu_kit.domain.labels import capital, label
from pages_service import charts
from pages_service.english import ENGLISH
from pages_service.words import MONTHS, PROVINCES

HTML = "text/html; charset=utf-8"
LANGUAGES = ("vi", "en")
RENAMED = ("EvaluationPeriodKind", "EvaluationPeriodState")
"""Vocabularies whose name in the graph says whose they are."""
WEB_ADDRESS = re.compile(r"""(https?://[^\s\[\]<>"']+)""")


@dataclass(frozen=True, kw_only=True)
class Page:
    """Bytes ready to be sent, plain and packed."""

    type: str
    body: bytes
    zipped: bytes
    etag: str
    name: str | None = None
    """Of a file to save."""

    @classmethod
    def of(cls, given: str | bytes, type: str = HTML, name: str | None = None) -> "Page":
        body = given.encode() if isinstance(given, str) else given
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        zipped = gzip.compress(body, mtime=0)
        return cls(type=type, body=body, zipped=zipped, etag=etag, name=name)


STYLE = Page.of((files("pages_service") / "static" / "style.css").read_text(), "text/css")
STYLE_PATH = f"/cong-khai/trang.{STYLE.etag[3:15]}.css"
"""Another address for another content, so that it may be kept for ever."""


def address(*parts: str, lang: str, **query: str | None) -> str:
    """An address of ours: its parts are names, never paths."""
    given = {name: value for name, value in query.items() if value is not None}
    if lang != LANGUAGES[0]:
        given["lang"] = lang
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    return f"{path}?{urlencode(given)}" if given else path


def said(text: str, *, lang: str) -> str:
    """A sentence of a template in the reader's language."""
    return text if lang == "vi" else ENGLISH[text]


def word(kind: str, code: str, *, lang: str) -> str:
    """A code of the graph, as it stands alone; one that a newer graph has is shown itself."""
    return capital(label(kind.removeprefix("Evaluation") if kind in RENAMED else kind, code, lang))


def name(kind: str, code: str | None, *, lang: str) -> str:
    """In words where there are any, else the code itself."""
    return "–" if code is None else capital(label(kind, code, lang))


def province_name(code: str) -> str:
    return PROVINCES.get(code, code)


def percent(share: str | None, *, lang: str) -> str:
    """`0.8571` is `85,7%`."""
    if share is None:
        return "–"
    text = f"{(Decimal(share) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}"
    return f"{number(text, lang=lang)}%"


def number(value: str | None, *, lang: str) -> str:
    if value is None:
        return "–"
    return value.replace(".", ",") if lang == "vi" else value


def points(value: str | None, *, lang: str) -> str:
    """Two decimals, half up."""
    if value is None:
        return "–"
    return number(str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)), lang=lang)


def last_day(text: str, *, lang: str) -> str:
    """The day before, of a period's `endsOn`."""
    return day((date.fromisoformat(text) - timedelta(days=1)).isoformat(), lang=lang)


def day(text: str | None, *, lang: str) -> str:
    """Of a date, or of an instant as it is in Vietnam."""
    if text is None:
        return "–"
    at = datetime.fromisoformat(text)
    on = business_date(at) if at.tzinfo else at.date()
    return f"{on:%d/%m/%Y}" if lang == "vi" else f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def linked(text: str) -> Markup:
    """Web addresses in it lead where they say; everything else is text."""
    anchor = Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>')
    pieces = WEB_ADDRESS.split(text)
    return Markup("").join(
        anchor.format(piece) if at % 2 else piece for at, piece in enumerate(pieces)
    )


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("pages_service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["linked"] = linked
    made.globals |= {
        "province_name": province_name,
        "provinces": PROVINCES,
        "charts": charts,
        "style": STYLE_PATH,
    }
    return made


ENVIRONMENT = _environment()
_IN_LANGUAGE: Mapping[str, Callable[..., str]] = {
    "_": said,
    "word": word,
    "percent": percent,
    "number": number,
    "points": points,
    "day": day,
    "last_day": last_day,
    "band": partial(name, "band"),
    "role": partial(name, "Role"),
    "field": partial(name, "field"),
}


def rendered(template: str, *, lang: str, here: str, **values: Any) -> str:
    """`here` is the page's own path, for the switch of languages."""
    spoken: Mapping[str, Any] = {
        name: partial(function, lang=lang) for name, function in _IN_LANGUAGE.items()
    }
    return ENVIRONMENT.get_template(template).render(
        lang=lang, here=here, url=partial(address, lang=lang), url_in=address, **spoken, **values
    )
