"""What evaluation reads from its environment."""

from typing import ClassVar

from pydantic import Field

from congvu_kit.service.settings import ServiceSettings


class EvaluationSettings(ServiceSettings):
    PREFIX: ClassVar[str] = "EVALUATION_"
    DEFAULT_PORT: ClassVar[int] = 4102

    index_wait_s: float = Field(60.0, ge=0, alias="EVALUATION_INDEX_WAIT_S")
    """How long a frozen period waits for the citizens' indexes before it counts them as missing."""

    look_s: float = Field(1.0, gt=0, alias="EVALUATION_LOOK_S")
    """How often the workers look for agencies and reviews that are due."""
