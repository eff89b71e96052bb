"""The TypeScript client, compiled as whoever takes it would."""

import shutil
import subprocess
from pathlib import Path

from congvu_local.node import node_binary

CLIENT = Path(__file__).parents[2] / "clients/typescript"
COMPILER = CLIENT / "node_modules/typescript/bin/tsc"


def compiled(folder: Path) -> Path:
    """With its tests, in a folder that is the package then; fail with what the compiler says."""
    shutil.copy(CLIENT / "package.json", folder)
    (folder / "node_modules").symlink_to(CLIENT / "node_modules")
    compiles("-p", str(CLIENT), "--outDir", str(folder / "dist"))
    return folder / "dist"


def compiles(*given: str) -> None:
    command = [str(node_binary()), str(COMPILER), *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
