"""What an item, a statement, a party and a story can be: the words alone, without the values they stand in.

Apart from those, so that the list of stories, which a screen's first frame is made of, needs none of the sixteen
dataclasses: making them takes 8 of its 200 ms.
"""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """Which of an item's texts an offset points into."""

    TITLE = "title"
    SUMMARY = "summary"
    BODY = "body"


class DateFlag(StrEnum):
    """Why an item's time is not simply the feed's word."""

    UNDATED = "undated"
    """The feed gave no date that could be read; the effective time is when we first saw it."""
    FUTURE = "future"
    """The feed's date lies after we first saw it."""
    CORRECTED = "corrected"
    """The feed's clock is known to be off; ``published`` is as corrected, the raw text is kept."""


class Stance(StrEnum):
    """A party's act on a claim. Declared in order of strength: the first found stands for the item."""

    DENY = "deny"
    CONFIRM = "confirm"
    CANNOT_CONFIRM = "cannot_confirm"
    NO_COMMENT = "no_comment"
    DOUBT = "doubt"
    ASSERT = "assert"


class Voice(StrEnum):
    """Who speaks in a statement."""

    NAMED = "named"
    """A person, role, organisation or government that the text names."""
    UNNAMED = "unnamed"
    """Somebody the text does not name ("a Kremlin insider", "officials")."""
    OUTLET = "outlet"
    """The publisher itself ("false claims that …", a fact-check's verdict)."""


class Target(StrEnum):
    """Which claim a statement is about, seen from one story."""

    CLAIM = "claim"
    """The story's own claim: the only kind that reaches the party board."""
    OTHER = "other"
    """Another claim, or another story's."""
    BACKGROUND = "background"
    """An earlier or wider matter told for context."""
    UNCLEAR = "unclear"
    """The words do not say; shown as unclear, never counted."""


class CitationKind(StrEnum):
    """How an item points at a source."""

    TOLD = "told"
    """"told VOA": the outlet that heard it."""
    CITING = "citing"
    """"citing the Telegram channel …", "according to", "quoting"."""
    REPORTED = "reported"
    """"The Sun reported", "in a report by", "published by"."""
    CREDIT = "credit"
    """A credit or contributor line ("(AP)", "Reuters contributed to this report")."""
    LINK = "link"
    """A hyperlink to another publisher."""


class CopyKind(StrEnum):
    """How much of one item's text is another's (`stories.copies`)."""

    COPY = "COPY"
    QUOTED = "QUOTED"


class Status(StrEnum):
    """A story's state, read from its party board (MEASURES.md); always shown with party and time."""

    NO_ITEMS = "NO ITEMS"
    """Watched for, and nothing has come yet or all was moved out: nobody says anything in it."""
    SINGLE = "SINGLE"
    ASSERTED = "ASSERTED"
    UNCONFIRMED = "UNCONFIRMED"
    CONFIRMED = "CONFIRMED"
    CONTESTED = "CONTESTED"
    DENIED = "DENIED"


class PartyStance(StrEnum):
    """A party's state on a story's claim."""

    SILENT = "SILENT"
    NO_COMMENT = "NO COMMENT"
    CANNOT_CONFIRM = "CANNOT CONFIRM"
    DENIED = "DENIED"
    CONFIRMED = "CONFIRMED"
    CONFLICTING = "CONFLICTING"
    ASSERTS = "ASSERTS"
    DOUBTS = "DOUBTS"
    PUSHES_BACK = "PUSHES BACK"
    """An accused party answers without denying: counter-accuses, demands evidence, objects."""


class Role(StrEnum):
    """What a party is to the claim."""

    ACCUSED = "accused"
    """Said to have done it: the claim's actor."""
    RECIPIENT = "recipient"
    """Said to have received or suffered it."""
    ACCUSER = "accuser"
    """Says that it is so."""
    OTHER = "other"


class Side(StrEnum):
    """What an item of a story with two sides leads with (`stories.sides`)."""

    CLAIM = "claim"
    DENIAL = "denial"
    """The accused's no, or evidence against the claim."""
    COUNTER = "counter"
    """Another account of the same event, usually that the accuser did it."""
    NEUTRAL = "neutral"
    """Neither: questions, background, aftermath."""


class OriginState(StrEnum):
    """What the citations say about where a story comes from."""

    NAMED = "named"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
