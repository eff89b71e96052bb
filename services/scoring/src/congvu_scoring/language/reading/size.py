"""How large a policy document may be: counted before anything in it is read."""

from collections.abc import Mapping

from congvu_scoring.common.limits import DEPTH_MAX, NODES_MAX, TEXT_MAX_CHARS
from congvu_scoring.expressions.location import Location


def check_size(document: object, here: Location) -> None:
    """Without recursion, so that no nesting is too deep for it."""
    waiting = [(document, 1)]
    nodes = 0
    while waiting:
        value, depth = waiting.pop()
        nodes += 1
        if nodes > NODES_MAX or depth > DEPTH_MAX:
            raise here.refuse(
                f"a policy has at most {NODES_MAX} values, {DEPTH_MAX} within each other",
                f"quy chế có tối đa {NODES_MAX} giá trị, lồng nhau tối đa {DEPTH_MAX} mức",
            )
        texts: list[object] = [value]
        if isinstance(value, Mapping):
            texts = list(value)
            waiting.extend((below, depth + 1) for below in value.values())
        elif isinstance(value, list | tuple):
            waiting.extend((below, depth + 1) for below in value)
        if any(isinstance(text, str) and len(text) > TEXT_MAX_CHARS for text in texts):
            raise here.refuse(
                f"a text has at most {TEXT_MAX_CHARS} characters",
                f"một đoạn chữ có tối đa {TEXT_MAX_CHARS} ký tự",
            )
