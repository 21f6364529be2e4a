"""Stories, whole and as lines: the one place to look for what the store knows of them."""

from __future__ import annotations

from store.refreshing import Due, due, refresh, settled, stale
from store.story_facts import story
from store.story_rows import SPARK_BAR, SPARK_BARS, StoriesView, StoryRow, count, find, rows, rows_of
from store.telling import changed, detail, members

__all__ = [
    "SPARK_BAR",
    "SPARK_BARS",
    "Due",
    "StoriesView",
    "StoryRow",
    "changed",
    "count",
    "detail",
    "due",
    "find",
    "members",
    "refresh",
    "rows",
    "rows_of",
    "settled",
    "stale",
    "story",
]
