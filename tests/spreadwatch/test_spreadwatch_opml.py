"""OPML in and out: where a file is broken, what feeds are called, and what a login in an address becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feeds import opml
from store import feeds
from store.database import open_store
from store.feeds import FeedState
from stories.logins import bare, shown

Call = Callable[..., tuple[int, str, str]]
CATALOGUE = """
[[feed]]
url = "https://good.example/a"

[[feed]]
url = "https://ada:secret@locked.example/rss?at=x@y"
"""


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "feeds.toml").write_text(CATALOGUE)
    return ("--feeds", str(tmp_path / "feeds.toml"), "--db", str(tmp_path / "news.db"))


def test_a_broken_file_is_named_with_its_line(call: Call, own: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "broken.opml"
    file.write_text('<?xml version="1.0"?>\n<opml version="2.0">\n<body><outline')
    code, out, err = call("feeds", "import", str(file), *own)
    assert (code, out) == (2, "")
    assert f"{file}: The file is broken in line 3 (" in err
    assert (tmp_path / "feeds.toml").read_text() == CATALOGUE


def test_a_file_that_breaks_off_gives_the_feeds_before_the_break(
    call: Call, own: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "cut.opml"
    file.write_text('<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss"/><outline')
    code, out, err = call("feeds", "import", str(file), *own)
    assert (code, out) == (0, f"Added 1 of 1 feed to {tmp_path / 'feeds.toml'}.\n")
    assert err.startswith("The file is broken in line 1 (") and "what follows is not read" in err


def test_outlines_that_are_not_of_the_web_are_named_with_their_lines(
    call: Call, own: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "mixed.opml"
    outlines = "\n".join(f'<outline text="{n}" xmlUrl="ftp://old.example/{n}&amp;x"/>' for n in range(7))
    file.write_text(
        f'<opml version="2.0"><body>\n{outlines}\n<outline xmlUrl="https://a.example/rss"/></body></opml>'
    )
    code, out, err = call("feeds", "import", str(file), *own)
    assert code == 0 and out.startswith("Added 1 of 1 feed")
    first, *_, last = err.splitlines()
    assert first == "Line 2: “ftp://old.example/0&x” is no http or https address."
    assert (len(err.splitlines()), last) == (6, "2 more outlines have no such address.")


def test_opml_calls_feeds_as_they_call_themselves_and_warns_of_logins(
    call: Call, own: tuple[str, ...], tmp_path: Path
) -> None:
    with open_store(tmp_path / "news.db", create=True) as store:
        feeds.save(store, FeedState("https://good.example/a", "good.example", "Good feed"))
    code, out, err = call("feeds", "export", *own)
    assert code == 0 and 'text="Good feed"' in out
    assert "1 of the addresses hold a login, keep the file to yourself" in err
    addresses = [feed.url for feed in opml.read(out.encode()).feeds]
    assert addresses == ["https://good.example/a", "https://ada:secret@locked.example/rss?at=x@y"]
    assert [feed.name for feed in opml.read(out.encode()).feeds] == [
        "",
        "",
    ]  # a title is not the analyst's name


def test_a_login_in_an_address_is_shown_to_nobody(call: Call, own: tuple[str, ...]) -> None:
    code, out, _ = call("feeds", "list", *own)
    assert code == 0 and "secret" not in out
    assert "https://***@locked.example/rss?at=x@y" in out
    assert shown("https://open.example/a@b") == "https://open.example/a@b"
    assert bare("https://ada:secret@locked.example/rss") == "***@locked.example/rss"
