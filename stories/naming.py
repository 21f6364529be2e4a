"""Short names for stories, in the house style: "Russia–Taliban arms", "Kremlin drone attack"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from stories.actors import MentionKind, mentions, short_name
from stories.acts import acts
from stories.claims import flow
from stories.evidence import Claim, Reading
from stories.item import Item
from stories.terms import language, raw_words, term
from stories.vocabulary import Vocabulary

_READ = 60
"""Items whose titles are read; more say nothing new about a name."""
_SHARE = 0.3
"""A word must stand in this share of the titles to name the story."""
_LONGEST = 42
"""Characters of a name; a story row of 80 columns leaves no more."""

# One word for what many outlets call differently.
_CALLED = {
    "weapon": "arms", "weapons": "arms", "weaponry": "arms", "armaments": "arms", "arms": "arms",
    "equipment": "arms", "ammo": "ammunition", "munitions": "ammunition",
    "missile": "missiles", "drone": "drones", "tank": "tanks", "rocket": "rockets", "jet": "jets",
    "troop": "troops", "soldiers": "troops", "funding": "funds", "money": "funds",
}  # fmt: skip


@dataclass(slots=True)
class _Word:
    """One word over all titles: how often, as what it stands, and where."""

    items: int = 0
    forms: Counter[str] = None  # type: ignore[assignment]
    capital: int = 0
    actor: str = ""
    place: float = 0.0

    def __post_init__(self) -> None:
        self.forms = Counter()


def claim_of(readings: Sequence[Reading]) -> Claim | None:
    """The claim most of a story's items make; None when none makes one between two actors.

    Items that word it differently ("arms", "seeks weapons") count together by the way it points; the
    claim shown is the commonest wording, headline claims before later ones.
    """
    ways: Counter[tuple[str, str, str]] = Counter()
    worded: dict[tuple[str, str, str], Counter[Claim]] = defaultdict(Counter)
    for reading in readings:
        for rank, claim in enumerate(reading.claims[:3]):
            way = flow(claim)
            if way is not None:
                ways[way] += 3 - rank
                worded[way][_bare(claim)] += 3 - rank
    if not ways:
        return None
    way, _ = max(ways.items(), key=lambda pair: (pair[1], pair[0]))
    return max(worded[way].items(), key=lambda pair: (pair[1], str(pair[0])))[0]


def _bare(claim: Claim) -> Claim:
    return Claim(claim.actor, claim.action, claim.recipient, _CALLED.get(claim.object, claim.object))


def name(
    items: Sequence[Item],
    readings: Sequence[Reading],
    taken: Collection[str] = (),
    current: str = "",
    vocabulary: Vocabulary | None = None,
) -> str:
    """A short name that no living story has; ``current`` stays unless most titles have left it behind.

    Reads titles only: they are written to be short. Without any title the publisher's name stands in.
    """
    titles = [item for item in items if item.title][:_READ]
    if not titles:
        return _unique(current or f"Untitled, {items[0].publisher}" if items else "Untitled", taken)
    words = _words(titles, vocabulary)
    if current and current not in taken and _still_fits(current, titles):
        return current
    made = _by_claim(readings, words, len(titles)) or _by_words(words, len(titles))
    return _unique(made or _shortened(titles[0].title), taken)


def _words(titles: Sequence[Item], vocabulary: Vocabulary | None) -> dict[str, tuple[_Word, float]]:
    weights = vocabulary or _background()
    found: dict[str, _Word] = {}
    for item in titles:
        raw = raw_words(item.title)
        lang = language(item.lang, raw)
        actors = {item.title[m.start : m.end].casefold(): m for m in mentions(item.title, item.published)}
        seen: set[str] = set()
        for place, word in enumerate(raw):
            key = term(word, lang)
            mention = actors.get(word.casefold())
            if not key or key in seen or len(key) < 2:
                continue
            seen.add(key)
            entry = found.setdefault(key, _Word())
            entry.items += 1
            entry.place += place / len(raw)
            entry.capital += word[0].isupper()
            shown = word
            if mention is not None:
                entry.actor = mention.actor
                if mention.kind is MentionKind.PEOPLE:
                    shown = short_name(mention.actor)
            entry.forms[shown] += 1
    return {key: (entry, weights.idf(key)) for key, entry in found.items()}


_HELD: list[Vocabulary] = []


def _background() -> Vocabulary:
    if not _HELD:
        _HELD.append(Vocabulary.warm())
    return _HELD[0]


def _by_claim(readings: Sequence[Reading], words: dict[str, tuple[_Word, float]], count: int) -> str:
    claim = claim_of(readings)
    if claim is None:
        return ""
    way = flow(claim)
    backed = sum(any(flow(each) == way for each in reading.claims) for reading in readings)
    if backed < max(1, 0.25 * len(readings)):
        return ""
    noun = _CALLED.get(claim.object, claim.object) or _topic(words, count, {claim.actor, claim.recipient})
    if not noun:
        noun = {"attack": "attack", "sanction": "sanctions", "arrest": "arrest", "sue": "lawsuit"}.get(
            claim.action, ""
        )
    if not noun:
        return ""
    return f"{short_name(claim.actor)}–{short_name(claim.recipient)} {noun}"


def _topic(words: dict[str, tuple[_Word, float]], count: int, actors: set[str]) -> str:
    """The most telling plain word of the titles, as most of them write it."""
    best = ""
    most = 0.0
    spoken = {part for actor in actors for part in actor.lower().split()}
    for entry, weight in words.values():
        form = entry.forms.most_common(1)[0][0].lower()
        if entry.actor or form in spoken or entry.items < max(1, _SHARE * count) or not _names_a_thing(form):
            continue
        if entry.items * weight > most:
            best, most = form, entry.items * weight
    return best


def _by_words(words: dict[str, tuple[_Word, float]], count: int) -> str:
    rated = sorted(
        (
            (entry.items * weight, entry)
            for entry, weight in words.values()
            if entry.items >= max(1, _SHARE * count)
            and _names_a_thing(entry.forms.most_common(1)[0][0].lower())
        ),
        key=lambda pair: (-pair[0], pair[1].place),
    )
    chosen = [entry for _, entry in rated[:4]]
    seen: set[str] = set()
    kept: list[_Word] = []
    for entry in chosen:
        label = entry.actor or entry.forms.most_common(1)[0][0].casefold()
        if label not in seen:
            seen.add(label)
            kept.append(entry)
    kept = kept[:3]
    kept.sort(key=lambda entry: entry.place / entry.items)
    shown = " ".join(entry.forms.most_common(1)[0][0] for entry in kept)
    return shown[:1].upper() + shown[1:]


def _names_a_thing(form: str) -> bool:
    """Whether a word can stand in a name: no verb of saying, no auxiliary, no verb that is no noun too."""
    lexicon = acts()
    if form in lexicon.sayers or form in lexicon.auxiliaries or form in lexicon.breaks:
        return False
    return form in lexicon.nouns or form in lexicon.goods or form not in lexicon.verbs


def _still_fits(current: str, titles: Sequence[Item]) -> bool:
    """Whether half of the titles still share a word with the name (a name is changed only when left behind)."""
    wanted = {word.casefold() for word in raw_words(current.replace("–", " ")) if len(word) > 2}
    wanted |= {m.actor for m in mentions(current.replace("–", " "), None)}
    hits = 0
    for item in titles[-20:]:
        said = {word.casefold() for word in raw_words(item.title)} | {
            m.actor for m in mentions(item.title, item.published)
        }
        hits += bool(wanted & said)
    return hits * 2 >= len(titles[-20:])


def _shortened(title: str) -> str:
    words = title.split()
    shown = words[0]
    for word in words[1:]:
        if len(shown) + len(word) + 1 > _LONGEST:
            return shown + " …"
        shown += " " + word
    return shown


def _unique(made: str, taken: Collection[str]) -> str:
    made = made if len(made) <= _LONGEST + 2 else _shortened(made)
    if made not in taken:
        return made
    number = 2
    while f"{made} {number}" in taken:
        number += 1
    return f"{made} {number}"
