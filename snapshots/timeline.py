"""A story's timeline for TimelineJS (timeline.knightlab.com)."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import Any

from snapshots.snapshot import Snapshot
from snapshots.wording import address


def write(snapshot: Snapshot) -> str:
    """TimelineJS's JSON. It shows texts as HTML, so every text from an item is escaped."""
    detail = snapshot.detail
    items = {item.id: item for item in detail.items}
    events = []
    for number, event in enumerate(detail.timeline):
        item = items.get(event.item)
        made: dict[str, Any] = {
            "unique_id": f"event-{number}",
            "start_date": _date(event.at),
            "text": {
                "headline": html.escape(event.because),
                "text": _source(item.title, item.publisher, address(item.link)) if item else "",
            },
            "group": event.status.value,
        }
        events.append(made)
    title = {"text": {"headline": html.escape(detail.story.name), "text": html.escape(detail.because)}}
    return (
        json.dumps({"title": title, "events": events, "scale": "human"}, ensure_ascii=False, indent=1) + "\n"
    )


def _source(title: str, publisher: str, link: str) -> str:
    words = html.escape(title)
    if link:
        words = f'<a href="{html.escape(link)}" rel="noreferrer">{words}</a>'
    return f"<p>{words}, {html.escape(publisher)}</p>"


def _date(at: datetime) -> dict[str, int]:
    at = at.astimezone(UTC)
    return {
        "year": at.year,
        "month": at.month,
        "day": at.day,
        "hour": at.hour,
        "minute": at.minute,
        "second": at.second,
    }
