"""Watched stories: which items a story named by an analyst claims for itself, and why.

A watch sleeps and wakes: it knows no window, so the claim of 2017 that comes back in 2023 is another wave of
the same watched story, while found stories of those years stay two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stories.actors import mentions
from stories.claims import claims, flow
from stories.counting import count_words
from stories.evidence import Reading
from stories.features import Features, weigh
from stories.item import Item
from stories.terms import raw_words, term
from stories.vocabulary import Vocabulary


def claim_read(words: str) -> str:
    """A claim as stories word it, written with arrows or read from a sentence; empty when it can't be read."""
    if "→" in words or "->" in words:
        parts = [" ".join(part.split()) for part in words.replace("->", "→").split("→")]
        return " → ".join(parts) if len(parts) in (2, 3) and all(parts) else ""
    found = claims(Item(0, "", "", " ".join(words.split())))
    return str(found[0]) if found else ""


def terms_of(words: str) -> tuple[str, ...]:
    """The terms of a watch as they are typed, divided by commas: each may be several words ("Odesa port")."""
    return tuple(term for part in words.split(",") if (term := " ".join(part.split())))


def coming(name: str, claim: str, terms: Sequence[str]) -> str:
    """What will come to a watched story by itself, in a sentence, so that nobody waits for what can't come."""
    told = []
    if terms:
        told.append(f"every item with {_listed([f'“{each}”' for each in terms], 'and')}")
    if claim:
        watch = Watch.of(0, name, claim, (), Vocabulary.warm())
        actors = [word[1:].replace("_", " ") for word in watch.words if word[0] == "@"]
        written = {term(word, "en"): word for word in reversed(raw_words(f"{name} {claim}"))}
        others = [word for word in sorted(watch.words, key=lambda word: -watch.words[word]) if word[0] != "@"]
        said = [word[1:].replace("_", " ") if word[0] == "#" else written.get(word, word) for word in others]
        parts = [f"names {_listed(sorted(actors), 'and')}"] if actors else []
        parts += [f"has most of the words {', '.join(said)}"] if said else []
        told.append(f"every item that {' and '.join(parts)}" if parts else "")
    return _listed([each for each in told if each], "and")


def knows_actor(name: str, claim: str) -> bool:
    """Whether name or claim names an actor that stories know; without one a claim comes down to its words."""
    return any(word[0] == "@" for word in Watch.of(0, name, claim, (), Vocabulary.warm()).words)


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


JOIN_AT = 0.7
"""An item joins a watched story when it has this share of the watch's weight, 0..1."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What an analyst watches for, as weighted words, actors and kinds of things."""

    story: int
    words: dict[str, float]
    """Weights that add up to 1."""
    flows: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, story: int, name: str, claim: str, terms: Iterable[str], vocabulary: Vocabulary) -> Watch:
        """A watch from its name, its claim in plain words ("Taliban → send arms → Russia"), and further terms."""
        said = claim.replace("→", " ").replace("–", " ")
        text = f"{name.replace('–', ' ')}. {said}. {' '.join(terms)}"
        read = claims(Item(0, "", "", " ".join(said.split())))
        made = weigh(count_words(Item(0, "", "", text), Reading(claims=read), text, "", ""), vocabulary)
        # A word whose actor or kind stands beside it would count twice ("Russia" and "@Russia").
        plain = {word: weight for word, weight in made.words.items() if word[0] in "@#"}
        names = {word[1:].lower().replace("_", " ") for word in plain}
        # "Moscow" is Russia already: an item that says Russia need not say Moscow too.
        for mention in mentions(text, None):
            names |= {term(word, "en") for word in raw_words(text[mention.start : mention.end])}
        for word, weight in made.words.items():
            if word[0] not in "@#>" and word not in names and not any(word in each for each in names):
                plain[word] = weight
        total = sum(weight * weight for weight in plain.values())
        return cls(
            story,
            {word: weight * weight / total for word, weight in plain.items()},
            tuple(way for way in map(flow, read) if way is not None),
        )

    def match(self, features: Features) -> tuple[float, str]:
        """The share of the watch's weight an item has, and the reason: "Taliban, arms, Russia; 0.83".

        0 where an actor of the watch is not named, or where the item claims the reverse.
        """
        held = [word for word in self.words if word in features.words]
        actors = {word for word in self.words if word[0] == "@"}
        if not held or not actors <= set(held):
            return 0.0, ""
        if self.reverses(features):
            return 0.0, ""
        share = sum(self.words[word] for word in held)
        shown = sorted(held, key=lambda word: -self.words[word])[:5]
        said = ", ".join(word.lstrip("@#").replace("_", " ") for word in shown)
        return share, f"{said}; {share:.2f}"

    def reverses(self, features: Features) -> bool:
        """Whether the item claims the watched claim the other way round."""
        return any((family, b, a) in features.flows[:2] for family, a, b in self.flows)
