"""What parties state in an item: stance, speaker and exact words, by offsets that hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from stories.actors import party_of
from stories.attribution import Frame, frames
from stories.cues import Found, Shape, called, find, plain
from stories.evidence import Stance, Statement, Voice
from stories.item import Field, Item, Span
from stories.speakers import Phrase, Speaker, after, before, clause_subject, grammar, name, owner
from stories.text import Word, body_spans, quotations, sentences, words


class Said(NamedTuple):
    """Who was heard last, so that "he said" and a quotation that goes on find their speaker."""

    speaker: Speaker
    line: int
    """Number of the text's line (paragraph) it stood in."""


def statements(item: Item) -> tuple[Statement, ...]:
    """Every statement in an item's title, summary and body, in reading order, each once."""
    found: list[Statement] = []
    heard: list[Said] = []
    for where in (Field.TITLE, Field.SUMMARY, Field.BODY):
        text = item.text(where)
        if text:
            found.extend(_read(text, where, item, heard))
    return tuple(_once(found))


def _read(text: str, where: Field, item: Item, heard: list[Said]) -> list[Statement]:
    low = plain(text)
    tries = called(low, item.lang)
    lines = [(0, len(text))] if where is Field.TITLE else body_spans(text)
    speaks = any(word in low for word in _SPEECH)
    if not tries and not speaks:
        return []
    found: list[Statement] = []
    for number, (start, end) in enumerate(lines):
        quotes = quotations(text, start, end)
        for first, last in sentences(text[start:end]):
            sentence = _Sentence(
                text, low, start + first, start + last, where, number, quotes, item.effective
            )
            found.extend(
                sentence.statements(find(low, start + first, start + last, tries) if tries else [], heard)
            )
    return found


_SPEECH = (
    " say",
    " said",
    "claim",
    "told",
    "accus",
    "alleg",
    "according to",
    "warn",
    "report",
    "insist",
    ": ",
    "added",
    "believe",
)


def _once(found: list[Statement]) -> list[Statement]:
    """Leaves out a statement whose words the item has said already (a headline repeated above the text)."""
    seen: set[tuple[Stance, str]] = set()
    kept = []
    for statement in found:
        key = (statement.stance, f"{statement.words}|{statement.cue.start - statement.span.start}")
        if key not in seen:
            seen.add(key)
            kept.append(statement)
    return kept


class _Sentence:
    """One sentence on its way to statements."""

    def __init__(
        self,
        text: str,
        low: str,
        start: int,
        end: int,
        where: Field,
        line: int,
        quotes: list[tuple[int, int]],
        at: datetime | None,
    ) -> None:
        self.text, self.low, self.start, self.end = text, low, start, end
        self.where, self.line, self.quotes, self.at = where, line, quotes, at
        self.words = words(text, start, end)

    def statements(self, cues: Sequence[Found], heard: list[Said]) -> list[Statement]:
        """The sentence's statements: its cues' first, then who asserts what without a cue."""
        found: list[Statement] = []
        attributions = frames(self.text, self.words)
        speakers = [self._who(frame.speaker, heard) if frame.speaker else None for frame in attributions]
        for cue in cues:
            statement = self._stated(cue, attributions, speakers, heard)
            if statement is not None:
                found.append(statement)
        for frame, speaker in zip(attributions, speakers, strict=True):
            if speaker is None or not frame.content:
                continue
            low = self.words[frame.verb].low if frame.verb >= 0 else ""
            if not any(
                frame.holds(cue.start)
                or (frame.verb >= 0 and cue.start <= self.words[frame.verb].start < cue.end)
                for cue in cues
            ):
                if low in ("denies", "denied", "deny", "denying"):
                    continue
                found.append(self._make(Stance.ASSERT, frame.content[0], self._verb_span(frame), speaker))
        named = [speaker for speaker in speakers if speaker is not None]
        for speaker in named:
            heard.append(Said(speaker, self.line))
        return found

    def _verb_span(self, frame: Frame) -> tuple[int, int]:
        if frame.verb < 0:
            return frame.content[0]
        word = self.words[frame.verb]
        return (word.start, word.end)

    def _index(self, place: int) -> int:
        for at, word in enumerate(self.words):
            if word.end > place:
                return at
        return len(self.words)

    def _who(self, phrase: Phrase, heard: list[Said]) -> Speaker:
        speaker = name(self.text, self.words, phrase)
        return resolve(speaker, heard)

    def _stated(
        self, cue: Found, attributions: list[Frame], speakers: list[Speaker | None], heard: list[Said]
    ) -> Statement | None:
        speaker: Speaker | None = None
        outlet = False
        inside = next(
            (
                who
                for frame, who in zip(attributions, speakers, strict=True)
                if who is not None and frame.holds(cue.start)
            ),
            None,
        )
        quoted = self._quoted(cue.start)
        if inside is None and quoted:
            inside = self._carried(heard)
        if cue.shape is Shape.VERB:
            at = self._index(cue.start)
            phrase = before(self.words, at) or clause_subject(self.words, at)
            if phrase is not None:
                first = self.words[phrase.first].low
                if first in ("i", "we") or (quoted and first in ("he", "she", "it", "they")):
                    speaker = inside
                else:
                    speaker = self._who(phrase, heard)
            speaker = speaker or inside
        elif cue.shape is Shape.PASSIVE:
            at = self._index(cue.end)
            if at < len(self.words) and self.words[at].low == "by":
                phrase = after(self.words, at, len(self.words))
                speaker = self._who(phrase, heard) if phrase else None
            speaker = speaker or inside
        elif cue.shape is Shape.NOUN:
            speaker = self._possessor(cue, heard) or inside
        else:
            speaker = inside
            outlet = speaker is None and not quoted
        span = self._evidence(cue)
        return self._make(cue.stance, span, (cue.start, cue.end), speaker, outlet)

    def _quoted(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.quotes)

    def _carried(self, heard: list[Said]) -> Speaker | None:
        """The speaker of a quotation that goes on: whoever was heard last in the same line."""
        for said in reversed(heard):
            return said.speaker if said.line == self.line else None
        return None

    def _possessor(self, cue: Found, heard: list[Said]) -> Speaker | None:
        at = self._index(cue.start)
        if at > 0 and (
            self.words[at - 1].low.endswith(("'s", "s'"))
            or self.words[at - 1].low in ("his", "her", "its", "their")
        ):
            phrase = owner(self.words, at)
            if phrase is not None:
                return self._who(phrase, heard)
        end = self._index(cue.end)
        if end < len(self.words) and self.words[end].low in ("by", "from"):
            phrase = after(self.words, end, len(self.words))
            if phrase is not None:
                return self._who(phrase, heard)
        subject = clause_subject(self.words, at)
        return self._who(subject, heard) if subject is not None else None

    def _evidence(self, cue: Found) -> tuple[int, int]:
        return (self.start, self.end)

    def _make(
        self,
        stance: Stance,
        span: tuple[int, int],
        cue: tuple[int, int],
        speaker: Speaker | None,
        outlet: bool = False,
    ) -> Statement:
        if stance is Stance.ASSERT:
            start, end = self.start, self.end
        else:
            start, end = span
        proposition = (
            self.text[max(start, cue[1]) : end].strip(' ,.;:"“”')
            if stance is not Stance.ASSERT
            else self.text[span[0] : span[1]]
        )
        voice = Voice.NAMED
        if speaker is None:
            voice = Voice.OUTLET if outlet else Voice.UNNAMED
        elif _unnamed(speaker):
            voice = Voice.UNNAMED
        party = ""
        if speaker is not None:
            party = party_of(f"{speaker.affiliation} {speaker.name}".strip(), self.at)
        return Statement(
            stance=stance,
            span=Span(self.where, start, end),
            words=self.text[start:end],
            cue=Span(self.where, cue[0], cue[1]),
            speaker=speaker.name if speaker else "",
            speaker_span=Span(self.where, speaker.start, speaker.end)
            if speaker and _here(self.text, speaker)
            else None,
            affiliation=speaker.affiliation if speaker else "",
            party=party,
            voice=voice,
            proposition=proposition,
        )


def _here(text: str, speaker: Speaker) -> bool:
    return text[speaker.start : speaker.end] == speaker.name


def _unnamed(speaker: Speaker) -> bool:
    """Whether a speaker is only a kind of person ("officials", "a source")."""
    last = speaker.name.split()[-1].lower() if speaker.name else ""
    return last in grammar("unnamed") or speaker.name.split()[0].lower() in ("some", "many", "others")


def resolve(speaker: Speaker, heard: Sequence[Said]) -> Speaker:
    """Whom "he", "the ministry" or a bare surname stands for: the last speaker who fits."""
    low = speaker.name.lower()
    if low in ("he", "she", "it", "they"):
        for said in reversed(heard):
            return said.speaker
        return speaker
    tail = low.split()
    if len(tail) <= 3 and (tail[0] == "the" or len(tail) == 1):
        last = tail[-1]
        for said in reversed(heard):
            if len(said.speaker.name.split()) > len(tail) and said.speaker.name.lower().split()[-1] == last:
                return said.speaker
            if (
                tail[0] == "the"
                and last in grammar("roles")
                and last in f"{said.speaker.affiliation} {said.speaker.name}".lower().split()
            ):
                return said.speaker
    return speaker


def spoken(words_: list[Word]) -> str:
    """Words as a plain line, for messages."""
    return " ".join(word.text for word in words_)
