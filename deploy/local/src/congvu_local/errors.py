"""What can go wrong on this machine before or beside the platform itself.

DomainError
├── Conflict
│   ├── PortTaken       something else listens where one of ours should
│   └── FolderTaken     another instance works in this data folder
├── NotFound
│   └── ProgramMissing  a program that this machine should have is not there
└── Unavailable
    └── ProgramFailed   a child died, or was not ready in time
"""

from pathlib import Path

from congvu_kit.domain.errors import Conflict, NotFound, Unavailable


class PortTaken(Conflict):
    def __init__(self, *, port: int, used_for: str, variable: str) -> None:
        super().__init__(
            en=f"port {port} ({used_for}) is in use; set {variable} to another port",
            vi=f"cổng {port} ({used_for}) đang được dùng; hãy đặt {variable} sang cổng khác",
            field=variable,
        )


class FolderTaken(Conflict):
    def __init__(self, folder: Path, *, owner: str) -> None:
        super().__init__(
            en=f"{folder} is used by another instance ({owner}); set CONGVU_DATA_DIR to another "
            "folder or stop that one",
            vi=f"thư mục {folder} đang được một bản khác sử dụng ({owner}); hãy đặt "
            "CONGVU_DATA_DIR sang thư mục khác hoặc dừng bản đó",
            field="CONGVU_DATA_DIR",
        )


class ProgramMissing(NotFound):
    def __init__(self, program: str, *, remedy: str) -> None:
        super().__init__(
            en=f"{program} is not on this machine: {remedy}",
            vi=f"máy này chưa có {program}: {remedy}",
        )


class ProgramFailed(Unavailable):
    """`how` and `how_vi` are the failure without its name; `tail` is the end of the log."""

    def __init__(self, name: str, *, why: str, vi: str, log: Path, tail: str) -> None:
        super().__init__(
            en=f"{name} {why}; its log is {log}",
            vi=f"{name} {vi}; nhật ký ở {log}",
        )
        self.name = name
        self.how, self.how_vi = why, vi
        self.log = log
        self.tail = tail
