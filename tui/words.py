"""Times, counts and states in the few words that fit a row; every state has a mark besides its colour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from stories.states import DateFlag, PartyStance, Role, Side, Stance, Status
from tui.drawing import Glyphs, Look

if TYPE_CHECKING:
    from stories.story import Party

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def span(length: timedelta) -> str:
    """How long, in its largest fitting unit: "40 s", "12 min", "31 h", "9 d"."""
    length = max(length, timedelta())
    if length < MINUTE:
        return f"{length.seconds} s"
    if length < HOUR:
        return f"{length // MINUTE} min"
    if length < 3 * DAY:
        return f"{length // HOUR} h"
    return f"{length // DAY} d"


def when(at: datetime | None, now: datetime, cells: int = 7) -> str:
    """A moment in seven cells: "10:31" today, "12 Mar" this year, "12Mar17" before; in nine "12 Mar 17"."""
    if at is None:
        return "-"
    at, now = at.astimezone(UTC), now.astimezone(UTC)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    if at.year == now.year:
        return f"{at.day} {at:%b}"
    return f"{at.day} {at:%b %y}" if cells >= 9 else f"{at.day}{at:%b%y}"


def moment(at: datetime | None) -> str:
    """A moment in full, UTC: "2023-03-12 10:31"."""
    return "unknown" if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def seconds(left: timedelta) -> str:
    """A short count-down: "0:42", "12:05", "4 h 41", "12 h"; "now" when it is over."""
    if HOUR <= left < 10 * HOUR:
        return f"{left // HOUR} h {left % HOUR // MINUTE:02}"
    if left >= HOUR:
        return span(left)
    whole = int(left.total_seconds())
    return "now" if whole <= 0 else f"{whole // 60}:{whole % 60:02}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 origin", "3 publishers"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_STATUS_LOOK = {
    Status.NO_ITEMS: Look.DIM,
    Status.SINGLE: Look.DIM,
    Status.ASSERTED: Look.TEXT,
    Status.UNCONFIRMED: Look.INFO,
    Status.CONFIRMED: Look.GOOD,
    Status.CONTESTED: Look.WARN,
    Status.DENIED: Look.BAD,
}


def status_mark(status: Status, glyphs: Glyphs) -> str:
    """The mark that stands before a status word."""
    return {
        Status.DENIED: glyphs.denied,
        Status.CONFIRMED: glyphs.confirmed,
        Status.CONTESTED: glyphs.contested,
        Status.UNCONFIRMED: "?",
        Status.ASSERTED: ">",
        Status.SINGLE: "1",
        Status.NO_ITEMS: "0",
    }[status]


def status_look(status: Status) -> Look:
    """The colour of a status; its word always stands beside it."""
    return _STATUS_LOOK[status]


_SIDE_LOOK = {
    Side.CLAIM: Look.TEXT,
    Side.DENIAL: Look.BAD,
    Side.COUNTER: Look.WARN,
    Side.NEUTRAL: Look.DIM,
}


def side_look(side: Side) -> Look:
    """The colour of the side an item leads with; its word always stands beside it."""
    return _SIDE_LOOK[side]


CANNOT_CONFIRM, NO_COMMENT, DOUBT = "?", "_", "~"
"""Marks of the three answers that are neither yes nor no; they differ, so that colour is not needed."""

_PARTY_LOOK = {
    PartyStance.SILENT: Look.DIM,
    PartyStance.NO_COMMENT: Look.INFO,
    PartyStance.CANNOT_CONFIRM: Look.INFO,
    PartyStance.DENIED: Look.BAD,
    PartyStance.CONFIRMED: Look.GOOD,
    PartyStance.CONFLICTING: Look.WARN,
    PartyStance.ASSERTS: Look.TEXT,
    PartyStance.DOUBTS: Look.WARN,
    PartyStance.PUSHES_BACK: Look.WARN,
}


def party_look(stance: PartyStance) -> Look:
    """The colour of a party's stance."""
    return _PARTY_LOOK[stance]


def party_mark(stance: PartyStance, glyphs: Glyphs) -> str:
    """The mark that stands before a party's stance."""
    return {
        PartyStance.DENIED: glyphs.denied,
        PartyStance.CONFIRMED: glyphs.confirmed,
        PartyStance.CONFLICTING: glyphs.contested,
        PartyStance.SILENT: glyphs.dot,
        PartyStance.ASSERTS: ">",
        PartyStance.PUSHES_BACK: "<",
        PartyStance.NO_COMMENT: NO_COMMENT,
        PartyStance.DOUBTS: DOUBT,
    }.get(stance, CANNOT_CONFIRM)


_STANCE_WORD = {
    Stance.DENY: "DENIES",
    Stance.CONFIRM: "CONFIRMS",
    Stance.CANNOT_CONFIRM: "CAN'T CONFIRM",
    Stance.NO_COMMENT: "NO COMMENT",
    Stance.DOUBT: "DOUBTS",
    Stance.ASSERT: "ASSERTS",
}
_STANCE_LOOK = {
    Stance.DENY: Look.BAD,
    Stance.CONFIRM: Look.GOOD,
    Stance.CANNOT_CONFIRM: Look.INFO,
    Stance.NO_COMMENT: Look.INFO,
    Stance.DOUBT: Look.WARN,
    Stance.ASSERT: Look.TEXT,
}


_STANCE_SHORT = {
    Stance.DENY: "DENY",
    Stance.CONFIRM: "CONF",
    Stance.CANNOT_CONFIRM: "CAN'T",
    Stance.NO_COMMENT: "MUM",
    Stance.DOUBT: "DOUBT",
    Stance.ASSERT: "SAYS",
}


_CARRIED = {
    Stance.DENY: "the denial",
    Stance.CONFIRM: "the confirmation",
    Stance.CANNOT_CONFIRM: "no confirmation",
    Stance.NO_COMMENT: "no comment",
    Stance.DOUBT: "a doubt",
    Stance.ASSERT: "the claim",
}


def carried_word(stance: Stance) -> str:
    """What a publisher carries who tells that somebody takes this stance: it takes none itself."""
    return _CARRIED[stance]


def stance_short(stance: Stance) -> str:
    """A statement's stance in at most five cells, for lists beside a pane."""
    return _STANCE_SHORT[stance]


def stance_word(stance: Stance) -> str:
    """A statement's stance as a verb: "DENIES"."""
    return _STANCE_WORD[stance]


def stance_look(stance: Stance) -> Look:
    """The colour of a statement's stance."""
    return _STANCE_LOOK[stance]


def stance_mark(stance: Stance, glyphs: Glyphs) -> str:
    """The mark that stands before a statement's stance."""
    return {
        Stance.DENY: glyphs.denied,
        Stance.CONFIRM: glyphs.confirmed,
        Stance.ASSERT: ">",
        Stance.NO_COMMENT: NO_COMMENT,
        Stance.DOUBT: DOUBT,
    }.get(stance, CANNOT_CONFIRM)


_ROLE_WORD = {Role.ACCUSED: "accused", Role.RECIPIENT: "recipient", Role.ACCUSER: "accuser", Role.OTHER: ""}


def role_word(role: Role) -> str:
    """What a party is to the claim; empty when it is only a witness."""
    return _ROLE_WORD[role]


def party_clock(party: Party) -> str:
    """A party's running clock: how long it is silent, or how long after the claim it answered."""
    if party.clock is None:
        return ""
    if party.stance is PartyStance.SILENT:
        return span(party.clock)
    return f"{span(party.clock)} after" if party.clock else ""


_FLAG_WORD = {
    DateFlag.UNDATED: "undated: the time is when we first saw it",
    DateFlag.FUTURE: "the feed's date lies in the future",
    DateFlag.CORRECTED: "the feed's clock is known to be off; corrected",
}


def flag_word(flag: DateFlag) -> str:
    """Why an item's time is not simply the feed's word."""
    return _FLAG_WORD[flag]
