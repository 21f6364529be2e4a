"""The party board, a story's status, and how both came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from stories.about import GIVING
from stories.accusation import BLAMING, frame_of
from stories.evidence import Claim, Stance, Target, Voice
from stories.independence import independent
from stories.kept import Kept
from stories.story import NO_ITEMS, Event, Party, PartyStance, PlacedStatement, Role, Status
from stories.targets import says_so

FLIP = timedelta(hours=3)
"""A confirmation this long after a denial is a change of mind; sooner, the reports disagree."""
_OPENLY = frozenset({"arrest", "release", "visit", "recognise", "sanction", "acquire"})
"""Families of acts that whoever does them tells of themselves."""
_STANCES = {
    Stance.DENY: PartyStance.DENIED,
    Stance.CONFIRM: PartyStance.CONFIRMED,
    Stance.CANNOT_CONFIRM: PartyStance.CANNOT_CONFIRM,
    Stance.ASSERT: PartyStance.ASSERTS,
    Stance.NO_COMMENT: PartyStance.NO_COMMENT,
    Stance.DOUBT: PartyStance.DOUBTS,
}
_ORDER = tuple(_STANCES)


def role(party: str, claim: Claim | None, stances: set[Stance], *, charged: bool = True) -> Role:
    """What a party is to the claim; of an accusation the actor is the accuser, its object the accused.

    Where nothing is held against anybody (``charged`` is false), nobody is accused and nobody accuses.
    """
    if not charged and not (
        claim is not None and party in (claim.actor, claim.recipient) and Stance.DENY in stances
    ):
        return Role.OTHER
    if claim is not None and party == claim.actor:
        return Role.ACCUSER if claim.action in BLAMING else Role.ACCUSED
    if claim is not None and party == claim.recipient:
        if claim.action in BLAMING:
            return Role.ACCUSED
        # who is armed may be an accomplice; who is attacked and says so accuses
        accuses = Stance.ASSERT in stances and Stance.DENY not in stances and claim.action not in GIVING
        return Role.ACCUSER if accuses else Role.RECIPIENT
    asserts = Stance.ASSERT in stances and stances.isdisjoint({Stance.DENY, Stance.CANNOT_CONFIRM})
    return Role.ACCUSER if asserts else Role.OTHER


def asked(claim: Claim | None, *, charged: bool) -> tuple[str, ...]:
    """Who is expected to answer a claim: the accused, and the other side of a deal in arms; never a victim.

    Nobody is where it is done in the open, as arrests are.
    """
    if claim is None or not charged:
        return ()
    if claim.action in BLAMING:
        return (claim.recipient,) if claim.recipient else ()
    frame = frame_of(claim.action)
    if frame is not None and frame.family in _OPENLY:
        return ()
    other = claim.recipient if frame is not None and frame.family == "supply" else ""
    return tuple(dict.fromkeys(name for name in (claim.actor, other) if name))


def parties(
    placed: Sequence[PlacedStatement],
    claim: Claim | None,
    claimed: datetime | None,
    now: datetime,
    *,
    charged: bool = True,
    firm: bool = True,
    heard: datetime | None = None,
    kept: Kept | None = None,
) -> tuple[Party, ...]:
    """The board: each party's stance on the claim with its evidence; who is asked to answer even when silent.

    Of a claim that isn't ``firm`` nobody's silence is told: one item that names somebody has asked them nothing.
    ``heard``: until when anybody listened; a silence is told no further. ``kept``: of an earlier telling.
    """
    by_party: dict[str, list[PlacedStatement]] = {}
    for each in placed:
        if each.target is Target.CLAIM and each.statement.party:
            by_party.setdefault(each.statement.party, []).append(each)
    board = []
    for name in asked(claim, charged=charged and firm and _held_against(placed, claim)):
        if name not in by_party and not (claim and name == claim.recipient and _owned_up(by_party, claim)):
            clock = None if claimed is None else max(timedelta(), min(now, heard or now) - claimed)
            board.append(Party(name, role(name, claim, set()), PartyStance.SILENT, None, clock))
    brought = _brought(placed, claimed)
    for name, said in by_party.items():
        line = partial(_party, name, said, claim, claimed, brought, charged=charged)
        made_of = (tuple(said), claim, claimed, brought, charged)
        board.append(line() if kept is None else kept.parties.of(name, made_of, line))
    ranks = (Role.ACCUSED, Role.RECIPIENT, Role.ACCUSER, Role.OTHER)
    board.sort(
        key=lambda party: (ranks.index(party.role), party.since is None, party.since or now, party.name)
    )
    return tuple(board)


def _owned_up(by_party: Mapping[str, Sequence[PlacedStatement]], claim: Claim) -> bool:
    """Whether a deed's own actor tells of it and never denies it: then nobody else need be waited for."""
    if claim.action in BLAMING:
        return False
    said = by_party.get(claim.actor, ())
    return any(
        each.statement.stance is Stance.CONFIRM
        or (each.statement.stance is Stance.ASSERT and _agrees(each, claim))
        for each in said
    ) and all(each.statement.stance is not Stance.DENY for each in said)


def _held_against(placed: Sequence[PlacedStatement], claim: Claim | None) -> bool:
    """Whether somebody else than its two parties says a claim; arms that are given in the open keep nobody waiting."""
    if claim is None or claim.action in BLAMING:
        return claim is not None
    return any(
        each.target is Target.CLAIM
        and each.statement.stance is not Stance.DENY
        and each.statement.party not in (claim.actor, claim.recipient)
        for each in placed
    )


def _brought(placed: Sequence[PlacedStatement], claimed: datetime | None) -> datetime | None:
    """When somebody first says the claim; the first item of a story may be about what led to it."""
    said = (
        each.at for each in placed if each.target is Target.CLAIM and each.statement.stance is Stance.ASSERT
    )
    return min(said, default=claimed)


def _party(
    name: str,
    said: list[PlacedStatement],
    claim: Claim | None,
    claimed: datetime | None,
    brought: datetime | None,
    *,
    charged: bool,
) -> Party:
    said = sorted(said, key=lambda each: each.at)
    held = {each.statement.stance for each in said}
    what = role(name, claim, held, charged=charged)
    if what is Role.ACCUSED and claim is not None and name == claim.actor and _boasts(said, brought):
        what = Role.ACCUSER
    order = (
        (Stance.ASSERT, *_ORDER)
        if what is Role.ACCUSER and claim is not None and name == claim.actor
        else _ORDER
    )
    stance = next(stance for stance in order if stance in held)
    if what is Role.ACCUSER and stance is Stance.CANNOT_CONFIRM and _insists(said):
        stance = Stance.ASSERT
    shown = _STANCES[stance]
    if Stance.DENY in held and Stance.CONFIRM in held:
        denied = next(each.at for each in said if each.statement.stance is Stance.DENY)
        confirmed = next(each.at for each in said if each.statement.stance is Stance.CONFIRM)
        if confirmed - denied >= FLIP:
            stance, shown = Stance.CONFIRM, PartyStance.CONFIRMED
        else:
            shown = PartyStance.CONFLICTING
    if stance is Stance.ASSERT and what in (Role.ACCUSED, Role.RECIPIENT):
        answers = [each for each in said if each.statement.stance is stance and not _agrees(each, claim)]
        if answers:
            shown, said = PartyStance.PUSHES_BACK, answers
    evidence = tuple(
        each for each in said if each.statement.stance is stance or shown is PartyStance.CONFLICTING
    )
    sources = independent(evidence)
    if (
        shown is PartyStance.CONFIRMED
    ):  # what was denied before belongs to the record, behind what proves the stance
        evidence += tuple(each for each in said if each.statement.stance is Stance.DENY)
    since = next(each.at for each in said if each.statement.stance is stance)
    clock = since - claimed if claimed is not None and since >= claimed else None
    return Party(name, what, shown, since, clock, evidence, sources)


def _insists(said: Sequence[PlacedStatement]) -> bool:
    """Whether a victim's reservation on a detail is lost among what it asserts ("can't say if it was on purpose")."""
    counts = Counter(each.statement.stance for each in said)
    return counts[Stance.ASSERT] >= 3 * counts[Stance.CANNOT_CONFIRM]


def _agrees(each: PlacedStatement, claim: Claim | None) -> bool:
    """Whether a party of the claim says itself that it is so, which is no push back."""
    return claim is not None and says_so(each.statement, claim, each.at)


def _boasts(said: Sequence[PlacedStatement], brought: datetime | None) -> bool:
    """Whether the claim is a party's own word about itself, and nobody said it earlier ("Kyiv says it killed the admiral")."""
    first = said[0].statement
    if brought is None or said[0].at > brought or first.stance is not Stance.ASSERT:
        return False
    answers = any(word in first.words.lower() for word in ("alleg", "accus", "claims", "reports"))
    return not answers and all(each.statement.stance is not Stance.DENY for each in said)


def status(board: Sequence[Party], publishers: int) -> Status:
    """A story's status, read from its board (MEASURES.md)."""
    if not publishers:
        return Status.NO_ITEMS
    accused = [party for party in board if party.role in (Role.ACCUSED, Role.RECIPIENT)]
    denied = any(party.stance is PartyStance.DENIED for party in accused)
    denied_elsewhere = any(party.stance is PartyStance.DENIED for party in board)
    conflicting = any(party.stance is PartyStance.CONFLICTING for party in board)
    confirmed = any(party.stance is PartyStance.CONFIRMED for party in board)
    asserted = any(party.stance is PartyStance.ASSERTS and _named(party) for party in board)
    if ((denied or denied_elsewhere) and (confirmed or asserted)) or conflicting:
        return Status.CONTESTED
    if denied or (denied_elsewhere and all(party.role is Role.OTHER for party in board)):
        return Status.DENIED  # where no claim could be read, who answers is who is asked
    if denied_elsewhere:
        return Status.CONTESTED
    if confirmed:
        return Status.CONFIRMED
    if any(party.stance is PartyStance.CANNOT_CONFIRM for party in board):
        return Status.UNCONFIRMED
    if publishers <= 1:
        return Status.SINGLE
    return Status.ASSERTED


def _named(party: Party) -> bool:
    return any(each.statement.voice is Voice.NAMED for each in party.evidence)


def because(state: Status, board: Sequence[Party], publishers: int = 1) -> str:
    """The status in words that name party and time: "DENIED by Taliban, 3 h after the claim"."""
    wanted = {
        Status.DENIED: (PartyStance.DENIED,),
        Status.CONFIRMED: (PartyStance.CONFIRMED,),
        Status.CONTESTED: (
            PartyStance.DENIED,
            PartyStance.CONFLICTING,
            PartyStance.CONFIRMED,
            PartyStance.ASSERTS,
        ),
        Status.UNCONFIRMED: (PartyStance.CANNOT_CONFIRM,),
        Status.ASSERTED: (PartyStance.ASSERTS,),
        Status.SINGLE: (),
        Status.NO_ITEMS: (),
    }[state]
    parts = []
    for stance in wanted:
        names = [party for party in board if party.stance is stance]
        if names:
            denied = stance is PartyStance.DENIED
            who = _answering(names[:3]) if denied else ", ".join(party.name for party in names[:3])
            parts.append(f"{_PHRASES[stance]} {who}")
    if state is Status.SINGLE:
        return "SINGLE: one publisher so far"
    if state is Status.NO_ITEMS:
        return NO_ITEMS
    if not parts:
        return "ASSERTED, no party has answered"
    words = "; ".join(parts)
    return words[0].upper() + words[1:] if state is not Status.CONTESTED else f"CONTESTED: {words}"


def _answering(names: Sequence[Party]) -> str:
    """Who denies and how long after the claim: one in words, several each with its own time, the first first."""
    (first, *others) = sorted(names, key=lambda party: (party.clock is None, party.clock or timedelta()))
    if not others:
        return first.name + ("" if first.clock is None else f", {_after(first.clock)}")
    return ", ".join(
        party.name if party.clock is None else f"{party.name} ({_after(party.clock)})"
        for party in (first, *others)
    )


def _after(clock: timedelta) -> str:
    """A denial in the very item that first brings the claim is no quick answer: the claim is older than that."""
    return f"{lasting(clock)} after the claim" if clock else "from the first item on"


_PHRASES = {
    PartyStance.DENIED: "DENIED by",
    PartyStance.CONFIRMED: "CONFIRMED by",
    PartyStance.CONFLICTING: "CONFLICTING reports of",
    PartyStance.ASSERTS: "ASSERTED by",
    PartyStance.CANNOT_CONFIRM: "UNCONFIRMED: cannot be confirmed by",
}


def lasting(time: timedelta) -> str:
    """A length of time in one unit ("3 h", "2 d", "40 min")."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def timeline(
    placed: Sequence[PlacedStatement],
    seen: Sequence[tuple[datetime, int, str]],
    claim: Claim | None,
    now: datetime,
    *,
    charged: bool = True,
) -> tuple[Event, ...]:
    """How the status came about: an event when a story begins, a party's stance changes, or the status does.

    ``seen`` holds (effective time, item, publisher) of every item in order of time.
    """
    if not seen:
        return ()
    claimed = seen[0][0]
    events = [Event(claimed, Status.SINGLE, f"First seen by us, at {seen[0][2]}", seen[0][1])]
    publishers: set[str] = set()
    by_item: dict[int, list[PlacedStatement]] = {}
    for each in placed:
        if each.target is Target.CLAIM and each.statement.party:
            by_item.setdefault(each.item, []).append(each)
    brought = _brought(placed, claimed)
    so_far: dict[str, list[PlacedStatement]] = {}
    known: set[tuple[str, Stance, Voice]] = set()
    board: dict[str, Party] = {}
    state = Status.SINGLE
    for at, item, publisher in seen:
        new_publisher = publisher not in publishers
        publishers.add(publisher)
        changes: list[Party] = []
        for each in by_item.get(item, ()):
            name = each.statement.party
            so_far.setdefault(name, []).append(each)
            kind = (name, each.statement.stance, each.statement.voice)
            if kind in known:
                continue  # one more of a kind changes no stance; telling it anew would cost n² over a story
            known.add(kind)
            old = board.get(name)
            board[name] = _party(name, so_far[name], claim, claimed, brought, charged=charged)
            if old is None or old.stance is not board[name].stance:
                changes.append(board[name])
        if not changes and not (new_publisher and len(publishers) == 2):
            continue
        was, state = state, status(list(board.values()), len(publishers))
        for party in changes:
            here = [each for each in party.evidence if each.item == item]
            said = next((each for each in here if _STANCES[each.statement.stance] is party.stance), here[-1])
            words = f"{party.name} {party.stance.value}"
            if said.statement.speaker and said.statement.speaker != party.name:
                words += f" ({said.statement.speaker})"
            through = f" via {said.statement.via[0]}" if said.statement.via else ""
            events.append(
                Event(at, state, f"{words}, {publisher}{through}", item, party.name, said.statement.stance)
            )
        if not changes and was is not state:
            events.append(Event(at, state, because(state, list(board.values())), item))
    return tuple(events)
