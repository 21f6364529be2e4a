"""Naming a story to watch for, and playing a story as it became known."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from feeds import editing
from feeds.searches import search_feeds
from snapshots.brief import brief
from snapshots.wording import counted
from spreadwatch.choosing import chosen_story
from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from spreadwatch.printing import minute
from spreadwatch.taking import taken
from store import decisions, items
from store.database import Store
from store.stories import detail
from stories.decision import Act


@click.command(
    "watch", epilog="Example: spreadwatch watch 'Grain deal' --terms grain --terms odesa --search-feeds"
)
@click.argument("name")
@click.option("--claim", default="", help="What is claimed, as a sentence or as actor → action → recipient.")
@click.option(
    "--terms", multiple=True, metavar="WORDS", help="Items with all of these belong to it; may be repeated."
)
@click.option(
    "--search-feeds",
    "search_engines",
    is_flag=True,
    help="Add search engines' feeds for the terms to the catalogue, muted.",
)
@feeds_option
@db_option
@invocation
def watch_command(
    told: Invocation, name: str, claim: str, terms: tuple[str, ...], search_engines: bool
) -> None:
    """Watch for a story of your own: it stays on the Stories screen, however small."""
    details = {"name": name, "claim": claim, "terms": json.dumps(terms, ensure_ascii=False)}
    with told.open(create=True) as store:
        made = decisions.record(store, Act.WATCH, details=details, by=told.analyst, at=datetime.now(UTC))
        held = list(_holding(store, terms))
        if held:
            decisions.record(
                store, Act.MOVE, items=held, story=made.story, by=told.analyst, at=datetime.now(UTC)
            )
    click.echo(f"Watching “{name}” as story {made.story}.")
    if held:
        click.echo(f"Moved {counted(len(held), 'item')} with these words into it; undo takes them out again.")
    if search_engines:
        _add_searches(told, terms or (name,))


def _holding(store: Store, terms: tuple[str, ...]) -> Sequence[int]:
    """The items that hold all the terms already, each a word or a phrase."""
    return items.ids(store, items.ItemFilter(text=" ".join(f'"{term}"' for term in terms))) if terms else ()


def _add_searches(told: Invocation, terms: tuple[str, ...]) -> None:
    added = editing.add(told.feeds, search_feeds(terms))
    click.echo(f"Added {len(added)} search feeds to {told.feeds}, muted; switch on those you want.")


@click.command("replay", epilog="Example: spreadwatch replay 1 --pause 2")
@click.argument("story", metavar="STORY")
@click.option(
    "--pause", type=click.FloatRange(0, 60), default=0.0, show_default=True, help="Seconds between steps."
)
@db_option
@invocation
def replay_command(told: Invocation, story: str, pause: float) -> None:
    """Play a story as it became known: at each turn what was new, and the board as it then stood."""
    with told.open() as store:
        number = chosen_story(store, story)
        last = ""
        for event in detail(store, number).timeline:
            click.echo(f"{minute(event.at)}  {event.because}")
            board = brief(taken(store, number, "", event.at)).board
            if board and board != last:
                click.echo(f"{'':16}  {board}")
                last = board
            if pause:
                time.sleep(pause)
