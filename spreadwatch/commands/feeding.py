"""The catalogue of feeds on the command line: add, list, remove, OPML in and out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from feeds import clean, editing, opml
from feeds.catalogue import Feed, Kind, interval_words, parse_interval
from feeds.checking import Health, Verdict
from snapshots.wording import counted
from spreadwatch.catalogue_desk import CatalogueDesk, left_out, logins_told, subscriptions
from spreadwatch.finding import checked
from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from spreadwatch.printing import as_json_list, lines, minute, shortened
from store import feeds as states
from store import requests
from store.database import collector_running
from store.feeds import FeedState
from stories.logins import shown

_NAME = 28
"""Cells for a feed's name: beside it, outcome and address still fit most terminals."""
ALL_FAILED = 1
"""The exit code of `feeds check` when not one feed can be read."""


@click.group("feeds", epilog="Example: spreadwatch feeds add https://example.org/rss --name 'Example'")
def feeds_command() -> None:
    """The feeds that are polled: a TOML catalogue you may also edit by hand."""


@feeds_command.command("add", epilog="Example: spreadwatch feeds add https://example.org/rss --lang en")
@click.argument("url")
@click.option("--name", default="", help="What lists call it.")
@click.option("--publisher", default="", help="Who stands behind it, by default its site's domain.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind if kind]), help="What kind of publisher."
)
@click.option("--lang", default="", metavar="XX", help="Its language, two letters.")
@click.option("--country", default="", metavar="XX", help="Its country, two letters.")
@click.option("--label", default="", help="State affiliation, as it shall be shown.")
@click.option(
    "--interval", default="", metavar="LENGTH", help="Ask this often, instead of by its own rhythm."
)
@click.option("--check/--no-check", default=True, help="Look at it first.  [default: check]")
@click.option("--force", is_flag=True, help="Add it though nothing is there now (404, 410).")
@feeds_option
@db_option
@invocation
def add(
    told: Invocation,
    url: str,
    name: str,
    publisher: str,
    kind: str | None,
    lang: str,
    country: str,
    label: str,
    interval: str,
    check: bool,
    force: bool,
) -> None:
    """Add the feed at URL, or the one that the page at URL names; a running collector polls it at once."""
    desk = CatalogueDesk(told.feeds)
    every = parse_interval(interval)
    if interval and every is None:
        raise click.BadParameter(
            f"'{interval}' is not a length of time. Write 15m or 2h.", param_hint="--interval"
        )
    feed = Feed(
        desk.address(url),
        publisher=publisher,
        name=name,
        kind=Kind(kind or ""),
        country=country.upper(),
        lang=lang.lower(),
        label=label,
        interval=every,
    )
    click.echo(desk.add_feed(feed, look=check and not force))
    _tell(told, feed.url)


@feeds_command.command("list", epilog="Example: spreadwatch feeds list --json")
@click.option("--json", "json_", is_flag=True, help="Write JSON (docs/json.md).")
@feeds_option
@db_option
@invocation
def list_(told: Invocation, json_: bool) -> None:
    """List the catalogue's feeds and how their last polls went."""
    held = told.catalogue_in_use()
    known = _states(told)
    if json_:
        as_json_list(
            _document(feed, held.publisher_of_feed(feed), known.get(feed.url)) for feed in held.feeds
        )
        return
    lines(_line(feed, held.publisher_of_feed(feed), known.get(feed.url)) for feed in held.feeds)


@feeds_command.command("remove", epilog="Example: spreadwatch feeds remove https://example.org/rss")
@click.argument("url")
@feeds_option
@db_option
@invocation
def remove(told: Invocation, url: str) -> None:
    """Take a feed out of the catalogue; its items stay."""
    if not editing.remove(told.feeds, clean.address(url) or url):
        raise click.BadParameter(f"{url} is not in {told.feeds}.", param_hint="URL")
    click.echo(f"Removed {shown(url)} from {told.feeds}.")
    _tell(told, url)


@feeds_command.command("import", epilog="Example: spreadwatch feeds import subscriptions.opml")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@feeds_option
@db_option
@invocation
def import_(told: Invocation, file: Path) -> None:
    """Add the feeds of an OPML file."""
    found = subscriptions(file)
    added = editing.add(told.feeds, found.feeds)
    rest = "; the others were in it" if len(added) < len(found.feeds) else ""
    click.echo(f"Added {len(added)} of {counted(len(found.feeds), 'feed')} to {told.feeds}{rest}.")
    for line in left_out(found):
        click.echo(line, err=True)
    if added:
        _tell(told, "")


@feeds_command.command("export", epilog="Example: spreadwatch feeds export -o subscriptions.opml")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there, a new file; without it, standard output.",
)
@feeds_option
@db_option
@invocation
def export(told: Invocation, output: Path | None) -> None:
    """Write the catalogue as OPML, with the titles that polls found; addresses stay whole, also those with a login."""
    held = told.catalogue_in_use()
    titles = {url: state.title for url, state in _states(told).items() if state.title}
    if output is not None:
        click.echo(f"{CatalogueDesk(told.feeds).give_out(output, titles)}.", err=True)
        return
    click.echo(opml.write(held, titles=titles), nl=False)
    if warning := logins_told(held):
        click.echo(f"Wrote {counted(len(held.feeds), 'feed')}{warning}.", err=True)


@feeds_command.command("check", epilog="Example: spreadwatch feeds check")
@feeds_option
@db_option
@invocation
def check_command(told: Invocation) -> None:
    """Poll every feed once, keeping nothing, and say how each is doing, with what the collector noted of it."""
    held = told.catalogue_in_use()
    known = _states(told)

    def tell(one: Health) -> None:
        state = known.get(one.url)
        noted = [] if state is None else [each for each in state.warnings if each not in one.because]
        because = " ".join(filter(None, (one.because, *noted)))
        click.echo(f"{one.verdict.value:9} {shown(one.url)}  {because}".rstrip())

    found = checked(held, tell)
    bad = sum(one.verdict is Verdict.FAILED for one in found)
    click.echo(f"{len(found) - bad:,} of {counted(len(found), 'feed')} can be read.")
    if found and bad == len(found):
        raise SystemExit(ALL_FAILED)


def _tell(told: Invocation, url: str) -> None:
    """Lets a running collector know that the catalogue changed."""
    if told.db.exists() and collector_running(told.db) is not None:
        with told.open(write=True) as store:
            requests.ask(store, requests.Ask.ADD_FEED, datetime.now(UTC), url)


def _states(told: Invocation) -> dict[str, FeedState]:
    if not told.db.exists():
        return {}
    with told.open() as store:
        return {state.url: state for state in states.rows(store)}


def _line(feed: Feed, publisher: str, state: FeedState | None) -> tuple[str, ...]:
    if feed.muted or (state and state.muted):
        outcome = "muted"
    elif state is None or state.last_fetched is None:
        outcome = "not polled yet"
    else:
        outcome = state.error_kind or (Verdict.REPAIRED.value if state.warnings else "ok")
    return (
        minute(state.last_fetched if state else None),
        outcome,
        publisher,
        _called(feed, state),
        shown(feed.url),
    )


def _called(feed: Feed, state: FeedState | None) -> str:
    """What tells a publisher's feeds apart: a name, the feed's own title, or the end of its address."""
    name = feed.name or (state.title if state else "") or urlsplit(feed.url).path.strip("/")
    return shortened(name, _NAME)


def _document(feed: Feed, publisher: str, state: FeedState | None) -> dict[str, object]:
    return {
        "url": feed.url,
        "publisher": publisher,
        "name": feed.name,
        "kind": feed.kind.value,
        "country": feed.country,
        "lang": feed.lang,
        "label": feed.label,
        "interval": interval_words(feed.interval) if feed.interval else None,
        "muted": feed.muted or bool(state and state.muted),
        "last_fetched": _time(state.last_fetched if state else None),
        "next_due": _time(state.next_due if state else None),
        "last_status": state.last_status if state else None,
        "error": (state.error_text or state.error_kind or None) if state else None,
        "failures": state.failures if state else 0,
        "items_per_hour": state.items_per_hour if state else 0.0,
        "warnings": list(state.warnings) if state else [],
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
