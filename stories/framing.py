"""Who says what in a sentence: a speaker, a verb of speech, and the words brought by it."""

from __future__ import annotations

import re
from typing import NamedTuple

from stories.content import MARKS, content_end, content_start, only_adverbial, second_half, trimmed
from stories.inversion import after, dashed
from stories.phrase import foreign_say
from stories.sources import is_outlet
from stories.speakers import Phrase, before, clause_subject, grammar, is_adverb
from stories.text import Word
from stories.verbs import in_capitals, is_noun

MIN_CONTENT = 2
"""Words that content must have; "he said so" brings none."""
_BRINGING = frozenset(
    {"that", "to", "of", "whether", "if", "for", "how", "why", "what", "it", "he", "she", "they"}
)
_FRONTED = frozenset({"after", "before", "since", "when", "while", "although", "though", "because", "as"})
_FRONT = 5
"""Words within which a clause at the front of a sentence opens ("Less than a day after …")."""
_OPENING = "'‘\"“"
_ALONE = ("selon", "según", "laut")
"""Words of other languages that need no second one."""
_BEFORE_SOURCES = {"according": "to", "as": "per", **dict.fromkeys(_ALONE, "")}
_HAVE = frozenset({"a", "ont", "avait", "ha", "han", "había", "hat", "haben"})
"""Auxiliaries before a verb of speech in the other languages."""
_SUFFERING = frozenset(
    {"faces", "face", "gets", "suffers", "draws", "sparks", "wins", "loses", "hit", "makes"}
)
"""Verbs of headlines whose subject has said nothing: "‘Very clever’: Canada faces a plague of pigs"."""
_CREDITED = frozenset(
    {
        "image",
        "images",
        "photo",
        "photos",
        "picture",
        "pictures",
        "credit",
        "illustration",
        "graphic",
        "video",
    }
)
"""What a name behind a colon is credited for, having said nothing."""
_HIM = frozenset({"him", "her", "them"})


class Frame(NamedTuple):
    """One attribution in a sentence; ``content`` holds two pairs when the speaker stands in the middle."""

    verb: int
    """Index of the verb among the sentence's words; -1 where a colon does its work ("Kremlin: nonsense")."""
    speaker: Phrase | None
    content: tuple[tuple[int, int], ...]
    """Character offsets of what is brought."""
    rank: int = 0
    """How many likelier ends of the same content there are."""
    agreed: float = 1.0
    """How much of what could be its end agrees with this one by half."""

    def holds(self, place: int) -> bool:
        """Whether a character belongs to what is brought."""
        return any(start <= place < end for start, end in self.content)


def frames(text: str, row: list[Word]) -> list[Frame]:
    """The attributions in one sentence's words, in reading order."""
    if not row:
        return []
    say = grammar("say")
    found: list[Frame] = []
    telling = [at for at, word in enumerate(row) if word.low in say or word.low in _BEFORE_SOURCES]
    titled = bool(telling) and in_capitals(row)
    for at in telling:
        low = row[at].low
        frame = None
        if low not in _BEFORE_SOURCES:
            frame = None if is_noun(row, at, titled) else _at_verb(text, row, at, found)
        elif low in _ALONE:
            frame = according(row, at - 1) if at < len(row) - 1 else None
        elif at + 2 < len(row) and row[at + 1].low == _BEFORE_SOURCES[low]:
            frame = according(row, at)
        if frame is not None:
            found.append(frame)
    if not found or row[0].text in _OPENING:
        headed = colon(row)
        if headed is not None:
            found.append(headed)
    return found


def _at_verb(text: str, row: list[Word], verb: int, found: list[Frame]) -> Frame | None:
    end = len(row)
    if inverted(row, verb):
        speaker = after(row, verb, end)
        if speaker is not None:
            cut = row[_ahead(row, verb) - 1]
            content = [trimmed(text, row[0].start, cut.start if cut.text in ",(-–—" else cut.end)]
            rest = speaker.apposition[1] if speaker.apposition else speaker.last
            content.extend(second_half(text, row, rest))
            return Frame(verb, speaker, tuple(content))
    if row[verb].low in ("reported", "quoted", "quotes") and verb + 1 < end and row[verb + 1].low in _HIM:
        return None  # "Reuters reported him as saying": what is brought is his
    speaker = subject_of(row, verb, found)
    if speaker is None:
        return None
    following = content_start(row, verb)
    lead = speaker.first
    if lead > 0 and row[lead - 1].low == "what":
        return None
    if lead > MIN_CONTENT and _left(text, row, lead, verb, following):
        # “…,” he said / The group, officials said, has …
        cut = row[lead - 1]
        content = [trimmed(text, row[0].start, cut.start if cut.text == "," else cut.end)]
        content.extend(second_half(text, row, verb + 1))
        return Frame(verb, speaker, tuple(content))
    if following is None or following >= end:
        if lead > MIN_CONTENT and row[verb].low in grammar("reports_back"):
            return Frame(verb, speaker, (trimmed(text, row[0].start, row[lead].start),))
        return None
    end_char = content_end(row, following, attitude=row[verb].low not in grammar("say"))
    if 0 < lead <= _FRONT and row[lead - 1].low in _FRONTED:
        end_char = min(end_char, _first_comma(row, following))
    return Frame(verb, speaker, (trimmed(text, row[following].start, end_char),))


def _first_comma(row: list[Word], start: int) -> int:
    """Where a clause at the front of a sentence ends ("A day after Oslo said it had won, the fleet …")."""
    inside = False
    for at in range(start, len(row)):
        inside ^= row[at].text in MARKS
        if row[at].text == "," and not inside and at > start + 1:
            return row[at - 1].end
    return row[-1].end


def subject_of(row: list[Word], verb: int, found: list[Frame]) -> Phrase | None:
    """The speaker of a verb that follows it: its subject, or that of the verb it goes on from."""
    blamed = _blamed(row, verb)
    if blamed is not None:
        return blamed
    speaker = _carried_on(row, verb, found) or _reported(row, verb) or before(row, verb)
    if speaker is None:
        speaker = clause_subject(row, verb)
        if speaker is None or speaker.first >= verb:
            return None
    return speaker


def _blamed(row: list[Word], verb: int) -> Phrase | None:
    """Whose words they are that others blame or tell of ("criticized Roe for claiming", "a post that said")."""
    if verb < 3:
        return None
    if row[verb].low.endswith("ing") and row[verb - 1].low == "for" and row[verb - 2].text[0].isupper():
        first = verb - 2
        while first > 0 and row[first - 1].text[0].isupper():
            first -= 1
        return Phrase(first, verb - 1) if first > 0 else None
    telling = row[verb - 1].low in ("that", "which") and row[verb - 2].low in grammar("things")
    return Phrase(verb - 2, verb - 1) if telling else None


def _carried_on(row: list[Word], verb: int, found: list[Frame]) -> Phrase | None:
    """The speaker of "… said that …, but added that …": verbs of speech go on with their speaker."""
    at = verb
    while at > 0 and is_adverb(row[at - 1].low):
        at -= 1
    if at == 0 or row[at - 1].low not in ("and", "but") or row[verb].low not in grammar("say"):
        return None
    return next(
        (
            frame.speaker
            for frame in found
            if 0 <= frame.verb < at - 1 and row[frame.verb].low in grammar("say")
        ),
        None,
    )


def _reported(row: list[Word], verb: int) -> Phrase | None:
    """The speaker of "Reuters reported him as saying": the one before "as"."""
    if verb > 2 and row[verb].low in ("saying", "telling") and row[verb - 1].low in _HIM:
        # "The Guardian had reported him saying that …"
        return Phrase(verb - 1, verb) if row[verb - 2].low in ("reported", "quoted", "quotes") else None
    if (
        verb < 3
        or row[verb - 1].low != "as"
        or row[verb].low not in ("saying", "claiming", "warning", "denying")
    ):
        return None
    for at in range(verb - 2, max(0, verb - 14), -1):
        if row[at].low in ("quoted", "quotes", "quoting", "cited", "citing", "reported"):
            return Phrase(at + 1, verb - 1) if at < verb - 2 else None
    first = verb - 2
    while first > 0 and row[first].text[0].isupper() and row[first - 1].text[0].isupper():
        first -= 1
    return Phrase(first, verb - 1)


def _left(text: str, row: list[Word], lead: int, verb: int, following: int | None) -> bool:
    """Whether what is said stands before its speaker."""
    head = row[lead - 1].text
    if head in MARKS or (head in ",'’" and lead > 1 and row[lead - 2].text in MARKS):
        return True
    if head not in ",'’":
        return False
    rest = row[verb + 1 :]
    if row[verb].low in grammar("tells"):
        # "…, officials told the Journal." names only who heard it
        return not any(word.low in _BRINGING or word.text in MARKS or word.text == ":" for word in rest)
    if following is None or not rest or rest[0].text in ".,;:":
        return not any(word.text in '“"' for word in rest) or any(word.text in MARKS for word in row[:lead])
    return only_adverbial(row, verb + 1)


def _ahead(row: list[Word], verb: int) -> int:
    """Where an inverted verb begins with its auxiliary and dash ("», a déclaré le maire", "», — заявил Песков")."""
    first = verb
    if row[verb].low in foreign_say() and row[first - 1].low in _HAVE:
        first -= 1
    if first > 1 and row[first - 1].text in "—–" and row[first - 2].text in ',»”"':
        return first - 1
    return first


def inverted(row: list[Word], verb: int) -> bool:
    """Whether the speaker follows the verb (", said Michael Kugelman")."""
    if verb < 2 or verb + 1 >= len(row):
        return False
    if row[verb].low in grammar("tells"):
        # "Chile arms itself, warns Peru's army chief": nobody is left to be warned of anything
        ends = (
            after(row, verb, len(row))
            if row[verb].low in ("warns", "warned") and row[verb - 1].text in "'’,"
            else None
        )
        return ends is not None and ends.last >= len(row) and len(row) - verb <= _NEAR + 2
    first = _ahead(row, verb)
    if first < 2:
        return False
    ahead, nxt = row[first - 1].text, row[verb + 1]
    if dashed(row, verb):
        return after(row, verb, len(row)) is not None
    if ahead == "(":
        return verb > 2 and row[-1].text in ").;" and after(row, verb, len(row)) is not None
    if ahead not in "\"”»,'’":
        return False
    if not nxt.text[0].isalnum() or nxt.low in (
        "that",
        "if",
        "whether",
        "there",
        "not",
        "how",
        "why",
        "what",
    ):
        return False
    if nxt.low in grammar("time") or nxt.low in grammar("prepositions"):
        return False
    if nxt.low in grammar("pronouns") and verb + 2 < len(row) and row[verb + 2].low in grammar("auxiliaries"):
        return False  # "“strongly” suggests they were": who is told of, not who tells
    phrase = after(row, verb, len(row))
    if phrase is None:
        return False
    if ahead in '"”»' or row[first - 2].text in '"”»':
        return True
    if phrase.last >= len(row):
        return True
    then = row[phrase.last]
    return (
        then.text in ",.;:—–"
        or then.low in grammar("prepositions")
        or then.low in grammar("time")
        or then.low in ("who", "as", "after", "while", "here", "there")
    )


def according(row: list[Word], at: int) -> Frame | None:
    phrase = after(row, at + 1, len(row))
    if phrase is None:
        return None
    rest = phrase.apposition[1] if phrase.apposition else phrase.last
    if at <= 1:
        while rest < len(row) - 1 and row[rest].text != ",":
            rest += 1
        begin = min(rest + 1, len(row) - 1)
        content = (row[begin].start, content_end(row, begin))
    else:
        cut = row[at - 1]
        content = (row[0].start, cut.start if cut.text == "," else cut.end)
    return Frame(at, phrase, (content,))


_CUT = re.compile(r"[:–—-](?:(?<!-)|(?<=\s-))")
_PARTING = frozenset(":–—-")
_ADDRESSES = ("http", "https")
"""How an address opens: behind "Twitter:" or "Patreon:" it is no word of theirs."""
_TOPIC = re.compile(r"\b(?:on|over|about)\b", re.IGNORECASE)
_NEAR, _FAR = 4, 12
"""Words a speaker has at most before their colon, and words before a colon with a topic among them."""


def may_head(sentence: str) -> bool:
    """Whether `colon` could find anything in a sentence, told from its characters: nine of ten colons bring nothing.

    Those are times ("3:43 Cons"), addresses ("https://…") and the ends of lists' heads ("My links:").
    """
    cuts = list(_CUT.finditer(sentence))
    if not cuts:
        return False
    behind = sentence[cuts[-1].end() :].lstrip()[:1]
    if behind.isupper() or behind in ("o", "t"):  # "of" and "the" in a name that stands last
        return True
    if sentence[0] in _OPENING or sentence[0] == "`":
        return True
    before = sentence[: cuts[0].start()]
    many = len(before.split())
    if not sentence[0].isupper() or cuts[0].group() != ":" or many > _FAR:
        return False
    behind = sentence[cuts[0].end() :].lstrip()
    if behind.startswith(_ADDRESSES):
        return False
    return _TOPIC.search(before) is not None if behind[:1] == "/" or many > _NEAR else bool(behind)


def colon(row: list[Word]) -> Frame | None:
    """A headline's own way: "Kremlin: report is nonsense", "'This report is a lie': Taliban"."""
    marks = [
        at
        for at, word in enumerate(row)
        if word.text in _PARTING
        and (word.text != "-" or (0 < at < len(row) - 1 and row[at - 1].end < word.start))
    ]
    if not marks:
        return None
    at = marks[-1]
    tail = row[at + 1 :]
    if 0 < at <= _NEAR and row[at].text == ":" and _labels(row[:at]):
        return None  # "Your Thursday Briefing: India’s Milestone"
    if tail and _signs(row, at, tail):
        return None
    if (
        1 <= len(tail) <= 5
        and at >= MIN_CONTENT
        and all(word.text[0].isupper() or word.low in ("of", "the") for word in tail)
        and not _labels(tail)
    ):
        return Frame(-1, Phrase(at + 1, len(row)), ((row[0].start, row[at - 1].end),))
    at = marks[0]
    if row[at].text == ":" and row[at - 1].text in "'’\"”" and row[0].text in _OPENING and at + 2 < len(row):
        # "'I did nothing wrong': James Corden lashes out": who acts behind the colon has said it
        subject = clause_subject(row, len(row) - 1, at + 1)
        if subject is not None and row[min(subject.last, len(row) - 1)].low not in _SUFFERING:
            return Frame(-1, subject, ((row[0].start, row[at - 1].end),))
    if row[at].text == ":" and 2 <= at <= _FAR and at + 1 < len(row):
        # "Blinken on the attack claim: take it with a pinch of salt"
        topic = next(
            (step for step in range(1, min(at, 5)) if row[step].low in ("on", "over", "about")), None
        )
        if topic is not None and all(word.text[0].isupper() for word in row[:topic]):
            return Frame(-1, Phrase(0, topic), ((row[at + 1].start, row[-1].end),))
    if row[at].text == ":" and 1 <= at <= _NEAR and row[0].text[0].isupper() and at + 1 < len(row):
        if _labels(row[:at]) or row[at + 1].text == "/" or row[at + 1].low in _ADDRESSES:
            return None  # "Military briefing: …", "https://…", "Twitter: https://…"
        return Frame(-1, Phrase(0, _acting(row, at)), ((row[at + 1].start, row[-1].end),))
    return None


def _signs(row: list[Word], at: int, tail: list[Word]) -> bool:
    """Whether a name behind the last mark is who publishes a page or made its picture ("… - CNET", "Image: Meta")."""
    credited = row[at].text == ":" and row[at - 1].low in _CREDITED
    return credited or (row[at].text != ":" and is_outlet(" ".join(word.text for word in tail)))


def _acting(row: list[Word], end: int) -> int:
    """Where who speaks ends in a label that tells an act as well ("Envoy endorses Roe: 'a fine choice'")."""
    roles = grammar("roles", "unnamed")
    for at in range(1, end - 1):
        word = row[at]
        if (
            word.text.islower()
            and word.low.endswith("s")
            and word.low not in roles
            and row[at + 1].text[0].isupper()
        ):
            return at
    return end


def _labels(label: list[Word]) -> bool:
    """Whether words beside a colon name a series or a page."""
    return label[-1].low in grammar("labels")
