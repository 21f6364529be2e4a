"""Alerts: a story that comes to match a rule, or whose status changes while it does, is told once."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime

from store import setups, story_filters
from store.database import Store
from store.setups import RuleKind
from store.story_rows import StoriesView
from stories.story import Status
from tui.narrowing import stories_wanted
from tui.query import parse

LOOKED_AT = 500
"""Stories that match looked at, most active first: what changed lately is among them."""


class AlertWatch:
    """Knows what matched before; used by the reading thread alone."""

    def __init__(self) -> None:
        self._known: dict[str, dict[int, Status]] = {}

    def look(self, store: Store, now: datetime) -> list[str]:
        """What is to be told since the last look; the first look of a rule only remembers."""
        told: list[str] = []
        asked = [rule.query for rule in setups.rules(store) if rule.kind is RuleKind.ALERT]
        if not asked:
            self._known.clear()
            return told
        for text in asked:
            wanted = stories_wanted(parse(text, now))
            found = story_filters.matching(store, wanted, StoriesView.ACTIVE, LOOKED_AT)
            known = self._known.get(text)
            if known is not None:
                told += [
                    f"{story.name}: {story.because or story.status}"
                    for story in found
                    if known.get(story.id) is not story.status
                ]
            self._known[text] = {story.id: story.status for story in found}
        return told


def to_desktop(text: str) -> None:
    """A desktop notification where the system has `notify-send`; over ssh the bell must do."""
    program = shutil.which("notify-send")
    if program is not None:
        # No shell, and "--" so that a story's name can't be an option.
        subprocess.Popen(
            [program, "--app-name=spreadwatch", "--", "spreadwatch", text],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
