"""What holds between people, units and positions: who is meant, and which times fit together."""

from collections.abc import Iterator, Mapping, Sequence

from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.text import canonical_text
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.personnel.lives import Identity, Life, Living, Remark
from evaluation_service.domain.personnel.servants import (
    Appointment,
    AppointmentRole,
    CivilServant,
    Leave,
)


def person_meant(
    lives: Sequence[CivilServant],
    full_name: str | None,
    said: Sequence[Life],
    identity: Identity | None,
) -> CivilServant | None:
    """Whom of those who had this number a row speaks of; None for somebody new (E-I21).

    A number may be given to another person after its bearer left: another name after a gap has
    to say which it is."""
    starts = {each.starts_on for each in said}
    for each in lives:
        if starts & {post.valid_from for post in each.appointments}:
            return each
    if not said and len(lives) > 1 and identity is not Identity.SAME:
        return _by_name(lives, full_name)
    if identity is Identity.NEW and starts:
        _require_left(lives, said)
        return None
    known = lives[-1] if lives else None
    if known is None or identity is Identity.SAME or not (said and known.appointments):
        return known
    gap = not any(known.life.meets(each) for each in said)
    if gap and full_name is not None and not same_name(known.full_name, full_name):
        raise Conflict(
            en="this number had another name, and its posts ended before these begin. Say "
            "identity: SAME if it is that person under a new name, identity: NEW if the number "
            "was given anew",
            vi="Mã này trước đây mang tên khác và các việc bố trí cũ đã kết thúc. Vui lòng "
            "nêu đây vẫn là người cũ đã đổi tên, hay mã được cấp lại cho người khác.",
            field="identity",
            rule_id="E-I21",
        )
    return known


def _by_name(lives: Sequence[CivilServant], full_name: str | None) -> CivilServant:
    """Of several, where no appointment tells who is meant."""
    named = [each for each in lives if full_name and same_name(each.full_name, full_name)]
    if not named:
        raise Conflict(
            en="several people had this number: send the appointments, which tell who is meant",
            vi="Nhiều người đã mang mã này. Vui lòng gửi kèm việc bố trí để xác định đúng người.",
            field="appointments",
            rule_id="E-I21",
        )
    return named[-1]


def _require_left(lives: Sequence[CivilServant], said: Sequence[Life]) -> None:
    if any(known.life.meets(each) for known in lives if known.appointments for each in said):
        raise Conflict(
            en="whoever had this number is still in a post then: end it first",
            vi="Người đang mang mã này còn việc bố trí trong thời gian đó. Vui lòng kết thúc "
            "trước.",
            field="identity",
            rule_id="E-I21",
        )


def same_name(one: str, other: str) -> bool:
    return canonical_text(one).casefold() == canonical_text(other).casefold()


def renamed(known: CivilServant | None, full_name: str) -> Iterator[Remark]:
    if known is not None and known.revision and not same_name(known.full_name, full_name):
        yield Remark(
            rule_id="E-I21",
            field="fullName",
            en="the name under this number changed; the results stay with the number",
            vi="Họ tên của mã này đã thay đổi; kết quả vẫn gắn với mã.",
        )


def require_in_life(post: Appointment, of: Living, field: str, en: str, vi: str) -> None:
    """An appointment lies in the life of its unit and its position."""
    life = of.life
    if post.valid_from < life.starts_on or post.life.ends_after(life):
        raise Invalid(
            en=f"the {en} lives from {life.starts_on} until before {life.ends_on or '...'}; the "
            f"appointment is from {post.valid_from} until before {post.valid_to or '...'}",
            vi=f"{vi.capitalize()} hoạt động từ {vi_text(life.starts_on)} đến trước "
            f"{vi_text(life.ends_on) if life.ends_on else 'khi có quyết định khác'}; việc "
            f"bố trí từ {vi_text(post.valid_from)} đến trước "
            f"{vi_text(post.valid_to) if post.valid_to else 'khi có quyết định khác'}.",
            field=field,
            rule_id="APPOINTMENT-LIFE",
        )


def leave_remarks(leaves: Sequence[Leave], posts: Sequence[Appointment]) -> Iterator[Remark]:
    overlaps = any(
        one.life.meets(other.life) for at, one in enumerate(leaves) for other in leaves[at + 1 :]
    )
    if overlaps:
        yield Remark(
            rule_id="LEAVE-LIFE",
            field="leaves",
            en="two leaves overlap; a day off counts once",
            vi="Hai khoảng nghỉ trùng nhau; mỗi ngày nghỉ chỉ tính một lần.",
        )
    if any(not any(each.life.meets(post.life) for post in posts) for each in leaves):
        yield Remark(
            rule_id="LEAVE-LIFE",
            field="leaves",
            en="a leave lies outside of all appointments and counts nowhere",
            vi="Có khoảng nghỉ nằm ngoài mọi bố trí nên không được tính.",
        )


def heads(servant: CivilServant) -> list[Appointment]:
    """Posts that nobody else may hold at the time; who only stands in for a head holds none."""
    return [
        each
        for each in servant.held
        if each.role is AppointmentRole.HEAD and each.acting_for is None
    ]


def second_heads(people: Mapping[str, CivilServant], sent: Sequence[str]) -> str | None:
    """The last of those `sent` who would be the second head of a unit at a time."""
    posts = [(id, each) for id, servant in people.items() for each in heads(servant)]
    for id in reversed(sent):
        others = [each for other, each in posts if other != id]
        for mine in heads(people[id]):
            if any(o.unit_id == mine.unit_id and o.life.meets(mine.life) for o in others):
                return id
    return None


def two_heads() -> Conflict:
    return Conflict(
        en="the unit would have two heads at one time: end the other appointment first, or say "
        "whom this one is acting for",
        vi="Đơn vị sẽ có hai người đứng đầu trong cùng thời gian. Vui lòng kết thúc việc bố "
        "trí kia trước, hoặc ghi rõ phụ trách, quyền.",
        field="appointments",
        rule_id="ONE-HEAD",
    )
