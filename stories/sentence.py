"""The statements of one sentence: its cues, their speakers, and who asserts what without a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.content import content_end
from stories.cues import Found, Shape
from stories.evidence import Stance, Statement, Voice
from stories.framing import Frame, frames
from stories.hanging import calls_it
from stories.hearing import Hearing, Said, unnamed
from stories.inversion import after
from stories.item import Field, Span
from stories.negation import denied
from stories.phrase import phrase_ends
from stories.somebody import somebody
from stories.speakers import Phrase, Speaker, before, clause_subject, grammar, is_adverb, owner
from stories.text import within
from stories.topics import only_about
from stories.unsaid import answers_to, asked_for, forged, not_yet, supposed, unsaid

_CONCEDING = re.compile(r"\W*(?:while|although|though)\b")
_EDGES = ' ,.;:"“”\n'
_BYGONE = re.compile(r"\b(?:after|earlier|previous|initial|past|former|original)\b")
_SUBJECT_WORDS = 5
"""Words that a subject before its verb may have; more are a clause."""
_MINDS = frozenset(
    {"think", "thinks", "thought", "believe", "believes", "believed", "hopes", "hoped", "fears", "feared"}
)
_OURSELVES = frozenset({"i", "we", "there", "it", "мы", "нас", "ми", "wir", "nous", "nosotros"})
_WOULD = frozenset({"will", "would", "may", "might", "could", "should", "must", "can"})


class Sentence(Hearing):
    """One sentence on its way to statements."""

    def statements(self, cues: Sequence[Found], heard: list[Said]) -> list[Statement]:
        """The sentence's statements: its cues' first, then who asserts what without a cue."""
        found: list[Statement] = []
        attributions = frames(self.text, self.words)
        lately = list(heard)
        speakers: list[Speaker | None] = []
        for frame in attributions:
            who = self.who(frame.speaker, lately) if frame.speaker else None
            if who is not None and not somebody(who.name):
                who = None if frame.verb < 0 else _NOBODY
            speakers.append(who)
            if who is _NOBODY:
                continue
            if who is not None:
                lately.append(Said(who, self.line, self.where))
        for cue in cues:
            statement = self._stated(cue, attributions, speakers, heard)
            # "denied it as utterly false": one act, though two cues tell of it
            if statement is not None and not any(_same(statement, other) for other in found):
                found.append(statement)
        found = [each for each in found if not self._owns_up(each, found)]
        for frame, speaker in zip(attributions, speakers, strict=True):
            if speaker is None or not frame.content:
                continue
            low = self.words[frame.verb].low if frame.verb >= 0 else ""
            if frame.verb > 0 and self.words[frame.verb - 1].low in _BEING and not low.endswith("ing"):
                continue  # "are reported to be wooing": told of them, not by them
            if low in grammar("unasserting") or speaker.name.lower() in ("i", "we", "you"):
                continue
            if frame.verb > 0 and not_yet(self.words, frame.verb):
                continue
            if low in _MINDS and any(
                other is not frame and other.holds(self.words[frame.verb].start) for other in attributions
            ):
                continue  # "Roe believes she can win, a new book says": nobody heard her
            if self._asks(frame) or (frame.verb < 0 and only_about(self, frame, speaker)):
                continue
            if not any(
                frame.holds(cue.start)
                or (frame.verb >= 0 and cue.start <= self.words[frame.verb].start < cue.end)
                for cue in cues
            ):
                party = self.party(speaker)
                negation = denied(self.text, *frame.content[0], party, self.where, self.at) if party else None
                if negation is not None:
                    found.append(self._make(Stance.DENY, (self.start, self.end), negation, speaker))
                    continue
                asserted = self._make(Stance.ASSERT, frame.content[0], self._verb_span(frame), speaker)
                if not any(_same(asserted, other) for other in found):
                    found.append(asserted)
        carried = self.carried(heard) if not cues and not attributions else None
        if carried is not None and self.words and self.quoted(self.words[0].end + 1):
            words_ = (self.start, self.end)
            found.append(self._make(Stance.ASSERT, words_, words_, carried))
        named = [speaker for speaker in speakers if speaker is not None and speaker is not _NOBODY]
        for speaker in named:
            heard.append(Said(speaker, self.line, self.where))
        return found

    def _owns_up(self, said: Statement, found: list[Statement]) -> bool:
        """Whether an admission is one of not knowing ("“There is not a consensus,” Kirby admitted")."""
        admitted = said.stance is Stance.CONFIRM and not self.low.startswith("confirm", said.cue.start)
        return admitted and any(
            each.stance is Stance.CANNOT_CONFIRM and each.speaker == said.speaker for each in found
        )

    def _asks(self, frame: Frame) -> bool:
        """Whether what is brought is a question, which asserts nothing ("Will Oslo arm Kyiv?", he asked)."""
        start, end = frame.content[0]
        return self.text[start : end + 2].rstrip(' "”’').endswith("?")

    def _verb_span(self, frame: Frame) -> tuple[int, int]:
        if frame.verb < 0:
            return frame.content[0]
        word = self.words[frame.verb]
        return (word.start, word.end)

    def _stated(
        self, cue: Found, attributions: list[Frame], speakers: list[Speaker | None], heard: list[Said]
    ) -> Statement | None:
        speaker: Speaker | None = None
        outlet = False
        quoted = self.quoted(cue.start)
        inside = self._bringer(cue.start, attributions, speakers)
        if inside is None and quoted:
            inside = self.carried(heard)
        acted = cue.stance in (Stance.DENY, Stance.CONFIRM) or self.low.startswith("question", cue.start)
        lead = self.low[self.start : cue.start]
        acting = cue.shape in (Shape.VERB, Shape.NOUN) and not quoted
        if acted and unsaid(self.low[self.start : self.end], lead, self.low[cue.start : cue.end]):
            return None
        if forged(lead) or (acting and supposed(self.low[self.start : self.end], lead)):
            return None
        if acted and cue.shape is Shape.VERB and self._not_done(cue):
            return None
        if acted and self.low.startswith(" or ", max(self.start, self._clear(cue) - 4)):
            return None  # "faced with blocking ships or tacitly admitting defeat": a choice
        if cue.shape is Shape.VERB and not self._is_passive(cue):
            speaker = self._subject(cue, attributions, speakers, inside, heard)
        elif cue.shape in (Shape.PASSIVE, Shape.VERB):
            at = self.index(cue.end)
            if at < len(self.words) and self.words[at].low == "by":
                phrase = after(self.words, at, len(self.words))
                speaker = self.who(phrase, heard) if phrase else _NOBODY  # "confirmed by tests"
            speaker = speaker or inside
        elif cue.shape is Shape.NOUN:
            speaker = self._possessor(cue, heard)
            bygone = _BYGONE.search(self.low, max(self.start, cue.start - 12), cue.end)
            if speaker is None and cue.stance is Stance.DENY and bygone:
                return None  # "admits it after denial", "the earlier denial was wrong"
        elif cue.shape is Shape.AFTER:
            phrase = self._ahead(cue) or after(self.words, self.index(cue.end) - 1, len(self.words))
            speaker = self.who(phrase, heard) if phrase is not None else inside
        elif cue.shape is Shape.LABEL:
            if quoted:
                phrase = clause_subject(self.words, self.index(cue.start)) if inside is None else None
                speaker = inside or (self.who(phrase, heard) if phrase is not None else None)
            outlet = not quoted
        else:
            speaker = inside
            outlet = speaker is None and not quoted
        if speaker is None and cue.shape is Shape.PREDICATE and _CONCEDING.match(self.low, self.start):
            # "While an offer can't be ruled out, Kugelman said …": the whole sentence is theirs
            speaker = next((who for who in speakers if who is not None), None)
            outlet = outlet and speaker is None
        # a writer's own "unlikely" in an article is doubt; their "if true" is only care
        unvoiced = cue.voiced and (self.where is not Field.BODY or self.low.startswith("if ", cue.start))
        if speaker is None and (
            unvoiced or (cue.shape is Shape.VERB and not quoted and self._own_voice(cue))
        ):
            return None
        if cue.stance is Stance.CONFIRM and self._only_reports(cue, attributions):
            return None
        if (
            cue.stance is Stance.CANNOT_CONFIRM
            and speaker is not None
            and self._told_of(speaker, attributions, inside)
        ):
            return None  # "Roe says Oslo's prosecutors have no evidence": they have said nothing
        if cue.stance is Stance.CONFIRM and speaker is not None and not somebody(speaker.name):
            return None  # "the win confirms their form"
        span = (self.start, self.end)
        return self._make(cue.stance, span, (cue.start, cue.end), speaker, outlet)

    def _told_of(self, speaker: Speaker, attributions: list[Frame], inside: Speaker | None) -> bool:
        """Whether another party's words begin with whom they say it of."""
        if inside is None or inside == speaker or not self.party(speaker):
            return False
        return any(each.verb >= 0 and each.content[0][0] == speaker.start for each in attributions)

    def _not_done(self, cue: Found) -> bool:
        """Whether an act is negated or only wished for ("did not dismiss claims", "ordered staff to dismiss")."""
        at = self.index(cue.start)
        if any(
            word.low in ("not", "never") or word.low.endswith("n't")
            for word in self.words[max(0, at - 2) : at]
        ):
            return True
        if at > 0 and (self.words[at - 1].low in _WOULD or asked_for(self.words, at)):
            return True
        if at < 2 or self.words[at - 1].low != "to" or self.words[at - 2].low in grammar("managing"):
            return False
        # "releases footage to refute the claims": done by what was released
        return not any(word.low in grammar("issuing") for word in self.words[max(0, at - 6) : at - 1])

    def _ahead(self, cue: Found) -> Phrase | None:
        """Who stands before a verb that its subject mostly follows, as in Arabic headlines ("Moscow denies …")."""
        at = first = self.index(cue.start)
        while (
            first > 0
            and self.words[first - 1].text[0].isalnum()
            and self.words[first - 1].low not in phrase_ends()
        ):
            first -= 1
        return Phrase(first, at) if 0 < at - first <= _SUBJECT_WORDS else None

    def _clear(self, cue: Found) -> int:
        """Where a cue begins with the adverbs before it."""
        at = self.index(cue.start)
        while at > 0 and is_adverb(self.words[at - 1].low):
            at -= 1
        return self.words[at].start if at < len(self.words) else cue.start

    def _own_voice(self, cue: Found) -> bool:
        """Whether the writer or the reader is the subject ("I don't know if", "Don't know if your password …")."""
        at = self.index(cue.start)
        return (at == 0 and self.low.startswith("do", cue.start)) or any(
            word.low in ("i", "we", "you") for word in self.words[max(0, at - 3) : at]
        )

    def _only_reports(self, cue: Found, attributions: list[Frame]) -> bool:
        """Whether "confirmed" only says who reports an event (", police have confirmed."), as "said" would."""
        if not self.low.startswith("confirm", cue.start):
            return False
        at = self.index(cue.start)
        return any(frame.verb == at and frame.content[0][1] <= cue.start for frame in attributions)

    def _is_passive(self, cue: Found) -> bool:
        """Whether a verb is told of its object ("has been confirmed"), so that its subject doesn't speak."""
        first = self.index(cue.start)
        told = self.words[first : self.index(cue.end)]
        if cue.stance is not Stance.NO_COMMENT and any(word.low in ("be", "been") for word in told):
            return True
        if not told or not told[0].low.endswith("ed"):
            return False
        behind = self.words[self.index(cue.end) :]
        if len(told) == 1 and behind and behind[0].low == "by":
            return True
        if [word.low for word in behind[:1]] == ["for"] and behind[1:2] and behind[1].low != "the":
            return True  # "Sequel Confirmed For May"
        if len(told) > 1 and told[1].low == "as" and not answers_to(self.low, cue.end):
            return True  # "a speech decried as absurd"; not "Oslo decried as absurd the claims"
        return any(word.low in _BEING for word in self.words[max(0, first - 3) : first] if word.text != ",")

    def _subject(
        self,
        cue: Found,
        attributions: list[Frame],
        speakers: list[Speaker | None],
        inside: Speaker | None,
        heard: list[Said],
    ) -> Speaker | None:
        """Who a verb's act is: its subject, or whoever is quoted where that is "I" or a pronoun for them."""
        at = self.index(cue.start)
        if at < len(self.words) and self.words[at].low == "there":
            return inside
        behind = self._named_behind(at)
        if behind is not None:
            return self.who(behind, heard)
        if at > 0 and self.words[at - 1].low in ("and", "but"):
            # "Kirby said that … but acknowledged that …": verbs of speech go with verbs of speech
            said = [
                who
                for frame, who in zip(attributions, speakers, strict=True)
                if who and 0 <= frame.verb < at - 1
            ]
            if said:
                return said[-1]
        onto = at > 0 and (self.words[at - 1].low == "to" or calls_it(self.words, at))
        phrase = None if onto else before(self.words, at)
        if phrase is None or not self.names_somebody(phrase):
            phrase = clause_subject(self.words, at)
        if phrase is None or not self.names_somebody(phrase):
            return inside
        first = self.words[phrase.first].low
        if first in _OURSELVES or (inside is not None and first in ("he", "she", "they")):
            return inside if inside is not None or first != "it" else self.who(phrase, heard)
        speaker = self.who(phrase, heard)
        if inside is not None and self.party(speaker) and self.party(speaker) == self.party(inside):
            # "Kirby said the United States could not confirm …": Kirby is who is on record
            return inside
        return speaker

    def _named_behind(self, verb: int) -> Phrase | None:
        """Who stands behind the verb that ends a headline ("Squad must improve, admits Havertz")."""
        if verb < 2 or verb + 1 >= len(self.words) or self.words[verb - 1].text not in ",'’”\"":
            return None
        rest = self.words[verb + 1 :]
        return (
            Phrase(verb + 1, len(self.words))
            if 1 <= len(rest) <= 4 and all(word.text[0].isupper() for word in rest)
            else None
        )

    def _bringer(
        self, place: int, attributions: list[Frame], speakers: list[Speaker | None]
    ) -> Speaker | None:
        """Whose words hold a place: the nearest speaker's, but nobody's who is only quoted along with them."""
        quote = within(self.quotes, place)
        best: tuple[int, Speaker] | None = None
        for frame, who in zip(attributions, speakers, strict=True):
            if who is None or not frame.holds(place):
                continue
            verb = self.words[frame.verb].start if frame.verb >= 0 else frame.content[0][0]
            if quote is not None and frame.verb >= 0 and quote[0] <= verb < quote[1]:
                continue
            # “…,” Kirby said, Sputnik reported: the piece around the place tells who stands nearest to it
            size = next(end - start for start, end in frame.content if start <= place < end)
            if best is None or size < best[0]:
                best = (size, who)
        return best[1] if best else None

    def _possessor(self, cue: Found, heard: list[Said]) -> Speaker | None:
        at = self.index(cue.start)
        for step in range(at, max(0, at - 4), -1):
            low = self.words[step - 1].low
            cut = self.words[step - 1].text in "'’" and step > 1 and self.words[step - 2].low.endswith("s")
            if low.endswith("'s") or low in ("his", "her", "its", "their") or cut:
                phrase = owner(self.words, step - 1 if cut else step)
                if phrase is not None:
                    return self.who(phrase, heard)
        end = self.index(cue.end)
        if end < len(self.words) and self.words[end].low in ("by", "from"):
            phrase = after(self.words, end, len(self.words))
            if phrase is not None:
                return self.who(phrase, heard)
        if not any(word.low in grammar("issuing") for word in self.words[max(0, at - 4) : at]):
            return None
        subject = clause_subject(self.words, at)
        return self.who(subject, heard) if subject is not None else None

    def _proposition(self, stance: Stance, span: tuple[int, int], cue: tuple[int, int]) -> str:
        """What a statement is about, in the item's words: up to where the quotation or the clause ends."""
        if stance is Stance.ASSERT:
            return self.text[span[0] : span[1]].strip(_EDGES)
        quote = within(self.quotes, cue[0])
        end = quote[1] if quote is not None and quote[1] > cue[1] else self.end
        at = self.index(cue[1])
        if at < len(self.words):
            end = min(end, max(cue[1], content_end(self.words, at)))
        found = self.text[cue[1] : end].strip(_EDGES)
        return found or self.text[cue[0] : cue[1]].strip(_EDGES)

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
        if speaker is not None and not somebody(speaker.name):
            speaker, outlet = None, False
        voice = Voice.NAMED
        proposition = self._proposition(stance, span, cue)
        if speaker is None:
            voice = Voice.OUTLET if outlet else Voice.UNNAMED
        elif unnamed(speaker):
            voice = Voice.UNNAMED
        party = self.party(speaker) if speaker is not None else ""
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


def _same(one: Statement, other: Statement) -> bool:
    """Whether two statements of a sentence are one speaker's same act."""
    return one.stance is other.stance and one.speaker == other.speaker and one.voice is other.voice


_NOBODY = Speaker("", 0, 0)
"""Stands for a phrase at a verb of speech that names nobody: what is said is unnamed."""
_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being"})
