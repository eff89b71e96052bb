"""What a change tells: its kind, where the client knows it."""

from pydantic import BaseModel, ConfigDict


class Told(BaseModel):
    """What a later release tells besides is in `model_extra`."""

    model_config = ConfigDict(extra="allow", frozen=True)
