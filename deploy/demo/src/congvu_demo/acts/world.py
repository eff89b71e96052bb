"""What every act needs: the gateway, who acts, and the data they act on."""

from dataclasses import dataclass
from datetime import date

from congvu_demo.cast import Cast
from congvu_demo.client import Gateway
from congvu_demo.dataset import Dataset
from congvu_kit.domain.clock import SystemClock, business_date


@dataclass(frozen=True)
class World:
    gateway: Gateway
    cast: Cast
    data: Dataset

    @property
    def commune_id(self) -> str:
        return self.data.unit_id(self.data.commune)


def today() -> date:
    """The business date that the services go by."""
    return business_date(SystemClock().now())
