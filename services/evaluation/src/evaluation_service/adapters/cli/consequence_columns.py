"""The columns of what follows from a period: their types, headings and words for codes."""

from collections.abc import Mapping
from typing import Final

from congvu_kit.domain.labels import capital, label
from congvu_kit.tools.exports.columns import Column, Type
from evaluation_service.adapters.cli.consequence_lists import ANNEX, HEADINGS, List

_CALLED: Final = {
    "system": "personnel_system",
    "id": "personnel_id",
    "rule": "rule_id",
    "evaluation": "evaluation_id",
    "period": "period_id",
    "proposal": "proposed",
    "share": "reached_share",
}
"""Names of columns whose heading stands under another in the table of labels."""

_WHOLE: Final = frozenset({"rated", "satisfaction_n", "sheet"}) | {
    f"{part}_{name}"
    for part in ("complaints", "commitments", "dossiers")
    for name in ANNEX[part]
    if name != "share"
}
_KINDS: Final = {List.PAY: "PayKind", List.PROPOSALS: "ProposalKind", List.TRAINING: "WeakKind"}
_TYPES: Final[Mapping[str, Type]] = {
    **dict.fromkeys(_WHOLE, Type.WHOLE),
    **dict.fromkeys(("people", "rate", "share", "dossiers_share"), Type.DECIMAL),
    **{f"satisfaction_{name}": Type.DECIMAL for name in ("index", "low", "high")},
    "fires": Type.FLAG,
    "due_on": Type.DAY,
}


def columns(list_: List) -> list[Column]:
    """Of an export with a manifest."""
    return [
        Column(name, name, _type(list_, name), words=_words(list_, name), title=_title(name))
        for name in (*HEADINGS[list_], "period")
    ]


def _type(list_: List, name: str) -> Type:
    if (list_, name) == (List.TRAINING, "people"):
        return Type.WHOLE
    return _TYPES.get(name, Type.TEXT)


def _words(list_: List, name: str) -> str | None:
    """The vocabulary of a code."""
    return _KINDS.get(list_) if name == "kind" else {"band": "band", "state": "CaseState"}.get(name)


def _title(name: str) -> str | None:
    return capital(label("column", _CALLED[name], "vi")) if name in _CALLED else None
