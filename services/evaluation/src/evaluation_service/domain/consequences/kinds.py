"""The kinds of what follows from results, as policies name them."""

from enum import StrEnum


class PayKind(StrEnum):
    ADDITIONAL_INCOME = "ADDITIONAL_INCOME"
    BONUS = "BONUS"


class ProposalKind(StrEnum):
    PROMOTION = "PROMOTION"
    PLACEMENT = "PLACEMENT"
    WARNING = "WARNING"


class WeakKind(StrEnum):
    CRITERION = "CRITERION"
    ELEMENT = "ELEMENT"
    PRODUCT = "PRODUCT"
