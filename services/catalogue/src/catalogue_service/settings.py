"""What the catalogue reads from its environment."""

from typing import ClassVar

from congvu_kit.service.settings import ServiceSettings


class CatalogueSettings(ServiceSettings):
    PREFIX: ClassVar[str] = "CATALOGUE_"
    DEFAULT_PORT: ClassVar[int] = 4101
