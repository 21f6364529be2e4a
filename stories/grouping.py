"""Which story an item joins: one pass, in the order items arrive, nothing decided twice behind one's back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from stories.active import NEAREST, Window
from stories.bridges import Bridges
from stories.claimants import claiming, reversing, shares_of_claim
from stories.copies import containment, kind_of
from stories.counting import Counted, count_words
from stories.evidence import CitationKind, Copy, Reading
from stories.features import Features, weigh
from stories.item import Item
from stories.likeness import Evidence, Near, alike, model, reasons, score, taken
from stories.matches import other_matter
from stories.meaning import Meaning
from stories.placement import Placement as Placement
from stories.repeats import Repeats
from stories.replies import replier
from stories.serials import Serials, are_editions
from stories.sources import canonical, host_name
from stories.splitting import suggest
from stories.vocabulary import Vocabulary
from stories.watching import JOIN_AT, Watch
from stories.ways import against, oppose, specific

_LEAST_LIVE = 20_000
"""Items kept live whatever their age: an archive is not read in the order it was written."""
MOST_LIVE = 30_000
"""Items kept live however young: each weighs some 4 KB in memory, and a machine's is not the window's to fill."""
_BRIDGE = 0.25
"""An item this likely to belong to a second story makes the two be looked at together."""
_ASKED = 5
"""Items of the smaller story that are asked whether they would join the larger now."""
_BESIDE = 26
"""Neighbours looked up for them besides the usual ones, at most: their own story's stand in front."""
_OWNED = 0.4
"""A story owns a claim from this share of the live items that make it: less says nothing of where an item belongs."""
_FAR = 0.1
"""Items less alike than this by their words are not compared any further."""
_COMPARED = 4
"""Nearest stories compared whatever their likeness: the one that an item joins and those that Triage names beside it."""
_NEARBY = 0.2
"""Others are compared from this likeness on. No story of 17,000 items of an archive came to be another by either bound."""


class Grouper:
    """Groups items in memory; the store keeps what it decides and brings the live window back."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary.warm()
        self.meaning: Meaning | None = None
        """Finds stories told in other words or another language, where the settings ask for it."""
        self._window = Window()
        self._repeats = Repeats()
        self._serials = Serials()
        self._forbidden: dict[int, set[int]] = {}
        self._fixed: set[int] = set()
        self._watches: dict[int, Watch] = {}
        self._bridges = Bridges()
        self._held: tuple[int, Features] | None = None
        self._ahead = False
        self._rated: tuple[int, tuple[tuple[int, float], ...]] = (0, ())

    def __len__(self) -> int:
        """How many items are live."""
        return len(self._window.slots)

    def features(self, item: Item, reading: Reading, counted: Counted | None = None) -> Features:
        """The item's features under what has been learnt so far.

        ``counted``: its words, where another process counted them ahead and learns what the feed repeats.
        """
        if self._held is not None and self._held[0] == item.id and item.id:
            return self._held[1]
        self._ahead = counted is not None
        made = weigh(counted or count_words(item, reading, *self._repeats.strip(item)), self.vocabulary)
        self._held = (item.id, made)
        return made

    def propose(self, item: Item, reading: Reading, counted: Counted | None = None) -> Placement:
        """Where the item belongs by what is live now; changes nothing. ``counted``: as for `features`."""
        features = self.features(item, reading, counted)
        copies = self._copies(item.id, features, _credited(reading))
        gathered = self._neighbours(item.id, features, copies)
        barred = self._forbidden.get(item.id, frozenset[int]())
        rated: list[tuple[float, Evidence]] = []
        for evidence in self.compare(features, gathered, copies):
            if evidence.story not in barred and not self._vetoed(features, evidence.story):
                rated.append((score(evidence), evidence))
        rated.sort(key=lambda pair: (-pair[0], pair[1].story))
        self._rated = (item.id, tuple((evidence.story, value) for value, evidence in rated))
        ranked = self._rated[1]
        matched = self._watched(features, barred)
        if matched is not None:
            story, share, reason = matched
            others = tuple(pair for pair in ranked if pair[0] != story)
            opposite = reversing(self._window, item, features, reading, gathered, story)
            return Placement(story, share, (reason,), copies, opposite, others[:3])
        if rated and rated[0][0] >= model().join:
            value, evidence = rated[0]
            why = reasons(features, self._window.stories[evidence.story], evidence)
            opposite = reversing(self._window, item, features, reading, gathered, evidence.story)
            return Placement(evidence.story, value, why, copies, opposite, ranked[1:4])
        meant = self._meant(item, features, barred)
        if meant is not None:
            story, share, reason = meant
            return Placement(story, share, (reason,), copies, None, ranked[:3])
        nearest = rated[0][0] if rated else 0.0
        opposite = reversing(self._window, item, features, reading, gathered, None)
        return Placement(None, nearest, ("no live story is alike enough",), copies, opposite, ranked[:3])

    def _meant(
        self, item: Item, features: Features, barred: Collection[int]
    ) -> tuple[int, float, str] | None:
        """The story whose item says in other words what this one says, how nearly, and why; None when none does."""
        found = self.meaning.same(item) if self.meaning is not None else None
        slot = self._window.slots.get(found[0]) if found is not None else None
        if self.meaning is None or found is None or slot is None or slot.story in barred:
            return None
        if self._vetoed(features, slot.story):
            return None
        return slot.story, found[1], f"{self.meaning.reason}; {found[1]:.2f}"

    def _watched(self, features: Features, barred: Collection[int]) -> tuple[int, float, str] | None:
        """The watched story whose claim the item makes best, how well, and why; None when none fits."""
        best: tuple[int, float, str] | None = None
        for story, watch in self._watches.items():
            if story not in barred:
                share, reason = watch.match(features)
                if share >= JOIN_AT and (best is None or share > best[1]):
                    best = story, share, reason
        return best

    def evidence(self, item: Item, reading: Reading) -> list[Evidence]:
        """What speaks for each near story, as the model is fitted to it."""
        features = self.features(item, reading)
        copies = self._copies(item.id, features)
        return list(self.compare(features, self._neighbours(item.id, features, copies), copies))

    def _neighbours(
        self, item: int, features: Features, copies: Sequence[Copy], most: int = NEAREST
    ) -> dict[int, list[Near]]:
        """Live items near this one by words or by copied text, by story, nearest first."""
        window = self._window
        slots = {slot.item: slot for slot in window.near(features, most) if slot.item != item}
        for copy in copies:
            slots[copy.of] = window.slots[copy.of]
        if features.flows and specific(self.vocabulary, features.flows[0]) > 0.0:
            slots |= {slot.item: slot for slot in claiming(window, features) if slot.item != item}
        known = self._serials.editions(features.publisher, features.title)
        near = [
            Near.of(slot, features)
            for slot in slots.values()
            if not known or not are_editions(known, features.at, slot.features.title, slot.features.at)
        ]
        near.sort(key=lambda each: -each.cosine)
        gathered: dict[int, list[Near]] = {}
        for each in near:
            gathered.setdefault(each.slot.story, []).append(each)
        return gathered

    def compare(
        self,
        features: Features,
        gathered: dict[int, list[Near]],
        copies: Sequence[Copy],
        only: int | None = None,
    ) -> Iterator[Evidence]:
        """The evidence for each of the nearest stories, or for ``only`` one of them as it stands beside the others."""
        best = sorted(((held[0].cosine, story) for story, held in gathered.items()), reverse=True)
        shares = {copy.of: copy.containment for copy in copies}
        rare = specific(self.vocabulary, features.flows[0]) if features.flows else 0.0
        names = features.leading_names()
        shared = shares_of_claim(self._window, features) if rare else {}
        answering = replier(features.words)
        asked = gathered.items() if only is None else ((only, gathered[only]),)
        for rank, (story, held) in enumerate(asked):
            if held[0].cosine < (_FAR if rank < _COMPARED else _NEARBY) and held[0].slot.item not in shares:
                continue
            others = [cosine for cosine, other in best[:9] if other != story]
            elsewhere = others[0] if others else 0.0
            crowd = sum(others[2:8]) / 6
            copied = (
                [shares[each.slot.item] for each in held if taken(each, shares, features)] if shares else ()
            )
            title = alike(features.title, held[0].slot.features.title)
            yield Evidence.of(
                features,
                self._window.stories[story],
                held,
                elsewhere,
                crowd,
                max(copied, default=0.0),
                title,
                rare,
                names,
                rare * max(0.0, shared.get(story, 0.0) - _OWNED),
                answering,
            )

    def admit(self, item: Item, reading: Reading, story: int) -> None:
        """Takes the item into a story, learns its words, and notes stories it bridges."""
        features = self.features(item, reading)
        if item.id in self._window.slots:
            self._window.shift(item.id, None)
        self._note_bridges(item.id, features, story)
        self._window.add(item.id, story, features)
        self.vocabulary.learn(features.words)
        if not self._ahead:
            self.learn_repeats(item)
        self._serials.learn(features.publisher, features.title, features.at)
        if self.meaning is not None:
            self.meaning.add(item)
        self._held = None

    def packed(self, item: int) -> bytes:
        """A live item's features as the bytes of `stories.packing`, to `restore` it from."""
        return self._window.slots[item].bytes()

    def restore(self, item: int, story: int, held: Features | bytes) -> None:
        """Brings back an earlier run's live item, not learnt again; raises ValueError for bytes `stories.packing` can't read."""
        seen = self._window.bring_back(item, story, held)
        self._serials.learn(seen.publisher, seen.title, seen.at)

    def settle(self) -> None:
        """After all was restored: has it ready to be compared, which the first item would have to wait for."""
        self._window.copies.settle()

    def learn_repeats(self, item: Item) -> None:
        """Learns again from an item of an earlier run what its feed puts into every item."""
        self._repeats.learn(item)

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
        self._bridges.join(story, other)

    def fix(self, story: int) -> None:
        """Says that a person watches this story: it never merges into another by itself."""
        self._fixed.add(story)

    def watch(self, story: int, name: str, claim: str = "", terms: Iterable[str] = ()) -> None:
        """Has items join a watched story by its claim, whenever they come; without claim or terms only fixes it."""
        self.fix(story)
        terms = tuple(terms)
        if claim or terms:
            self._watches[story] = Watch.of(story, name, claim, terms, self.vocabulary)

    def unwatch(self, story: int) -> None:
        """Ends a watch; the story's items stay, and it may merge again."""
        self._watches.pop(story, None)
        self._fixed.discard(story)

    def split_suggestion(self, story: int) -> tuple[int, ...]:
        """Live items of a story that look like another story of their own; empty when it holds together."""
        gathered = self._window.stories.get(story)
        if gathered is None:
            return ()
        return suggest([(item, self._window.slots[item].features) for item in gathered.items])

    def merges(self) -> list[tuple[int, int]]:
        """Stories that later items show to be one, as (stays, goes); each is told once."""
        found = []
        gone: set[int] = set()
        for a, b in self._bridges.take():
            stories = self._window.stories
            if a in gone or b in gone or a not in stories or b not in stories:
                continue
            if self._may_merge(a, b):
                stays, goes = (b, a) if b in self._fixed else (a, b)
                found.append((stays, goes))
                gone.add(goes)
        return found

    def forget_before(self, at: float) -> None:
        """Lets go of items dated before ``at`` (epoch seconds) once more than twenty thousand are live.

        Of more than thirty thousand the first that came go, whatever their date.
        """
        self._forget_beyond(MOST_LIVE)
        self._window.close_old()
        spare = len(self._window.slots) - _LEAST_LIVE
        if spare <= 0:
            return
        old = [item for item, slot in self._window.slots.items() if slot.at is None or slot.at < at]
        self._forget(old[:spare])

    def _forget_beyond(self, most: int) -> None:
        self._forget(list(islice(self._window.slots, max(0, len(self._window.slots) - most))))

    def _forget(self, items: Iterable[int]) -> None:
        for item in items:
            self._window.forget(item)
            self._forbidden.pop(item, None)

    def _copies(self, item: int, features: Features, credited: Collection[str] = ()) -> tuple[Copy, ...]:
        near = self._window.copies.near(features.grams)
        if not near:
            return ()
        found = []
        grams = frozenset(features.grams)
        for other in near:
            theirs = self._window.slots[other].features
            share = containment(grams, theirs.grams)
            kind = kind_of(
                share, credited=bool(credited) and canonical(host_name(theirs.publisher)) in credited
            )
            if kind is not None and other != item:
                found.append(Copy(item, other, share, kind))
        return tuple(sorted(found, key=lambda copy: -copy.containment))

    def _vetoed(self, features: Features, story: int) -> bool:
        """Whether the item's direction keeps it out of a story."""
        watch = self._watches.get(story)
        if watch is not None and watch.reverses(features):
            return True
        if story not in self._fixed and self._window.stories[story].over(features.at, features.at):
            return True
        gathered = self._window.stories[story]
        if other_matter(self._window, features, gathered):
            return True
        return against(features, gathered, self.vocabulary)

    def _note_bridges(self, item: int, features: Features, story: int) -> None:
        """Counts other stories the item would belong to as well, or that make its very claim."""
        bridged: set[int] = set()
        if self._rated[0] == item:
            bridged.update(other for other, value in self._rated[1] if value >= _BRIDGE)
        for held in self._window.pointing(features)[:12]:
            slot = self._window.slots[held]
            if (
                set(slot.features.flows[:1]) & set(features.flows[:1])
                and specific(self.vocabulary, features.flows[0]) == 1.0
            ):
                bridged.add(slot.story)
        self._bridges.note(story, bridged - {story})

    def _may_merge(self, a: int, b: int) -> bool:
        stories = self._window.stories
        sizes = len(stories[a].items), len(stories[b].items)
        if (a in self._fixed and b in self._fixed) or not self._bridges.worth_asking((a, b), sizes):
            return False
        if any(b in self._forbidden.get(item, ()) for item in stories[a].items):
            return False
        if any(a in self._forbidden.get(item, ()) for item in stories[b].items):
            return False
        if oppose(stories[a], stories[b], self.vocabulary):
            return False
        if self._fixed.isdisjoint((a, b)) and stories[a].over(stories[b].first, stories[b].last):
            return False
        one, other = stories[a].main_way(), stories[b].main_way()
        needed = model().merge
        if one is not None and one == other and specific(self.vocabulary, one) == 1.0:
            needed *= 0.6  # the same claim in other words
        elif one is not None and other is not None:
            needed *= 1.5
        smaller, larger = (a, b) if sizes[0] <= sizes[1] else (b, a)
        items = stories[smaller].items
        asked = items[:: max(1, len(items) // _ASKED)][:_ASKED]
        short = needed * len(asked)
        for left, item in enumerate(reversed(asked)):
            short -= self._would_join(item, smaller, larger)
            if short > len(asked) - 1 - left:  # even certainty of all the others would not do
                self._bridges.stay_apart((a, b), sizes)
                return False
        return True

    def _would_join(self, item: int, own: int, story: int) -> float:
        """How likely a live item belongs to another story than its own, as if it came now."""
        features = self._window.slots[item].features.opened()
        copies = [copy for copy in self._copies(item, features) if self._window.slots[copy.of].story != own]
        beside = len(self._window.stories[own].items)
        gathered = self._neighbours(item, features, copies, most=NEAREST + min(beside, _BESIDE))
        gathered.pop(own, None)
        if story not in gathered:
            return 0.0
        return max(map(score, self.compare(features, gathered, copies, story)), default=0.0)


def _credited(reading: Reading) -> frozenset[str]:
    """The agencies and outlets that an item's credit lines name."""
    return frozenset(cited.source for cited in reading.citations if cited.kind is CitationKind.CREDIT)
