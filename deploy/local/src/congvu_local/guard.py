"""Becomes another program that the kernel ends when the process that started it is gone.

Run as `python guard.py PARENT_PID PROGRAM ARGUMENT...` with the standard library only: it is the
first thing every child executes, so it has to be quick and must not depend on the environment.
"""

import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""

NOT_FOUND = 127
"""What shells say when the program to run cannot be started."""


def main(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was gone before the request counted
            sys.exit(1)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.stderr.write(f"cannot start {command[0]}: {error}\n")
        sys.exit(NOT_FOUND)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
