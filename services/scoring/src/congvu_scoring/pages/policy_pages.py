"""One page a shipped policy, Vietnamese then English, made from the policy file itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from congvu_scoring import Bilingual, Policy, exact_text
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.engine.policy import Band
from congvu_scoring.expressions.formula import Language
from congvu_scoring.expressions.operator import formula_in
from congvu_scoring.pages.cells import (
    choices_text,
    day_text,
    effect_text,
    fed_text,
    lifted_text,
    range_text,
    row_text,
    shipped_vectors,
    weight_texts,
)
from congvu_scoring.pages.headings import HEADINGS
from congvu_scoring.pages.index import index_page
from congvu_scoring.pages.roads import roads_of
from congvu_scoring.pages.uses import uses_of


def all_pages() -> Mapping[str, str]:
    """File name and text of every page, the index first."""
    policies = shipped_policies()
    pages = {"README.md": index_page(policies.values())}
    return pages | {f"{name.lower()}.md": policy_page(policy) for name, policy in policies.items()}


def policy_page(policy: Policy) -> str:
    """The page of one policy."""
    lines = [
        f"# {policy.ref}",
        "",
        f"`{policy.hash}` · made by `congvu policy pages`, do not edit",
    ]
    for language in ("vi", "en"):
        lines += ["", *_Page(policy, "vi" if language == "vi" else "en").lines()]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class _Page:
    policy: Policy
    language: Language

    def lines(self) -> Iterator[str]:
        policy = self.policy
        yield f"## {self._head('language')}: {self._say(policy.title)}"
        yield ""
        yield self._say(policy.summary)
        yield ""
        yield f"{self._head('subjects')}: {', '.join(policy.subjects)}."
        if policy.effective_from:
            yield f"{self._head('since')}: {policy.effective_from.isoformat()}."
        for heading, columns, rows in (
            ("sources", "name certainty meaning", self._sources()),
            ("switches", "name meaning default choices clause", self._switches()),
            ("weights", "name meaning default range", self._weights()),
            ("inputs", "name meaning range", self._inputs()),
            ("agreement", "kind signing term weights locks published clause", self._agreement()),
            ("initiatives", "kind meaning clause", self._initiatives()),
            ("rated_by_others", "name meaning lifted_by clause", self._others()),
            ("roads", "fact carried_by calls entered confirmed until", self._roads()),
            ("measures", "name meaning formula unit clause", self._measures()),
            ("bands", "code meaning threshold", self._bands()),
            ("constraints", "name meaning formula clause", self._entries("constraints")),
            ("states", "name meaning when clause", self._entries("states")),
            ("rules", "name kind meaning when then clause", self._rules()),
            ("triggers", "name meaning when case clause", self._triggers()),
            ("quota", "name meaning formula clause", self._quotas()),
            ("roll_up", "name meaning formula clause", self._roll_up()),
            ("workflow", "name meaning actor last_day late remind shown counts", self._stages()),
            ("uses", "kind clause", self._uses()),
            ("pay", "name kind periods rates meaning clause", self._pay()),
            ("training", "name formula meaning clause", self._training()),
            ("proposals", "name kind periods meaning when case clause", self._proposals()),
            ("vectors", "name clause", self._vectors()),
        ):
            yield from self._section(heading, columns.split(), rows)

    def _section(
        self, heading: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]]
    ) -> Iterator[str]:
        found = list(rows)
        if not found:
            return
        yield ""
        yield f"### {self._head(heading)}"
        yield ""
        yield f"| {' | '.join(self._head(name) for name in columns)} |"
        yield "|" + "---|" * len(columns)
        for row in found:
            yield row_text(dict(zip(columns, row, strict=True)), self.language)

    def _head(self, name: str) -> str:
        return HEADINGS[name][0 if self.language == "vi" else 1]

    def _say(self, text: Bilingual) -> str:
        return text.vi if self.language == "vi" else text.en

    def _formula(self, value: object) -> str:
        return formula_in(self.language).write(value)

    def _document(self, section: str) -> object:
        return self.policy.document.get(section)

    def _sources(self) -> Iterator[tuple[str, ...]]:
        for source in self.policy.sources:
            yield source.id, source.kind, self._say(source.text)

    def _switches(self) -> Iterator[tuple[str, ...]]:
        for switch in self.policy.switches.values():
            yield (
                f"`{switch.name}`",
                self._say(switch.text),
                f"`{switch.default}`",
                choices_text(switch, self.language),
                switch.clause,
            )

    def _weights(self) -> Iterator[tuple[str, ...]]:
        for group in self.policy.weight_groups:
            for weight in group.weights:
                default = self._head("rest") if weight.default is None else str(weight.default)
                bounds = range_text(weight.low, weight.high)
                yield f"`{weight.name}`", self._say(weight.text), default, bounds

    def _inputs(self) -> Iterator[tuple[str, ...]]:
        for declared in self.policy.inputs.values():
            bounds = ", ".join(declared.values) or range_text(declared.low, declared.high)
            yield f"`{declared.path}`", self._say(declared.text), bounds

    def _roads(self) -> Iterator[tuple[str, ...]]:
        for road in roads_of(self.policy):
            said = (self._say(each) for each in (road.entered, road.confirmed, road.until))
            calls = ", ".join(f"`{each}`" for each in road.calls)
            yield road.fact, f"`{road.carried_by}`", calls, *said

    def _agreement(self) -> Iterator[tuple[str, ...]]:
        agreed = self.policy.agreement
        if agreed is not None:
            yield (
                f"{self._head(agreed.kind)}: {self._say(agreed.rule.text)}",
                " → ".join(map(self._head, agreed.signing)),
                f"{agreed.least_months}–{agreed.most_months} {self._head('months')}",
                "; ".join(weight_texts(agreed)),
                f"{agreed.locks_after_days} {self._head('days')}"
                if agreed.locks_after_days
                else "–",
                self._head("yes" if agreed.publishes else "no"),
                agreed.rule.clause,
            )

    def _initiatives(self) -> Iterator[tuple[str, ...]]:
        rules = self.policy.initiatives
        if rules is not None:
            yield fed_text(rules), self._say(rules.rule.text), rules.rule.clause

    def _others(self) -> Iterator[tuple[str, ...]]:
        rules = self.policy.rated_by_others
        if rules is not None:
            for key, text in rules.elements.items():
                source = self._say(text)
                yield f"`elements.{key}`", source, lifted_text(rules), rules.rule.clause

    def _measures(self) -> Iterator[tuple[str, ...]]:
        document = self._document("measures")
        values = document if isinstance(document, Mapping) else {}
        for name, measure in self.policy.measures.items():
            yield (
                f"`{name}`",
                self._say(measure.rule.text),
                self._formula(values[name]["value"]),
                measure.unit,
                measure.rule.clause,
            )

    def _bands(self) -> Iterator[tuple[str, ...]]:
        rows = self._table("bands", "table")
        for band, row in zip(self.policy.bands.table, rows, strict=True):
            yield f"`{band.code}`", self._say(band.text), self._threshold(band, row)

    def _threshold(self, band: Band, row: Mapping[str, object]) -> str:
        sign = ">" if band.strictly else "≥"
        least = "" if band.threshold is None else f"{sign} {exact_text(band.threshold)}"
        if band.switch is not None:
            least = f"{sign} `{band.switch}`"
        when = "" if "when" not in row else self._formula(row["when"])
        return "; ".join(part for part in (least, when) if part) or "–"

    def _table(self, section: str, key: str | None = None) -> list[Mapping[str, object]]:
        found = self._document(section)
        if key is not None and isinstance(found, Mapping):
            found = found.get(key)
        rows = found if isinstance(found, list) else []
        return [row for row in rows if isinstance(row, Mapping)]

    def _entries(self, section: str) -> Iterator[tuple[str, ...]]:
        for row in self._table(section):
            condition = self._formula(row.get("when", row.get("require")))
            yield f"`{row['id']}`", self._text(row), condition, str(row["clause"])

    def _text(self, row: Mapping[str, object], key: str = "text") -> str:
        text = row.get(key)
        return str(text[self.language]) if isinstance(text, Mapping) else ""

    def _rules(self) -> Iterator[tuple[str, ...]]:
        for rule, row in zip(self.policy.rules, self._table("rules"), strict=True):
            yield (
                f"`{rule.rule.id}`",
                rule.kind,
                self._say(rule.rule.text),
                self._formula(row["when"]),
                effect_text(rule),
                rule.rule.clause,
            )

    def _triggers(self) -> Iterator[tuple[str, ...]]:
        for row in self._table("triggers"):
            case = self._text(row, "case")
            when = self._formula(row["when"])
            yield f"`{row['id']}`", self._text(row), when, case, str(row["clause"])

    def _quotas(self) -> Iterator[tuple[str, ...]]:
        document = self._document("quota")
        rows = [document] if isinstance(document, Mapping) else self._table("quota")
        for quota, row in zip(self.policy.quotas, rows, strict=True):
            bases = "; ".join(f"{name} {'+'.join(bands)}".strip() for name, bands in quota.base)
            rate, scopes = self._formula(row["rate"]), ", ".join(quota.scopes)
            formula = f"{quota.top} ≤ {rate} × ({bases}) [{scopes}]"
            yield f"`{quota.rule.id}`", self._say(quota.rule.text), formula, quota.rule.clause

    def _roll_up(self) -> Iterator[tuple[str, ...]]:
        document = self._document("roll_up")
        methods = document.get("methods") if isinstance(document, Mapping) else None
        for name, method in (methods or {}).items():
            cases = [
                f"{case['band']}: {self._formula(case['when'])}" for case in method.get("bands", [])
            ]
            if "otherwise" in method:
                cases.append(f"{self._head('rest')}: {method['otherwise']}")
            if "total" in method:
                cases.insert(0, self._formula(method["total"]))
            yield f"`{name}`", self._text(method), "; ".join(cases), str(method["clause"])

    def _stages(self) -> Iterator[tuple[str, ...]]:
        counts = self.policy.workflow.counts
        for stage in self.policy.workflow.stages:
            day, late = day_text(stage, self._head("movable")), self._head(stage.when_late)
            rest: tuple[str, ...] = ("", "", "")
            if stage.level is not None:
                place = str(counts.index(stage.id) + 1) if stage.id in counts else "–"
                rest = ", ".join(map(str, stage.remind)), self._head(stage.shown), place
            yield f"`{stage.id}`", self._say(stage.text), stage.actor, day, late, *rest
        for name, value in self.policy.workflow.settings.items():
            yield f"`{name}`", value, *[""] * 6

    def _uses(self) -> Iterator[tuple[str, ...]]:
        for kind, rules in uses_of(self.policy):
            named = ", ".join(f"`{rule}`" for rule in rules)
            yield self._head(kind), named or self._head("none_named")

    def _pay(self) -> Iterator[tuple[str, ...]]:
        rows = self._table("consequences", "pay")
        for pay, row in zip(self.policy.consequences.pay, rows, strict=True):
            given = row["rates"]
            rates = [
                f"{band} {self._formula(given[band])}"
                for band in pay.rates
                if isinstance(given, Mapping)
            ]
            kind, periods = self._head(pay.kind), ", ".join(map(self._head, pay.periods))
            text = self._say(pay.rule.text)
            yield f"`{pay.rule.id}`", kind, periods, "; ".join(rates), text, pay.rule.clause

    def _training(self) -> Iterator[tuple[str, ...]]:
        training, section = self.policy.consequences.training, self._document("consequences")
        if training is not None and isinstance(section, Mapping):
            least = self._formula(section["training"]["weak_below"])
            text = self._say(training.rule.text)
            yield f"`{training.rule.id}`", f"< {least}", text, training.rule.clause

    def _proposals(self) -> Iterator[tuple[str, ...]]:
        rows = self._table("consequences", "proposals")
        for each, row in zip(self.policy.consequences.proposals, rows, strict=True):
            kind, periods = self._head(each.kind), ", ".join(map(self._head, each.periods))
            text, when, what = self._say(each.rule.text), row["when"], self._say(each.proposal)
            formula, clause = self._formula(when), each.rule.clause
            yield f"`{each.rule.id}`", kind, periods, text, formula, what, clause

    def _vectors(self) -> Iterator[tuple[str, ...]]:
        for file, case in shipped_vectors():
            if str(case.get("policy", "")).partition("@")[0] == self.policy.id:
                yield str(case["name"]), f"`vectors/{file}`"
