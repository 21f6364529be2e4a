"""A story written back from its snapshot, under the numbers it had: only into a file that holds nothing yet."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from store import articles, constraints, evidence, intake, placing, retrievals, state
from store.acts import PLACES, Before
from store.database import Store
from store.errors import StoreError
from store.intake import Names, NewItem
from store.items import count
from store.refreshing import refresh
from store.times import to_ms
from stories.decision import Decision
from stories.evidence import Reading
from stories.provenance import Provenance, Retrieval
from stories.story import StoryDetail


def revive(
    store: Store,
    detail: StoryDetail,
    provenance: Provenance,
    readings: Mapping[int, Reading],
    keys: Mapping[int, tuple[str, ...]],
) -> None:
    """Writes a story with its items, readings, copies and decisions; StoreError when the file isn't empty.

    ``readings`` and ``keys`` (of `feeds.identity`) are by item number. An item that was never fetched counts as
    known from its own date on, as after an import.
    """
    if count(store) or store.value("SELECT count(*) FROM stories"):
        raise StoreError(
            f"{store.path} holds items already.",
            remedy="A snapshot is read into a file of its own: --db NEW.",
        )
    names = Names(store)
    fetched = {one.item: one for one in provenance.retrievals}
    with store.transaction():
        known = {
            item.id: _known(item.first_seen, item.effective, fetched.get(item.id), detail.as_of)
            for item in detail.items
        }
        _found(store, detail, provenance.opposite_name, min(known.values(), default=detail.as_of))
        new = [
            NewItem(
                item,
                keys[item.id],
                known[item.id],
                readings[item.id].stance,
                detail.story.id,
                _retrieval(store, names, fetched.get(item.id)),
                fetched[item.id].published_as_given if item.id in fetched else "",
            )
            for item in detail.items
        ]
        intake.add(store, names, new)
        for one in provenance.retrievals:
            if (page := one.article) is not None:
                articles.keep(
                    store,
                    articles.Read(
                        one.item,
                        page.retrieved_at,
                        page.url,
                        page.text_sha256,
                        page.page_sha256,
                        page.extractor,
                    ),
                )
        evidence.keep_all(store, [(item.id, readings[item.id]) for item in detail.items])
        evidence.keep_copies(store, detail.copies)
        placing.place(
            store,
            [
                placing.Placed(
                    one.item.id,
                    detail.story.id,
                    names.publisher(one.item.publisher),
                    one.item.effective or one.known,
                    one.known,
                )
                for one in new
            ],
        )
        for decision in provenance.decisions:
            _decided(store, decision)
        held = {item.id for item in detail.items}
        constraints.rebuild(
            store, sorted({item for one in provenance.decisions for item in one.items} & held)
        )
        heard = provenance.heard_until or detail.as_of
        state.put(store, now=str(to_ms(detail.as_of)), heard=str(to_ms(heard)))
    refresh(store, [detail.story.id], detail.as_of)


def _known(
    first_seen: datetime | None, effective: datetime | None, fetched: Retrieval | None, as_of: datetime
) -> datetime:
    if fetched is not None and fetched.retrieved_at is not None:
        return first_seen or fetched.retrieved_at
    return effective or as_of


def _found(store: Store, detail: StoryDetail, opposite_name: str, created: datetime) -> None:
    story = detail.story
    names = [*story.old_names, story.name]
    placing.found_story(store, story.id, created, name=story.name, claim=story.claim)
    store.write("DELETE FROM story_names WHERE story = ?", (story.id,))
    store.write_all(
        "INSERT INTO story_names (story, since, name) VALUES (?, ?, ?)",
        # When each earlier name held is not in a snapshot; only their order is.
        [(story.id, to_ms(created) - len(names) + place, name) for place, name in enumerate(names, 1)],
    )
    if story.opposite_of is not None:
        placing.found_story(store, story.opposite_of, created, name=opposite_name)
        placing.link_opposites(store, story.id, story.opposite_of, created)
    # The snapshot's words stand: naming must not change what was shown.
    store.write(
        "UPDATE stories SET watched = ?, starred = ?, rated = ?, note = ?, named_by = 'analyst', claim_by_analyst = 1 "
        "WHERE id = ?",
        (story.watched, story.starred, story.rated, story.note, story.id),
    )


def _retrieval(store: Store, names: Names, fetched: Retrieval | None) -> int | None:
    if fetched is None or fetched.retrieved_at is None:
        return None
    feed = names.feed(fetched.feed)
    if feed is None:
        return None
    return retrievals.keep(
        store,
        feed,
        retrievals.Answered(
            fetched.retrieved_at,
            fetched.http_status or 0,
            fetched.etag,
            fetched.last_modified,
            fetched.content_type,
            fetched.response_sha256,
            fetched.extractor,
        ),
    )


def _decided(store: Store, decision: Decision) -> None:
    """Appends a decision as it was; what it changed is in the story already."""
    store.write(
        "INSERT INTO decisions (id, uid, at, by, act, items, story, details, undoes, before) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            decision.id,
            uuid.uuid4().hex,
            to_ms(decision.at),
            decision.by,
            decision.act.value,
            json.dumps(list(decision.items)),
            decision.story,
            json.dumps(dict(decision.details), ensure_ascii=False),
            decision.undoes,
            Before([], []).to_json(),
        ),
    )
    if decision.act in PLACES:
        held = [item for item in decision.items if store.value("SELECT 1 FROM items WHERE id = ?", (item,))]
        store.write_all(
            "INSERT OR IGNORE INTO decision_items (item, decision) VALUES (?, ?)",
            [(item, decision.id) for item in held],
        )
        store.write_all("UPDATE items SET decided = 1 WHERE id = ?", [(item,) for item in held])
