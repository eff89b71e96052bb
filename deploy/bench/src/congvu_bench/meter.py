"""What the parts of a platform take of the machine: processor time and memory, by process."""

from collections.abc import Mapping

import psutil

from congvu_local.processes import Process


class Meter:
    """Of the processes that it is given, and all that they started."""

    def __init__(self, parts: Mapping[str, int]) -> None:
        self._parts = {name: psutil.Process(pid) for name, pid in parts.items()}
        self._began = self._cpu_s()

    @classmethod
    def of(cls, *processes: Process) -> "Meter":
        return cls({each.name: each.pid for each in processes if each.pid is not None})

    def begin(self) -> None:
        self._began = self._cpu_s()

    def cpu_ms(self, operations: int) -> Mapping[str, float]:
        """Of one operation, since `begin`."""
        return {
            name: (now - self._began[name]) * 1000 / operations
            for name, now in self._cpu_s().items()
        }

    def resident_mb(self) -> Mapping[str, float]:
        return {
            name: sum(each.memory_info().rss for each in _family(process)) / 1e6
            for name, process in self._parts.items()
        }

    def handles(self) -> Mapping[str, int]:
        return {
            name: sum(each.num_fds() for each in _family(process))
            for name, process in self._parts.items()
        }

    def _cpu_s(self) -> Mapping[str, float]:
        return {
            name: sum(sum(each.cpu_times()[:2]) for each in _family(process))
            for name, process in self._parts.items()
        }


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]
