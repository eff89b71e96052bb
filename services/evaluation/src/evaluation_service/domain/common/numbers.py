"""The numbers that reach a score, and what each of them takes."""

from decimal import Decimal
from typing import Annotated, TypeAlias

from congvu_kit.domain.numbers import ANY, Bounded

QUANTITY_MAX = Decimal(1_000_000)
"""More of one product in one period is a typing error, not work."""

QUANTITY = Bounded(least=Decimal(0), most=QUANTITY_MAX, strictly=True)
DONE = Bounded(least=Decimal(0), most=QUANTITY_MAX)
POINTS = Bounded(least=Decimal(-1_000), most=Decimal(1_000))
"""The policy says which of them a criterion takes, and whether it may be negative."""
WEIGHT = Bounded(least=Decimal(0), most=Decimal(10_000))
COEFFICIENT = Bounded(least=Decimal(0), most=Decimal(10_000), places=24, strictly=True)
"""As the catalogue tells it: points by reference points, which may have many places."""
SHARE = Bounded(least=Decimal(0), most=Decimal(1))
PART = Bounded(least=Decimal(0), most=Decimal(1), strictly=True)
"""Of a dossier that several officers handled."""
PERCENT = Bounded(least=Decimal(0), most=Decimal(100), places=2, strictly=True)
"""Of a group's work."""

MONEY = Bounded(least=Decimal(0), most=Decimal(10) ** 15 - 1, places=0)
"""Đồng: a budget of a province has fourteen digits."""

Quantity: TypeAlias = Annotated[Decimal, QUANTITY]
Done: TypeAlias = Annotated[Decimal, DONE]
Money: TypeAlias = Annotated[Decimal, MONEY]
Percent: TypeAlias = Annotated[Decimal, PERCENT]
Points: TypeAlias = Annotated[Decimal, POINTS]
Weight: TypeAlias = Annotated[Decimal, WEIGHT]
Part: TypeAlias = Annotated[Decimal, PART]
Count: TypeAlias = int | Decimal
"""Of products, whole but for parts of dossiers and shares of group work."""
Measure: TypeAlias = Annotated[Decimal, ANY]
"""What an indicator counts: money, percent, people."""
