"""A parser that may die, loop or eat memory on a hostile file, in a process of its own with bounds."""

from __future__ import annotations

import os
import subprocess
import sys


def run_module(module: str, data: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """``python -m module`` with ``data`` on its standard input. Raises subprocess.TimeoutExpired, OSError.

    ``-P``: a ``json.py`` that lies in the working folder, among the files of others, is none of its modules.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-m", module]
    return subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, check=False)


def bound(memory: int, seconds: int) -> None:
    """For the child itself, where the system can: bytes of address space, seconds of the processor."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
