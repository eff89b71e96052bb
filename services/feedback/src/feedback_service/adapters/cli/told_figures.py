"""Complaints, procedures and promises as the entries of the public log tell them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from congvu_kit.domain.clock import business_date
from congvu_kit.tools.log_verification import ExportedEntry
from feedback_service.domain.indexes.figures import (
    Case,
    Promise,
    Span,
    by_officer,
    count_cases,
    count_contented,
    count_promises,
    count_published,
    told_published,
)
from feedback_service.domain.log.entry import EntryType

Figures = Mapping[str, str]


def span_told(told: Figures) -> Span:
    return Span(starts_on=told["from"], before=told["before"], last=int(told["last"]))


@dataclass
class ToldFigures:
    """Take every entry in order; dates are those of the entry at which they are counted."""

    _cases: dict[str, tuple[frozenset[str], Case]] = field(default_factory=dict)
    _promises: dict[str, list[tuple[int, str, Promise]]] = field(default_factory=dict)

    def take(self, entry: ExportedEntry, shown: Figures) -> None:
        step = entry.sequence, shown.get("on", "")
        match entry.type:
            case EntryType.COMPLAINT_FILED:
                officers = tuple(filter(None, shown.get("officers", "").split(",")))
                case = Case(filed=step, answer_by=shown["answer_by"], officers=officers)
                path = frozenset(shown.get("path", shown["unit"]).split(","))
                self._cases[entry.subject] = path, case
            case EntryType.COMPLAINT_FORWARDED:
                _, case = self._cases[entry.subject]
                path = frozenset(shown["path"].split(","))
                self._cases[entry.subject] = path, replace(case, answer_by=shown["answer_by"])
            case EntryType.DEADLINE_MOVED if "answer_by" in shown:
                self._change(entry.subject, answer_by=shown["answer_by"])
            case EntryType.COMPLAINT_ANSWERED if self._case(entry.subject).answered is None:
                self._change(entry.subject, answered=step)
            case EntryType.COMPLAINT_DISPUTED | EntryType.COMPLAINT_REOPENED:
                if self._case(entry.subject).disputed is None:
                    self._change(entry.subject, disputed=step)
            case EntryType.COMPLAINT_DECIDED:
                self._change(entry.subject, decided=step, verdict=shown["verdict"])
            case EntryType.COMMITMENT_PUBLISHED | EntryType.COMMITMENT_AMENDED:
                on = business_date(datetime.fromisoformat(entry.at)).isoformat()
                promise = Promise(
                    leader_id=shown.get("leader", ""),
                    due=shown.get("due", ""),
                    published=(entry.sequence, on),
                )
                versions = self._promises.setdefault(entry.subject, [])
                versions.append((entry.sequence, shown["unit"], promise))
            case EntryType.COMMITMENT_ASSESSED:
                number, unit, promise = self._promises[entry.subject][-1]
                assessed = replace(promise, assessed=step, outcome=shown["outcome"])
                self._promises[entry.subject][-1] = number, unit, assessed
            case _:
                pass

    def count(self, told: Figures) -> Figures:
        """Nothing of an index that was told before these figures were."""
        if "complaints" not in told:
            return {}
        span = span_told(told)
        cases = [case for path, case in self._cases.values() if told["unit"] in path]
        officers = by_officer(cases, span).items()
        made = list(self._made(told["unit"], span))
        contented = {"contented": str(count_contented(cases, span))} if "contented" in told else {}
        return contented | {
            "complaints": count_cases(cases, span).told,
            "officers": ",".join(sorted(f"{mark}={each.told}" for mark, each in officers)),
            "promises": ",".join(each.told for each in count_promises(made, span)),
            **(
                {"published": told_published(count_published(made, span))}
                if "published" in told
                else {}
            ),
        }

    def _made(self, unit: str, span: Span) -> Iterable[Promise]:
        """Of the unit itself, each as its newest version up to the end of the counting."""
        for versions in self._promises.values():
            known = [each for each in versions if each[0] <= span.last]
            if known and known[-1][1] == unit:
                first, newest = versions[0][2], versions[-1][2]
                yield replace(
                    known[-1][2],
                    published=first.published,
                    assessed=newest.assessed,
                    outcome=newest.outcome,
                )

    def _case(self, subject: str) -> Case:
        return self._cases[subject][1]

    def _change(self, subject: str, **changed: object) -> None:
        path, case = self._cases[subject]
        self._cases[subject] = path, replace(case, **changed)  # type: ignore[arg-type]
