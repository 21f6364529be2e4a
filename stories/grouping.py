"""Which story an item joins: one pass, in the order items arrive, nothing decided twice behind one's back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stories.active import Slot, Window
from stories.copies import containment, kind_of
from stories.evidence import Copy, Reading
from stories.features import Features, weigh
from stories.item import Item
from stories.likeness import MERGE_AT, THRESHOLD, Evidence, score
from stories.vocabulary import Vocabulary

_LEAST_LIVE = 20_000
"""Items kept live whatever their age: an archive is not read in the order it was written."""


@dataclass(frozen=True, slots=True)
class Placement:
    """What grouping proposes for one item."""

    story: int | None
    """The story it belongs to; None when it should start one."""
    score: float
    """How likely, 0..1, it belongs to ``story`` (to the nearest story when that is None)."""
    why: tuple[str, ...]
    """Reasons in words, strongest first."""
    copies: tuple[Copy, ...] = ()
    opposite: int | None = None
    """A story that claims the reverse direction; never ``story``."""
    runners_up: tuple[tuple[int, float], ...] = ()
    """Other near stories and their scores, best first."""


class Grouper:
    """Groups items in memory; the store keeps what it decides and brings the live window back."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary.warm()
        self._window = Window()
        self._forbidden: dict[int, set[int]] = {}
        self._fixed: set[int] = set()
        self._bridges: dict[tuple[int, int], float] = {}
        self._held: tuple[int, Features] | None = None

    def __len__(self) -> int:
        """How many items are live."""
        return len(self._window.slots)

    def features(self, item: Item, reading: Reading) -> Features:
        """The item's features under what has been learnt so far."""
        if self._held is not None and self._held[0] == item.id and item.id:
            return self._held[1]
        made = weigh(item, reading, self.vocabulary, item.title, item.summary, item.body)
        self._held = (item.id, made)
        return made

    def propose(self, item: Item, reading: Reading) -> Placement:
        """Where the item belongs by what is live now; changes nothing."""
        features = self.features(item, reading)
        window = self._window
        near = [(slot, likeness) for slot, likeness in window.near(features) if slot.item != item.id]
        copies = self._copies(item.id, features)
        seen = {slot.item for slot, _ in near}
        for copy in copies:
            if copy.of not in seen:
                near.append((window.slots[copy.of], copy.containment))
        gathered: dict[int, list[tuple[Slot, float]]] = {}
        for slot, likeness in near:
            gathered.setdefault(slot.story, []).append((slot, likeness))
        barred = self._forbidden.get(item.id, frozenset[int]())
        opposite = self._opposite(features, gathered)
        best_by_story = sorted((max(each for _, each in held) for held in gathered.values()), reverse=True)
        shares = {copy.of: copy.containment for copy in copies}
        rated: list[tuple[float, Evidence]] = []
        for story, held in gathered.items():
            if story in barred or self._against(features, story):
                continue
            evidence = Evidence.of(features, window.stories[story], held, best_by_story, shares)
            rated.append((score(evidence), evidence))
        rated.sort(key=lambda pair: (-pair[0], pair[1].story))
        ranked = tuple((evidence.story, value) for value, evidence in rated)
        if rated and rated[0][0] >= THRESHOLD:
            return Placement(
                rated[0][1].story, rated[0][0], rated[0][1].reasons(), copies, opposite, ranked[1:4]
            )
        nearest = rated[0][0] if rated else 0.0
        return Placement(None, nearest, ("nothing alike is live",), copies, opposite, ranked[:3])

    def admit(self, item: Item, reading: Reading, story: int) -> None:
        """Takes the item into a story, learns its words, and notes stories it bridges."""
        features = self.features(item, reading)
        if item.id in self._window.slots:
            self._window.shift(item.id, None)
        self._note_bridges(features, story)
        self._window.add(item.id, story, features)
        self.vocabulary.learn(features.words)
        self._held = None

    def restore(self, item: int, story: int, features: Features) -> None:
        """Brings back a live item that an earlier run admitted, without learning it again."""
        self._window.add(item, story, features)

    def move(self, item: int, story: int | None) -> None:
        """Puts an item where a person says; None takes it out of every story."""
        if item in self._window.slots:
            self._window.shift(item, story)

    def forbid(self, item: int, story: int) -> None:
        """Says that an item never belongs to a story."""
        self._forbidden.setdefault(item, set()).add(story)

    def join(self, story: int, other: int) -> None:
        """Makes two stories one, under the first number."""
        self._window.join(story, other)
        for barred in self._forbidden.values():
            if other in barred:
                barred.add(story)
        self._bridges = {pair: strength for pair, strength in self._bridges.items() if other not in pair}

    def fix(self, story: int) -> None:
        """Says that a person watches this story: it never merges into another by itself."""
        self._fixed.add(story)

    def merges(self) -> list[tuple[int, int]]:
        """Stories that later items show to be one, as (stays, goes); each is told once."""
        found = []
        gone: set[int] = set()
        for a, b in sorted(self._bridges, key=lambda pair: -self._bridges[pair]):
            if a in gone or b in gone:
                continue
            stories = self._window.stories
            if a not in stories or b not in stories:
                continue
            if self._may_merge(a, b):
                stays, goes = (b, a) if b in self._fixed else (a, b)
                found.append((stays, goes))
                gone.add(goes)
        self._bridges.clear()
        return found

    def forget_before(self, at: float) -> None:
        """Lets go of items dated before ``at`` (epoch seconds) once more than twenty thousand are live."""
        spare = len(self._window.slots) - _LEAST_LIVE
        if spare <= 0:
            return
        old = [
            item
            for item, slot in self._window.slots.items()
            if slot.features.at is None or slot.features.at < at
        ]
        for item in old[:spare]:
            self._window.forget(item)
            self._forbidden.pop(item, None)

    def _copies(self, item: int, features: Features) -> tuple[Copy, ...]:
        found = []
        for other in self._window.copies.near(features.grams):
            share = containment(features.grams, self._window.slots[other].features.grams)
            kind = kind_of(share)
            if kind is not None and other != item:
                found.append(Copy(item, other, share, kind))
        return tuple(sorted(found, key=lambda copy: -copy.containment))

    def _against(self, features: Features, story: int) -> bool:
        """Whether the item's own first direction is the reverse of what the story mostly claims."""
        held = self._window.stories[story].flows
        for family, a, b in features.flows:
            if family in _MUTUAL:
                continue
            with_it, against = held[(family, a, b)], held[(family, b, a)]
            if with_it or against:
                return against > with_it
        return False

    def _opposite(self, features: Features, gathered: Iterable[int]) -> int | None:
        near = set(gathered)
        for item in self._window.pointing(features)[:20]:
            near.add(self._window.slots[item].story)
        return next((story for story in sorted(near) if self._against(features, story)), None)

    def _note_bridges(self, features: Features, story: int) -> None:
        """Remembers other stories the item is as near to as to its own."""
        for slot, likeness in self._window.near(features, most=8):
            if slot.story != story and likeness >= 0.45:
                pair = (min(slot.story, story), max(slot.story, story))
                self._bridges[pair] = max(self._bridges.get(pair, 0.0), likeness)

    def _may_merge(self, a: int, b: int) -> bool:
        stories = self._window.stories
        if a in self._fixed and b in self._fixed:
            return False
        if any(b in self._forbidden.get(item, ()) for item in stories[a].items):
            return False
        if any(a in self._forbidden.get(item, ()) for item in stories[b].items):
            return False
        for (family, x, y), count in stories[a].flows.items():
            if (
                family not in _MUTUAL
                and count > 0
                and stories[b].flows[(family, y, x)] > stories[b].flows[(family, x, y)]
            ):
                return False
        return stories[a].likeness_to(stories[b]) >= MERGE_AT


_MUTUAL = frozenset({"accuse"})
