"""Checks the first N workbooks of a folder in one process and prints seconds and peak memory (MiB) as JSON.

python -m bench.memory FOLDER N
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from gia_xlsx import batch


def peak(*, children: bool = False) -> float:
    """The largest resident size of this process so far, MiB; or of its largest child that has ended."""
    import resource

    status = Path("/proc/self/status")
    if not children and status.exists():  # getrusage counts what the parent held when it started this process, too
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 2**10
    size = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return size / 2**20 if sys.platform == "darwin" else size / 2**10


def main() -> None:
    paths = sorted(Path(sys.argv[1]).glob("*.xlsx"))[: int(sys.argv[2])]
    start = time.perf_counter()
    results = [batch.examine(path) for path in paths]
    batch.compare(results)
    seconds = time.perf_counter() - start
    wrong = sum(one.result.status != "ok" for one in results)
    print(json.dumps({"seconds": seconds, "peak": peak(), "files": len(paths), "wrong": wrong}))


if __name__ == "__main__":
    main()
