"""Adding and listing feeds on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.catalogue import Feed
from feeds.discovery import Found
from feeds.errors import FeedError, Trouble
from spreadwatch.catalogue_desk import CatalogueDesk

Call = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(("trouble", "status"), [(Trouble.STATUS, 404), (Trouble.GONE, 410)])
def test_an_address_at_which_nothing_is_is_added_only_by_force(
    tmp_path: Path, trouble: Trouble, status: int
) -> None:
    def gone(url: str) -> tuple[Found, ...]:
        raise FeedError(trouble, f"{url} answered {status}.", status=status)

    desk = CatalogueDesk(tmp_path / "feeds.toml", gone)
    feed = Feed("https://first.example/rss")
    with pytest.raises(FeedError, match="spreadwatch feeds add --force https://first"):
        desk.add_feed(feed)
    assert not (tmp_path / "feeds.toml").exists()
    assert desk.add_feed(feed, look=False).startswith("Added")


def test_a_trouble_that_may_be_over_by_the_next_poll_refuses_nothing(tmp_path: Path) -> None:
    def busy(url: str) -> tuple[Found, ...]:
        raise FeedError(Trouble.BUSY, f"{url} asks for patience.", status=503)

    desk = CatalogueDesk(tmp_path / "feeds.toml", busy)
    assert "asks for patience" in desk.add_feed(Feed("https://first.example/rss"))


def test_two_feeds_of_one_publisher_are_told_apart_in_the_list(call: Call, tmp_path: Path) -> None:
    place = ("--feeds", str(tmp_path / "feeds.toml"), "--db", str(tmp_path / "none.db"))
    call("feeds", "add", "https://first.example/rss", "--name", "World", "--no-check", *place)
    call("feeds", "add", "https://first.example/sport/rss.xml", "--force", *place)
    first, second = call("feeds", "list", *place)[1].splitlines()
    assert first.split()[4:6] == ["first.example", "World"]
    assert second.split()[4:6] == ["first.example", "sport/rss.xml"]


def test_a_check_at_which_every_feed_fails_exits_with_1(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feeds.checking import Health, Verdict

    failed = Health("https://first.example/rss", "first.example", Verdict.FAILED, "it is gone")
    monkeypatch.setattr("spreadwatch.commands.feeding.checked", lambda *_: [failed])
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://first.example/rss"\n')
    code, out, _ = call("feeds", "check", "--feeds", str(tmp_path / "feeds.toml"))
    assert (code, out) == (1, "0 of 1 feed can be read.\n")


def test_a_feed_without_items_is_added_with_a_word_about_it(tmp_path: Path) -> None:
    desk = CatalogueDesk(tmp_path / "feeds.toml", look=lambda url: (Found(url, "Half", 0),))
    assert "It has no items now" in desk.add_feed(Feed("https://half.example/rss"))
