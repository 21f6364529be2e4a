"""Words as likeness sees them: folded, stemmed by language, and without the ones that carry no topic."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

import snowballstemmer

_STEMMERS = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "pt": "portuguese", "it": "italian",
    "nl": "dutch", "ru": "russian", "sv": "swedish", "da": "danish", "no": "norwegian", "fi": "finnish",
    "pl": "polish", "cs": "czech", "hu": "hungarian", "ro": "romanian", "tr": "turkish", "el": "greek",
    "ar": "arabic", "hi": "hindi", "id": "indonesian", "ca": "catalan", "sr": "serbian",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
_ROOM = 40_000
"""Words of one language whose forms are remembered at most, 6 MB: half a million words of news hold as many."""
_OUTNUMBERED = 3
"""Stop words that another language must have more than the one a feed names."""
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+")


def raw_words(text: str) -> list[str]:
    """The words of a text as written, possessives and web addresses left off."""
    if "://" in text or "www." in text or "@" in text:
        text = _ADDRESS.sub(" ", text)
    words = _WORD.findall(text)
    if "'" not in text and "’" not in text:
        return words
    return [word[:-2] if word[-2:] in ("'s", "’s", "’S", "'S") else word for word in words]


class Terms(dict[str, str]):
    """Each word of a language by the form it is counted under, worked out when it is first met."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def __missing__(self, word: str) -> str:
        if len(self) > _ROOM:
            self.clear()
        found = self[word] = _term(word, self._lang)
        return found


@lru_cache(maxsize=32)
def terms(lang: str) -> Terms:
    """The words met so far of a language."""
    return Terms(lang)


def term(word: str, lang: str) -> str:
    """The form a word is counted under; empty when it carries no topic."""
    return terms(lang)[word]


def _term(word: str, lang: str) -> str:
    """A word's form worked out.

    Accents are folded, so that "Zelenskyj" written with or without them is one word; a figure keeps
    its digits ("7.8", "$7bn" gives "7bn").
    """
    low = word.lower().replace("’", "'")
    if low in _stopwords(lang) or (lang != "en" and low in _stopwords("en")):
        return ""
    if len(low) < 2 and not low.isdigit():
        return ""
    if not low.isalpha() and any(map(str.isdigit, low)):
        return low
    if len(low) > 3:
        low = low.replace("'", "").replace(".", "")
        stemmer = None if lang == "en" else _stemmer(lang)
        low = stemmer.stemWord(low) if stemmer is not None else _english(low)
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c)).replace(
            "ł", "l"
        )
    return low


def _english(word: str) -> str:
    """A light English stem: plurals, -ed and -ing go, so that arms, armed and arming are one.

    Snowball's English costs a hundred times as much in Python and groups no better (measured on six
    collections), since what it does beyond this is derivation (-ation, -ness).
    """
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem is not word and len(stem) > 2 and any(letter in "aeiouy" for letter in stem):
            word = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
            break
    return word.removesuffix("e") if len(word) > 3 else word


def language(lang: str, words: list[str]) -> str:
    """The language to read words in: the feed's word for it, unless their stop words say otherwise.

    Feeds copy "en-us" from templates, so three or more stop words of another language that outnumber
    the named one's decide.
    """
    named = lang[:2].lower() if lang else ""
    first = " ".join(words[:60]).lower().split(" ")
    strangers = filter(_strange(named).__contains__, first)
    if named and len(list(strangers)) < _OUTNUMBERED:
        return named  # no other language can have three more: nearly all that feeds name is as they name it
    owners = _owners()
    tally = Counter(chain.from_iterable([owners[word] for word in first if word in owners]))
    if not tally:
        return named or "en"
    best = max(tally, key=lambda code: (tally[code], code == named, code == "en"))
    if named and tally[best] < tally[named] + _OUTNUMBERED:
        return named
    return best


@cache
def _stemmer(lang: str) -> snowballstemmer.basestemmer.BaseStemmer | None:
    name = _STEMMERS.get(lang)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


@cache
def _lists() -> dict[str, frozenset[str]]:
    path = resources.files("stories") / "lexicon" / "stopwords.tsv"
    lists = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lang, _, words = line.partition("\t")
            lists[lang] = frozenset(words.split(" "))
    return lists


@cache
def _stopwords(lang: str) -> frozenset[str]:
    return _lists().get(lang, frozenset())


@cache
def _strange(lang: str) -> frozenset[str]:
    """The stop words of all languages that are none of this one."""
    return frozenset(_owners()) - _stopwords(lang)


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for lang, words in _lists().items():
        for word in words:
            owners[word] = (*owners.get(word, ()), lang)
    return owners
