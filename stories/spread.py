"""How a story spreads: the figures of one story from its items, copies, board and origin.

The figures that depend on every item are kept up by `Spread`, to which an item is added at a cost that doesn't grow with
the story; the functions before it are their formulas.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import mean, pstdev

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


def diversity(counts: Counter[int]) -> float:
    """Effective number of publishers, e^H with H = −Σ p ln p (Shannon / Hill); 0 for no item.

    ``counts`` holds how many publishers have so many items: a story of a thousand items has some twenty such numbers.
    """
    total = sum(count * publishers for count, publishers in counts.items())
    if not total:
        return 0.0
    weighed = math.fsum(publishers * count * math.log(count) for count, publishers in counts.items() if count)
    return math.exp(math.log(total) - weighed / total)


def velocity(arrivals: Sequence[datetime], now: datetime) -> tuple[float, float]:
    """New publishers an hour in the last `WINDOW`, and the difference to the window before (NewsWhip).

    ``arrivals`` holds each publisher's first time, in order.
    """
    hours = WINDOW / timedelta(hours=1)
    last, before = _in_window(arrivals, now, 0), _in_window(arrivals, now, 1)
    return last / hours, (last - before) / hours


def _in_window(times: Sequence[datetime], now: datetime, back: int) -> int:
    """How many of the times, in order, lie in a window: 0 ends at ``now``, 1 where that one begins, and so on."""
    end = now - back * WINDOW
    return bisect_right(times, end) - bisect_right(times, end - WINDOW)


def burst(times: Sequence[datetime], now: datetime) -> float | None:
    """z = (x − μ) / σ of the items in the last `WINDOW` against the story's own seven days before (own).

    ``times`` in order. None while fewer than four windows lie behind, or where all of them held the same: no
    deviation, no burst.
    """
    if not times:
        return None
    age = now - times[0]
    windows = min(_BASELINE, int((age - WINDOW) / WINDOW) if age > WINDOW else 0)
    if windows < _FEWEST:
        return None
    counts = [_in_window(times, now, back) for back in range(windows + 1)]
    spread = pstdev(counts[1:])
    return (counts[0] - mean(counts[1:])) / spread if spread else None


def half_life(times: Sequence[datetime]) -> timedelta | None:
    """median(t_i − t0) of times in order; None without an item."""
    if not times:
        return None
    low, high = times[(len(times) - 1) // 2], times[len(times) // 2]
    return (low - times[0] + (high - times[0])) / 2


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


class Spread:
    """What the figures of a story's items are read from, kept up item by item.

    Adding one costs O(log n) comparisons, reading the figures what the distinct counts and the windows of a week
    cost; neither grows with the story. What leaves a story or changes its time is not taken back: begin anew.
    """

    def __init__(self) -> None:
        self.times: list[datetime] = []
        self._arrived: dict[str, datetime] = {}
        self._arrivals: list[datetime] = []
        self._held: Counter[str] = Counter()
        self._counts: Counter[int] = Counter()
        self._leader: dict[int, int] = {}
        self._groups = 0

    @property
    def publishers(self) -> int:
        """Publishers with an item."""
        return len(self._held)

    def add(self, at: datetime, item: int, publisher: str) -> None:
        """An item came: its effective time, number and publisher."""
        insort(self.times, at)
        self._leader[item] = item
        self._groups += 1
        count = self._held[publisher]
        self._held[publisher] = count + 1
        self._counts[count + 1] += 1
        if count and self._counts[count] == 1:
            del self._counts[count]
        elif count:
            self._counts[count] -= 1
        first = self._arrived.get(publisher)
        if first is None or at < first:
            if first is not None:
                del self._arrivals[bisect_left(self._arrivals, first)]
            self._arrived[publisher] = at
            insort(self._arrivals, at)

    def join(self, copies: Iterable[Copy]) -> None:
        """What is copied among the items; known again it changes nothing, of an item not added it doesn't count."""
        for copy in copies:
            if copy.kind is CopyKind.COPY and copy.item in self._leader and copy.of in self._leader:
                one, other = self._find(copy.item), self._find(copy.of)
                if one != other:
                    self._leader[one] = other
                    self._groups -= 1

    def _find(self, item: int) -> int:
        leader = self._leader
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    def reprint_rate(self) -> float:
        """1 − groups / n, where items that are copies of one another are one group (Nicholls 2019)."""
        return 1 - self._groups / len(self.times) if self.times else 0.0

    def measures(
        self, placed: Sequence[PlacedStatement], board: Sequence[Party], origin: Origin, now: datetime
    ) -> Measures:
        """All figures of the story at a time, with what its board and its origin say."""
        speed, gain = velocity(self._arrivals, now)
        ends, publishers = sinks(origin), self.publishers
        deniers = {
            each.publisher
            for each in placed
            if each.target is Target.CLAIM and each.statement.stance is Stance.DENY
        }
        denied = [party for party in board if party.stance is PartyStance.DENIED]
        accused = [party for party in denied if party.role in (Role.ACCUSED, Role.RECIPIENT)]
        latencies = [party.clock for party in accused if party.clock is not None]
        supporting = sum(
            party.independent
            for party in board
            if party.stance in (PartyStance.ASSERTS, PartyStance.CONFIRMED)
        )
        denying = sum(party.independent for party in denied)
        times = self.times
        return Measures(
            items=len(times),
            publishers=publishers,
            origins=ends,
            amplification=publishers / ends if ends else None,
            chain_depth=chain_depth(origin),
            reprint_rate=self.reprint_rate(),
            diversity=diversity(self._counts),
            velocity=speed,
            acceleration=gain,
            half_life=half_life(times),
            denial_latency=min(latencies, default=None),
            denial_reach=len(deniers) / publishers if deniers and publishers else None,
            denial_sources=denying,
            contested=contested(supporting, denying),
            burst=burst(times, now),
            phase=phase(times[0] if times else None, times[-1] if times else None, speed, gain, now),
        )
