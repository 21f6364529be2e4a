"""Labelled streams with their words weighed once, to be grouped again and again under other weights.

Which items are near an arriving one depends on words alone, never on how items were grouped, so that is kept too:
one grouping of a course takes a fifth of what the product's own takes, with the same outcome.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from benchmarks.grouping import b_cubed
from benchmarks.streams import items_of
from stories.active import NEAREST
from stories.claims import claims
from stories.counting import Counted
from stories.evidence import Copy, Reading
from stories.features import Features, dot
from stories.grouping import Grouper
from stories.item import Item
from stories.likeness import Evidence, Near, model, score
from stories.vocabulary import Vocabulary

MEMBER, MENTION = "member", "mention"
"""What an item of a scenario is to its narrative; a mention counts neither way, "" is any other item."""
MOST = 2_400
"""Items read of a collection, of which `ITEMS` are grouped at once: more of one kind teach nothing new."""
ITEMS = 1_200
_NEAR = 0.16
"""Likeness to a member below which an item of a scenario never comes into question."""

THINNED = 50
"""Of a scenario's unrelated items one in this many makes its background: of so few hardly two tell one event."""

Labelled = Sequence[tuple[Item, Reading, str]]
"""Items in order, each with its cluster or with what it is to a narrative."""
Moment = tuple[int, int, int]
"""An item, how many neighbours were looked up for it, and how many items were live."""


class Kind(Enum):
    """What a stream can teach."""

    COLLECTION = auto()
    NARRATIVE = auto()
    """One story among items that are like it: what these are to each other is not known."""
    BACKGROUND = auto()
    """Unrelated items in a window that holds few: each is a story of its own, though none stands nearer to it."""


@dataclass(frozen=True, slots=True)
class Course:
    """One stream with its words weighed already."""

    name: str
    rows: Labelled
    features: Mapping[int, Features]
    vocabulary: Vocabulary
    kind: Kind
    near: dict[Moment, list[tuple[int, float]]] = field(default_factory=dict)
    copies: dict[Moment, tuple[Copy, ...]] = field(default_factory=dict)

    def of(self, clusters: Collection[str]) -> Course:
        """The same stream with the items of some clusters only."""
        kept = [row for row in self.rows if row[2] in clusters]
        return replace(self, rows=kept, near={}, copies={}).cut()

    def cut(self) -> Course:
        """Its first `ITEMS` items; only collections are cut."""
        return (
            self
            if self.kind is not Kind.COLLECTION
            else replace(self, rows=self.rows[:ITEMS], near={}, copies={})
        )


class Choice(NamedTuple):
    """What an arriving item could join, as its grouping stood."""

    values: list[tuple[float, ...]]
    """The comparisons with each near story."""
    held: list[Counter[str]]
    """The clusters of each one's items."""
    cluster: str
    seen: int
    """Items of its own cluster that came before."""


class _Replayed(Grouper):
    """Groups items whose features and neighbours are known beforehand."""

    def __init__(self, course: Course) -> None:
        super().__init__(course.vocabulary)
        self._course = course

    def features(self, item: Item, reading: Reading, counted: Counted | None = None) -> Features:
        return self._course.features[item.id]

    def rated(self, item: Item, reading: Reading) -> list[tuple[float, Evidence]]:
        """Every story it could join, the likeliest first."""
        features = self.features(item, reading)
        copies = self._copies(item.id, features)
        near = self._neighbours(item.id, features, copies)
        found = [
            (score(evidence), evidence)
            for evidence in self.compare(features, near, copies)
            if not self._vetoed(features, evidence.story)
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1].story))
        self._rated = (item.id, tuple((evidence.story, value) for value, evidence in found))
        return found

    def take(self, item: Item, reading: Reading, story: int) -> None:
        features = self.features(item, reading)
        self._note_bridges(item.id, features, story)
        self.restore(item.id, story, features)

    def _copies(self, item: int, features: Features, credited: Collection[str] = ()) -> tuple[Copy, ...]:
        moment = item, 0, len(self)
        known = self._course.copies
        if moment not in known:
            known[moment] = super()._copies(item, features, credited)
        return known[moment]

    def _neighbours(
        self, item: int, features: Features, copies: Sequence[Copy], most: int = NEAREST
    ) -> dict[int, list[Near]]:
        moment = item, most, len(self)
        known = self._course.near
        if moment not in known:
            found = super()._neighbours(item, features, copies, most)
            flat = [(near.slot.item, near.cosine) for held in found.values() for near in held]
            known[moment] = sorted(flat, key=lambda each: -each[1])
        gathered: dict[int, list[Near]] = {}
        for other, cosine in known[moment]:
            slot = self._window.slots[other]
            gathered.setdefault(slot.story, []).append(Near(slot, cosine))
        return gathered


def collection(path: Path, *, body: bool) -> Course:
    """Hand-made clusters, by their titles alone or with the texts."""
    found = [(item, cluster) for item, cluster in items_of(path, body=body) if cluster][:MOST]
    read = [(item, Reading(claims=claims(item)), cluster) for item, cluster in found]
    return _weighed(path.stem, read, Kind.COLLECTION)


def scenario(folder: Path) -> tuple[Course, Course]:
    """A narrative among those unrelated items that are anything like a member, and its background."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    kinds = dict.fromkeys(gold["mentions"], MENTION) | dict.fromkeys(gold["members"], MEMBER)
    read = [
        (item, Reading(claims=claims(item)), kinds.get(item.guid, ""))
        for item, _ in items_of(folder / "items.jsonl")
    ]
    whole = _weighed(folder.name, read, Kind.NARRATIVE)
    words = {item.id: whole.features[item.id].words for item, _, _ in read}
    members = [words[item.id] for item, _, kind in read if kind]
    near = [row for row in read if row[2] or any(dot(words[row[0].id], one) >= _NEAR for one in members)]
    few = [(item, reading, item.guid) for item, reading, kind in read if not kind][::THINNED]
    return replace(whole, rows=near), Course(
        folder.name, few, whole.features, whole.vocabulary, Kind.BACKGROUND
    )


def _weighed(name: str, read: Labelled, kind: Kind) -> Course:
    grouper = Grouper()
    features = {}
    for item, reading, _ in read:
        features[item.id] = grouper.features(item, reading)
        grouper.admit(item, reading, item.id)
    return Course(name, read, features, grouper.vocabulary, kind)


def grouped(course: Course, choices: list[Choice] | None = None, *, taught: bool = False) -> list[int]:
    """Each item's story under the model in force; ``taught`` puts every item into its true story.

    ``choices``: takes every choice as it stood.
    """
    grouper = _Replayed(course)
    story_of: dict[int, int] = {}
    inside: dict[int, list[int]] = defaultdict(list)
    held: dict[int, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    true: dict[str, int] = {}
    for item, reading, cluster in course.rows:
        rated = grouper.rated(item, reading)
        if choices is not None and rated:
            values = [evidence.values for _, evidence in rated]
            clusters = [held[evidence.story].copy() for _, evidence in rated]
            choices.append(Choice(values, clusters, cluster, seen[cluster]))
        story = rated[0][1].story if rated and rated[0][0] >= model().join else item.id
        if taught and cluster not in ("", MENTION):
            story = true.setdefault(cluster, item.id)
        elif taught and story in true.values():
            story = item.id
        grouper.take(item, reading, story)
        seen[cluster] += 1
        held[story][cluster] += 1
        story_of[item.id] = story
        inside[story].append(item.id)
        for stays, goes in () if taught else grouper.merges():
            grouper.join(stays, goes)
            held[stays].update(held.pop(goes, Counter()))
            for moved in inside.pop(goes, []):
                story_of[moved] = stays
                inside[stays].append(moved)
    return [story_of[item.id] for item, _, _ in course.rows]


def figure(course: Course) -> float:
    """B-cubed F1, or of a narrative the F1 of its best story."""
    found, gold = grouped(course), [kind for _, _, kind in course.rows]
    if course.kind is not Kind.NARRATIVE:
        return b_cubed(found, gold)[2]
    hits = Counter(story for story, kind in zip(found, gold, strict=True) if kind == MEMBER)
    sizes = Counter(story for story, kind in zip(found, gold, strict=True) if kind != MENTION)
    return max(2 * hit / (sizes[story] + hits.total()) for story, hit in hits.items())
