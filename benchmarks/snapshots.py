"""Snapshots: how long and how big an export of a large story is, and whether briefs of a real store hold.

python -m benchmarks.snapshots large [ITEMS]     every format for a made story of so many items (5,000)
python -m benchmarks.snapshots store DB [LIMIT]  each story of a database: its brief stands (`benchmarks.briefs`),
                                                 and the JSON read back into an empty database is the same
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.briefs import faults, quoted
from snapshots import json_export
from snapshots.errors import SnapshotError
from snapshots.formats import FORMATS
from snapshots.snapshot import Snapshot, freeze
from spreadwatch.reviving import revived
from spreadwatch.taking import taken
from store import stories
from store.database import open_store
from stories.detail import tell
from stories.item import Item
from stories.reading import read
from stories.story import Story, StoryDetail

START = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = (
    (
        "Brazil sends helicopters to Chile, newspaper reports",
        "Brazil has sent military helicopters to Chile, the newspaper Folha reported, citing two officials.",
    ),
    (
        "Brazil denies sending helicopters to Chile",
        "Brazil's foreign ministry denied that it sent military helicopters to Chile.",
    ),
    (
        "US cannot confirm helicopters sent to Chile",
        "The White House said it cannot confirm reports that Brazil sent helicopters to Chile.",
    ),
)


def large(items: int) -> None:
    """Processor time, size and memory of each format."""
    told = _told(items)
    snapshot = freeze(told, taken_at=START + timedelta(days=20), tool="benchmark")
    print(f"{'format':12} {'CPU s':>8} {'MB':>7} {'peak MB':>8}")
    for form in FORMATS.values():
        started = time.process_time()
        try:
            made = form.write(snapshot)
        except SnapshotError:
            continue
        size = len(made) if isinstance(made, str) else sum(map(len, made.values()))
        print(f"{form.name:12} {time.process_time() - started:8.2f} {size / 1e6:7.1f} {_peak():8.0f}")


def _told(items: int) -> StoryDetail:
    pairs = []
    for number in range(items):
        title, summary = TEXTS[number % len(TEXTS)]
        at = START + timedelta(minutes=3 * number)
        item = Item(
            number + 1, f"g{number}", f"p{number % 700}.example", f"{title} {number}", summary,
            link=f"https://p{number % 700}.example/{number}", published=at, first_seen=at + timedelta(minutes=2),
        )  # fmt: skip
        pairs.append((item, read(item)))
    started = time.process_time()
    made = tell(Story(1, "Brazil–Chile helicopters"), pairs, [], START + timedelta(days=20))
    print(
        f"told in {time.process_time() - started:.2f} s: {len(made.statements):,} statements, peak {_peak():.0f} MB"
    )
    return made


def store(path: Path, limit: int) -> None:
    """Every brief's sentences, and the round trip, story by story."""
    sentences = wrong = unequal = count = 0
    with open_store(path, read_only=True) as held:
        for row in stories.rows(held, limit=limit):
            count += 1
            snapshot = taken(held, row.id, "benchmark")
            sentences += quoted(snapshot)
            for fault in faults(snapshot):
                wrong += 1
                print(f"story {row.id}: {fault}")
            if not _round_trip(snapshot):
                unequal += 1
                print(f"story {row.id}: not the same when read back")
    print(f"{count} briefs, {sentences} sentences, {wrong} faults; {unequal} not the same when read back")


def _round_trip(snapshot: Snapshot) -> bool:
    text = json_export.write(snapshot)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "a.db", create=True) as fresh:
        revived(fresh, json_export.read(text))
        again = taken(fresh, snapshot.detail.story.id, "benchmark")
        return json_export.write(replace(again, taken_at=snapshot.taken_at)) == text


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["large"]:
        large(int(sys.argv[2]) if len(sys.argv) > 2 else 5_000)
    elif sys.argv[1:2] == ["store"]:
        store(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000)
    else:
        sys.exit(__doc__)
