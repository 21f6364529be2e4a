"""Short names for stories, in the house style: "Russia–Taliban arms", "Kremlin drone attack"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from stories.accusation import does_it
from stories.actors import MentionKind, is_known, mentions, short_name
from stories.acts import acts
from stories.claims import flow
from stories.evidence import Claim, Reading
from stories.item import Field, Item
from stories.phrases import LONGEST, SMALL, Run, actor_of, behind, runs
from stories.terms import raw_words, term
from stories.vocabulary import Vocabulary

_READ = 60
"""Items whose titles are read; more say nothing new about a name."""
_HOLD = 0.3
"""A claim names a story when this share of its items makes it, and never fewer than two."""
_BETWEEN_KNOWN = 0.1
"""A claim between two known actors is a story's when this share of its items makes it."""
_HEADLINED = 0.2
"""Share of the items whose headline must make the claim that names a story: leads tell much that is beside it."""
_UNHEADED = 0.5
"""Share of the items that must make a claim no headline makes: two leads that recall an invasion don't tell of it."""
_WORTH = 0.08
"""Things stand behind a lone name when they score at least this share of what the name does.

Low, since "San Francisco" alone tells no event: over ten days of an archive less brought no name that was worse.
"""

_ASKED = 8
"""Titles from which on a name must still tell of them; of fewer, one outlet's wording decides too much."""
_CARRIED = 1 / 7
"""Share of the titles that must carry a name's last word, or of the items that must make the claim it says."""

# One word for what many outlets call differently.
_CALLED = {
    "weapon": "arms", "weapons": "arms", "weaponry": "arms", "armaments": "arms", "arms": "arms",
    "equipment": "arms", "ammo": "ammunition", "munitions": "ammunition",
    "missile": "missiles", "drone": "drones", "tank": "tanks", "rocket": "rockets", "jet": "jets",
    "troop": "troops", "soldiers": "troops", "funding": "funds", "money": "funds",
}  # fmt: skip
# What acts that need no thing are called.
_FAMILY = {
    "attack": "attack", "sanction": "sanctions", "arrest": "arrest", "release": "release", "sue": "lawsuit", "acquire": "takeover",
    "spy": "spying",
}  # fmt: skip
# Acts of which more is read than their name says (a ban of students is no sanction): headlines must say it.
_WORDED = {"sanction": ("sanction",), "sue": ("sue", "suing", "lawsuit", "suit")}


def claim_of(readings: Sequence[Reading]) -> Claim | None:
    """The claim most of a story's items make; None when too few make one to say that the story does.

    Items that word it differently ("arms", "seeks weapons") count together by the way it points; the
    claim shown is the commonest wording, headline claims before later ones.
    """
    ways: Counter[tuple[str, str, str]] = Counter()
    making: Counter[tuple[str, str, str]] = Counter()
    worded: dict[tuple[str, str, str], Counter[Claim]] = defaultdict(Counter)
    for reading in readings:
        told = [(rank, claim, flow(claim)) for rank, claim in enumerate(filter(does_it, reading.claims[:3]))]
        for rank, claim, way in told:
            if way is not None:
                ways[way] += 3 - rank
                worded[way][_bare(claim)] += 3 - rank
        making.update({way for _, _, way in told if way is not None})
    headed = {
        flow(claim)
        for reading in readings
        for claim in reading.claims[:3]
        if claim.span is not None and claim.span.where is Field.TITLE
    }
    held = {
        way: rank
        for way, rank in ways.items()
        if making[way] >= _needed(way, len(readings))
        and (way in headed or making[way] >= _UNHEADED * len(readings))
    }
    if not held:
        return None
    way, _ = max(held.items(), key=lambda pair: (pair[1], pair[0]))
    best = max(worded[way].items(), key=lambda pair: (pair[1], str(pair[0])))[0]
    fuller = [(count, str(each), each) for each, count in worded[way].items() if each.object]
    if best.object or not fuller:
        return best
    # "Arming the Taliban" in most titles and "sends weapons" in others: the one that names the thing says more.
    return max(fuller, key=lambda each: each[:2])[2]


def _needed(way: tuple[str, str, str], items: int) -> float:
    """How many of so many items must make a claim: more, the less we know who its two actors are."""
    known = is_known(way[1]) + is_known(way[2])
    if known == 2:
        return max(2 if items > 4 else 1, _BETWEEN_KNOWN * items)
    return max(min(2, items), (_HOLD if known else 0.5) * items)


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
    if current and current not in taken and _still_fits(current, titles, readings):
        return current
    claimed = _by_claim(titles, readings)
    worded = _by_words(titles, vocabulary or _background())
    sides, _, act = claimed.rpartition(" ")
    if act == _FAMILY["attack"]:
        claimed = _attack(worded, sides.replace("–", " ")) or claimed
    made = [each for each in dict.fromkeys((claimed, *worded)) if each]
    first = made[0] if made else _shortened(titles[0].title)
    # The claim of 2017 that is back in 2023 is told apart by the year, other namesakes by other words.
    dated = f"{first} {_year(titles)}".strip()
    tried = (first, dated, *made[1:]) if claimed else (*made, first, dated)
    free = next((each for each in tried if each not in taken), "")
    if current not in taken and set(raw_words(free)) < set(raw_words(current)):
        return current  # "Hong Kong" says less than "Hong Kong protest anthem"
    return free or _unique(first, taken)


def _year(titles: Sequence[Item]) -> str:
    return str(min((item.published.year for item in titles if item.published), default=""))


_HELD: list[Vocabulary] = []


def _background() -> Vocabulary:
    if not _HELD:
        _HELD.append(Vocabulary.warm())
    return _HELD[0]


def _by_claim(titles: Sequence[Item], readings: Sequence[Reading]) -> str:
    """ "Russia–Taliban arms" where several items hold the claim and what goes between the two is known."""
    claim = claim_of(readings)
    way = None if claim is None else flow(claim)
    if claim is None or way is None:
        return ""
    making = [reading for reading in readings if any(flow(each) == way for each in reading.claims)]
    if len(making) < max(2, _HOLD * len(readings)) or _headlined(readings, way) < _HEADLINED * len(readings):
        return ""
    noun = _FAMILY.get(way[0], "") or _goods(titles, making, way)
    if way[0] in _WORDED and not _worded(titles, _WORDED[way[0]]):
        return ""
    made = f"{short_name(claim.actor)}–{short_name(claim.recipient)} {noun}"
    return made if noun and len(made) <= LONGEST + 2 else ""


def _worded(titles: Sequence[Item], openings: tuple[str, ...]) -> bool:
    """Whether enough headlines have a word that opens so."""
    saying = sum(any(word.lower().startswith(openings) for word in raw_words(item.title)) for item in titles)
    return saying >= _HEADLINED * len(titles)


def _headlined(readings: Sequence[Reading], way: tuple[str, str, str]) -> int:
    """How many headlines make a claim that runs this way."""
    return sum(
        any(
            each.span is not None and each.span.where is Field.TITLE and flow(each) == way
            for each in reading.claims
        )
        for reading in readings
    )


def _attack(worded: Sequence[str], sides: str) -> str:
    """The first name that says what was attacked, else the best that says much besides the two sides; may be empty.

    Two sides at war attack each other daily: "Kremlin drone attack" tells an event that "Ukraine–Russia attack" doesn't.
    """
    known = {word.lower() for word in raw_words(sides)} | acts().prepositions
    best = ""
    for made in worded:
        words = {word.lower() for word in raw_words(made)} - known
        acting = {word for word in words if any(act.family == "attack" for act in acts().nouns.get(word, ()))}
        if acting and len(words - acting) > 1:
            return made
        if not best and len(words) > 2:
            best = made
    return best


def _goods(titles: Sequence[Item], making: Sequence[Reading], way: tuple[str, str, str]) -> str:
    """What most of the claims say is given or sought; what most titles name, when the claims don't say."""
    said: Counter[str] = Counter()
    for reading in making:
        held = {each.object for each in reading.claims if each.object and flow(each) == way}
        said.update({_CALLED.get(each, each) for each in held})
    if not said and way[0] == "supply":
        for item in titles:
            low = {word.lower() for word in raw_words(item.title)}
            said.update({_CALLED.get(word, word) for word in low & acts().goods})
    return min(said, key=lambda word: (-said[word], word)) if said else ""


def _by_words(titles: Sequence[Item], weights: Vocabulary) -> list[str]:
    """Runs of words that could be the name, best first; a place or state stands before mere things."""
    found = [run for run in runs(titles, weights) if not _is_demonym(run)]
    if not found:
        return []
    best = found[0]
    made = []
    actor = actor_of(titles)
    things = best if best.plain else next((run for run in found if run.plain), None)
    lone = best.text == actor or (best.named and len(best.keys) <= 3 and _proper(best.text))
    if things is not None and ((actor and best.plain) or lone):
        before = actor if best.plain else best.text
        joined = f"{before} {things.text[:1].lower() + things.text[1:]}"
        said_twice = {_opening(word) for word in raw_words(before)} & set(map(_opening, things.keys))
        if len(joined) <= LONGEST and things.score >= _WORTH * best.score and not said_twice:
            made.append(joined)
    if lone and not made and (word := behind(titles, best.text)) and len(best.text) + len(word) < LONGEST:
        made.append(f"{best.text} {word}")
    made += [run.text for run in found[:8] if run.score >= 0.5 * best.score]
    return made


def _is_demonym(run: Run) -> bool:
    """Whether a run says no more than whose something is ("British")."""
    if not run.named or len(run.keys) > 1:
        return False
    named = mentions(run.text, None)
    return bool(named) and named[0].kind is MentionKind.PEOPLE and named[0].end == len(run.text)


def _opening(word: str) -> str:
    """What different forms of a word have in common ("areas" and "area", "Russian" and "Russia")."""
    return term(word, "en")[:5] or word.casefold()


def _proper(text: str) -> bool:
    """Whether a run is a proper name and nothing else ("San Francisco"), which says where or who but not what."""
    return all(word[0].isupper() or word in SMALL for word in text.split())


def _still_fits(current: str, titles: Sequence[Item], readings: Sequence[Reading]) -> bool:
    """Whether a name is not left behind: half of the titles share a word with it, and some what it ends in.

    Without the second, what the first three items said of a story ("China–US attack") would stay its name
    for the sake of two countries that every later headline names.
    """
    wanted = {word.casefold() for word in raw_words(current.replace("–", " ")) if len(word) > 2}
    wanted |= {m.actor for m in mentions(current.replace("–", " "), None)}
    hits = 0
    for item in titles[-20:]:
        said = {word.casefold() for word in raw_words(item.title)} | {
            m.actor for m in mentions(item.title, item.published)
        }
        hits += bool(wanted & said)
    if hits * 2 < len(titles[-20:]):
        return False
    if len(titles) < _ASKED or current.endswith("…"):
        return True
    if "–" in current:
        return _still_claimed(current, readings)
    told = [{word.casefold()[:5] for word in raw_words(item.title)} for item in titles[-20:]]
    ends = [word.casefold()[:5] for word in raw_words(current) if not word.isdigit()]
    return not ends or sum(ends[-1] in words for words in told) >= max(2, _CARRIED * len(told))


def _still_claimed(current: str, readings: Sequence[Reading]) -> bool:
    """Whether enough of the items make the claim that a name says ("Russia–Taliban arms")."""
    making = 0
    for reading in readings:
        ways = (way for way in map(flow, reading.claims) if way is not None)
        making += any(
            current.startswith(f"{short_name(way[1])}–{short_name(way[2])} ")
            and (way[0] not in _FAMILY or _FAMILY[way[0]] in current)
            for way in ways
        )
    return making >= max(2, _CARRIED * len(readings))


def _shortened(title: str) -> str:
    words = title.split()
    shown = words[0]
    for word in words[1:]:
        if len(shown) + len(word) + 1 > LONGEST:
            return shown + " …"
        shown += " " + word
    return shown


def _unique(made: str, taken: Collection[str]) -> str:
    made = made if len(made) <= LONGEST + 2 else _shortened(made)
    if made not in taken:
        return made
    number = 2
    while f"{made} {number}" in taken:
        number += 1
    return f"{made} {number}"
