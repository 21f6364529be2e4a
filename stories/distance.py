"""By which signs a headline states a claim, stands against it, or only tells that it is made.

The kinds of words by which it keeps its distance (`lexicon/leaning.toml`), where they stand, how much of
the claim it repeats, its own words, how these stand around the claim's, those its link has besides (an
address often keeps an earlier or longer headline), and what the story's other headlines on the claim do.
`stories.leaning` weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from urllib.parse import unquote

from stories.cues import called, find, plain
from stories.keywords import stem
from stories.lexicon import load
from stories.speakers import grammar

_TOKEN = re.compile(r"[a-z0-9']+|[?!:\"]|\.\.\.")
_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[A-Za-z]{3,}")
_LINKED = re.compile(r"[a-z]+")
_PATH = re.compile(r"\w+://[^/?#]*/([^?#]*)")
"""An address' path, without its host; unlike `urlsplit` it takes whatever a feed may have written."""
_OWN = 0.5
"""What a headline's own word counts beside a kind: words alone are learnt from few headlines each."""
_LINK = 0.8
"""What a word counts that only the link has: fewer of them are the address' furniture than a headline's are its topic."""
_OTHERS = 1.5
_FEW = 2.0
"""As how many more headlines without any sign the others count, so that one or two don't say much."""
_COMPANY = 200
"""How many of a story's headlines are heard at most: four times what the model has learnt from, and 40 ms."""
_STEPS = (0.2, 0.4, 0.6, 0.8)
_FRAMES = 2.0
"""What a headline's frames count together, as the root of their squares' sum: a long one has no more to say by them."""
_SLUG = 4
"""Words from which a link's path may hold a headline."""
_DISTANT = ("distance", "against", "vouching")
"""Groups whose words say how a claim is told, never what it is about."""
_SPEAKING = frozenset({"say", "claim", "report", "deny", "confirm"})


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads an item: its headline, and the address it stands at (may be empty)."""

    headline: str
    link: str = ""


def signs(leads: Sequence[Lead], claim: str, asked: Sequence[int] | None = None) -> list[dict[str, float]]:
    """What the model looks at, by name, in the headlines a story has on the claim, or in the ``asked`` ones.

    Beside its own signs each has the share of the *others* that show a sign: "reported as false by most".
    Nothing is asked of them but their words; of a large story `_COMPANY` are heard, evenly along it.
    """
    told = range(len(leads)) if asked is None else asked
    heard = range(0, len(leads), 1 + len(leads) // (_COMPANY + 1))
    own = {at: _signs(leads[at], claim) for at in {*told, *heard}}
    shown = {at: _shown(found) for at, found in own.items()}
    all_shown = Counter(sign for at in heard for sign in shown[at])
    for at in told:
        mine = shown[at] if at in heard else frozenset[str]()
        others = len(heard) - (at in heard)
        for sign, count in all_shown.items():
            own[at][f"others: {sign}"] = _OTHERS * (count - (sign in mine)) / (others + _FEW)
        own[at]["others"] = others / (others + _FEW)
        own[at].update(_framed(leads[at], claim))
    return [own[at] for at in told]


def _shown(found: dict[str, float]) -> frozenset[str]:
    """The signs that are worth telling of a headline to the others, linked words' kinds among them."""
    return frozenset(
        name.removeprefix("link: ")
        for name, value in found.items()
        if value and (name.removeprefix("link: ") in _names() or name.startswith("cue:") or name in _TOLD)
    )


_TOLD = frozenset({"plain", "asks", "ends asking", "asks against", "quotes", "share over 0.4"})


def _signs(lead: Lead, claim: str) -> dict[str, float]:
    low = plain(lead.headline)
    row, of = _TOKEN.findall(low), _TOKEN.findall(plain(claim))
    wanted = {stem(word) for word in _telling(of)}
    held = {stem(word) for word in _telling(row)}
    share = len(wanted & held) / max(1, len(wanted))
    found: dict[str, float] = {"bias": 1.0, "share": share}
    found.update({f"share over {step}": 1.0 for step in _STEPS if share > step})
    found.update(_kinds(row, of))
    found.update(_linked(_along(lead.link), frozenset(row), frozenset(of)))
    found.update({f"word:{word}": _OWN for word in row})
    found.update(_figures(lead.headline, claim))
    distant, against, asks = "distance" in found, "against" in found, "?" in row
    found["plain"] = float(not (distant or against or asks))
    found["plain share"] = found["plain"] * share
    found["against share"] = found.get("against", 0.0) * share
    found["negated otherwise"] = float(("not" in _held(row)) != ("not" in _held(of)))
    found["asks"] = float(asks)
    found["ends asking"] = float(low.rstrip(" \"'").endswith("?"))
    found["asks against"] = float(asks and against)
    found["opens asking"] = float(bool(row) and row[0] in grammar("auxiliaries"))
    for mark, name in (("!", "exclaims"), ("...", "trails off"), ('"', "quotes"), (":", "colon")):
        found[name] = float(mark in row)
    found["length"] = len(row) / 20
    found["short"], found["long"] = float(len(row) <= 5), float(len(row) > 20)
    for cue in find(low, 0, len(low), called(low, "en")):
        found[f"cue:{cue.stance.value}"] = 1.0
    return found


def _kinds(row: list[str], of: list[str]) -> dict[str, float]:
    """The kinds of words a headline has besides the claim's own, and whether they open, end or label it."""
    found: dict[str, float] = {}
    theirs, claimed = frozenset(of), _held(of)
    for at, word in enumerate(row):
        kind = _kind(word)
        if kind is None or word in theirs:
            continue
        group, name = kind
        following = row[at + 1] if at + 1 < len(row) else ""
        found[name] = found.get(name, 0.0) + 1.0
        found[group] = min(3.0, found.get(group, 0.0) + 1.0)
        found[f"kind's {word}"] = 1.0
        if name in claimed:
            found["as claimed"] = found[f"as claimed {name}"] = 0.6
        if group == "speaker" and (_kind(following) or ("", ""))[1] in _SPEAKING:
            found["speaks"] = found[f"speaks {name}"] = 1.0
        places = {
            "first": at == 0,
            "last": at >= len(row) - 2,
            "labels": following == ":",
            "labelled": at > 0 and row[at - 1] == ":",
        }
        found.update({f"{place} {name}": 1.0 for place, there in places.items() if there})
    return found


def _framed(lead: Lead, claim: str) -> dict[str, float]:
    """The runs of words in which the claim's own are left open, by the other words and by their kinds.

    "Riga bridge may have collapsed" has "· may have" and "· <maybe> have": such runs mean the same of any claim.
    A link's path has them, too, where it is long enough to hold a headline.
    """
    claimed = {stem(word) for word in _TOKEN.findall(plain(claim)) if word[0].isalnum()}
    runs: set[str] = set()
    for told in (_TOKEN.findall(plain(lead.headline)), _along(lead.link)):
        if runs and len(told) < _SLUG:
            continue
        words = ["·" if stem(word) in claimed else word for word in told]
        for line in (words, [f"<{kind[1]}>" if (kind := _kind(word)) else word for word in words]):
            pairs = [f"{one} {two}" for one, two in pairwise(line)]
            runs.update(line, pairs, [f"{pair} {word}" for pair, word in zip(pairs, line[2:], strict=False)])
    return dict.fromkeys([f"frame:{run}" for run in runs], _FRAMES / max(1, len(runs)) ** 0.5)


def _along(link: str) -> list[str]:
    """The words of a link's path."""
    path = _PATH.match(link)
    return _LINKED.findall(unquote(path[1]).lower() if path else "")


def _linked(path: list[str], row: frozenset[str], of: frozenset[str]) -> dict[str, float]:
    """The words of a link's path that the headline doesn't have, and their kinds."""
    found: dict[str, float] = {}
    for word in set(path) - row:
        found[f"linked:{word}"] = _LINK
        kind = _kind(word)
        if kind is not None and word not in of:
            found.update({f"link: {name}": 1.0 for name in kind})
    return found


def _figures(headline: str, claim: str) -> dict[str, float]:
    """Whether both give figures, and the same; and how much of the headline is shouted."""
    ours = {each.strip(".,") for each in _NUMBER.findall(headline)}
    theirs = {each.strip(".,") for each in _NUMBER.findall(claim)}
    words = _WORD.findall(headline)
    shouted = sum(word.isupper() for word in words)
    loud = sum(word.isupper() and len(word) > 3 for word in words)
    return {
        "same figure": float(bool(ours & theirs)),
        "other figure": float(bool(ours and theirs and not ours & theirs)),
        "figure": float(bool(ours)),
        "in capitals": float(bool(words) and shouted > len(words) / 2),
        "words in capitals": float(bool(loud) and loud < len(words) / 2),
    }


def _telling(row: list[str]) -> list[str]:
    """The words that say what it is about: no function words, marks, or words of distance."""
    return [
        word
        for word in row
        if word[0].isalnum()
        and word not in _small()
        and ((kind := _kind(word)) is None or kind[0] not in _DISTANT)
    ]


def _held(row: list[str]) -> set[str]:
    return {kind[1] for kind in map(_kind, row) if kind is not None}


def _kind(word: str) -> tuple[str, str] | None:
    """The group and the kind a word is of."""
    return ("against", "not") if word.endswith("n't") else _classes().get(word)


@cache
def _classes() -> dict[str, tuple[str, str]]:
    return {
        word: (group, name)
        for group, kinds in load("leaning").items()
        for name, words in kinds.items()
        for word in words.split()
    }


@cache
def _names() -> frozenset[str]:
    return frozenset(name for kind in _classes().values() for name in kind)


@cache
def _small() -> frozenset[str]:
    return grammar("determiners", "prepositions", "pronouns", "auxiliaries") | {"and", "or"}
