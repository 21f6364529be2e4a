"""When the analyst last looked, so that "new" means new to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Look:
    """The last look at one screen."""

    at: datetime
    item: int
    """The newest item there was; those above it are new."""


def last(store: Store, screen: str) -> Look | None:
    """The last look at this screen, None before the first."""
    found = store.rows("SELECT at, item FROM looks WHERE screen = ?", (screen,))
    return Look(from_ms(found[0][0]), found[0][1]) if found else None


def look(store: Store, screen: str, at: datetime) -> None:
    """The analyst looks at this screen now."""
    store.write(
        "INSERT OR REPLACE INTO looks (screen, at, item) SELECT ?, ?, coalesce(max(id), 0) FROM items",
        (screen, to_ms(at)),
    )


def new_items(store: Store, screen: str, until: int | None = None) -> int:
    """How many items arrived since the last look at this screen, up to the item ``until``."""
    seen = last(store, screen)
    newest = "SELECT count(*) FROM items INDEXED BY items_newest WHERE id > ?"  # the table itself holds the texts too
    bounds = [seen.item if seen else 0, *([] if until is None else [until])]
    return int(store.value(newest if until is None else f"{newest} AND id <= ?", bounds))


def open_story(store: Store, story: int) -> None:
    """The analyst opened this story: nothing in it is new any more."""
    store.write("UPDATE stories SET fresh = 0 WHERE id = ? AND fresh > 0", (story,))
