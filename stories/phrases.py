"""Runs of words that headlines share, as names: "Peshawar mosque blast", "Czech presidential election".

A name is taken as it stands in a headline, word after word, so that it is good language; which run it is
depends on how many titles hold its words, never on the order they came in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from stories.actors import mentions, short_name
from stories.acts import Form, acts, forms_of
from stories.item import Item
from stories.lexicon import load
from stories.terms import language, raw_words, term
from stories.text import is_quoted
from stories.vocabulary import Vocabulary

LONGEST = 34
"""Characters of a name; a story row of 80 columns leaves hardly more."""
_COMMON = 0.15
"""Share of the other titles a word must stand in to be worth a place in the name."""
SMALL = frozenset({"of", "for", "in", "at", "on", "against", "and", "the", "a", "with"})
"""Small words a name may hold between its own; "to" and "by" mostly belong to a verb."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*(?:(?<=s)['’](?= [a-z]))?")
_CUT_NAME = 0.5
"""What a run is worth that leaves off part of a proper name ("Tsitsipas" of "Stefanos Tsitsipas")."""
_CUT_NOUN = 0.8
"""What a run is worth that stops before the noun it belongs to ("nationwide power" of "… power outage")."""
_BOUND = 0.8
"""Two words are one compound where one of them stands beside the other in this share of its titles ("Black Friday")."""
_FOLLOWING = 0.08
"""Share of the titles in which a word must follow a lone name to stand beside it."""
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_CALENDAR = _DAYS | {
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
}
"""What no name ends in behind a small word ("hints and answer for February" of "… for February 26")."""
_DATE = re.compile(r"\d+(?:[./]\d+)+")
_PARTICLES = frozenset({"for", "out", "off", "up", "down", "back", "apart", "away"})
"""What stands behind a verb rather than behind a noun in the plural, after a name ("FTX files for bankruptcy")."""
_BEFORE_VERBS = frozenset({"to", "will", "would", "could", "should", "must", "might", "not"})
_OWNING = re.compile(r"['’]s?$")
_BEFORE_NOUNS = ("anti-", "pro-", "pre-", "post-", "non-")
"""What a word begins with that only says what another is like ("anti-government")."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a title as a name would use it."""

    low: str
    shown: str
    owning: str
    """Its possessive ending, shown when the name goes on behind it."""
    key: str
    """What it is counted under; empty for a small word."""
    capital: bool
    telling: bool
    """Its case says something: not at the start of a title, and not in one that capitalises everything."""
    starts: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that could name the story."""

    text: str
    score: float
    keys: tuple[str, ...]
    named: bool
    """Holds a proper name."""
    plain: bool
    """Holds nothing but nouns in lower case, so that a name may stand before it."""


def runs(items: Sequence[Item], weights: Vocabulary) -> list[Run]:
    """The runs of the titles that could name them, best first; ties go by the words themselves."""
    unlike = _unlike(items)
    # One headline has too few small words to tell its language where its feed doesn't; all of them have.
    spoken = language("", [word for item in unlike for word in raw_words(item.title)])
    titles = [_segments(item.title, item.publisher, item.lang or spoken) for item in unlike]
    held: Counter[str] = Counter()
    cases: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title in titles:
        held.update({token.key for segment in title for token in segment if token.key})
        for token in (token for segment in title for token in segment):
            cases[token.low][token.shown] += 10 if token.telling else 1
    bound = _compounds(titles)
    found: dict[tuple[str, ...], list[Token]] = {}
    whole: defaultdict[tuple[str, ...], float] = defaultdict(float)
    shared: Counter[tuple[str, ...]] = Counter()
    for title in titles:
        own: set[tuple[str, ...]] = set()
        for segment in title:
            for run, entire in _cuts(segment, bound):
                words = tuple(token.low for token in run)
                own.add(words)
                found.setdefault(words, run)
                whole[words] = max(whole[words], entire)
        shared.update(own)
    rated = [
        _rate(run, whole[words], shared[words], len(titles), held, cases, weights)
        for words, run in found.items()
    ]
    return sorted(
        (run for run in rated if run is not None and len(run.text) <= LONGEST),
        key=lambda run: (-run.score, run.text),
    )


def behind(items: Sequence[Item], lone: str) -> str:
    """The word that most often follows a lone name in the titles ("Zahawi sacking"); empty when no two have one."""
    last = lone.split()[-1].lower()
    after: Counter[str] = Counter()
    for item in _unlike(items):
        after.update(
            {
                other.low
                for segment in _segments(item.title, item.publisher, item.lang)
                for one, other in pairwise(segment)
                if one.low == last
                and other.key
                and other.ends
                and not other.capital
                and not other.low.isdigit()
            }
        )
    if not after:
        return ""
    word, times = min(after.items(), key=lambda pair: (-pair[1], pair[0]))
    return word if times >= max(2, _FOLLOWING * len(items)) else ""


def _closes(noun: Token, beyond: Token | None) -> bool:
    """Whether a noun ends what it belongs to: no further noun stands behind it ("mass" of "mass shooting" doesn't)."""
    alone = beyond is None or not beyond.key
    return bool(noun.key) and noun.ends and not noun.capital and not noun.low.isdigit() and alone


def actor_of(items: Sequence[Item]) -> str:
    """The known actor that most of the titles name, in its short form; empty below a half of them."""
    named: Counter[str] = Counter()
    for item in items:
        named.update({mention.actor for mention in mentions(item.title, item.published)})
    if not named:
        return ""
    actor, count = min(named.items(), key=lambda pair: (-pair[1], pair[0]))
    return short_name(actor) if count * 2 > len(items) else ""


def _unlike(items: Sequence[Item]) -> list[Item]:
    """One item for each wording: a headline that ten outlets copy is one."""
    by_words = {item.title.casefold(): item for item in sorted(items, key=lambda item: item.guid)}
    return [by_words[words] for words in sorted(by_words)]


@lru_cache(maxsize=1 << 9)
def _segments(title: str, publisher: str, named: str) -> tuple[list[Token], ...]:
    # A growing story is named again and again, and an archive's for each half of its items as well.
    return tuple(_cut(title, publisher, named))


def _cut(title: str, publisher: str, named: str) -> Iterator[list[Token]]:
    """The title's words, cut where a verb, a conjunction or a mark ends the phrase."""
    lang = language(named, raw_words(title))
    matches = list(_TOKEN.finditer(title))
    longer = [match.group() for match in matches[1:] if len(match.group()) > 3]
    prose = sum(word[0].isupper() for word in longer) <= 0.6 * len(longer)
    segment: list[Token] = []
    end, before = 0, ""
    for index, match in enumerate(matches):
        gap = title[end : match.start()]
        following = matches[index + 1] if index + 1 < len(matches) else None
        if following is not None and title[match.end() : following.start()].strip():
            following = None
        after = following.group().lower() if following else ""
        telling = prose and index > 0 and not set(gap) & set(":|?!.")
        follows_name = before != "" and matches[index - 1].group()[0].isupper() and not gap.strip()
        word = match.group()
        if word[-1] in "'’" and is_quoted(title, match.start()):
            word = word[:-1]  # "threatens 'sanctions' against", no possessive
        token = _token(word, lang, telling, before, after, follows_name=follows_name)
        if segment and (gap.strip() or token is None):
            yield segment
            segment = []
        if token is not None:
            segment.append(token)
        end, before = match.end(), match.group().lower()
    if segment and not (end == len(title) and _is_signature(segment, publisher)):
        yield segment


def _is_signature(segment: list[Token], publisher: str) -> bool:
    """Whether a title's last words are only who publishes it ("… - CNET" of cnet.com)."""
    return "".join(token.low for token in segment) == publisher.split(".")[0].lower()


def _token(
    word: str, lang: str, telling: bool, before: str, after: str, *, follows_name: bool
) -> Token | None:
    """The word as part of a name; None when no name goes over it."""
    shown = _OWNING.sub("", word)
    owning = word[len(shown) :]
    low = shown.lower().replace("’", "'")
    capital = word[0].isupper()
    name = capital and telling
    key = term(shown, lang)
    double = capital and "-" in shown  # "Bankman-Fried" is no participle, even where everything has capitals
    acts_here = _is_verb(low, before, after) or (follows_name and after in _PARTICLES and _third_person(low))
    if (not name and not double and acts_here) or _DATE.fullmatch(low):
        return None
    if not key and capital and before and low in _DAYS:
        # "Black Friday": a day may close a name that every title gives it in, but opens none.
        return Token(low, shown, owning, f"={low}", capital, telling, False, True)
    if not key and not name:
        return Token(low, shown, owning, "", capital, telling, False, False) if low in SMALL else None
    if low.isdigit():
        return Token(low, shown, owning, key or low, False, telling, False, False)
    fit = name or low not in acts().determiners
    done = name or not (low.endswith("ing") and low not in load("naming")["things"])
    return Token(
        low,
        shown,
        owning,
        key or f"={low}",
        capital,
        telling,
        starts=fit and low not in _openers() and (name or not low.endswith("ing")),
        ends=fit
        and done
        and not (before in SMALL and low in _CALENDAR)
        and (name or not low.endswith(("ly", "ial", "ical", "tional", "wide")))
        and not low.startswith(_BEFORE_NOUNS),
    )


def _is_verb(low: str, before: str, after: str) -> bool:
    lexicon = acts()
    if low in _verbs() or low in lexicon.sayers or low in lexicon.auxiliaries:
        return True
    if low in lexicon.breaks:
        return low != "and"
    if before in _BEFORE_VERBS and not low.endswith("s"):
        return True  # "pupils to study maths": whatever stands there in lower case, it ends the phrase
    if low.endswith("ed") and not low.endswith("eed") and len(low) > 4:
        return True
    if low in load("naming")["things"]:
        return before in _BEFORE_VERBS or after in acts().determiners or after in _PARTICLES
    ambiguous = any(sense.ambiguous for sense in lexicon.verbs.get(low, ()))
    if ambiguous or low in lexicon.nouns or low in lexicon.goods or low in _doubtful():
        # A noun here, unless something that only stands before a verb does, or an object comes next.
        if before in _BEFORE_VERBS:
            return True
        if low.endswith("s") and (after in _doubtful() or after in _verbs()) and not after.endswith("s"):
            return False  # "Peru protests spread": the verb that answers its number stands behind it
        # "X tops Y", "workers form a union": its number answers the noun's before it.
        agrees = low.endswith("s") or before.endswith("s")
        return agrees and low in _doubtful() and bool(after) and after not in lexicon.prepositions
    return low in lexicon.verbs or low in _acting()


def _third_person(low: str) -> bool:
    return low.endswith("s") and low in _doubtful()


def _compounds(titles: Sequence[Sequence[list[Token]]]) -> frozenset[tuple[str, str]]:
    """Pairs of words that stand together wherever one of them stands; two titles at least must show it."""
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for title in titles:
        alone.update({token.low for segment in title for token in segment})
        together.update(
            {
                (one.low, other.low)
                for segment in title
                for one, other in pairwise(segment)
                if one.key and other.key
            }
        )
    return frozenset(
        pair
        for pair, times in together.items()
        if times >= 2 and times >= _BOUND * min(alone[pair[0]], alone[pair[1]])
    )


def _cuts(segment: list[Token], bound: frozenset[tuple[str, str]]) -> Iterator[tuple[list[Token], float]]:
    """The runs a segment holds, and what each is worth by what it was cut from."""
    for start, first in enumerate(segment):
        if not first.starts:
            continue
        for end in range(start + 1, min(len(segment), start + 7) + 1):
            last = segment[end - 1]
            # "iPhone 14", "Asteroid 2023 BU": a figure ends a name only behind a capital.
            figure = last.low.isdigit() and end - start > 1 and segment[end - 2].capital
            dated = all(token.low.isdigit() or token.low in acts().not_names for token in segment[start:end])
            if (last.ends or figure) and not dated:
                yield segment[start:end], _entire(segment, start, end, bound)


def _entire(segment: list[Token], start: int, end: int, bound: frozenset[tuple[str, str]]) -> float:
    first, last, worth = segment[start], segment[end - 1], 1.0
    before = segment[start - 1] if start else None
    after = segment[end] if end < len(segment) else None
    if before is not None and not before.owning and _of_one_name(before, first, bound):
        worth *= _CUT_NAME
    if after is not None and last.owning and any(not token.key for token in segment[start:end]):
        return worth * _CUT_NAME  # "endorsements in DeSantis" of "… in DeSantis' backyard"
    if after is not None and not last.owning:
        if _of_one_name(last, after, bound):
            worth *= _CUT_NAME
        elif after.key and not after.low.isdigit():
            worth *= _CUT_NOUN
    return worth


def _of_one_name(one: Token, other: Token, bound: frozenset[tuple[str, str]]) -> bool:
    if not (one.capital and other.capital):
        return False
    return other.telling or (one.low, other.low) in bound


def _rate(
    run: list[Token],
    whole: float,
    shared: int,
    count: int,
    held: Counter[str],
    cases: dict[str, Counter[str]],
    weights: Vocabulary,
) -> Run | None:
    """The run with its score; None where the words are too common, or too few titles hold them, to name anything."""
    others = max(1, count - 1)

    def common(times: int) -> float:
        return 1.0 if count == 1 else (times - 1) / others

    keys = tuple(dict.fromkeys([token.key for token in run if token.key]))
    total = 0.0
    for key in keys:
        rarity = 1.5 if key[0] == "=" else 1.0 if key.isdigit() else weights.idf(key)
        total += rarity * (common(held[key]) - _COMMON)
    # Every small word must be earned, and a list is rarely what a story is about.
    total -= 0.4 * sum([not token.key for token in run])
    if total <= 0.0:
        return None  # most runs: what follows only scales it
    shown = [_as_written(cases[token.low]) for token in run]
    named = any(word[0].isupper() and token.key for word, token in zip(shown, run, strict=True))
    if len(keys) == 1:
        total *= 0.45 if named else 0.3
    total *= whole * (1.2 if named else 1.0) * (0.6 + 0.4 * common(shared))
    owning = [token.owning for token in run[:-1]] + [""]
    text = " ".join(word + ending for word, ending in zip(shown, owning, strict=True))
    plain = not named and all(token.key or token.low == "and" for token in run)
    return Run(text[:1].upper() + text[1:] if not _odd(text) else text, total, keys, named, plain)


def _odd(text: str) -> bool:
    """Whether the first word has a capital of its own further on ("iPhone")."""
    first = text.split()[0]
    return first != first.lower()


def _as_written(forms: Counter[str]) -> str:
    return min(forms.items(), key=lambda pair: (-pair[1], pair[0]))[0]


@cache
def _verbs() -> frozenset[str]:
    sure = {form for verb in load("naming")["sure"] for form, kind in forms_of(verb) if kind is not Form.ING}
    past = {form for verb in load("naming")["both"] for form, kind in forms_of(verb) if kind is Form.PAST}
    return frozenset(sure | past | set(load("naming")["never"]))


@cache
def _openers() -> frozenset[str]:
    return frozenset(load("naming")["openers"])


@cache
def _acting() -> frozenset[str]:
    return frozenset(
        form for verb in load("naming")["sure"] for form, kind in forms_of(verb) if kind is Form.ING
    )


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(
        form for verb in load("naming")["both"] for form, kind in forms_of(verb) if kind is Form.PLAIN
    )
