"""The platform on which the story was told, and what it said."""

from dataclasses import dataclass

from congvu_local.platform import Platform
from support.collector import Collector
from system.recording import Recording


@dataclass(frozen=True)
class Told:
    platform: Platform
    record: Recording
    collector: Collector
