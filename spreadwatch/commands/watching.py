"""Naming a story to watch for, and playing a story as it became known."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
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
from store import decisions, story_facts
from store.database import Store
from store.stories import detail
from store.watched import Holding, holding, watched
from stories.decision import Act
from stories.watching import claim_read, coming, terms_of


@click.command(
    "watch", epilog="Example: spreadwatch watch 'Grain deal' --terms grain --terms odesa --search-feeds"
)
@click.argument("name")
@click.option("--claim", default="", help="What is claimed, as a sentence or as actor → action → recipient.")
@click.option(
    "--terms",
    multiple=True,
    metavar="WORDS",
    help="Items with all of these belong to it; divided by commas, or repeated.",
)
@click.option(
    "--search-feeds",
    "search_engines",
    is_flag=True,
    help="Add search engines' feeds for the terms to the catalogue, muted.",
)
@click.option(
    "--take",
    is_flag=True,
    help="Move items with these words out of watched stories and those of several publishers too.",
)
@feeds_option
@db_option
@invocation
def watch_command(
    told: Invocation, name: str, claim: str, terms: tuple[str, ...], search_engines: bool, take: bool
) -> None:
    """Watch for a story of your own: it stays on the Stories screen, however small.

    Items come to it by --terms, by --claim, or by both; without either only as you move them there.
    Those that hold the words already stay without --take in a story of several publishers or that is watched.
    """
    name = " ".join(name.split())
    terms = terms_of(",".join(terms))
    if not name:
        raise click.BadParameter("a story needs a name.", param_hint="NAME")
    if claim:
        claim = _claim(claim)
    details = {"name": name, "claim": claim, "terms": json.dumps(terms, ensure_ascii=False)}
    with told.open(create=True) as store:
        _not_taken(store, name)
        made = decisions.record(store, Act.WATCH, details=details, by=told.analyst, at=datetime.now(UTC))
        held = holding(store, terms)
        moved = held.all if take else held.free
        staying = list(_settled(store, held))
        if moved:
            decisions.record(
                store, Act.MOVE, items=moved, story=made.story, by=told.analyst, at=datetime.now(UTC)
            )
    click.echo(f"Watching “{name}” as story {made.story}.")
    if moved:
        click.echo(
            f"Moved {counted(len(moved), 'item')} with these words into it; undo takes them out again."
        )
    if staying:
        said = (
            "These were taken out of" if take else "With these words, left where they are (--take moves them)"
        )
        click.echo(f"{said}: {'; '.join(staying)}.")
    click.echo(_matching(name, claim, terms))
    if search_engines:
        _add_searches(told, terms or (name,))


def _matching(name: str, claim: str, terms: tuple[str, ...]) -> str:
    """What will come to the story, so that nobody waits for what can't come."""
    told = coming(name, claim, terms)
    if not told:
        return "Nothing comes to it by itself: move items there, or watch with --terms or --claim."
    here = " For a claim, `spreadwatch regroup` looks through those that are here." if claim else ""
    return f"To it comes {told}.{here}"


def _settled(store: Store, held: Holding) -> Iterator[str]:
    """How many items each of these stories holds, that a watched one is, and which are opposites."""
    for story, members in held.settled.items():
        found = story_facts.story(store, story)
        if found is not None:
            against = found.opposite_of if found.opposite_of in held.settled else None
            opposite = "" if against is None else f", the opposite of story {against}"
            watching = ", which is watched" if found.watched else ""
            yield f"{counted(len(members), 'item')} of story {story}, “{found.name}”{watching}{opposite}"


def _claim(words: str) -> str:
    claim = claim_read(words)
    if not claim:
        raise click.BadParameter(
            f"“{words}” can't be read as who does what to whom. "
            "Write “Russia sends arms to the Taliban”, or “Russia → send arms → Taliban”.",
            param_hint="--claim",
        )
    return claim


def _not_taken(store: Store, name: str) -> None:
    """Two watched stories of one name could not be told apart; click's error names the other."""
    other = next((one for one in watched(store) if one.name.casefold() == name.casefold()), None)
    if other is not None:
        raise click.BadParameter(
            f"story {other.id}, “{other.name}”, is watched already. Choose another name.", param_hint="NAME"
        )


def _add_searches(told: Invocation, terms: tuple[str, ...]) -> None:
    added = editing.add(told.feeds, search_feeds(terms))
    click.echo(f"Added {counted(len(added), 'search feed')} to {told.feeds}, muted; switch on what you want.")


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
