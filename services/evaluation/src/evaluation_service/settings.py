"""What evaluation reads from its environment."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from congvu_kit.service.settings import Port, ServiceSettings


class EvaluationSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="EVALUATION_")

    port: Port = 4102

    run_wait_s: float = Field(300.0, gt=0)
    """How long an agency's scoring is waited for before it is asked for again; then twice as long,
    and so on."""

    look_s: float = Field(1.0, gt=0)
    """How often the workers look for agencies and reviews that are due."""
