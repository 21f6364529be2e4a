"""Why grouping put an item where it did: what Triage shows beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from store.database import Store

FOUNDED = "started this story"
"""Why an item is in the story that was made for it; no other story's likeness says anything about that."""


def keep(
    store: Store, made: Sequence[tuple[int, float, tuple[str, ...], tuple[tuple[int, float], ...]]]
) -> None:
    """Keep (item, score, why, runners-up), in the caller's transaction."""
    store.write_all(
        "INSERT OR REPLACE INTO proposals (item, score, why, runners_up) VALUES (?, ?, ?, ?)",
        [
            (
                item,
                round(score, 4),
                _json(why),
                _json([(story, round(points, 4)) for story, points in others]),
            )
            for item, score, why, others in made
        ],
    )


def _json(values: Sequence[object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else "[]"
