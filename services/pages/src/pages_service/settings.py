"""What the pages read of the environment."""

from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from congvu_kit.service.serving import DRAIN_S
from congvu_kit.service.settings import Port, ReadSettings


class PagesSettings(ReadSettings):
    model_config = SettingsConfigDict(env_prefix="PAGES_")

    gateway_url: str = Field("http://127.0.0.1:4000/graphql", alias="CONGVU_GATEWAY_URL")
    profile: Literal["open", "production"] = Field("production", alias="CONGVU_PROFILE")
    log_level: str = Field("INFO", alias="CONGVU_LOG_LEVEL")
    drain_ms: int = Field(int(DRAIN_S * 1000), ge=0, le=60_000, alias="CONGVU_DRAIN_MS")
    host: str = "127.0.0.1"
    port: Port = 4104
    public_url: str = Field("http://127.0.0.1:4000", pattern=r"^https?://[^/]+$")
    """Under which readers know the gateway: what a feed links to."""
    keep_s: float = Field(30, gt=0, le=3600)
    """How long a public page is shown before the graph is asked again."""
    login_url: str | None = Field(None, pattern=r"^https://")
    """Where the national login hands out tokens; the sign-in page leads there."""
    licence_name: str = "CC BY 4.0"
    licence_url: str = "https://creativecommons.org/licenses/by/4.0/deed.vi"
    """Under which the province publishes its open data."""
