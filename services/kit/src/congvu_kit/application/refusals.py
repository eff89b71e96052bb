"""What both stores say when a row is missing, has moved on, or repeats a unique key; and what
reactions say of a fact that cannot be; and what a listing says of a place that is not there."""

from collections.abc import Sequence

from congvu_kit.application.ports import A, Store
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, NotFound
from congvu_kit.domain.labels import label


def found(aggregate: A | None, collection: str) -> A:
    if aggregate is None:
        raise NotFound(
            en=f"there is no {label('collection', collection, 'en')} with this id",
            vi=f"Không tìm thấy {label('collection', collection, 'vi')} mang mã này.",
        )
    return aggregate


async def require_there(store: Store[A], id: str | None, field: str) -> None:
    """Raise `NotFound` where a listing is asked for a place or period that is not there: an empty
    page would look like one without rows. Not for people: whether there are such is not told."""
    if id is not None and await store.find(id) is None:
        raise NotFound(
            en="there is nothing with this id (yet)",
            vi="Không có hoặc chưa có mục nào mang mã này.",
            field=field,
        )


def moved(collection: str) -> Conflict:
    return Conflict(
        en=f"this {label('collection', collection, 'en')} was changed meanwhile: read it again",
        vi=f"Nội dung ({label('collection', collection, 'vi')}) vừa được người khác cập nhật. "
        "Vui lòng tải lại rồi thực hiện lại.",
        field="input.expectedRevision",
    )


def taken(collection: str, paths: Sequence[str]) -> Conflict:
    key = ", ".join(path.rpartition(".")[2].replace("_", " ") for path in paths)
    return Conflict(
        en=f"another {label('collection', collection, 'en')} has the same {key}",
        vi=f"Đã có {label('collection', collection, 'vi')} khác dùng mã này. Vui lòng kiểm "
        "tra lại mã.",
    )


def refuse_other(kept: Aggregate, fact: object, *names: str, **renamed: object) -> None:
    """Raise `Conflict` when a fact gives what is kept another owner: its publisher cannot have made
    that, whoever signed it. `names` are the fields of both that say whose it is, `renamed` those
    that the fact calls otherwise."""
    told = {name: getattr(fact, name) for name in names} | renamed
    for name, value in told.items():
        if getattr(kept, name) != value:
            raise Conflict(
                en=f"{name} of what is kept here is another, and never changes",
                vi="Nội dung này đã gắn với nơi khác, không thay đổi được.",
            )
