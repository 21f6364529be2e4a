"""Snapshots taken from the store: one, or every story that changed, on a schedule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from snapshots.formats import FORMATS, Format
from snapshots.saving import file_name, save
from snapshots.snapshot import Snapshot, freeze
from spreadwatch import TOOL
from store import stories
from store.database import Store, open_store
from store.provenance import provenance
from store.stories import StoriesView, detail


def taken(store: Store, story: int, by: str, as_of: datetime | None = None) -> Snapshot:
    """A story of the store, frozen now as it is or was known."""
    told = detail(store, story, as_of=as_of)
    return freeze(
        told, taken_at=datetime.now(UTC), tool=TOOL, taken_by=by, provenance=provenance(store, told)
    )


@dataclass
class Schedule:
    """Exports watched and starred stories that changed, every so often, while a collector runs."""

    database: Path
    folder: Path
    forms: tuple[Format, ...] = (FORMATS["md"], FORMATS["json"])
    every: timedelta = timedelta(days=1)
    by: str = ""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _next: datetime | None = None
    _known: dict[int, tuple[object, ...]] = field(default_factory=dict)

    def due(self) -> tuple[Path, ...]:
        """Writes what is due; gives the files, none when it isn't time or nothing changed."""
        now = self.now()
        if self._next is not None and now < self._next:
            return ()
        self._next = now + self.every
        with open_store(self.database, read_only=True) as store:
            written: list[Path] = []
            for number, state in self._changed(store):
                written += self._written(store, number)
                self._known[number] = state  # only now: what could not be written is tried again
            return tuple(written)

    def hurry(self) -> None:
        """Makes it due: a collector that ends leaves the last state behind."""
        self._next = None

    def _changed(self, store: Store) -> list[tuple[int, tuple[object, ...]]]:
        changed: list[tuple[int, tuple[object, ...]]] = []
        for view in (StoriesView.WATCHED, StoriesView.STARRED):
            for row in stories.rows(store, view=view, limit=stories.count(store, view)):
                state = (row.name, row.because, row.items)
                if self._known.get(row.id) != state:
                    changed.append((row.id, state))
        return changed

    def _written(self, store: Store, number: int) -> Iterator[Path]:
        snapshot = taken(store, number, self.by)
        for form in self.forms:
            yield from save(snapshot, form, self.folder / file_name(snapshot, form))
