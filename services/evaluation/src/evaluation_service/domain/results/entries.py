"""Whether a policy knows what somebody entered: each code and number is told where it stands."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import capital
from congvu_scoring import Bilingual, CompiledPolicy, Snapshot, score
from congvu_scoring.engine.others import RATED_BY_OTHERS
from congvu_scoring.engine.vocabulary import TIMES_MAX, Scale, not_known
from evaluation_service.domain.agreements.counted import SignedItems
from evaluation_service.domain.common.sizes import ENTRIES_MAX
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.inputs import ConductEntry, GivenInputs, Indicator, Rating
from evaluation_service.domain.results.snapshots import SUBJECT_KINDS, given_sections
from evaluation_service.domain.transfers.handovers import EarlierPart

_CRITERION = Bilingual("không có tiêu chí này", "has no such criterion")
_ELEMENT = Bilingual("không có yếu tố này", "has no such element")
_CONDUCT = Bilingual("không có quy tắc ý thức này", "has no such rule of conduct")
_PERSPECTIVE = Bilingual("không có khía cạnh này", "has no such perspective")
_INDICATORS = Bilingual("không đọc chỉ tiêu", "reads no indicators")
_DIRECTION = Bilingual("không có hướng này", "has no such direction")
_WORK = Bilingual("không tính loại việc này", "counts no work of this kind")
_EVENT = Bilingual("không đọc sự kiện này", "reads no such event")
_ANY_EVENT = Bilingual(
    "không quy chế nào đã ban hành đọc sự kiện này", "no published policy reads such an event"
)
DIRECTIONS = ("UP", "DOWN")
TEXT_MAX_CHARS = 1000


@dataclass(frozen=True)
class _Codes:
    """`known` None takes any."""

    known: Collection[str] | None
    scales: Mapping[str, Scale]
    what: Bilingual


def check_entries(
    given: GivenInputs,
    role: AppointmentRole,
    duty_group: str,
    policy: CompiledPolicy,
    path: str,
    *,
    agreed: SignedItems | None = None,
) -> None:
    """`check_codes`, and whether together they can be scored; what is not rated yet of the elements
    that are `agreed` on stands as if it were rated like the first that is."""
    check_codes(given, role, policy, path)
    subject = {"kind": SUBJECT_KINDS[role], "duty_group": duty_group}
    sections = given_sections(given)
    if agreed is not None and given.elements:
        first = given.elements[0]
        rest = [replace(first, key=each.code) for each in agreed.items]
        sections["elements"] = agreed.elements((*rest, *given.elements))
    check_scored({"subject": subject, **sections}, policy, path)


def check_codes(
    given: GivenInputs, role: AppointmentRole, policy: CompiledPolicy, path: str
) -> None:
    """Raise `Invalid` that names the place under `path` and the nearest known code.

    Steps are checked here and not in the engine, where points of two agencies may stand combined.
    """
    _check_form(given, role, path)
    known = policy.vocabulary
    criteria = _Codes(known.criteria, known.criteria, _CRITERION)
    elements = _Codes(known.elements, known.scales, _ELEMENT)
    _check_ratings(given.general, criteria, policy, f"{path}.general")
    _check_ratings(given.elements, elements, policy, f"{path}.elements")
    _refuse_of_others(given.elements, policy, f"{path}.elements")
    _check_conduct(given.conduct, policy, f"{path}.conduct")
    _check_indicators(given.indicators, policy, f"{path}.indicators")


def check_criteria(criteria: Sequence[Rating], policy: CompiledPolicy, path: str) -> None:
    """The general criteria of a unit."""
    if len(criteria) > ENTRIES_MAX:
        raise Invalid(
            en=f"at most {ENTRIES_MAX} entries", vi=f"Tối đa {ENTRIES_MAX} mục.", field=path
        )
    _check_reasons(criteria, path)
    known = policy.vocabulary.criteria
    _check_ratings(criteria, _Codes(known, known, _CRITERION), policy, path)


def check_scored(document: Mapping[str, Json], policy: CompiledPolicy, path: str) -> None:
    try:
        score(policy, Snapshot.from_document(document))
    except Invalid as refused:
        raise Invalid(en=refused.en, vi=refused.vi, field=path, rule_id=refused.rule_id) from None


def _check_form(given: GivenInputs, role: AppointmentRole, path: str) -> None:
    if len([*given.general, *given.elements, *given.conduct, *given.indicators]) > ENTRIES_MAX:
        raise Invalid(
            en=f"at most {ENTRIES_MAX} entries", vi=f"Tối đa {ENTRIES_MAX} mục.", field=path
        )
    _check_reasons(given.general, f"{path}.general")
    _check_reasons(given.elements, f"{path}.elements")
    if role is AppointmentRole.STAFF and (given.organising or given.unity):
        raise Invalid(
            en="organising and unity are rated for heads and deputies only",
            vi="Chỉ chấm tổ chức triển khai và đoàn kết cho người đứng đầu, cấp phó.",
            field=f"{path}.organising" if given.organising else f"{path}.unity",
        )


def _check_reasons(ratings: Sequence[Rating], path: str) -> None:
    for index, rating in enumerate(ratings):
        if rating.reason is not None and len(rating.reason) > TEXT_MAX_CHARS:
            raise Invalid(
                en=f"a reason has at most {TEXT_MAX_CHARS} characters",
                vi=f"Lý do dài tối đa {TEXT_MAX_CHARS} ký tự.",
                field=f"{path}.{index}.reason",
            )


def check_events(events: Sequence[str], policy: CompiledPolicy, path: str) -> None:
    for index, event in enumerate(events):
        _require(event, policy.vocabulary.events, _EVENT, policy, f"{path}.{index}")


def require_event(event: str, known: Collection[str], field: str) -> None:
    """That some policy reads it: one that none knows would never take effect (E-I9)."""
    if event not in known:
        raise _unknown(event, known, _ANY_EVENT, field, "E-I9")


def check_work(
    kind: str | None, orientation: str | None, policy: CompiledPolicy, field: str
) -> None:
    """Raise `Invalid` where no rule would read the work, since all of them go by its kind."""
    sorts = {"kind": kind, "orientation": orientation}
    for name, known in policy.vocabulary.work.items():
        _require(sorts[name] or "", known, _WORK, policy, field)


def check_perspective(perspective: str | None, policy: CompiledPolicy, field: str) -> None:
    """Raise `Invalid` where the policy weighs by perspectives and this is none of them."""
    known = policy.vocabulary
    if not known.indicators:
        raise _unknown("", (), _said(policy, _INDICATORS), field, policy.policy.id)
    _require(perspective or "", known.perspectives, _PERSPECTIVE, policy, field)


def _require(
    code: str,
    known: Collection[str] | None,
    what: Bilingual,
    policy: CompiledPolicy,
    field: str,
) -> None:
    """None knows any code."""
    if known is not None and code not in known:
        raise _unknown(code, known, _said(policy, what), field, policy.policy.id)


def _said(policy: CompiledPolicy, what: Bilingual) -> Bilingual:
    return Bilingual(f"{policy.ref} {what.vi}", f"{policy.ref} {what.en}")


def _unknown(
    code: str, known: Collection[str], said: Bilingual, field: str, rule_id: str
) -> Invalid:
    meant = not_known(code, sorted(known))
    return Invalid(
        en=f"{said.en}{meant.en}", vi=f"{capital(said.vi)}{meant.vi}.", field=field, rule_id=rule_id
    )


def _check_ratings(
    ratings: Sequence[Rating],
    codes: _Codes,
    policy: CompiledPolicy,
    path: str,
) -> None:
    for index, rating in enumerate(ratings):
        _require(rating.key, codes.known, codes.what, policy, f"{path}.{index}.key")
        _refuse_repeated(rating.key, [each.key for each in ratings[:index]], f"{path}.{index}.key")
        scale = codes.scales.get(rating.key)
        if scale is not None and not scale.takes(Fraction(rating.points)):
            raise _outside(scale, policy, rating.key, f"{path}.{index}.points")


def _refuse_of_others(ratings: Sequence[Rating], policy: CompiledPolicy, path: str) -> None:
    """What others rate is typed by nobody, also where they have said nothing yet."""
    for index, rating in enumerate(ratings):
        source = policy.rated_by_others.get(rating.key)
        if source is not None:
            raise Invalid(
                en=f"{policy.ref}: others rate this, nobody types it: {source.en}",
                vi=f"Quy chế {policy.ref}: phần này do người khác đánh giá, không nhập thay. "
                f"Nguồn: {source.vi}.",
                field=f"{path}.{index}.key",
                rule_id=RATED_BY_OTHERS,
            )


def untyped(part: EarlierPart, policy: CompiledPolicy) -> EarlierPart:
    """Without what was typed elsewhere and others rate here."""
    typed = part.document.get("elements")
    if not isinstance(typed, Mapping):
        return part
    heard = {key: value for key, value in typed.items() if key not in policy.rated_by_others}
    return replace(part, document={**part.document, "elements": heard})


def _check_conduct(entries: Sequence[ConductEntry], policy: CompiledPolicy, path: str) -> None:
    """One rule may have several lines, each with its evidence; together they keep its bound."""
    rules = policy.vocabulary.conduct
    met: Counter[str] = Counter()
    for index, entry in enumerate(entries):
        _require(entry.rule, rules, _CONDUCT, policy, f"{path}.{index}.rule")
        most = TIMES_MAX if rules is None else rules[entry.rule]
        met[entry.rule] += entry.count
        if entry.count < 0 or met[entry.rule] > most:
            scale = Scale(Fraction(0), Fraction(most))
            raise _outside(scale, policy, entry.rule, f"{path}.{index}.count")


def _check_indicators(rows: Sequence[Indicator], policy: CompiledPolicy, path: str) -> None:
    known = policy.vocabulary
    if rows and not known.indicators:
        _require(rows[0].code, (), _INDICATORS, policy, path)
    for index, row in enumerate(rows):
        where = f"{path}.{index}"
        _require(row.direction, DIRECTIONS, _DIRECTION, policy, f"{where}.direction")
        if row.perspective is not None:
            field = f"{where}.perspective"
            _require(row.perspective, known.perspectives, _PERSPECTIVE, policy, field)
        _refuse_repeated(row.code, [each.code for each in rows[:index]], f"{where}.code")


def _refuse_repeated(code: str, above: Collection[str], field: str) -> None:
    if code in above:
        raise Invalid(en="this is given twice", vi="Mục này ghi hai lần.", field=field)


def _outside(scale: Scale, policy: CompiledPolicy, rule: str, field: str) -> Invalid:
    text = scale.text()
    return Invalid(
        en=f"{policy.ref}: must lie in {text.en}",
        vi=f"Quy chế {policy.ref}: phải {text.vi}.",
        field=field,
        rule_id=rule,
    )
