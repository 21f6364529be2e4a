"""A story as it is known at a time: its items, its party board, its status, its timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stories.evidence import Citation, Copy, Stance, Statement, Target
from stories.item import Item
from stories.states import OriginState as OriginState
from stories.states import PartyStance as PartyStance
from stories.states import Role as Role
from stories.states import Side as Side
from stories.states import Status as Status

NO_ITEMS = "No items yet"
"""The reason of a watched story before anything came."""


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement of one of a story's items, and whether it is about the story's claim."""

    item: int
    guid: str
    publisher: str
    at: datetime
    """The item's effective time."""
    statement: Statement
    target: Target
    id: int = 0
    """The store's number; 0 before it is stored."""
    by_analyst: bool = False
    """The analyst set or added it; never overwritten."""


@dataclass(frozen=True, slots=True)
class PlacedCitation:
    """A citation and the item it stands in."""

    item: int
    guid: str
    publisher: str
    at: datetime
    citation: Citation


@dataclass(frozen=True, slots=True)
class Party:
    """One line of the party board."""

    name: str
    role: Role
    stance: PartyStance
    since: datetime | None
    """When this stance was first carried; None while silent."""
    clock: timedelta | None
    """Silent: how long since the claim. Denied: the denial's latency. None where neither is known."""
    evidence: tuple[PlacedStatement, ...] = ()
    """Every statement behind the stance, first carried first, then what was denied before; empty while silent."""
    independent: int = 0
    """Independent sources of the stance: a denial nine outlets quote from one agency is one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The sinks of a story's citation graph; never a guess."""

    state: OriginState
    chains: tuple[tuple[str, ...], ...] = ()
    """Each from the origin outwards ("Kremlin insider", "General SVR (Telegram)", "The Sun")."""
    evidence: tuple[PlacedCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a story's timeline."""

    at: datetime
    status: Status
    because: str
    """What changed, in words that name party, stance and publisher."""
    item: int = 0
    """The item that changed it; 0 when it was the analyst."""
    party: str = ""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of MEASURES.md for one story; None where a figure isn't defined or isn't known."""

    items: int
    publishers: int
    origins: int
    amplification: float | None
    chain_depth: int
    reprint_rate: float
    diversity: float
    velocity: float
    acceleration: float
    half_life: timedelta | None
    denial_latency: timedelta | None
    denial_reach: float | None
    denial_sources: int
    contested: float | None
    phase: str
    """breaking, developing, sustained or fading."""
    burst: float | None = None
    """Deviations of the last six hours from the week before; None where the past is too short or too even."""


@dataclass(frozen=True, slots=True)
class Story:
    """Items about one claim or event."""

    id: int
    name: str
    claim: str = ""
    """"Taliban → send arms → Russia", or a plain sentence the analyst wrote."""
    watched: bool = False
    starred: bool = False
    opposite_of: int | None = None
    """The story that claims the reverse direction, if one is known."""
    rated: str = ""
    """The analyst's Admiralty rating ("F6" means not rated); the tool never rates."""
    note: str = ""
    old_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """Everything known of a story at one time; what the detail pane and a snapshot are made of."""

    story: Story
    as_of: datetime
    status: Status
    because: str
    """The status in words with party and time: "DENIED by Taliban, 3 h after the claim"."""
    first_seen: datetime | None
    last_seen: datetime | None
    items: tuple[Item, ...] = ()
    """By effective time, earliest first."""
    parties: tuple[Party, ...] = ()
    statements: tuple[PlacedStatement, ...] = ()
    citations: tuple[PlacedCitation, ...] = ()
    copies: tuple[Copy, ...] = ()
    origin: Origin = field(default_factory=lambda: Origin(OriginState.UNKNOWN))
    timeline: tuple[Event, ...] = ()
    measures: Measures | None = None
    sides: Mapping[int, Side] = field(default_factory=dict)
    """Item → the side it leads with; empty where the story has no two sides."""
