"""Who says what in a sentence: a speaker, a verb of speech, and the words brought by it."""

from __future__ import annotations

from typing import NamedTuple

from stories.speakers import Phrase, after, before, clause_subject, grammar, is_adverb
from stories.text import Word

MIN_CONTENT = 2
"""Words that content must have; "he said so" brings none."""


class Frame(NamedTuple):
    """One attribution; ``content`` holds character offsets, two pairs when the speaker stands in the middle."""

    verb: int
    """Index of the verb among the sentence's words; -1 where a colon does its work ("Kremlin: nonsense")."""
    speaker: Phrase | None
    content: tuple[tuple[int, int], ...]

    def holds(self, place: int) -> bool:
        """Whether a character belongs to what is brought."""
        return any(start <= place < end for start, end in self.content)


def frames(text: str, words: list[Word], quotes: list[tuple[int, int]]) -> list[Frame]:
    """The attributions in one sentence's words, in reading order."""
    if not words:
        return []
    say = grammar("say")
    found: list[Frame] = []
    for at, word in enumerate(words):
        if word.low in say and not _is_noun(words, at):
            frame = _at_verb(text, words, at, quotes)
            if frame is not None:
                found.append(frame)
        elif word.low == "according" and at + 2 < len(words) and words[at + 1].low == "to":
            frame = _according(words, at)
            if frame is not None:
                found.append(frame)
    if not found:
        colon = _colon(words)
        if colon is not None:
            found.append(colon)
    return found


def _is_noun(words: list[Word], at: int) -> bool:
    """Whether a form of speech is a noun here ("the report says", "claims of", "their fears")."""
    low = words[at].low
    if at == 0:
        return low in (
            "reports",
            "claims",
            "fears",
            "estimates",
            "warns",
            "report",
            "claim",
            "fear",
            "hope",
            "hopes",
            "estimate",
        )
    last = words[at - 1].low
    if last in grammar("determiners") or last.endswith(("'s", "s'")) or last in grammar("prepositions"):
        return low not in (
            "saying",
            "claiming",
            "adding",
            "warning",
            "denying",
            "admitting",
            "telling",
            "accusing",
            "insisting",
        ) or (last in grammar("determiners"))
    if low in (
        "claims",
        "reports",
        "estimates",
        "fears",
        "hopes",
        "claim",
        "report",
        "notes",
        "states",
        "estimate",
        "fear",
        "hope",
        "promises",
        "promise",
        "stress",
    ):
        following = words[at + 1].low if at + 1 < len(words) else ""
        if following in (
            "of",
            "about",
            "by",
            "for",
            "in",
            "from",
            "are",
            "were",
            "is",
            "and",
            "have",
            "over",
            "was",
        ):
            return True
        if words[at - 1].text.islower() and last not in grammar("pronouns") | grammar("roles") | {
            "ministry",
            "report",
        }:
            return last not in ("media", "channels", "papers") and not is_adverb(last)
    return low in ("united",)


def _quote_before(words: list[Word], at: int) -> bool:
    """Whether a quotation, or content and a comma, ends right before a word."""
    if at == 0:
        return False
    text = words[at - 1].text
    return text in '"”»' or (text in ",'’" and at > 1 and words[at - 2].text in "\"”»’',") or text == ","


def _at_verb(text: str, words: list[Word], verb: int, quotes: list[tuple[int, int]]) -> Frame | None:
    end = len(words)
    start_char, end_char = words[0].start, words[-1].end
    inverted = _quote_before(words, verb) and _subject_follows(words, verb)
    if inverted:
        speaker = after(words, verb, end)
        if speaker is None:
            return None
        content = [_trim(text, start_char, words[verb - 1].start + (0 if words[verb - 1].text == "," else 1))]
        rest = speaker.apposition[1] if speaker.apposition else speaker.last
        content.extend(_second_half(text, words, rest))
        return Frame(verb, speaker, tuple(content))
    speaker = before(words, verb)
    if speaker is None:
        speaker = clause_subject(words, verb)
        if speaker is None or speaker.first >= verb:
            return None
    following = _content_start(words, verb)
    head = words[speaker.first - 1] if speaker.first > 0 else None
    if head is not None and head.text in ',"”»’' and speaker.first >= MIN_CONTENT + 1:
        # "…," he said / The group, officials said, has …
        before_words = speaker.first - 1
        if (
            following is None
            or following >= end
            or words[verb + 1].text in ".,;:"
            or _only_adverbial(words, verb + 1)
        ):
            content = [_trim(text, words[0].start, words[before_words].end)]
            content.extend(_second_half(text, words, verb + 1))
            return Frame(verb, speaker, tuple(content))
    if following is None or following >= end:
        if speaker.first >= MIN_CONTENT:
            return Frame(verb, speaker, (_trim(text, words[0].start, words[speaker.first].start),))
        return None
    return Frame(verb, speaker, (_trim(text, words[following].start, end_char),))


def _subject_follows(words: list[Word], verb: int) -> bool:
    if verb + 1 >= len(words):
        return False
    nxt = words[verb + 1]
    if (
        nxt.low
        in ("that", "if", "whether", "it", "in", "on", "at", "to", "he", "she", "they", "there", "not")
        or not nxt.text[0].isalnum()
    ):
        return nxt.low in ("he", "she", "they") and (verb + 2 >= len(words) or words[verb + 2].text in ",.")
    if nxt.low in grammar("time") or nxt.low in grammar("prepositions"):
        return False
    return (
        nxt.text[0].isupper()
        or nxt.low in grammar("determiners")
        or nxt.low in grammar("roles")
        or nxt.text.islower()
    )


def _only_adverbial(words: list[Word], at: int) -> bool:
    """Whether nothing but time and place follows ("on Friday", "in a statement")."""
    times, prepositions = grammar("time"), grammar("prepositions")
    for word in words[at:]:
        if word.text in ".":
            continue
        if word.text in ",;":
            return True
        if not (
            word.low in times
            or word.low in prepositions
            or word.low in grammar("determiners")
            or word.low.isdigit()
            or is_adverb(word.low)
        ):
            return (
                word.text[0].isupper()
                or word.low in ("reporters", "journalists", "news", "state", "local")
                or len(words) - at <= 6
            )
    return True


def _content_start(words: list[Word], verb: int) -> int | None:
    """Where what is said begins after a verb: past "reporters that", "on Friday", a colon."""
    at = verb + 1
    end = len(words)
    if at < end and words[verb].low in grammar("tells"):
        for step in range(at, min(end, at + 12)):
            if words[step].low in ("that", "to", "of", "whether", "if", "for") or words[step].text in ':"“,':
                at = step
                break
        else:
            at = min(end, at + 2)
    while at < end:
        low = words[at].low
        if low in grammar("time") or (is_adverb(low) and low not in ("never", "no")):
            at += 1
        elif (
            low in ("on", "in", "at", "during", "late", "early", "last", "this")
            and at + 1 < end
            and (
                words[at + 1].low in grammar("time")
                or (
                    at + 2 < end
                    and words[at + 1].low in ("a", "an", "the")
                    and words[at + 2].low in grammar("time")
                )
            )
        ):
            at += 2
        elif low == "that" or words[at].text in ",:":
            at += 1
            if low == "that":
                break
        else:
            break
    return at if at < end and end - at >= 1 and words[at].text not in ".;" else None


def _second_half(text: str, words: list[Word], at: int) -> list[tuple[int, int]]:
    """What goes on after a speaker in the middle (“…,” he said. “…”; The group, he said, has …)."""
    for step in range(at, min(len(words), at + 12)):
        if words[step].text in ",:" and step + 1 < len(words):
            nxt = words[step + 1]
            if nxt.low in (
                "according",
                "who",
                "adding",
                "citing",
                "while",
                "but",
                "referring",
                "speaking",
                "a",
                "an",
                "the",
                "and",
                "as",
            ):
                return []
            if nxt.text in '"“«‘' or nxt.text[0].isalnum():
                span = _trim(text, nxt.start, words[-1].end)
                return [span] if span[0] < span[1] else []
    return []


def _according(words: list[Word], at: int) -> Frame | None:
    phrase = after(words, at + 1, len(words))
    if phrase is None:
        return None
    rest = phrase.apposition[1] if phrase.apposition else phrase.last
    if at <= 1:
        content = (words[min(rest + 1, len(words) - 1)].start, words[-1].end)
    else:
        content = (words[0].start, words[at - 1].end)
    return Frame(at, phrase, (content,))


def _colon(words: list[Word]) -> Frame | None:
    """A headline's own way: "Kremlin: report is nonsense", "'This report is a lie': Taliban"."""
    marks = [
        at
        for at, word in enumerate(words)
        if word.text in ":–—" or (word.text == "-" and 0 < at < len(words) - 1)
    ]
    if not marks:
        return None
    at = marks[-1]
    tail = len(words) - at - 1
    if (
        1 <= tail <= 5
        and at >= MIN_CONTENT
        and all(word.text[0].isupper() or word.low in ("of", "the") for word in words[at + 1 :])
    ):
        return Frame(-1, Phrase(at + 1, len(words)), ((words[0].start, words[at - 1].end),))
    at = marks[0]
    if words[at].text == ":" and 1 <= at <= 4 and words[0].text[0].isupper():
        return (
            Frame(-1, Phrase(0, at), ((words[at + 1].start, words[-1].end),)) if at + 1 < len(words) else None
        )
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:\n\t\u00a0":
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t\u00a0":
        end -= 1
    return (start, end)
