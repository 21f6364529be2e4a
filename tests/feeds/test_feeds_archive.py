from __future__ import annotations

import bz2
import gzip
import json
import lzma
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from feeds.archive import BadLine, Progress, read
from feeds.catalogue import Catalogue, Publisher
from feeds.entry import Entry
from feeds.errors import FeedError
from stories.item import DateFlag, Link

ROW = {
    "id": "91ac",
    "title": "Taliban &amp; Russia",
    "summary": "<p>They <a href='/x'>deny</a> it.</p>",
    "link": "https://www.bbc.co.uk/news/1?at_medium=RSS",
    "published": "2022-01-01 20:01:44+03:00",
    "feed": "http://feeds.bbci.co.uk/news/rss.xml",
    "source": "www.bbc.co.uk",
    "lang": "en-US",
}
ENTRY = Entry(
    guid="91ac",
    title="Taliban & Russia",
    summary="They deny it.",
    link="https://www.bbc.co.uk/news/1?at_medium=RSS",
    links=(Link("https://www.bbc.co.uk/x", "deny"),),
    published=datetime(2022, 1, 1, 17, 1, 44, tzinfo=UTC),
    published_raw="2022-01-01 20:01:44+03:00",
    lang="en",
    feed="http://feeds.bbci.co.uk/news/rss.xml",
    publisher="bbc.co.uk",
)


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("", bytes),
        (".xz", lzma.compress),
        (".gz", gzip.compress),
        (".bz2", bz2.compress),
        (".zst", zstandard.compress),
    ],
)
def test_json_lines_are_read_compressed_or_not(tmp_path: Path, ending: str, pack: object) -> None:
    path = tmp_path / f"items.jsonl{ending}"
    path.write_bytes(pack((json.dumps(ROW) + "\n").encode()))  # type: ignore[operator]
    progress = Progress()
    assert list(read(path, progress=progress)) == [ENTRY]
    assert progress.done == progress.total == path.stat().st_size


def test_common_other_names_are_read_and_unknown_keys_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    others = {
        "summary": "description",
        "link": "url",
        "published": "date",
        "source": "host",
        "lang": "language",
    }
    row = {others.get(key, key): value for key, value in ROW.items()}
    path.write_text(json.dumps({**row, "content": [{"value": "x"}], "score": 7, "tags": [], "text": ""}))
    progress = Progress()
    assert list(read(path, progress=progress)) == [ENTRY]
    assert progress.unread == {"content", "score"}
    path.write_text(json.dumps({**ROW, "description": "another", "publisher": "another.example"}))
    assert list(read(path)) == [ENTRY], "our own names go before"


def test_csv_rows_are_read_by_their_header(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    cells = ",".join('"' + value.replace('"', '""') + '"' for value in ROW.values())
    path.write_text("\ufeff" + ",".join(ROW) + f"\n{cells}\n" + ",".join("x" * 9) + "\n", encoding="utf-8")
    found = list(read(path))
    assert found[0] == ENTRY
    assert found[1] == BadLine(3, "it has 9 columns, the first line 8")


def test_a_bad_line_is_reported_with_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    good = json.dumps({"title": "ok"})
    path.write_bytes(
        b"\n".join(
            [good.encode(), b"", b"{broken", b"[1]", b"{}", b"\xff\xfe", b'{"title": 5}', good.encode()]
        )
    )
    found = list(read(path))
    assert [line.number for line in found if isinstance(line, BadLine)] == [3, 4, 5, 6, 7]
    assert [line.title for line in found if isinstance(line, Entry)] == ["ok", "ok"]


def test_hostile_text_is_cleaned_and_a_missing_date_flagged(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(
        json.dumps({"title": "a\x1b]52;c;x\x07b\u202e", "link": "javascript:x", "published": "soon"}), "utf-8"
    )
    [entry] = read(path)
    assert isinstance(entry, Entry)
    assert (entry.title, entry.link, entry.published, entry.published_raw) == ("a]52;c;xb", "", None, "soon")
    assert entry.flags == {DateFlag.UNDATED}


def test_the_outlet_is_known_by_the_catalogue_its_host_or_its_name(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    rows = [
        {"title": "a", "source": source}
        for source in ("bbc.com", "https://edition.cnn.com/x", "The Daily Planet", "")
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    own = Catalogue(publishers=(Publisher("bbc.co.uk", domains=("bbc.com",)),))
    found = [entry.publisher for entry in read(path, own) if isinstance(entry, Entry)]
    assert found == ["bbc.co.uk", "cnn.com", "The Daily Planet", ""]


@pytest.mark.parametrize(
    "name", ["items.jsonl.xz", "items.jsonl.gz", "items.jsonl.zst", "items.csv", "absent.jsonl"]
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path: Path, name: str) -> None:
    if not name.startswith("absent"):
        (tmp_path / name).write_bytes(b"not,what\nit,says")
    with pytest.raises(FeedError, match="can't be read further"):
        list(read(tmp_path / name))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"title": 5}, "its “title” is a number instead of text"),
        ({"title": "a", "source": 5}, "its “source” is a number instead of text"),
        ({"title": "a", "body": ["b"]}, "its “body” is a list instead of text"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(tmp_path: Path, row: dict[str, object], says: str) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(row))
    assert list(read(path)) == [BadLine(1, says)]


@pytest.mark.parametrize("published", [1674800000, "gestern"])
def test_an_item_whose_date_can_t_be_read_is_kept_with_what_was_written(
    tmp_path: Path, published: object
) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps({"id": 7, "title": "a", "published": published}))
    (entry,) = read(path)
    assert isinstance(entry, Entry)
    assert (entry.guid, entry.published, entry.published_raw) == ("7", None, str(published))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_whatever_parts_its_columns(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "items.csv"
    path.write_text(f'"id"{mark}"title"\n1{mark}"one, two; three"\n')
    assert [one.title for one in read(path) if isinstance(one, Entry)] == ["one, two; three"]


def test_a_quotation_mark_that_is_not_closed_does_not_swallow_what_follows(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text('id,title\n1,"open\n2,b\n3,"c"\n4,d\n5,"never\n')
    found = list(read(path))
    says = "a quotation mark is not closed, or not doubled"
    assert [one for one in found if isinstance(one, BadLine)] == [
        BadLine(2, f"{says}, up to line 4"),
        BadLine(6, says),
    ]
    assert [one.title for one in found if isinstance(one, Entry)] == ["d"]


@pytest.mark.parametrize("name", ["items.csv", "items.jsonl"])
def test_bytes_that_are_not_utf_8_are_said_so(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rows = ("title", "Caf\xe9", "ok") if name.endswith("csv") else ('{"title": "Caf\xe9"}', '{"title": "ok"}')
    path.write_bytes("\n".join(rows).encode("latin-1"))
    bad, good = read(path)
    assert isinstance(bad, BadLine)
    assert bad.problem.startswith("it is not UTF-8 (turn the whole file: iconv")
    assert isinstance(good, Entry)


@pytest.mark.parametrize("indent", [None, 1])
def test_a_json_array_is_refused_with_how_to_turn_it(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([{"title": "a"}, {"title": "b"}], indent=indent))
    with pytest.raises(FeedError, match="one JSON array; an archive has one object a line"):
        list(read(path))
