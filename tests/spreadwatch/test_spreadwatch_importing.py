"""`import`: what it says, in one or in many, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.memory import children
from feeds.catalogue import Catalogue
from feeds.errors import FeedError
from spreadwatch import importing, reading_ahead
from spreadwatch.collector import Counts
from spreadwatch.commands.collecting import summary
from spreadwatch.pipeline import Pipeline
from store import items, memory
from store.database import open_store
from store.errors import disk_full

Call = Callable[..., tuple[int, str, str]]
TOUR = Path(__file__).parents[2] / "docs" / "examples" / "helicopters.jsonl"


def test_one_line_is_one_line(call: Call, tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    archive.write_text('{"title": "a"}\n')
    assert call("import", str(archive), "--db", str(tmp_path / "a.db"))[:2] == (
        0,
        "1 line: 1 new item, 0 bad lines.\n",
    )
    assert summary(Counts(polls=1, new=1)).startswith("1 poll (")


def test_when_every_line_is_bad_the_exit_code_says_so(call: Call, tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    archive.write_text("{broken\n")
    code, out, err = call("import", str(archive), "--db", str(tmp_path / "a.db"))
    assert (code, out) == (1, "1 line: 0 new items, 1 bad line.\n")
    assert "line 1: it is not JSON" in err


def test_what_of_a_file_is_not_read_is_said(call: Call, tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    archive.write_text('{"title": "a", "description": "The mayor denied it.", "score": 3}\n')
    code, out, err = call("import", str(archive), "--db", str(tmp_path / "a.db"))
    assert (code, out) == (0, "1 line: 1 new item, 0 bad lines.\n")
    assert f"{archive}: not read: score.\n" in err
    (item,) = json.loads(call("items", "--json", "--db", str(tmp_path / "a.db"))[1])
    assert item["summary"] == "The mayor denied it."


def test_unreadable_dates_are_counted(call: Call, tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    rows = [{"title": f"a {when}", "published": when} for when in ("soon", "later", "2023-01-27")]
    archive.write_text("\n".join(map(json.dumps, rows)))
    code, out, err = call("import", str(archive), "--db", str(tmp_path / "a.db"))
    assert (code, out) == (0, "3 lines: 3 new items, 0 bad lines.\n")
    assert f"{archive}: 2 lines with unreadable dates: kept, undated.\n" in err


def test_every_item_of_an_archive_is_counted_for_how_common_its_words_are(call: Call, tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    rows = [{"title": f"Ferry {number} stays in Lindau"} for number in range(30)]
    archive.write_text("\n".join(map(json.dumps, rows)))
    assert call("import", str(archive), "--db", str(tmp_path / "a.db"))[0] == 0
    with open_store(tmp_path / "a.db") as store:
        counts, documents = memory.words(store)
    assert (documents, counts["ferry"], counts["lindau"]) == (30, 30, 30)


def test_what_is_in_before_the_disk_is_full_is_counted_though_nothing_could_be_told_of_it(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.jsonl"
    archive.write_text("".join(f'{{"title": "Ferry {number} stays in Lindau"}}\n' for number in range(30)))

    def full(*_: object) -> None:
        raise disk_full()

    monkeypatch.setattr(importing, "tell_grown", full)
    code, _, err = call("import", str(archive), "--db", str(tmp_path / "a.db"))
    assert code == 2 and f"{archive}: stopped after 30 lines: 30 new items, 0 bad lines." in err
    with open_store(tmp_path / "a.db") as store:
        assert items.count(store) == 30


@pytest.mark.parametrize("held", ["import", "regroup"])
def test_an_import_beside_another_or_a_regrouping_says_to_wait(call: Call, tmp_path: Path, held: str) -> None:
    from store.database import collector_lock, open_store

    database = tmp_path / "a.db"
    open_store(database, create=True).close()
    archive = tmp_path / "a.jsonl"
    archive.write_text('{"title": "a"}\n')
    with collector_lock(database, held):
        code, out, err = call("import", str(archive), "--db", str(database))
    assert (code, out) == (2, "")
    assert "Wait until it is done" in err


def test_an_archives_stories_bear_their_names_and_claims_from_its_own_time_on(
    call: Call, tmp_path: Path
) -> None:
    archive = tmp_path / "a.jsonl"
    titles = (
        "Taliban send weapons to Russia, report says",
        "Russia gets weapons from the Taliban, insider says",
        "Taliban sent weapons to Russia, newspaper writes",
    )
    rows = [
        {"title": title, "published": f"2023-01-27T1{hour}:00Z", "source": f"p{hour}.example"}
        for hour, title in enumerate(titles)
    ]
    archive.write_text("\n".join(map(json.dumps, rows)))
    database = str(tmp_path / "a.db")
    call("import", str(archive), "--db", database)
    now = json.loads(call("story", "1", "--json", "--db", database)[1])
    then = json.loads(call("story", "1", "--json", "--as-of", "2023-01-28", "--db", database)[1])
    assert len(now["items"]) == 3 and now["claim"]
    assert (then["name"], then["claim"], len(then["items"])) == (now["name"], now["claim"], 3)


def test_what_stands_twice_in_an_archive_is_read_once_and_kept_once(tmp_path: Path) -> None:
    one = {
        "id": "1",
        "source": "a.example",
        "title": "Oslo denies it sold jets",
        "summary": "Oslo denied it.",
    }
    archive = tmp_path / "a.jsonl"
    archive.write_text("\n".join(map(json.dumps, [one, one, {**one, "id": "2"}, {**one, "summary": "No."}])))
    now = datetime(2024, 1, 1, tzinfo=UTC)
    (batch,) = reading_ahead.batches(archive, Catalogue(), now)
    assert [ahead is None for ahead in batch.read] == [False, True, False, False], "another id, other words"
    with open_store(tmp_path / "a.db", create=True) as store:
        ((_, taken),) = importing.take_in(Pipeline(store), iter([batch]), now)
        assert (len(taken.new), len(taken.revised)) == (2, 1)


def test_an_archives_story_bears_its_name_and_claim_as_soon_as_its_items_say_them(
    call: Call, tmp_path: Path
) -> None:
    database = str(tmp_path / "a.db")
    call("import", str(TOUR), "--db", database)
    now = json.loads(call("story", "1", "--json", "--db", database)[1])
    noon = ("--as-of", "2026-03-02 12:00")
    then = json.loads(call("story", "1", "--json", *noon, "--db", database)[1])
    assert (len(then["items"]), len(now["items"])) == (2, 3)
    assert (then["name"], then["claim"]) == (now["name"], now["claim"])
    assert now["claim"] == "Brazil → supply helicopters → Chile"
    assert "Claim:" not in call("diff", "1", "--since", noon[1], "--db", database)[1]


def test_a_reading_process_that_dies_is_said_and_one_whose_reader_is_gone_ends(tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    line = json.dumps({"title": "Oslo denies it sold jets", "summary": "Oslo denied it. " * 40})
    archive.write_text("\n".join([line] * 20_000))
    before = children(os.getpid())  # those of other tests
    found = reading_ahead.batches(archive, Catalogue(), datetime(2024, 1, 1, tzinfo=UTC))
    assert len(next(found).entries) == reading_ahead.BATCH
    (process,) = set(children(os.getpid())).difference(before)
    os.kill(process, signal.SIGKILL)
    with pytest.raises(FeedError, match="ended early"):
        for _ in found:
            pass
    assert set(children(os.getpid())) <= set(before)
    left = reading_ahead.batches(archive, Catalogue(), datetime(2024, 1, 1, tzinfo=UTC))
    next(left)
    left.close()
    assert set(children(os.getpid())) <= set(before), "nobody reads on when nobody takes it"
