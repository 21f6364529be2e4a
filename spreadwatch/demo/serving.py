"""The demo's feeds on the loopback: each carries what its outlet had published by the replayed time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from feeds.catalogue import Catalogue, Feed, Kind, Publisher
from feeds.replay import ReplayServer, Reply, Request, Respond
from spreadwatch.demo import content
from spreadwatch.demo.clock import ReplayedClock, Stretch
from spreadwatch.demo.content import NewsItem, Outlet

SECONDS = 60.0
"""How long telling both stories takes."""

STRETCHES = (
    (datetime(2017, 7, 25, tzinfo=UTC), datetime(2017, 7, 27, 12, tzinfo=UTC)),
    (datetime(2023, 1, 23, tzinfo=UTC), datetime(2023, 2, 2, tzinfo=UTC)),
)
"""What is played, one after the other at one pace; each ends late enough for its last item to be polled."""

POLL_EVERY = timedelta(hours=8)
"""In the story's time: some two seconds, so that an item is on the screen soon after its release."""


def clock(started: float, seconds: float = SECONDS) -> ReplayedClock:
    """The demo's clock, started at a reading of `time.monotonic`."""
    whole = sum((end - start for start, end in STRETCHES), timedelta())
    return ReplayedClock(
        [Stretch(start, end, seconds * ((end - start) / whole)) for start, end in STRETCHES], started
    )


def serve(server: ReplayServer, time: ReplayedClock) -> Catalogue:
    """Put every outlet's feed on the server; the catalogue that leads to them."""
    items = content.items()
    outlets = content.outlets().values()
    addresses = {
        outlet.key: server.add(
            f"/{outlet.key}.xml", _paper(outlet, [item for item in items if item.outlet == outlet.key], time)
        )
        for outlet in outlets
    }
    return Catalogue(
        feeds=tuple(
            Feed(addresses[outlet.key], publisher=outlet.publisher, name=outlet.name, interval=POLL_EVERY)
            for outlet in outlets
        ),
        publishers=tuple(
            Publisher(
                outlet.publisher,
                name=outlet.name,
                kind=Kind(outlet.kind),
                country=outlet.country,
                lang="en",
                label=outlet.label,
            )
            for outlet in outlets
        ),
    )


def _paper(outlet: Outlet, items: Sequence[NewsItem], time: ReplayedClock) -> Respond:
    def respond(request: Request) -> Reply:
        now = time.now()
        carried = [item for item in items if item.released <= now]
        etag = f'"{len(carried)}"'
        if request.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=(("ETag", etag),))
        return Reply(content.rss(outlet, carried), headers=(("ETag", etag),))

    return respond
