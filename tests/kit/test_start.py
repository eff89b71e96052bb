"""A part that starts loads a thousand modules, of which nothing becomes garbage."""

import subprocess
import sys

PART = """
import gc, sys
from types import ModuleType
from congvu_kit.service.app import collect_seldom
from congvu_kit.service.start import start

searching = []

def main():
    searching.append(gc.isenabled())
    collect_seldom()
    searching.append(gc.isenabled())

sys.modules["sample_service"] = ModuleType("sample_service")
sys.modules["sample_service.main"] = module = ModuleType("sample_service.main")
module.main = main
start("sample")
assert searching == [False, True], searching
"""


def test_cycles_are_searched_for_when_a_part_serves_and_not_while_it_loads() -> None:
    done = subprocess.run([sys.executable, "-c", PART], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
