"""What stands beside a story as evidence: the decisions that shaped it, and the name of its opposite."""

from __future__ import annotations

import json

from store import corrections, evidence, retrievals, state
from store.database import Store
from store.log import COLUMNS, FLAGS_ONLY, IN_FORCE, decision
from store.times import to_ms
from stories.provenance import Provenance
from stories.story import StoryDetail


def provenance(store: Store, detail: StoryDetail) -> Provenance:
    """The provenance of a story as it was told, at the time it was told for."""
    at = to_ms(detail.as_of)
    columns = ", ".join(f"d.{name}" for name in COLUMNS.split(", "))
    rows = store.rows(
        f"SELECT {columns} FROM decisions d WHERE coalesce(d.applied, d.at) <= ?1 AND {IN_FORCE} AND d.act NOT IN ('undo', 'redo') "
        "AND (d.story = ?2 OR EXISTS (SELECT 1 FROM json_each(d.items) j JOIN json_each(?3) w ON w.value = j.value)) "
        "ORDER BY d.id",
        (at, detail.story.id, json.dumps([item.id for item in detail.items])),
    )
    opposite = detail.story.opposite_of
    numbers = [item.id for item in detail.items]
    read = evidence.readings(store, numbers, at)
    return Provenance(
        opposite_name=""
        if opposite is None
        else str(store.value("SELECT name FROM stories WHERE id = ?", (opposite,)) or ""),
        heard_until=min(state.heard(store, detail.first_seen) or detail.as_of, detail.as_of),
        retrievals=retrievals.of_items(store, numbers, detail.as_of),
        claims=tuple((item, read[item].claims) for item in numbers if read[item].claims),
        decisions=tuple(
            corrections.standing((one for row in rows if (one := decision(row)).act not in FLAGS_ONLY), read)
        ),
    )
