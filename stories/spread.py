"""How a story spreads: the figures of one story from its items, copies, board and origin."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import mean, median, pstdev

from stories.evidence import Copy, CopyKind, Stance, Target
from stories.origin import sinks
from stories.story import Measures, Origin, Party, PartyStance, PlacedStatement, Role

WINDOW = timedelta(hours=6)
"""The window of velocity: half a news day's shift, so that one night doesn't read as fading."""
_BASELINE = 28
"""Windows of a week, the burst's own past."""
_FEWEST = 4
"""Windows, a day's, below which a deviation says nothing."""
_BREAKING = timedelta(hours=12)
_FADING = timedelta(hours=48)


def diversity(counts: Sequence[int]) -> float:
    """Effective number of publishers, e^H with H = −Σ p ln p (Shannon / Hill); 0 for no item."""
    total = sum(counts)
    if not total:
        return 0.0
    return math.exp(-sum(count / total * math.log(count / total) for count in counts if count))


def reprint_rate(items: Sequence[int], copies: Sequence[Copy]) -> float:
    """1 − groups / n, where items that are copies of one another are one group (Nicholls 2019)."""
    if not items:
        return 0.0
    leader = {item: item for item in items}

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for copy in copies:
        if copy.kind is CopyKind.COPY and copy.item in leader and copy.of in leader:
            leader[find(copy.item)] = find(copy.of)
    return 1 - len({find(item) for item in items}) / len(items)


def velocity(arrivals: Sequence[datetime], now: datetime) -> tuple[float, float]:
    """New publishers an hour in the last `WINDOW`, and the difference to the window before (NewsWhip).

    ``arrivals`` holds each publisher's first time.
    """
    hours = WINDOW / timedelta(hours=1)
    last = sum(1 for at in arrivals if now - WINDOW < at <= now)
    before = sum(1 for at in arrivals if now - 2 * WINDOW < at <= now - WINDOW)
    return last / hours, (last - before) / hours


def burst(times: Sequence[datetime], now: datetime) -> float | None:
    """z = (x − μ) / σ of the items in the last `WINDOW` against the story's own seven days before (own).

    None while fewer than four windows lie behind, or where all of them held the same: no deviation, no burst.
    """
    if not times:
        return None
    age = now - min(times)
    windows = min(_BASELINE, int((age - WINDOW) / WINDOW) if age > WINDOW else 0)
    if windows < _FEWEST:
        return None
    counts = [0] * (windows + 1)
    for at in times:
        back = int((now - at) / WINDOW)
        if 0 <= back <= windows:
            counts[back] += 1
    spread = pstdev(counts[1:])
    return (counts[0] - mean(counts[1:])) / spread if spread else None


def half_life(times: Sequence[datetime]) -> timedelta | None:
    """median(t_i − t0); None without an item."""
    if not times:
        return None
    first = min(times)
    return timedelta(seconds=median((at - first).total_seconds() for at in times))


def phase(first: datetime | None, last: datetime | None, speed: float, gain: float, now: datetime) -> str:
    """breaking, developing, sustained or fading, from velocity and age."""
    if first is None or last is None:
        return "fading"
    if now - first <= _BREAKING and speed > 0:
        return "breaking"
    if now - last > _FADING or speed == 0:
        return "fading"
    return "developing" if gain > 0 else "sustained"


def contested(supporting: int, denying: int) -> float | None:
    """1 − |S − D| / (S + D) over independent sources; None when nobody takes a side."""
    if not supporting + denying:
        return None
    return 1 - abs(supporting - denying) / (supporting + denying)


def chain_depth(origin: Origin) -> int:
    """Longest path from an item to an origin, in citations (Vosoughi et al. 2018)."""
    return max((len(chain) for chain in origin.chains), default=0)


def measures(
    seen: Sequence[tuple[datetime, int, str]],
    copies: Sequence[Copy],
    placed: Sequence[PlacedStatement],
    board: Sequence[Party],
    origin: Origin,
    now: datetime,
) -> Measures:
    """All figures of a story; ``seen`` holds (effective time, item, publisher) of every item in order of time."""
    publishers: Counter[str] = Counter()
    arrivals: dict[str, datetime] = {}
    for at, _, publisher in seen:
        publishers[publisher] += 1
        arrivals.setdefault(publisher, at)
    speed, gain = velocity(list(arrivals.values()), now)
    ends = sinks(origin)
    on_claim = [each for each in placed if each.target is Target.CLAIM]
    deniers = {each.publisher for each in on_claim if each.statement.stance is Stance.DENY}
    denied = [party for party in board if party.stance is PartyStance.DENIED]
    accused = [party for party in denied if party.role in (Role.ACCUSED, Role.RECIPIENT)]
    latencies = [party.clock for party in accused if party.clock is not None]
    supporting = sum(
        party.independent for party in board if party.stance in (PartyStance.ASSERTS, PartyStance.CONFIRMED)
    )
    denying = sum(party.independent for party in denied)
    times = [at for at, _, _ in seen]
    return Measures(
        items=len(seen),
        publishers=len(publishers),
        origins=ends,
        amplification=len(publishers) / ends if ends else None,
        chain_depth=chain_depth(origin),
        reprint_rate=reprint_rate([item for _, item, _ in seen], copies),
        diversity=diversity(list(publishers.values())),
        velocity=speed,
        acceleration=gain,
        half_life=half_life(times),
        denial_latency=min(latencies, default=None),
        denial_reach=len(deniers) / len(publishers) if deniers and publishers else None,
        denial_sources=denying,
        contested=contested(supporting, denying),
        burst=burst(times, now),
        phase=phase(times[0] if times else None, times[-1] if times else None, speed, gain, now),
    )
