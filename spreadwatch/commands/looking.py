"""Looking into the store without a screen: stories, one story, items, search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import click

from snapshots import document, markdown
from snapshots.wording import counted
from spreadwatch.choosing import chosen_story
from spreadwatch.invocation import Invocation, db_option, invocation
from spreadwatch.moment import as_moment
from spreadwatch.printing import as_json, as_json_list, lines, minute
from spreadwatch.taking import taken
from store import corrections, items, listing, search, splits, story_facts, telling
from store.database import Store
from store.times import to_ms
from stories.story import Status

_PAGE = 500
"""Items read at once: enough that the query costs nothing beside the reading, little memory."""

json_option = click.option("--json", "json_", is_flag=True, help="Write JSON (docs/json.md).")
as_of_option = click.option(
    "--as-of", metavar="TIME", callback=as_moment, help="As it was known then: a time (UTC) or '3h ago'."
)


@click.command("stories", epilog="Example: spreadwatch stories --as-of 'yesterday 09:00'")
@json_option
@as_of_option
@click.option("--all", "all_", is_flag=True, help="Also stories of one publisher; --json always lists all.")
@db_option
@invocation
def stories_command(told: Invocation, json_: bool, as_of: datetime | None, all_: bool) -> None:
    """List stories with status, spread and items, the last seen first."""
    with told.open() as store:
        found = listing.listed(store, as_of)
        if as_of is not None:
            found = _as_of(store, found, as_of)
        if json_:
            as_json_list(_story(story) for story in found)
            return
        shown = [story for story in found if all_ or story.publishers > 1 or story.watched]
        if not shown:
            hint = "No story" if all_ else "No story of two publishers; --all lists those of one too"
            click.echo(f"{hint}.", err=True)
        # Watched stories that wait for their first item come last.
        shown.sort(key=lambda story: (story.last_seen is not None, story.last_seen), reverse=True)
        lines(_story_line(story) for story in shown)


@click.command("story", epilog="Example: spreadwatch story 1 --as-of 2023-01-27T12:00Z")
@click.argument("story", metavar="STORY")
@json_option
@as_of_option
@db_option
@invocation
def story_command(told: Invocation, story: str, json_: bool, as_of: datetime | None) -> None:
    """Tell one story: status, parties, timeline, origin, and the sentences behind them.

    STORY is a number from `stories`, or words of a name that fit only one.
    """
    with told.open() as store:
        number = chosen_story(store, story)
        if json_:
            split = () if as_of is not None else splits.of_story(store, number)
            as_json({**document.story(telling.detail(store, number, as_of=as_of)), "split": list(split)})
            return
        click.echo(markdown.write(taken(store, number, told.analyst, as_of)), nl=False)


@click.command("items", epilog="Example: spreadwatch items --json --limit 100 > items.json")
@json_option
@as_of_option
@click.option("--limit", type=click.IntRange(1), help="At most so many; by default 50, with --json all.")
@click.option("--story", type=int, metavar="ID", help="Only this story's.")
@click.option("--publisher", default="", metavar="NAME", help="Only this publisher's.")
@db_option
@invocation
def items_command(
    told: Invocation,
    json_: bool,
    as_of: datetime | None,
    limit: int | None,
    story: int | None,
    publisher: str,
) -> None:
    """List items, the newest arrival first, with what each one states and cites."""
    with told.open() as store:
        wanted = items.ItemFilter(story=story, publisher=publisher, known_by=as_of)
        if json_:
            chosen = items.ids(store, wanted, limit=limit)
            pages = (list(chosen[at : at + _PAGE]) for at in range(0, len(chosen), _PAGE))
            as_json_list(one for page in pages for one in _read(store, page, as_of))
            return
        found = items.newest(store, limit=limit or 50, wanted=wanted)
        lines(_item_line(row) for row in found)
        if not found:
            click.echo(
                "No item fits." if story or publisher or as_of else "There are no items yet.", err=True
            )


@click.command("search", epilog='Example: spreadwatch search "arms deal" --json')
@click.argument("query")
@json_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@db_option
@invocation
def search_command(told: Invocation, query: str, json_: bool, limit: int) -> None:
    """Find items by their words, the newest arrival first."""
    with told.open() as store:
        found = search.search(store, query, limit)
        if not json_:
            lines(_item_line(hit.row) for hit in found)
            if not found:
                click.echo(f"No item holds “{query}”.{_filters(query)}", err=True)
            return
        marks = str.maketrans({search.OPEN: "[", search.CLOSE: "]"})
        snippets = {hit.row.id: hit.snippet.translate(marks) for hit in found}
        as_json_list({**one, "snippet": snippets[one["id"]]} for one in _read(store, list(snippets)))


def _filters(query: str) -> str:
    """Whoever searches as the screen filters is told where that is understood."""
    from tui.query import FIELDS  # here: only a search without a find needs the filter's names

    fields = [word.lstrip("-").partition(":")[0].lower() for word in query.split() if ":" in word]
    known = next((field for field in fields if field in FIELDS), None)
    if known is None:
        return ""
    return f" search looks for words; {known}: is understood by the screen's filter (/) and rules."


def _as_of(
    store: Store, found: Iterable[listing.ListedStory], as_of: datetime
) -> Iterator[listing.ListedStory]:
    """The stories as `story --as-of` tells them; those that were not begun then are none."""
    for one in found:
        was = story_facts.story(store, one.id, as_of)
        if was is None:
            continue
        listed = replace(
            one, claim=was.claim, watched=was.watched, starred=was.starred, opposite_of=was.opposite_of
        )
        if not one.items:
            yield listed
        elif one.publishers <= 1 and telling.silent(
            store, one.id, [number for number, _ in one.items], as_of
        ):
            yield replace(listed, status=Status.SINGLE, because="", origins=0)
        else:
            detail = telling.detail(store, one.id, as_of=as_of)
            origins = detail.measures.origins if detail.measures else 0
            yield replace(listed, status=detail.status, because=detail.because, origins=origins)


def _story(story: listing.ListedStory) -> document.Document:
    return {
        "id": story.id,
        "name": story.name,
        "claim": story.claim,
        "status": story.status.value,
        "because": story.because,
        "opposite_of": story.opposite_of,
        "first_seen": document.time(story.first_seen),
        "last_seen": document.time(story.last_seen),
        "publishers": story.publishers,
        "origins": story.origins,
        "watched": story.watched,
        "starred": story.starred,
        "items": [{"id": number, "guid": guid} for number, guid in story.items],
    }


def _read(store: Store, numbers: list[int], as_of: datetime | None = None) -> Iterator[document.Document]:
    """The items in the order asked, each with its reading, as they were at a time."""
    at = None if as_of is None else to_ms(as_of)
    readings = corrections.readings(store, numbers, at)
    stories = {row.id: row.story_id for row in items.rows(store, numbers)}
    found = {item.id: item for item in telling.items_at(store, numbers, at)}
    for number in numbers:
        yield {**document.read_item(found[number], readings[number]), "story": stories[number]}


def _story_line(story: listing.ListedStory) -> tuple[str, ...]:
    return (
        str(story.id),
        minute(story.last_seen),
        f"{story.publishers} pub",
        counted(len(story.items), "item"),
        story.status.value,
        story.name or "(no name yet)",
    )


def _item_line(row: items.ItemRow) -> tuple[str, ...]:
    stance = row.stance.value.upper().replace("_", " ") if row.stance else ""
    return (str(row.id), minute(row.effective), row.publisher, stance, row.title)
