"""What the catalogue reads from its environment."""

from pydantic_settings import SettingsConfigDict

from congvu_kit.service.settings import Port, ServiceSettings


class CatalogueSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="CATALOGUE_")

    port: Port = 4101
