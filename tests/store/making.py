"""A small store to test with: stories of plain items, placed without any grouping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from store import evidence, intake, placing
from store.database import Store
from stories.evidence import Claim, Reading, Stance, Statement
from stories.item import Field, Item, Span

START = datetime(2024, 3, 1, 8, tzinfo=UTC)


def hours(number: float) -> datetime:
    """A moment some hours after the start."""
    return START + timedelta(hours=number)


def denial(title: str, party: str = "Ruritania") -> Reading:
    """A reading in which a party denies in the title."""
    span = Span(Field.TITLE, 0, len(title))
    said = Statement(Stance.DENY, span, title, span, speaker="A spokesman", party=party, proposition="it")
    return Reading(claims=(Claim(party, "sell", "Sylvania", "grain"),), statements=(said,))


class Newsroom:
    """Puts items into a store, one after the other."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names = intake.Names(store)

    def story(
        self, items: int, *, name: str = "A story", publishers: int = 2, since: float = 0.0
    ) -> tuple[int, list[int]]:
        """A new story with so many items, an hour apart; gives its number and theirs."""
        number = placing.next_story(self.store)
        with self.store.transaction():
            placing.found_story(self.store, number, hours(since), name=name)
            found = [
                self.item(
                    number, f"{name}: part {part}", f"p{part % publishers}.example", hours(since + part)
                )
                for part in range(items)
            ]
        return number, found

    def item(
        self,
        story: int | None,
        title: str,
        publisher: str,
        at: datetime,
        *,
        summary: str = "",
        reading: Reading | None = None,
        guid: str = "",
        feed: str = "https://feed.example/rss",
    ) -> int:
        """One item in a story."""
        number = intake.next_id(self.store)
        reading = reading or Reading()
        item = Item(
            number,
            guid or f"guid-{number}",
            publisher,
            title,
            summary,
            published=at,
            first_seen=at,
            feed=feed,
            link=f"https://{publisher}/{number}",
        )
        with self.store.transaction():
            new = intake.NewItem(item, keys(number), at, reading.stance, story)
            intake.add(self.store, self.names, [new])
            evidence.keep(self.store, number, reading)
            if story is not None:
                placing.place(
                    self.store, [placing.Placed(number, story, self.names.publisher(publisher), at, at)]
                )
        return number


def keys(number: int) -> tuple[str, ...]:
    """Two keys as feeds.identity makes them."""
    return (f"g{number:024x}", f"l{number:024x}")


def dump(store: Store, tables: Sequence[str]) -> dict[str, list[tuple[object, ...]]]:
    """All rows of some tables, to compare."""
    return {table: sorted(store.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}
