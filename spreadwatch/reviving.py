"""Reading a snapshot back into an empty database, so that it can be looked at, replayed and exported again."""

from __future__ import annotations

from collections import defaultdict

from feeds.entry import Entry
from feeds.identity import keys
from snapshots.snapshot import Snapshot
from store import memory
from store.database import Store
from store.revival import revive
from store.stories import detail
from store.times import to_ms
from stories.evidence import Citation, Reading, Statement
from stories.grouping import Grouper
from stories.item import Item
from stories.packing import packed
from stories.provenance import Provenance
from stories.reading import read
from stories.vocabulary import Vocabulary


def revived(store: Store, snapshot: Snapshot) -> tuple[str, ...]:
    """Writes the snapshot's story; says in what the story reads otherwise now than in the snapshot, if in anything.

    What the items state is kept as the snapshot has it; another version of the program may still tell another
    board from it. StoreError when the database isn't empty.
    """
    held = snapshot.detail
    readings = _readings(snapshot)
    revive(
        store,
        held,
        Provenance(
            snapshot.opposite_name, snapshot.decisions, snapshot.retrievals, heard_until=snapshot.heard_until
        ),
        readings,
        {item.id: tuple(keys(_entry(item))) for item in held.items},
    )
    grouper = Grouper(Vocabulary.warm(*memory.words(store)))
    memory.keep_features(
        store,
        [
            (item.id, to_ms(item.effective or held.as_of), packed(grouper.features(item, readings[item.id])))
            for item in held.items
        ],
    )
    return _differences(snapshot, store)


def _readings(snapshot: Snapshot) -> dict[int, Reading]:
    """What the program read before the analyst corrected it; a corrected statement is found again by its place.

    What the analyst added was never read: its decision, which the snapshot holds as well, adds it again.
    """
    held = snapshot.detail
    claims = dict(snapshot.claims)
    statements: dict[int, list[Statement]] = defaultdict(list)
    for placed in held.statements:
        statements[placed.item].append(placed.statement)
    for item in {placed.item for placed in held.statements if placed.by_analyst}:
        corrected_here = [one.statement for one in held.statements if one.item == item and one.by_analyst]
        corrected = {one.cue for one in corrected_here}
        found = read(next(one for one in held.items if one.id == item)).statements
        own = {one.cue: one for one in found if one.cue in corrected}
        added = {one.cue for one in corrected_here if one.cue == one.span} - own.keys()
        statements[item] = [own.get(one.cue, one) for one in statements[item] if one.cue not in added]
    citations: dict[int, list[Citation]] = defaultdict(list)
    for cited in held.citations:
        citations[cited.item].append(cited.citation)
    return {
        item.id: Reading(claims.get(item.id, ()), tuple(statements[item.id]), tuple(citations[item.id]))
        for item in held.items
    }


def _differences(snapshot: Snapshot, store: Store) -> tuple[str, ...]:
    told = detail(store, snapshot.detail.story.id)
    return tuple(
        name
        for name in (
            "status",
            "because",
            "parties",
            "statements",
            "citations",
            "origin",
            "timeline",
            "measures",
        )
        if getattr(told, name) != getattr(snapshot.detail, name)
    )


def _entry(item: Item) -> Entry:
    return Entry(
        guid=item.guid,
        title=item.title,
        summary=item.summary,
        body=item.body,
        link=item.link,
        links=item.links,
        published=item.published,
        flags=item.flags,
        lang=item.lang,
        feed=item.feed,
        publisher=item.publisher,
    )
