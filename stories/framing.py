"""Who says what in a sentence: a speaker, a verb of speech, and the words brought by it."""

from __future__ import annotations

from typing import NamedTuple

from stories.speakers import Phrase, after, before, clause_subject, grammar, is_adverb
from stories.text import Word
from stories.weighing import forms

MIN_CONTENT = 2
"""Words that content must have; "he said so" brings none."""
MARKS = frozenset('"“”«»„')


class Frame(NamedTuple):
    """One attribution in a sentence; ``content`` holds two pairs when the speaker stands in the middle."""

    verb: int
    """Index of the verb among the sentence's words; -1 where a colon does its work ("Kremlin: nonsense")."""
    speaker: Phrase | None
    content: tuple[tuple[int, int], ...]
    """Character offsets of what is brought."""

    def holds(self, place: int) -> bool:
        """Whether a character belongs to what is brought."""
        return any(start <= place < end for start, end in self.content)


def frames(text: str, row: list[Word]) -> list[Frame]:
    """The attributions in one sentence's words, in reading order."""
    if not row:
        return []
    say = grammar("say")
    titled = _titled(row)
    found: list[Frame] = []
    for at, word in enumerate(row):
        if word.low in say and not _is_noun(row, at, titled):
            frame = _at_verb(text, row, at, found)
            if frame is not None:
                found.append(frame)
        elif at + 2 < len(row) and (word.low, row[at + 1].low) in (("according", "to"), ("as", "per")):
            frame = _according(row, at)
            if frame is not None:
                found.append(frame)
    if not found:
        colon = _colon(row)
        if colon is not None:
            found.append(colon)
    return found


def possible(text: str, row: list[Word]) -> list[Frame]:
    """Every frame that could be an attribution, attitudes ("opposes", "calls for") among them; most are not."""
    wide = forms()
    titled = _titled(row)
    found: list[Frame] = []
    for at, word in enumerate(row):
        if word.low == "according":
            frame = _according(row, at) if at + 2 < len(row) else None
        elif word.low in wide and not (word.low in grammar("say") and _is_noun(row, at, titled)):
            frame = _at_verb(text, row, at, found)
        else:
            continue
        if frame is not None:
            found.append(frame)
    colon = _colon(row)
    if colon is not None and not found:
        found.append(colon)
    return found


def _titled(row: list[Word]) -> bool:
    """Whether a sentence is written as headlines are, every word with a capital."""
    long = [word for word in row if len(word.text) > 3 and word.text[0].isalpha()]
    return bool(long) and sum(word.text[0].isupper() for word in long) > 0.7 * len(long)


def _is_noun(row: list[Word], at: int, titled: bool) -> bool:
    """Whether a form of speech is a noun or a name here ("the report says", "claims of", "United States")."""
    word = row[at]
    low = word.low
    following = row[at + 1].low if at + 1 < len(row) else ""
    if at == 0:
        return not low.endswith("ing")
    last = row[at - 1].low
    if word.text[0].isupper() and not titled:
        return True
    if low in ("state", "states") and (titled or last in ("united", "member")):
        return True
    if low == "said" and following == "to":
        return True
    if row[at - 1].text in "'’" and at > 1 and row[at - 2].low.endswith("s"):
        return True
    if low.endswith("ing"):
        return last in grammar("determiners") or (
            last in ("of", "is", "was", "are", "were", "be") and following == "of"
        )
    if low.endswith("ed") or low in ("said", "told", "wrote", "thought"):
        return last in grammar("determiners") and last not in (
            "that",
            "this",
            "these",
            "those",
            "all",
            "both",
            "others",
            "some",
            "many",
            "most",
            "few",
        )
    if last in grammar("prepositions") or last.endswith(("'s", "s'")):
        return last != "to" and last not in ("he's", "she's", "it's")
    if (
        low in grammar("plurals")
        and row[at - 1].text.islower()
        and last not in grammar("pronouns") | grammar("roles")
    ):
        return not (at >= 2 and row[at - 2].low in grammar("determiners"))
    if low in grammar("bases"):
        if last == ",":
            return False
        if following in ("of", "on", "by", "in", "for", "from", "about", "to") and low not in (
            "say",
            "think",
            "believe",
            "insist",
        ):
            return True
        if last in grammar("auxiliaries") or last == "to" or last in ("they", "we", "i", "you", "who"):
            return False
        if is_adverb(last):
            return False
        if last in ("and", "or", "but"):
            return following not in ("that", "it", "they")
        return not (
            last.endswith("s")
            or last in ("people", "police", "media", "others", "some", "many", "men", "women")
        ) or _determined(row, at)
    if low.endswith("s"):
        if following in ("of", "about", "by", "from", "are", "were", "have", "against", "made", "over"):
            return True
        return last in grammar("determiners") and last not in ("that", "this", "one", "another", "each")
    return False


def _determined(row: list[Word], at: int) -> bool:
    """Whether a determiner or possessive opens the phrase that ends here, so that its last word is a noun."""
    for step in range(at - 1, max(-1, at - 4), -1):
        low = row[step].low
        if low in ("a", "an", "the", "this", "that", "its", "his", "her", "their"):
            return at - step > 1 and not row[at - 1].low.endswith("s")
        if not row[step].text[0].isalnum():
            return False
    return False


def _at_verb(text: str, row: list[Word], verb: int, found: list[Frame]) -> Frame | None:
    end = len(row)
    if _inverted(row, verb):
        speaker = after(row, verb, end)
        if speaker is not None:
            cut = row[verb - 1]
            content = [_trim(text, row[0].start, cut.start if cut.text == "," else cut.end)]
            rest = speaker.apposition[1] if speaker.apposition else speaker.last
            content.extend(_second_half(text, row, rest))
            return Frame(verb, speaker, tuple(content))
    speaker = _carried_on(row, verb, found) or _reported(row, verb) or before(row, verb)
    if speaker is None:
        speaker = clause_subject(row, verb)
        if speaker is None or speaker.first >= verb:
            return None
    following = _content_start(row, verb)
    lead = speaker.first
    if lead > 0 and row[lead - 1].low == "what":
        return None
    if lead > MIN_CONTENT and _left(text, row, lead, verb, following):
        # “…,” he said / The group, officials said, has …
        cut = row[lead - 1]
        content = [_trim(text, row[0].start, cut.start if cut.text == "," else cut.end)]
        content.extend(_second_half(text, row, verb + 1))
        return Frame(verb, speaker, tuple(content))
    if following is None or following >= end:
        if lead > MIN_CONTENT and row[verb].low in grammar("reports_back"):
            return Frame(verb, speaker, (_trim(text, row[0].start, row[lead].start),))
        return None
    return Frame(verb, speaker, (_trim(text, row[following].start, content_end(row, following)),))


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
    if (
        verb < 3
        or row[verb - 1].low != "as"
        or row[verb].low not in ("saying", "claiming", "warning", "denying")
    ):
        return None
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
    if following is None or not rest or rest[0].text in ".,;:":
        return not any(word.text in '“"' for word in rest) or any(word.text in MARKS for word in row[:lead])
    return _only_adverbial(row, verb + 1)


def _inverted(row: list[Word], verb: int) -> bool:
    """Whether the speaker follows the verb (", said Michael Kugelman")."""
    if verb < 2 or verb + 1 >= len(row) or row[verb].low in grammar("tells"):
        return False
    ahead, nxt = row[verb - 1].text, row[verb + 1]
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
    phrase = after(row, verb, len(row))
    if phrase is None:
        return False
    if ahead in '"”»' or row[verb - 2].text in '"”»':
        return True
    if phrase.last >= len(row):
        return True
    then = row[phrase.last]
    return (
        not then.text[0].isalnum()
        or then.low in grammar("prepositions")
        or then.low in grammar("time")
        or then.low in ("who", "as", "after", "while")
    )


def _only_adverbial(row: list[Word], at: int) -> bool:
    """Whether nothing but time and place follows ("on Friday", "in a statement to reporters")."""
    opened = False
    for word in row[at:]:
        if word.text in ".":
            continue
        if word.text in ",;":
            return True
        low = word.low
        if low == "that" or word.text in MARKS or word.text == ":":
            return False
        if low in grammar("prepositions") or low in ("as", "when", "while", "after", "before"):
            opened = True
        elif not (
            opened
            or low in grammar("time")
            or low in grammar("determiners")
            or low.isdigit()
            or is_adverb(low)
        ):
            return False
    return True


def _content_start(row: list[Word], verb: int) -> int | None:
    """Where what is said begins after a verb: past "reporters", "on Friday", a comma or colon; "that" belongs to it."""
    at, end = verb + 1, len(row)
    if at < end and row[verb].low in grammar("tells"):
        for step in range(at, min(end, at + 14)):
            if (
                row[step].low in ("that", "to", "of", "whether", "if", "for", "how", "why", "what")
                or row[step].text in ':"“,'
            ):
                at = step
                break
        else:
            if at < end and row[at].low in (
                "him",
                "her",
                "them",
                "me",
                "us",
                "you",
                "reporters",
                "journalists",
                "it",
            ):
                at += 1
    while at < end:
        low = row[at].low
        if low in grammar("time") or (is_adverb(low) and low not in ("never", "no", "only")):
            at += 1
        elif low in ("on", "in", "at", "during", "late", "early", "last", "this", "to") and _timed(row, at):
            at = _timed(row, at)
        elif row[at].text in ",:" or (
            at == verb + 1 and row[verb].low not in grammar("say") and _phrasal(row, at)
        ):
            at += 1
        else:
            break
    return at if at < end and row[at].text not in ".;" else None


def _timed(row: list[Word], at: int) -> int:
    """Where a phrase of time or place that opens here ends ("on Friday", "in a statement", "to reporters"); 0 for none."""
    end = len(row)
    step = at + 1
    while (
        step < end
        and step - at < 4
        and (
            row[step].low in grammar("determiners")
            or row[step].low in ("recent", "written", "joint", "brief", "separate", "emailed")
        )
    ):
        step += 1
    if step < end and (row[step].low in grammar("time") or row[step].low in ("reporters", "journalists")):
        while step < end and (
            row[step].low in grammar("time")
            or row[step].low.isdigit()
            or row[step].low in ("reporters", "journalists")
        ):
            step += 1
        return step
    return 0


def _phrasal(row: list[Word], at: int) -> bool:
    """Whether a preposition belongs to the verb before it ("called for", "points to"), not to what is brought."""
    low = row[at].low
    if low in (
        "for",
        "of",
        "about",
        "on",
        "out",
        "with",
        "against",
        "up",
        "off",
        "back",
        "at",
        "in",
        "into",
        "over",
    ):
        return True
    return (
        low == "to"
        and at + 1 < len(row)
        and (row[at + 1].low in grammar("determiners") or row[at + 1].text[0].isupper())
    )


def content_end(row: list[Word], start: int) -> int:
    """Where what is said ends: at the sentence's end, or where a clause of the writer's own sets in."""
    depth = 0
    for at in range(start, len(row)):
        text, low = row[at].text, row[at].low
        if text in "“«" or (text == '"' and depth == 0):
            depth += 1
        elif text in "”»" or (text == '"' and depth):
            depth = max(0, depth - 1)
        if depth or at - start < 2:
            continue
        if text in "–—;" or (text == "," and at + 1 < len(row) and row[at + 1].low in grammar("breaks")):
            return row[at - 1].end
        if low in ("but", "while", "although", "whereas") or (
            low == "as" and at + 1 < len(row) and row[at + 1].low in ("he", "she", "they", "it")
        ):
            return row[at - 1].end
        if (
            low == "and"
            and at + 1 < len(row)
            and row[at + 1].low in grammar("say")
            and row[at + 1].low.endswith(("s", "ed", "aid", "old"))
        ):
            return row[at - 1].end
    last = row[-1]
    return last.start if last.text in ".!?" and len(row) > 1 else last.end


def _second_half(text: str, row: list[Word], at: int) -> list[tuple[int, int]]:
    """What goes on after a speaker in the middle (“…,” he said. “…”; The group, he said, has …)."""
    for step in range(at, min(len(row), at + 12)):
        mark = row[step].text
        if (mark in ",:" or (mark in '"“' and step > at)) and step + 1 < len(row):
            nxt = row[step + 1] if mark in ",:" else row[step]
            if nxt.text in '"“«‘':
                span = _trim(text, nxt.start, row[-1].end)
                return [span] if span[0] < span[1] else []
            if mark == "," and step == at and nxt.text[0].isalnum() and nxt.low not in grammar("openers"):
                span = _trim(text, nxt.start, row[-1].start if row[-1].text == "." else row[-1].end)
                return [span] if span[1] - span[0] > 3 else []
            if mark == ",":
                return []
    return []


def _according(row: list[Word], at: int) -> Frame | None:
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


def _colon(row: list[Word]) -> Frame | None:
    """A headline's own way: "Kremlin: report is nonsense", "'This report is a lie': Taliban"."""
    marks = [
        at
        for at, word in enumerate(row)
        if word.text in ":–—" or (word.text == "-" and 0 < at < len(row) - 1)
    ]
    if not marks:
        return None
    at = marks[-1]
    tail = row[at + 1 :]
    if (
        1 <= len(tail) <= 5
        and at >= MIN_CONTENT
        and all(word.text[0].isupper() or word.low in ("of", "the") for word in tail)
    ):
        return Frame(-1, Phrase(at + 1, len(row)), ((row[0].start, row[at - 1].end),))
    at = marks[0]
    if row[at].text == ":" and row[0].text in "'‘\"“" and at + 2 < len(row):
        # "'I did nothing wrong': James Corden lashes out": who acts behind the colon has said it
        subject = clause_subject(row, len(row) - 1, at + 1)
        if subject is not None:
            return Frame(-1, subject, ((row[0].start, row[at - 1].end),))
    if row[at].text == ":" and 2 <= at <= 12 and at + 1 < len(row):
        # "Blinken on the attack claim: take it with a pinch of salt"
        topic = next(
            (step for step in range(1, min(at, 5)) if row[step].low in ("on", "over", "about")), None
        )
        if topic is not None and all(word.text[0].isupper() for word in row[:topic]):
            return Frame(-1, Phrase(0, topic), ((row[at + 1].start, row[-1].end),))
    if row[at].text == ":" and 1 <= at <= 4 and row[0].text[0].isupper() and at + 1 < len(row):
        return Frame(-1, Phrase(0, at), ((row[at + 1].start, row[-1].end),))
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:\n\t\u00a0":
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t\u00a0":
        end -= 1
    return (start, end)
