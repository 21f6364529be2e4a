"""One batch's whole way: entries → items → readings → stories → store, in one short transaction.

The grouper's state is only ever ahead of the file while a batch is being written. When writing fails (disk
full, locked) it is built anew from the file before the next batch, so the two can't part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feeds.entry import Entry
from spreadwatch import arrivals
from spreadwatch.arrivals import Arrivals
from spreadwatch.calling import Callings
from spreadwatch.heeding import Heeding
from spreadwatch.reading_ahead import ReadAhead
from spreadwatch.restoring import REMEMBERED, restored
from spreadwatch.tending import Tending
from store import corrections, evidence, intake, items, memory, placing, proposals, retrievals, stories
from store.database import Store
from store.retrievals import Answered
from store.times import to_ms
from stories.grouping import Grouper, Placement
from stories.item import Item
from stories.meaning import Meaning
from stories.reading import read

LIVE_FOR = timedelta(days=14)
"""Items older than this join nothing any more, once the grouper holds more than its least."""

_WORDS_OF = 2_000
"""Items of an import whose words are counted in the file together: each batch of its own repeats most of the words."""
_CALLED = "it has every word that this watched story watches for"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a batch."""

    new: tuple[int, ...] = ()
    """Ids of the new items, in order."""
    revised: tuple[int, ...] = ()
    seen: int = 0
    stories: frozenset[int] = field(default_factory=frozenset)
    """Stories that changed."""
    by_feed: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """New and revised items by the feed that brought them."""


class Pipeline:
    """Joins feeds' entries, the stories' thinking and the store; one per database, in the collector or an import."""

    def __init__(
        self, store: Store, grouper: Grouper | None = None, *, meaning: Meaning | None = None
    ) -> None:
        self.store = store
        self._grouper = grouper
        self._meaning = meaning
        self._names = intake.Names(store)
        self._heeding = Heeding(store)
        self._callings = Callings(store)
        self._words_kept = False
        self.tending = Tending(store)
        self.archive_at: datetime | None = None
        """How far an archive being taken in has come by its own time: live batches in between keep its items, too."""

    @property
    def grouper(self) -> Grouper:
        """Grouping's memory, built from the file when there is none or the last write failed."""
        if self._grouper is None:
            self._grouper = restored(self.store)
            self._grouper.meaning = self._meaning
            self._heeding.start()
        return self._grouper

    def take_in(
        self,
        entries: Sequence[Entry],
        now: datetime,
        *,
        imported: bool = False,
        ahead: Sequence[ReadAhead | None] | None = None,
        answered: Mapping[str, Answered] | None = None,
        also: Callable[[TakenIn], None] | None = None,
    ) -> TakenIn:
        """Store and group a batch in one transaction.

        ``imported``: the entries come from an archive, so an item counts as known from its own date on.
        ``ahead``: one for each entry that another process read. ``answered``: the answers they were in, by feed.
        ``also`` is called in the same transaction, for what must be kept with the batch or not at all.
        Raises a StoreError when the batch can't be written; then none of it is, and it may be tried again.
        """
        grouper = self.grouper
        # Recognising and reading wait for nobody: only the one collector adds items. A screen that
        # decides waits for grouping and writing alone.
        batch = arrivals.sort(self.store, entries, now)
        read_now = [(ahead and ahead[new.index]) or ReadAhead(read(new.item)) for new in batch.new]
        try:
            with self.store.transaction():
                self.heed()
                taken = self._written(grouper, batch, read_now, answered, now, imported=imported)
                if (
                    not imported
                ):  # an import has a screenful of stories told after each batch, and all at its end
                    self.tending.at_once(taken.stories, now)
                if also is not None:
                    also(taken)
        except (
            BaseException
        ):  # whatever it was, Ctrl-C too: the file was rolled back, and grouping is ahead of it
            self.lose_memory()
            raise
        if self._words_kept:
            grouper.vocabulary.saved()
        if imported:
            self.archive_at = max((entry.published for entry in entries if entry.published), default=now)
        grouper.forget_before((min(self.archive_at or now, now) - LIVE_FOR).timestamp())
        return taken

    def heed(self) -> int:
        """Tell the grouper what analysts decided since; gives how many decisions that were."""
        heard = self._heeding.heed(self.grouper)
        if heard:
            self._callings.forget()
        return heard

    def keep_words(self) -> None:
        """Count the last words of an import in the file; a killed one leaves those of its last items uncounted."""
        if self._grouper is None:
            return
        counts, documents = self._grouper.vocabulary.unsaved()
        if documents:
            with self.store.transaction():
                memory.learn_words(self.store, counts, documents)
            self._grouper.vocabulary.saved()

    def lose_memory(self) -> None:
        """Build the grouper anew from the file before the next batch; call it after a rolled-back transaction."""
        self._grouper = None
        self._names.forget()

    def _written(
        self,
        grouper: Grouper,
        batch: Arrivals,
        read_now: Sequence[ReadAhead],
        answered: Mapping[str, Answered] | None,
        now: datetime,
        *,
        imported: bool,
    ) -> TakenIn:
        store = self.store
        found = [new.item for new in batch.new]
        readings = [one.reading for one in read_now]
        known = {item.id: _known(item, now, imported=imported) for item in found}
        placements, story_of, features = self._grouped(grouper, found, read_now, known, now)
        intake.add(
            store,
            self._names,
            [
                intake.NewItem(
                    new.item,
                    new.keys,
                    known[new.item.id],
                    reading.leading,
                    story_of[new.item.id],
                    self._retrieval(new.item, answered),
                    new.published_raw,
                )
                for new, reading in zip(batch.new, readings, strict=True)
            ],
        )
        evidence.keep_all(store, [(item.id, reading) for item, reading in zip(found, readings, strict=True)])
        placing.place(
            store,
            [
                placing.Placed(
                    item.id,
                    story_of[item.id],
                    self._names.publisher(item.publisher),
                    item.effective or now,
                    known[item.id],
                )
                for item in found
            ],
        )
        self._keep_grounds(placements, features, known)
        changed = set(story_of.values())
        changed |= self._revise(batch, now)
        for sighting in batch.sightings:
            intake.sight(store, self._names, sighting.item, sighting.feed, now)
            intake.learn_keys(store, sighting.item, sighting.keys)
        # What an archive shows to be one story was so by the archive's time, not from this import on: else
        # every earlier moment would show the story in pieces.
        at = (items.newest_known(store) or now) if imported else now
        changed |= self._merge(grouper, min(at, now))
        counts, documents = grouper.vocabulary.unsaved()
        self._words_kept = documents >= (_WORDS_OF if imported else 1)
        if self._words_kept:
            memory.learn_words(store, counts, documents)
        memory.forget_features(store, REMEMBERED)
        by_feed: defaultdict[str, list[int]] = defaultdict(list)
        for feed, number in (
            *((item.feed, item.id) for item in found),
            *((edit.entry.feed, edit.item) for edit in batch.edits),
        ):
            by_feed[feed].append(number)
        return TakenIn(
            tuple(item.id for item in found),
            tuple(edit.item for edit in batch.edits),
            batch.seen,
            frozenset(changed),
            by_feed,
        )

    def _grouped(
        self,
        grouper: Grouper,
        found: Sequence[Item],
        read_now: Sequence[ReadAhead],
        known: Mapping[int, datetime],
        now: datetime,
    ) -> tuple[dict[int, Placement], dict[int, int], dict[int, bytes]]:
        """Each new item's placement, story and packed features, in order of arrival; new stories are made."""
        placements: dict[int, Placement] = {}
        story_of: dict[int, int] = {}
        features: dict[int, bytes] = {}
        founded: list[tuple[int, datetime, str]] = []
        opposites: list[tuple[int, int]] = []
        next_story = placing.next_story(self.store)
        for item, one in zip(found, read_now, strict=True):
            reading = one.reading
            placement = grouper.propose(item, reading, one.counted)
            story = self._callings.story_of(item)
            if story is not None:
                placement = replace(placement, score=0.0, why=(_CALLED,))
            elif placement.story is None:
                placement = replace(placement, score=0.0, why=(proposals.FOUNDED,))
            story = story or placement.story
            if story is None:
                story, next_story = next_story, next_story + 1
                founded.append((story, known[item.id], item.title))
            grouper.admit(item, reading, story)
            features[item.id] = grouper.packed(item.id)
            placements[item.id], story_of[item.id] = placement, story
            if placement.opposite is not None and placement.opposite != story:
                opposites.append((story, placement.opposite))
        placing.found_stories(self.store, founded)
        for one_story, other in opposites:
            placing.link_opposites(self.store, one_story, other, now)
        return placements, story_of, features

    def _keep_grounds(
        self, placements: dict[int, Placement], features: dict[int, bytes], known: dict[int, datetime]
    ) -> None:
        """Keep why each item was placed, what it copies, and what grouping remembers of it."""
        evidence.keep_copies(
            self.store, [copy for placement in placements.values() for copy in placement.copies]
        )
        proposals.keep(
            self.store,
            [(number, made.score, made.why, made.runners_up) for number, made in placements.items()],
        )
        memory.keep_features(
            self.store, [(number, to_ms(known[number]), held) for number, held in features.items()]
        )

    def _retrieval(self, item: Item, answered: Mapping[str, Answered] | None) -> int | None:
        answer = answered.get(item.feed) if answered else None
        feed = self._names.feed(item.feed) if answer else None
        return None if answer is None or feed is None else retrievals.keep(self.store, feed, answer)

    def _revise(self, batch: Arrivals, now: datetime) -> set[int]:
        """Take in edited words: the earlier ones and their reading are kept until ``now``."""
        changed: set[int] = set()
        for edit in batch.edits:
            held = items.get(self.store, [edit.item])
            if not held:
                continue
            item = arrivals.edited(held[0], edit.entry)
            reading = read(item)
            intake.revise(self.store, item, now, reading.leading)
            evidence.keep(self.store, item.id, reading, since=to_ms(now))
            corrections.restate(self.store, [item.id])
            changed |= placing.touch(self.store, [item.id])
        return changed

    def _kept_first(self, stays: int, goes: int) -> tuple[int, int]:
        """The other way round where only the second is starred: what a person marked doesn't vanish."""
        marks = {row.id: (row.watched, row.starred) for row in stories.rows_of(self.store, [stays, goes])}
        return (goes, stays) if marks.get(goes, ()) > marks.get(stays, ()) else (stays, goes)

    def _merge(self, grouper: Grouper, now: datetime) -> set[int]:
        """Join stories that later items show to be one, unless an analyst holds them apart."""
        changed: set[int] = set()
        for first, second in grouper.merges():
            stays, goes = self._kept_first(first, second)
            if self._heeding.may_join(stays, goes):
                grouper.join(stays, goes)
                changed |= placing.join(self.store, stays, goes, now)
        return changed


def _known(item: Item, now: datetime, *, imported: bool) -> datetime:
    return min(item.published or now, now) if imported else now
