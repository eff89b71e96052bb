"""That a head is rated no better than the unit: a switch of the language for policies of leaders.

At its default it is no part of a policy's settings, so that what was published keeps its hash.
"""

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.engine.policy import BandRule, Effect, Policy
from congvu_scoring.expressions.declarations import Switch
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.operators.logic import TextPresent
from congvu_scoring.operators.values import TextInput

UNIT_BAND = "unit.band"
"""The final band of the unit that the person heads, as the snapshot has it."""

HEAD_NOT_ABOVE_UNIT = Switch(
    "head_not_above_unit",
    Bilingual(
        "Người đứng đầu không được xếp loại cao hơn đơn vị",
        "The head is rated no better than the unit",
    ),
    "Mặc định: không áp dụng; cơ quan có thể chọn khác",
    "NO",
    (
        ("NO", Bilingual("không áp dụng", "does not apply")),
        (
            "YES",
            Bilingual(
                "mức của người đứng đầu không vượt mức của đơn vị trong cùng kỳ",
                "the head's band is at most the unit's of the same period",
            ),
        ),
    ),
)
_RULE = Rule("HEAD_NOT_ABOVE_UNIT", HEAD_NOT_ABOVE_UNIT.clause, HEAD_NOT_ABOVE_UNIT.text)
_KNOWN = TextPresent(TextInput(UNIT_BAND))


def caps_heads(policy: Policy, env: Environment) -> tuple[BandRule, ...]:
    """The cap in force, if the switch is set and the unit has one of the policy's bands."""
    band = env.snapshot.texts.get(UNIT_BAND)
    chosen = env.constants.get(HEAD_NOT_ABOVE_UNIT.name)
    if chosen != "YES" or band not in policy.bands.codes:
        return ()
    return (BandRule("CAP", _RULE, _KNOWN, Effect(band_at_most=band)),)
