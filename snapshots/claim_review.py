"""A schema.org ClaimReview as a draft, only where an analyst typed a rating: the program rates nothing."""

from __future__ import annotations

import json
from typing import Any

from snapshots import document
from snapshots.errors import NothingToWriteError
from snapshots.snapshot import Snapshot

_UNRATED = ("", "F6")


def write(snapshot: Snapshot) -> str:
    """The draft as JSON-LD; NothingToWriteError when no analyst rated the story or it has no claim."""
    detail = snapshot.detail
    story = detail.story
    if story.rated in _UNRATED:
        raise NothingToWriteError(
            f"“{story.name}” has no analyst's rating, so there is nothing to review.",
            remedy="Rate it on its screen first; the program never does.",
        )
    if not story.claim:
        raise NothingToWriteError(f"“{story.name}” has no claim to review.", remedy="Write its claim first.")
    origin = next((chain[0] for chain in detail.origin.chains if chain), "")
    reviewed: dict[str, Any] = {
        "@type": "Claim",
        "appearance": [{"@type": "CreativeWork", "url": item.link} for item in detail.items if item.link],
    }
    if detail.first_seen is not None:
        reviewed["datePublished"] = document.time(detail.first_seen)
    if origin:
        reviewed["author"] = {"@type": "Organization", "name": origin}
    draft = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "datePublished": f"{snapshot.taken_at:%Y-%m-%d}",
        "claimReviewed": story.claim,
        "author": {"@type": "Person", "name": snapshot.taken_by},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": story.rated,
            "ratingExplanation": story.note,
            "author": {"@type": "Person", "name": snapshot.taken_by},
        },
        "itemReviewed": reviewed,
    }
    return json.dumps(draft, ensure_ascii=False, indent=1) + "\n"
