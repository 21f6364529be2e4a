from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from feeds import catalogue, editing, opml
from feeds.catalogue import Catalogue, Feed, Kind, Publisher
from feeds.errors import CatalogueError, FeedError
from feeds.publisher import host_of, publisher_of

FEED = Feed(
    "https://news.example/rss",
    publisher="news.example",
    name="News & more",
    kind=Kind.STATE,
    country="RU",
    lang="ru",
    label="State media",
    tier=2,
    interval=timedelta(minutes=15),
    muted=True,
    articles=True,
)


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("x = 1", 1, "x", "Known keys: contact, feed, publisher"),
        ('contact = "me"\n[[feed]]\nurl = "http://a.example"\n\n[[feed]]\nurl="http://b.example"\nintervall = "3m"', 7, "intervall", "Did you mean “interval”?"),
        ('[[feed]]\nurl = "http://a.example"\ninterval = "soon"', 3, "interval", "15m"),
        ('[[feed]]\nurl = "ftp://a.example"', 2, "url", "http or https"),
        ('[feed]\nurl = "http://a.example"', 1, "feed", "double brackets"),
        ('\n[[feed]]\nname = "no address"', 2, "url", "has no url"),
        ('[[feed]]\nurl = "http://a.example"\n[[feed]]\nurl = "http://a.example"', 4, "url", "second time"),
        ('[[feed]]\nurl = "http://a.example"\nkind = "wir"', 3, "kind", "wire"),
        ('[[feed]]\nurl = "http://a.example"\ntier = true', 3, "tier", "1, 2 or 3"),
        ('[[publisher]]\nkey = "a.example"\ndomains = "b.example"', 3, "domains", "list"),
        ('[[feed]]\nurl = "http://a.example', 2, "", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_key(text: str, line: int, key: str, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read(text, Path("my/feeds.toml"))
    assert (caught.value.line, caught.value.key) == (line, key)
    assert f"my/feeds.toml, line {line}" in str(caught.value) and says in str(caught.value)


def test_no_file_is_an_empty_catalogue_and_reading_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "feeds.toml"
    assert catalogue.load(path) == Catalogue()
    assert not path.parent.exists()


def test_every_value_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    whole = Catalogue(
        (FEED, Feed("https://b.example/")),
        (Publisher("news.example", "News", ("n.example",)),),
        "me@x.example",
    )
    editing.save(path, whole)
    assert catalogue.load(path) == whole


def test_adding_changing_and_removing_leave_the_users_comments(tmp_path: Path) -> None:
    path = tmp_path / "conf" / "feeds.toml"
    assert editing.add(path, [FEED]) == (FEED,)
    path.write_text("# mine, do not touch\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    other = Feed("https://b.example/feed")
    assert editing.add(path, [FEED, other]) == (other,)
    assert editing.change(path, other.url, Feed("https://b.example/moved", muted=True))
    assert editing.remove(path, FEED.url) and not editing.remove(path, FEED.url)
    assert catalogue.load(path).feeds == (Feed("https://b.example/moved", muted=True),)
    assert path.read_text(encoding="utf-8").startswith("# mine, do not touch\n")


def test_a_broken_catalogue_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text("[[feed]\n", encoding="utf-8")
    with pytest.raises(CatalogueError):
        editing.add(path, [FEED])
    assert path.read_text(encoding="utf-8") == "[[feed]\n"


def test_many_feeds_of_one_site_are_one_publisher() -> None:
    assert publisher_of("http://feeds.bbci.co.uk/news/rss.xml") == "bbci.co.uk"
    assert publisher_of("https://edition.cnn.com/") == publisher_of("rss.cnn.com") == "cnn.com"
    assert publisher_of("https://one.blogspot.com/feed") != publisher_of("https://two.blogspot.com/feed")
    assert publisher_of("http://127.0.0.1:8080/x") == "127.0.0.1" and publisher_of("") == ""
    assert host_of("https://user:pass@NEWS.example.:443/x") == "news.example"


def test_the_catalogue_names_publishers_over_their_domains() -> None:
    bbc = Publisher("bbc.co.uk", "BBC", ("bbci.co.uk", "bbc.com"), Kind.PUBLIC, "GB", "en")
    own = Catalogue(publishers=(bbc,))
    assert own.publisher_of("https://www.bbc.com/news/1") == "bbc.co.uk"
    assert own.publisher_of_feed(Feed("https://feeds.bbci.co.uk/rss.xml")) == "bbc.co.uk"
    assert (
        own.publisher_of_feed(Feed("https://feeds.feedburner.com/x"), "https://www.thehill.com/")
        == "thehill.com"
    )
    persian = own.publisher(Feed("https://feeds.bbci.co.uk/persian/rss.xml", lang="fa"))
    assert (persian.name, persian.kind, persian.lang) == ("BBC", Kind.PUBLIC, "fa")


def test_the_starter_catalogue_is_sound_and_labels_state_media() -> None:
    starter = catalogue.starter()
    assert 80 <= len(starter.feeds) <= 150
    for feed in starter.feeds:
        publisher = starter.publisher(feed)
        assert publisher.key in starter.by_key and publisher.kind
        assert publisher.country or publisher.kind in (Kind.OFFICIAL, Kind.AGGREGATOR), feed.url
        assert publisher.label or publisher.kind is not Kind.STATE
    kinds = {starter.publisher(feed).kind for feed in starter.feeds}
    assert {Kind.WIRE, Kind.PUBLIC, Kind.STATE, Kind.OFFICIAL, Kind.FACT_CHECKER, Kind.SPECIALIST} <= kinds
    assert starter.publisher_of("https://tass.ru/politika/1") == "tass.com"


def test_feeds_go_through_opml_and_back_without_loss() -> None:
    feeds = (
        FEED,
        Feed("https://b.example/feed", name="B"),
        Feed("https://c.example/<&>".replace("<&>", "a&b")),
    )
    assert set(opml.read(opml.write(Catalogue(feeds))).feeds) == set(feeds)


def test_opml_as_others_write_it_is_read() -> None:
    text = """<?xml version="1.0"?><opml version="1.0"><head/><body><outline text="World">
      <outline type="rss" text="A &amp; B" xmlUrl="http://a.example/rss" htmlUrl="http://a.example/" language="en-us"/>
      <outline type="rss" text="again" xmlUrl="http://a.example/rss"/>
      <outline type="rss" text="bad" xmlUrl="javascript:alert(1)"/>
      <outline text="folder"><outline TITLE="x" type="rss" xmlurl="http://c.example/rss"/></outline>
      </outline></body></opml>"""
    read = opml.read(text.encode())
    found = read.feeds
    assert read.left_out == ("Line 4: “javascript:alert(1)” is no http or https address.",)
    assert [feed.url for feed in found][:1] == ["http://a.example/rss"]
    assert (found[0].name, found[0].lang) == ("A & B", "en")


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"nonsense", b"<opml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>']
)
def test_what_is_no_opml_is_a_feed_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        opml.read(body)
