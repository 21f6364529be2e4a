from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import lenient, strict
from feeds.document import Form, document
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.parse import parse
from feeds.raw import MOST_ENTRIES, Setting
from stories.item import DateFlag
from tests.feeds import nasty_feeds

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NASTY = nasty_feeds.files()


def read(body: bytes | str, content_type: str = "", **more: str) -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    return parse(raw, url="http://news.example/rss", now=NOW, content_type=content_type, **more)


def titles(body: bytes | str, content_type: str = "") -> list[str]:
    return [entry.title for entry in read(body, content_type).entries]


@pytest.mark.parametrize("name", ["billion-laughs", "quadratic-blowup", "external-entity"])
def test_entities_are_neither_expanded_nor_fetched(name: str) -> None:
    [entry] = read(NASTY[name]).entries
    assert len(entry.title) <= 1_000 and entry.title.count("lol") <= 1 and "AA" not in entry.title
    assert entry.guid == "1"


def test_a_cut_off_feed_keeps_its_complete_items_and_drops_the_partial_one() -> None:
    parsed = read(NASTY["truncated"])
    assert [entry.title for entry in parsed.entries] == ["one", "two"]
    assert parsed.warnings == ("The feed is cut off; its complete items were kept.",)


def test_unescaped_characters_are_mended_with_guid_and_date_kept() -> None:
    [entry] = read(NASTY["unescaped"]).entries
    assert entry.title == "AT&T & R&D bold"
    assert entry.guid == "1" and entry.published == datetime(2023, 10, 16, 10, tzinfo=UTC)


def test_ampersands_in_a_cdata_section_are_left_alone() -> None:
    broken = nasty_feeds.rss(
        nasty_feeds.item("a & b", 1, "<description><![CDATA[x &amp; y & z]]></description>")
    )
    [entry] = read(broken).entries
    assert (entry.title, entry.summary) == ("a & b", "x & y & z")


def test_text_before_the_feed_is_skipped_and_said() -> None:
    parsed = read(NASTY["junk-before"])
    assert len(parsed.entries) == 1
    assert parsed.warnings == ("Skipped text before the feed's beginning.",)


@pytest.mark.parametrize("name", ["html-page", "html-with-feed-link"])
def test_a_web_page_is_an_error_that_names_its_title(name: str) -> None:
    with pytest.raises(FeedError, match="Access denied") as caught:
        read(NASTY[name])
    assert caught.value.trouble is Trouble.NOT_A_FEED


@pytest.mark.parametrize(("name", "trouble"), [("empty", Trouble.EMPTY), ("not-json", Trouble.BROKEN)])
def test_what_is_no_feed_is_named(name: str, trouble: Trouble) -> None:
    with pytest.raises(FeedError) as caught:
        read(NASTY[name])
    assert caught.value.trouble is trouble


@pytest.mark.parametrize("name", ["lying-utf8-is-cp1251", "lying-latin1-is-utf8"])
def test_a_lying_charset_is_seen_through(name: str) -> None:
    assert titles(NASTY[name]) == ["Привет мир"]


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type", "words"),
    [
        ("utf-8-sig", "windows-1251", "", "Žluťoučký"),
        ("utf-16", "utf-16", "", "Привет"),
        ("koi8-r", "koi8-r", "", "Привет мир"),
        ("koi8-r", "utf-8", "", "Привет всем"),
        ("cp1252", "utf-8", "", "Café – déjà vu"),
        ("iso-8859-2", "", "application/xml; charset=iso-8859-2", "Łódź"),
        ("gb18030", "gb2312", "", "中文新闻"),
        ("iso-2022-jp", "iso-2022-jp", "", "日本語"),
        ("shift_jis", "Shift_JIS", "", "日本語"),
    ],
)  # fmt: skip
def test_characters_are_read_by_mark_then_utf8_then_declaration_then_likeness(
    encoding: str, declared: str, content_type: str, words: str
) -> None:
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else "<?xml version='1.0'?>"
    assert titles(nasty_feeds.rss(nasty_feeds.item(words), prolog).encode(encoding), content_type) == [words]


def test_one_bad_byte_does_not_change_the_encoding_of_the_rest() -> None:
    body = (
        nasty_feeds.rss(nasty_feeds.item("Привет мир " * 50))
        .encode()
        .replace(b"</title><link>", b"\xff</title><link>", 1)
    )
    assert "Привет" in titles(body + b"")[0]


def test_giant_fields_and_too_many_items_are_cut() -> None:
    assert len(read(NASTY["huge-title"]).entries[0].title) == 1_000
    parsed = read(NASTY["many-items"])
    assert len(parsed.entries) == MOST_ENTRIES
    assert parsed.warnings == (f"Only the first {MOST_ENTRIES} of 12000 items were read.",)


def test_missing_and_unreadable_dates_are_flagged_and_their_words_kept() -> None:
    entries = read(NASTY["bad-dates"]).entries
    moscow = datetime(2023, 10, 16, 7, tzinfo=UTC)
    assert [entry.published for entry in entries[3:]] == [moscow] * 3
    assert [entry.flags for entry in entries[:3]] == [
        {DateFlag.FUTURE},
        {DateFlag.UNDATED},
        {DateFlag.UNDATED},
    ]
    assert entries[2].published is None and entries[2].published_raw == "yesterday-ish"


def test_only_http_links_are_kept_and_relative_ones_resolved() -> None:
    assert read(NASTY["shell"]).entries[0].link == ""
    assert read(NASTY["relative-links"]).entries[0].link == "http://news.example/a/b"


def test_a_json_feed_with_odd_values_is_read() -> None:
    parsed = read(NASTY["odd-json"])
    assert parsed.format == "json11"
    assert [(entry.guid, entry.summary) for entry in parsed.entries] == [("1", ""), ("2", "a < b")]
    assert parsed.warnings == ("Items that are not JSON objects were skipped.",)


def test_json_that_is_no_json_feed_is_named() -> None:
    with pytest.raises(FeedError) as caught:
        read(json.dumps({"items": []}))
    assert caught.value.trouble is Trouble.NOT_A_FEED


def test_an_aggregators_item_names_its_true_outlet_and_loses_its_signature() -> None:
    source = '<source url="https://www.voanews.example">VOA</source>'
    [entry] = read(nasty_feeds.rss(nasty_feeds.item("Taliban deny it - VOA", 1, source))).entries
    assert (entry.title, entry.source_name) == ("Taliban deny it", "VOA")
    assert entry.source_url == "https://www.voanews.example"


@pytest.mark.parametrize(
    "wrapped",
    ["http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;aid=&amp;url=https%3a%2f%2fnews.example%2fa%3fb%3d1&amp;c=5",
     "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://news.example/a%3Fb%3D1&amp;ct=ga"],
)  # fmt: skip
def test_a_search_engines_counting_link_is_read_as_where_it_leads(wrapped: str) -> None:
    [entry] = read(nasty_feeds.rss(nasty_feeds.item("x").replace("http://news.example/1", wrapped))).entries
    assert entry.link == "https://news.example/a?b=1"


def test_an_atom_entry_gives_all_its_fields() -> None:
    [entry] = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru-RU" xml:base="http://news.example/x/">
        <title>T</title><entry><id>urn:1</id><title type="html">&lt;b>A&lt;/b></title><link href="self.xml" rel="self"/>
        <link href="story" type="text/html"/><published>2023-10-16T10:00:00+03:00</published><updated>2024</updated>
        <summary>Short</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long
        <a href="/l">link</a></p><p>Two &lt; three</p></div></content></entry></feed>"""
    ).entries
    assert (entry.guid, entry.title, entry.summary, entry.lang) == ("urn:1", "A", "Short", "ru")
    assert entry.link == "http://news.example/x/story"
    assert entry.body == "Long\nlink\nTwo < three"
    assert [link.href for link in entry.links] == ["http://news.example/l"]
    assert entry.published == datetime(2023, 10, 16, 7, tzinfo=UTC)


def test_rss_1_0_and_0_9_are_read() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>'
        '<item rdf:about="http://news.example/1"><title>A</title><link>http://news.example/1</link>'
        "<dc:date>2023-10-16T10:00:00Z</dc:date></item></rdf:RDF>"
    )
    for space in ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"):
        [entry] = read(rdf.format(space)).entries
        assert (entry.title, entry.guid) == ("A", "http://news.example/1")
        assert entry.published == datetime(2023, 10, 16, 10, tzinfo=UTC)


def test_a_feeds_wishes_are_read() -> None:
    parsed = read(
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>'
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><language>en-gb</language>"
        "<skipHours><hour>0</hour><hour>5</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
        "</channel></rss>"
    )
    assert (parsed.ttl, parsed.lang) == (timedelta(minutes=30), "en")
    assert (parsed.skip_hours, parsed.skip_days) == ({0, 5}, {6})


@pytest.mark.parametrize("name", [name for name in NASTY if not name.endswith(".gz")])
def test_no_bad_input_raises_anything_but_a_feed_error(name: str) -> None:
    try:
        parsed = read(NASTY[name])
    except FeedError:
        return
    assert all("\x1b" not in entry.title + entry.summary for entry in parsed.entries)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_between_the_tags_give_entries_or_a_feed_error(middle: bytes) -> None:
    for before, after in (
        (b"", b""),
        (b"<rss><channel><item><title>", b"</title></item></channel></rss>"),
        (b'{"', b"}"),
    ):
        try:
            read(before + middle + after)
        except FeedError as error:
            assert error.message


def compared(path: Path) -> tuple[object, object] | None:
    """What the fast path and feedparser make of a document; None where the fast path declines it."""
    try:
        found = document(path.read_bytes())
    except FeedError:
        return None
    setting = Setting("http://news.example/rss", NOW)
    fast = strict.read(found.text, setting) if found.form is Form.XML else None
    if fast is None:
        return None

    def told(parsed: Parsed) -> list[object]:
        return [(entry.guid, entry.title, entry.link, entry.published) for entry in parsed.entries]

    return told(fast), told(lenient.read(found.text, setting))


def test_the_fast_path_gives_feedparsers_items_on_our_own_feeds(tmp_path: Path) -> None:
    checked = 0
    for name, body in NASTY.items():
        if name in ("deep-nesting", "attribute-bomb", "many-items", "comment-flood", "lt-flood"):
            continue  # feedparser needs minutes for them
        if name == "c1-controls":
            continue  # feedparser takes C1 controls for Windows' punctuation, we drop them
        (tmp_path / "feed.xml").write_bytes(body)
        both = compared(tmp_path / "feed.xml")
        if both is not None:
            checked += 1
            assert both[0] == both[1], name
    assert checked > 10
