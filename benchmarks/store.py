"""What the store costs at 10,000, 100,000, 500,000 and 1,000,000 items: take-in, memory, file, every screen's queries.

    python -m benchmarks.store ARCHIVE.jsonl.xz [--sizes 10000,100000] [--more 3000] [--keep FOLDER] [--starts 3]

The first 10,000 items go through the whole pipeline. Larger stores are that one repeated with dates shifted
and a word of each title altered, written by SQL; then the archive's next items go through the whole pipeline
and are what "take-in" measures, from the moment that what is live has been brought back (`restore_cpu_s`) and the
reading process gave its first batch. Each size runs in a process of its own, so that its memory is its own; the screen
is started in a pseudo-terminal as `benchmarks.screens` does it. On a machine that others use too, the processor
times and the ratios tell; what two free cores take in a second is one over the longer of the reader's and the
main process's time.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks import screens
from benchmarks.terminal import Screen
from feeds.catalogue import Catalogue
from spreadwatch import importing, reading_ahead
from spreadwatch.arrivals import item_of
from spreadwatch.pipeline import Pipeline
from spreadwatch.restoring import restored
from store import decisions, housekeeping, items, search, state, stories, triage
from store.database import Store, open_store
from stories.decision import Act
from stories.grouping import Grouper

BASE = 10_000
SIZES = (10_000, 100_000, 500_000, 1_000_000)
_BEYOND = 1 << 30
"""Numbers that no item of a store has."""
NOW = datetime(2024, 1, 1, tzinfo=UTC)

# Rows of one copy, their numbers moved up, their times moved back by $ago milliseconds.
_COPY = """
INSERT INTO stories SELECT id + $stories, name || ' ' || $stories, claim, created - $ago, watched, starred, named_by,
  claim_by_analyst, opposite_of + $stories, opposite_since - $ago, joined_into + $stories, joined_at - $ago, terms, rated, note, status,
  status_by_analyst, because, first_seen - $ago, last_seen - $ago, items, publishers, origins, told_items, stale, fresh,
  activity - $ago / 86400000.0, shown FROM base.stories;
INSERT INTO items (id, guid, publisher, feed, story, effective, published, first_seen, known, flags, revised, read, starred,
  dismissed, decided, stance, lang, keys, link, title, summary, links, body)
  SELECT id + $items, guid || '-' || $items, publisher, feed, story + $stories, effective - $ago, published - $ago, first_seen, known - $ago,
  flags, revised, read, starred, dismissed, decided, stance, lang, x'67' || randomblob(12) || x'6c' || randomblob(12),
  link, replace(title, 'the', 'th' || ($items / 10000)), summary, links, body FROM base.items;
INSERT INTO items_fts (rowid, title, summary, body)
  SELECT id, title, summary, body FROM items WHERE id > $items AND id <= $items + 100000;
INSERT INTO memberships SELECT story + $stories, item + $items, since - $ago, until - $ago, decision FROM base.memberships;
INSERT INTO story_publishers SELECT story + $stories, publisher, items FROM base.story_publishers;
INSERT INTO statements (item, since, until, stance, party, speaker, affiliation, voice, span, words, cue, speaker_span,
  proposition, via) SELECT item + $items, since, until, stance, party, speaker, affiliation, voice, span, words, cue,
  speaker_span, proposition, via FROM base.statements;
INSERT INTO claims SELECT item + $items, place, since, until, actor, action, recipient, object, span FROM base.claims;
INSERT INTO citations SELECT item + $items, place, since, until, source, kind, words, span, href, cited_by FROM base.citations;
INSERT INTO copies SELECT item + $items, of + $items, containment, kind FROM base.copies;
INSERT INTO proposals SELECT item + $items, score, why, '' FROM base.proposals;
INSERT INTO item_keys SELECT substr(keys, 1, 13), id FROM items WHERE id > $items AND id <= $items + 100000;
INSERT INTO item_keys SELECT substr(keys, 14, 13), id FROM items WHERE id > $items AND id <= $items + 100000
"""


def grow(base: Path, path: Path, size: int) -> None:
    """A store of ``size`` items: copies of the base, ever older ones first, so that the newest is as it was."""
    with open_store(path, create=True) as store:
        store.connection.execute("ATTACH ? AS base", (str(base),))
        held, last_item, last_story = store.rows(
            "SELECT count(*), max(id), (SELECT max(id) FROM base.stories) FROM base.items"
        )[0]
        copies = max(1, round(size / held))
        with store.transaction():
            for table in ("publishers", "feeds", "vocabulary"):
                store.write(f"INSERT INTO {table} SELECT * FROM base.{table}")
        for number in range(copies):
            ago = int((copies - 1 - number) * timedelta(days=14) / timedelta(milliseconds=1))
            moved = {"items": number * last_item, "stories": number * last_story, "ago": ago}
            with store.transaction() as connection:
                for statement in _COPY.split(";\n"):
                    connection.execute(statement, moved)
        moved_by = (copies - 1) * last_item
        store.write("INSERT INTO features SELECT item + ?, at, packed FROM base.features", (moved_by,))
        store.connection.execute("DETACH base")
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def measure(path: Path, archive: Path, more: int) -> dict[str, object]:
    """The figures of one store; run in a process of its own."""
    found: dict[str, object] = {}
    with open_store(path) as store:
        size = housekeeping.size(store)
        found |= {
            "items": size.items,
            "MB": round(size.bytes / 1e6),
            "bytes_an_item": size.bytes // size.items,
        }
        found["stories"] = store.value("SELECT count(*) FROM stories WHERE items > 0")
        found["stories_shown"] = stories.count(store)
        found |= {name: _median_ms(work, store) for name, work in QUERIES.items()}
        found["rss_after_queries_MB"] = _rss()
        began = time.process_time()
        grouper = restored(store)
        found["restore_cpu_s"] = round(time.process_time() - began, 2)
        found["live_items"] = len(grouper)
        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / "more.jsonl"
            with lzma.open(archive, "rt", encoding="utf-8") as lines:
                part.write_text("".join(islice(lines, BASE, BASE + more)), "utf-8")
            found |= _read_and_grouped(grouper, part)
            del grouper
            found |= _take_in(store, part)
    return found


def _read_and_grouped(grouper: Grouper, part: Path) -> dict[str, object]:
    """The processor time of the reading process's part alone, and of grouping alone, nothing written."""
    began = time.process_time()
    read = list(reading_ahead.read_batches(part, Catalogue(), NOW))
    reader = time.process_time() - began
    entries = [pair for batch in read for pair in zip(batch.entries, batch.read, strict=True)]
    # What came before word for word isn't read, and is no new item either.
    found = [
        (item_of(one, _BEYOND + number, NOW), ahead)
        for number, (one, ahead) in enumerate(entries)
        if ahead is not None
    ]
    began = time.process_time()
    for item, ahead in found:
        placed = grouper.propose(item, ahead.reading, ahead.counted)
        grouper.admit(item, ahead.reading, placed.story or item.id)
    grouped = time.process_time() - began
    return {
        "reader_cpu_ms_an_item": round(reader / len(entries) * 1000, 3),
        "groupings_a_cpu_s": round(len(found) / grouped),
    }


def _take_in(store: Store, part: Path) -> dict[str, object]:
    """The archive's next items through the whole pipeline, as `spreadwatch import` does it, once it has started."""
    pipeline = Pipeline(store)
    pipeline.heed()  # and so brings back what is live: `restore_cpu_s`
    ready = reading_ahead.batches(part, Catalogue(), NOW)
    first = next(ready)  # the reading process has started
    began, cpu, entries = time.perf_counter(), time.process_time(), 0
    for batch, _ in importing.take_in(pipeline, _again(first, ready), NOW):
        entries += len(batch.entries)
    wall, used = time.perf_counter() - began, time.process_time() - cpu
    return {
        "take_in_items_s": round(entries / wall),
        "take_in_main_cpu_ms_an_item": round(used / entries * 1000, 3),
        "collector_rss_MB": _rss(),
    }


def _screen(path: Path, runs: int) -> dict[str, object]:
    """The first frame against a bare Textual app's, started in turns, and the memory once every list was looked at."""
    wall, cpu = screens.starts(path, runs)
    screen = Screen(screens.OURS, str(path))
    screen.read_until(b"STORIES")
    for mode in (b"2", b"3", b"1"):
        screen.type(mode, 2.0)
        for _ in range(60):
            screen.press(b"j")
    memory = screen.memory()
    screen.close()
    return {
        "first_frame_ms": round(statistics.median(wall["spreadwatch"]) * 1000),
        "bare_textual_ms": round(statistics.median(wall["bare Textual"]) * 1000),
        "first_frame_ratio": round(min(wall["spreadwatch"]) / min(wall["bare Textual"]), 2),
        "first_frame_cpu_ratio": round(min(cpu["spreadwatch"]) / min(cpu["bare Textual"]), 2),
        "screen_MB": round(memory),
    }


def _again(first: reading_ahead.Batch, rest: Iterator[reading_ahead.Batch]) -> Iterator[reading_ahead.Batch]:
    yield first
    yield from rest


def _rss() -> int:
    """The process's own peak so far, MB; `ru_maxrss` would count what its parent had before it."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def _median_ms(work: Callable[[Store], object], store: Store) -> float:
    work(store)
    took = []
    for _ in range(15):
        began = time.perf_counter()
        work(store)
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 2)


def _decide(store: Store) -> None:
    newest = items.newest_id(store)
    decisions.record(store, Act.DISMISS, items=[newest], by="bench", at=NOW)
    decisions.undo(store, "bench", NOW)


def _detail(store: Store, size: int) -> object:
    found = store.value(
        "SELECT id FROM stories WHERE shown = 1 AND items >= ? ORDER BY activity DESC LIMIT 1", (size,)
    )
    return None if found is None else stories.detail(store, found)


QUERIES: dict[str, Callable[[Store], object]] = {
    "stories_screen_ms": lambda store: (
        stories.rows(store, limit=60),
        stories.count(store),
        state.collector(store),
    ),
    "wire_page_ms": lambda store: (items.newest(store, limit=60), items.count(store)),
    "wire_ids_10k_ms": lambda store: items.ids(store, limit=10_000),
    "triage_ms": lambda store: (
        triage.queue(store, limit=60),
        triage.proposal(store, items.newest_id(store)),
    ),
    "search_common_ms": lambda store: search.search(store, "russia ", 50),
    "search_rare_ms": lambda store: search.search(store, "tonga volcano ", 50),
    "search_nothing_ms": lambda store: search.search(store, "zzyzx ", 50),
    "story_of_10_ms": lambda store: _detail(store, 10),
    "story_of_50_ms": lambda store: _detail(store, 50),
    "decide_and_undo_ms": _decide,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--more", type=int, default=6_000, help="items that measure take-in")
    parser.add_argument("--starts", type=int, default=3, help="how often each app is started")
    parser.add_argument("--keep", type=Path, help="leave the stores in this folder")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.measure:
        print(json.dumps(measure(told.measure, told.archive, told.more)))
        return
    folder = told.keep or Path(tempfile.mkdtemp())
    try:
        base = folder / "base.db"
        if not base.exists():
            with tempfile.TemporaryDirectory() as scratch:
                part = Path(scratch) / "base.jsonl"
                with lzma.open(told.archive, "rt", encoding="utf-8") as lines:
                    part.write_text("".join(islice(lines, BASE)), "utf-8")
                with open_store(base, create=True) as store:
                    for _ in importing.take_in(
                        Pipeline(store), reading_ahead.batches(part, Catalogue(), NOW), NOW
                    ):
                        pass
        for size in map(int, told.sizes.split(",")):
            path = folder / f"{size}.db"
            began = time.perf_counter()
            if not path.exists():
                grow(base, path, size)
            os.sync()  # else what the store is made of is still being written while it is measured
            print(f"# {size:,} items made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
            again = [sys.executable, "-m", "benchmarks.store", str(told.archive), "--measure", str(path)]
            ran = subprocess.run(
                [*again, "--more", str(told.more)], check=True, capture_output=True, text=True
            )
            print(json.dumps(json.loads(ran.stdout) | _screen(path, told.starts)), flush=True)
    finally:
        if not told.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
