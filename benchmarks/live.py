"""What a full live window costs: memory of the processes that fill it, and a start that brings it back.

    python -m benchmarks.live ARCHIVE.jsonl.xz [--keep FILE.db]

The archive's lines are imported with their dates drawn together into ten days, so that no item is let go for its
age and the window fills to the most that is ever kept. Then a process of its own starts on that file, as a
collector does after a restart. Memory is that of all processes together, shared pages counted once; processor time
is what tells on a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.memory import watched_memory
from feeds.catalogue import Catalogue
from spreadwatch import importing
from spreadwatch.garbage import seldom
from spreadwatch.pipeline import Pipeline
from spreadwatch.reading_ahead import batches
from spreadwatch.restoring import restored
from store.database import open_store
from stories.grouping import MOST_LIVE

NOW = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 10
LINES = 60_000
"""Enough of an archive of polls, which holds an item as often as its feed did."""


def drawn_together(archive: Path, part: Path) -> None:
    """The archive's first lines, dated evenly over the last `DAYS` before `NOW`, in their order."""
    with lzma.open(archive, "rt", encoding="utf-8") as lines, part.open("w", encoding="utf-8") as out:
        for number, line in enumerate(islice(lines, LINES)):
            entry = json.loads(line)
            at = NOW - timedelta(days=DAYS) * (1 - number / LINES)
            entry["published"] = at.isoformat(timespec="seconds")
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")


def fill(path: Path, part: Path) -> dict[str, object]:
    """An import until the window is full and was for some batches more."""
    seldom()
    with open_store(path, create=True) as store, watched_memory(shared_once=True) as peak:
        pipeline = Pipeline(store)
        began, lines, full = time.process_time(), 0, 0
        for batch in batches(part, Catalogue(), NOW):
            taken = importing.take_batch(pipeline, batch, NOW)
            importing.tell_grown(pipeline, taken, NOW)
            lines += len(batch.entries)
            full += len(pipeline.grouper) >= MOST_LIVE
            if full == 4:
                break
        importing.tell_rest(pipeline, NOW)
        return {
            "live_items": len(pipeline.grouper),
            "lines": lines,
            "main_cpu_ms_a_line": round((time.process_time() - began) / lines * 1000, 3),
            "import_peak_MB_all_processes": max(peak) // 1024,
        }


def start(path: Path) -> dict[str, object]:
    """The window brought back, and what the process then holds."""
    with open_store(path) as store, watched_memory(shared_once=True) as peak:
        began = time.process_time()
        grouper = restored(store)
        used = time.process_time() - began
        time.sleep(0.5)  # the watcher looks five times a second
    return {
        "restored_items": len(grouper),
        "restore_cpu_s": round(used, 2),
        "started_MB": max(peak) // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--keep", type=Path, help="the database; one that is there is only started on")
    parser.add_argument("--start", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.start:
        print(json.dumps(start(told.start)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        path, part = told.keep or Path(scratch) / "live.db", Path(scratch) / "live.jsonl"
        if not path.exists():
            drawn_together(told.archive, part)
            print(json.dumps(fill(path, part)), flush=True)
        again = [sys.executable, "-m", "benchmarks.live", str(told.archive), "--start", str(path)]
        print(subprocess.run(again, check=True, capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()
