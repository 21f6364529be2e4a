"""The answers behind a watched story: kept by the collector, written as WARC, byte for byte what the server sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from feeds.catalogue import Catalogue, Feed
from feeds.replay import ReplayServer
from spreadwatch.collector import Collector, Task
from store import decisions, retrievals
from store.database import collector_lock, open_store
from stories.decision import Act

Call = Callable[..., tuple[int, str, str]]


def rss(*titles: str) -> bytes:
    entries = "".join(f"<item><guid>{title}</guid><title>{title}</title></item>" for title in titles)
    return f"<rss version='2.0'><channel><title>News</title>{entries}</channel></rss>".encode()


async def test_answers_are_kept_from_the_moment_a_story_is_watched_and_written_as_warc(
    call: Call, tmp_path: Path
) -> None:
    database, warc = tmp_path / "a.db", tmp_path / "story.warc.gz"
    first, second = (
        rss("Grain ship leaves Odesa"),
        rss("Grain ship leaves Odesa", "Grain ship reaches Odesa port"),
    )
    with open_store(database, create=True) as store, collector_lock(database) as lock:
        async with ReplayServer() as server:
            catalogue = Catalogue((Feed(server.add("/rss", [first, second])),))
            await Collector(store, lock, Task(lambda: catalogue, once=True)).run()
            assert store.value("SELECT count(*) FROM responses") == 0
            decisions.record(
                store,
                Act.WATCH,
                details={"name": "Grain", "terms": '["grain", "port"]'},
                by="ana",
                at=datetime.now(UTC),
            )
            await Collector(store, lock, Task(lambda: catalogue, once=True)).run()
        story = store.value("SELECT story FROM items ORDER BY id DESC LIMIT 1")
        (fetched,) = retrievals.of_items(store, [2], datetime.now(UTC))
    code, _, err = call("archive", str(story), "-o", str(warc), "--db", str(database))
    assert (code, err) == (0, f"Wrote 1 answer to {warc}.\n")
    with warc.open("rb") as file:
        records = [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read())
            for one in ArchiveIterator(file)
        ]
    assert records[1][:2] == ("response", fetched.feed)
    assert records[1][2] == second


def test_a_story_without_kept_answers_says_since_when_they_are_kept(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    code, _, err = call("archive", story, "-o", str(tmp_path / "a.warc"), "--db", str(database))
    assert code == 2
    assert "from the moment a story is watched or starred" in err
