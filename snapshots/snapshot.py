"""A story frozen at a time: the one value that every export is written from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from snapshots.questions import questions
from snapshots.wording import counted, stamp
from stories.decision import Decision
from stories.evidence import Claim
from stories.item import Item
from stories.provenance import NOTHING_KNOWN, Provenance, Retrieval
from stories.story import StoryDetail

NOTED = timedelta(hours=1)
"""Without listening for less than this before ``as_of`` a snapshot says nothing of it: feeds are polled as seldom."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A story as it was known at ``detail.as_of``, and everything a reader needs to check it."""

    detail: StoryDetail
    taken_at: datetime
    tool: str
    """Name and version of the program that froze it."""
    taken_by: str = ""
    opposite_name: str = ""
    """The name of the story that claims the reverse, where one is known."""
    heard_until: datetime | None = None
    """Until when anybody listened, where known: of an archive its last item's time. Silence is told only so far."""
    retrievals: tuple[Retrieval, ...] = ()
    """In the order of the items."""
    decisions: tuple[Decision, ...] = ()
    """The analyst's acts that shaped the story, oldest first."""
    claims: tuple[tuple[int, tuple[Claim, ...]], ...] = ()
    """What each item claims, by its number."""
    questions: tuple[str, ...] = ()
    """What the items leave open."""

    @property
    def publishers(self) -> int:
        """How many publishers carry the story (their feeds count once)."""
        return len({item.publisher for item in self.detail.items})

    @property
    def origins(self) -> int:
        """Independent origins as measured; 0 when none could be named."""
        return self.detail.measures.origins if self.detail.measures else len(self.detail.origin.chains)

    @property
    def archived(self) -> bool:
        """Whether every item was imported: then it is said once, not beside each."""
        return bool(self.retrievals) and all(one.retrieved_at is None for one in self.retrievals)

    @property
    def unheard(self) -> timedelta:
        """How long before ``as_of`` nobody listened."""
        return self.detail.as_of - (self.heard_until or self.detail.as_of)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What the evidence lacks, one plain sentence each."""
        count = len(self.detail.items)
        unfetched = sum(one.retrieved_at is None for one in self.retrievals)
        unhashed = sum(one.retrieved_at is not None and not one.response_sha256 for one in self.retrievals)
        undated = sum(item.published is None for item in self.detail.items)
        heard = stamp(self.heard_until)
        told = (
            (
                self.unheard >= NOTED,
                f"what was said after {heard}: nobody listened.",
            ),
            (unfetched, f"when and how {_of(unfetched, count)} retrieved: imported."),
            (
                unhashed,
                f"the servers' answers behind {_share(unhashed, count)}: not kept, only the text is hashed.",
            ),
            (undated, f"when {_of(undated, count)} published: without a date of their own."),
        )
        return tuple(words for number, words in told if number)


def _share(number: int, count: int) -> str:
    return counted(count, "item") if number == count else f"{number:,} of {counted(count, 'item')}"


def _of(number: int, count: int) -> str:
    return f"{_share(number, count)} {'was' if number == 1 else 'were'}"


def freeze(
    detail: StoryDetail,
    *,
    taken_at: datetime,
    tool: str,
    taken_by: str = "",
    provenance: Provenance = NOTHING_KNOWN,
) -> Snapshot:
    """Freezes a story; an item without a known retrieval gets one that says only what the item says."""
    known = {retrieval.item: retrieval for retrieval in provenance.retrievals}
    frozen = Snapshot(
        detail=detail,
        taken_at=taken_at,
        tool=tool,
        taken_by=taken_by,
        opposite_name=provenance.opposite_name,
        heard_until=provenance.heard_until,
        retrievals=tuple(known.get(item.id) or Retrieval(item.id, feed=item.feed) for item in detail.items),
        decisions=provenance.decisions,
        claims=provenance.claims,
    )
    return replace(frozen, questions=questions(detail))


def text_sha256(item: Item) -> str:
    """SHA-256 over an item's texts, hexadecimal; a NUL between them, since a cleaned text holds none."""
    text = "\0".join((item.title, item.summary, item.body))
    return hashlib.sha256(text.encode()).hexdigest()
